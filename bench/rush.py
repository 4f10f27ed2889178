"""Many clients at once from one loop, each sending its next request when it has the last one's answer."""

import json
import select
import socket
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Ask:
    """One POST."""

    path: str
    body: object
    key: str


@dataclass(frozen=True, slots=True)
class Told:
    """Its answer, and how long it took from the first byte sent."""

    status: int
    body: Any
    seconds: float


Work = Generator[Ask, Told, None]


class _Lane:
    def __init__(self, base: str, token: str, work: Work) -> None:
        parts = urlsplit(base)
        self.socket = socket.create_connection((parts.hostname or "", parts.port or 80), 30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._head = f"Host: {parts.netloc}\r\nAuthorization: Bearer {token}\r\n"
        self._work = work
        self._data = b""
        self._sent_at = 0.0

    def begin(self) -> bool:
        return self._send(None)

    def read(self) -> bool:
        """False when this client has done its work."""
        data = self.socket.recv(65536)
        if not data:
            raise RuntimeError("the hub closed a connection")
        self._data += data
        head, found, body = self._data.partition(b"\r\n\r\n")
        if not found:
            return True
        size = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
        if len(body) < size:
            return True
        seconds = time.perf_counter() - self._sent_at
        self._data = b""
        return self._send(Told(int(head.split(b" ", 2)[1]), json.loads(body), seconds))

    def _send(self, told: Told | None) -> bool:
        try:
            ask = self._work.send(told)  # type: ignore[arg-type]  # None begins a generator
        except StopIteration:
            return False
        body = json.dumps(ask.body)
        request = (
            f"POST {ask.path} HTTP/1.1\r\n{self._head}Idempotency-Key: {ask.key}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        )
        self._sent_at = time.perf_counter()
        self.socket.sendall(request.encode())
        return True


def rush(base: str, clients: Sequence[tuple[str, Work]]) -> float:
    """Lets all clients, each a token and its work, work at once; the seconds until the last has done."""
    poll = select.epoll()
    lanes: dict[int, _Lane] = {}
    for token, work in clients:
        lane = _Lane(base, token, work)
        lanes[lane.socket.fileno()] = lane
        poll.register(lane.socket, select.EPOLLIN)
    started = time.perf_counter()
    busy = {number for number, lane in lanes.items() if lane.begin()}
    while busy:
        for number, _ in poll.poll(30):
            if not lanes[number].read():
                busy.discard(number)
    seconds = time.perf_counter() - started
    poll.close()
    for lane in lanes.values():
        lane.socket.close()
    return seconds
