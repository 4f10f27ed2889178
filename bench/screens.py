"""Displays as bare websockets: a client library would cost more than the hub whose screens it stands for."""

import json
import re
import select
import socket
import struct
import time
from urllib.parse import urlsplit

from bench.running import HALL

NAMESPACE = "/display"
VERSION = re.compile(rb'^42/display,\["snapshot",\{"version":(\d+)')
PATIENCE_SECONDS = 10.0


class WebSocket:
    """Text messages both ways over one socket."""

    def __init__(self, base: str, path: str) -> None:
        parts = urlsplit(base)
        self.socket = socket.create_connection((parts.hostname or "", parts.port or 80), PATIENCE_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        hello = (
            f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        self.socket.sendall(hello.encode())
        self._data = b""
        while b"\r\n\r\n" not in self._data:
            self._data += self._more()
        head, _, self._data = self._data.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 101"):
            raise RuntimeError(f"no websocket: {head!r}")

    def send(self, text: str) -> None:
        """A short message; masked with zeros, as the protocol wants a mask and this costs nothing."""
        data = text.encode()
        size = bytes([0x80 | len(data)]) if len(data) < 126 else struct.pack("!BH", 0x80 | 126, len(data))
        self.socket.sendall(b"\x81" + size + b"\0\0\0\0" + data)

    def messages(self) -> list[bytes]:
        """What has come in now, at least one read; an incomplete message stays for the next time."""
        self._data += self._more()
        return self._whole()

    def message(self) -> bytes:
        """The next message."""
        found = self._whole(1)
        while not found:
            self._data += self._more()
            found = self._whole(1)
        return found[0]

    def _more(self) -> bytes:
        data = self.socket.recv(65536)
        if not data:
            raise RuntimeError("the hub has closed a websocket")
        return data

    def _whole(self, most: int = 1_000_000) -> list[bytes]:
        found: list[bytes] = []
        while len(self._data) >= 2 and len(found) < most:
            size, begin = self._data[1], 2
            if size == 126:
                size, begin = int.from_bytes(self._data[2:4], "big"), 4
            elif size == 127:
                size, begin = int.from_bytes(self._data[2:10], "big"), 10
            if len(self._data) < begin + size:
                break
            found.append(self._data[begin : begin + size])
            self._data = self._data[begin + size :]
        return found

    def ask(self, text: str) -> bytes:
        """Sends and waits for the next message."""
        self.send(text)
        return self.message()

    def close(self) -> None:
        self.socket.close()


class Screen(WebSocket):
    """A display that has joined its hall and holds the newest snapshot. `version` is the newest it holds."""

    def __init__(self, base: str, token: str) -> None:
        super().__init__(base, "/socket.io/?EIO=4&transport=websocket")
        self.version = -1
        self.message()  # Engine.IO's open
        self.send(f"40{NAMESPACE}," + json.dumps({"hall": HALL, "token": token}))
        while self.version < 0:
            self.take(self.message())

    def take(self, message: bytes) -> None:
        if message == b"2":
            self.send("3")
        elif message.startswith(b"44"):
            raise RuntimeError(f"not admitted: {message!r}")
        elif found := VERSION.match(message):
            self.version = max(self.version, int(found[1]))


class Wall:
    """Many displays of one hall, read by one loop."""

    def __init__(self, base: str, token: str, count: int) -> None:
        self._screens: dict[int, Screen] = {}
        self._poll = select.epoll()
        for _ in range(count):
            screen = Screen(base, token)
            self._screens[screen.socket.fileno()] = screen
            self._poll.register(screen.socket, select.EPOLLIN)

    @property
    def version(self) -> int:
        """The newest that any of them holds."""
        return max(screen.version for screen in self._screens.values())

    def wait(self, version: int) -> float:
        """The moment, of `perf_counter`, when the last of them held `version` or a newer one."""
        behind = {number for number, screen in self._screens.items() if screen.version < version}
        give_up = time.perf_counter() + PATIENCE_SECONDS
        while behind:
            for number, _ in self._poll.poll(give_up - time.perf_counter()):
                self._read(number)
                if self._screens[number].version >= version:
                    behind.discard(number)
            if time.perf_counter() > give_up:
                raise RuntimeError(f"{len(behind)} displays never came to version {version}")
        return time.perf_counter()

    def rest(self, seconds: float) -> None:
        """Time goes by; what comes in is read."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            for number, _ in self._poll.poll(left):
                self._read(number)

    def close(self) -> None:
        for screen in self._screens.values():
            screen.close()
        self._poll.close()

    def _read(self, number: int) -> None:
        screen = self._screens[number]
        for message in screen.messages():
            screen.take(message)
