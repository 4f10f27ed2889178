"""The line to a printer: bytes there and back, each with a bound."""

import socket
from typing import Protocol


class Line(Protocol):
    """Raises OSError where the line is gone."""

    def send(self, data: bytes, seconds: float) -> int:
        """How many of the bytes were taken; TimeoutError: none in so many seconds."""

    def hear(self, seconds: float) -> bytes:
        """What came within so many seconds, as soon as it comes; empty: nothing."""

    def close(self) -> None: ...


class TcpLine:
    """Port 9100 takes one client: the connection is kept."""

    def __init__(self, host: str, port: int, connect_seconds: float) -> None:
        self._peer = socket.create_connection((host, port), timeout=connect_seconds)
        self._peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._peer.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)

    def send(self, data: bytes, seconds: float) -> int:
        self._peer.settimeout(seconds)
        return self._peer.send(data)

    def hear(self, seconds: float) -> bytes:
        self._peer.settimeout(max(seconds, 0.001))
        try:
            heard = self._peer.recv(4096)
        except TimeoutError:
            return b""
        if not heard:
            raise ConnectionResetError("the printer closed the connection")
        return heard

    def close(self) -> None:
        self._peer.close()
