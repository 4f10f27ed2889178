"""The websocket under Engine.IO in a gevent server: whole messages, bounded, without compression or binary.

Engine.IO's own way to a websocket under gevent, simple-websocket, loses the rest of a short write (a slow
screen then reads a corrupt stream), always accepts compression, bounds no message and reads ahead without
limit. `ClientSocket` stands in its place. It reads only as fast as messages are handled, passes on nothing
that no screen sends, and can be cut at any moment.
"""

import json
import re
import socket
import struct
import threading
from collections import Counter, deque
from collections.abc import Callable
from contextlib import suppress
from io import BufferedReader
from time import monotonic
from typing import Any, Literal

import gevent
from engineio.exceptions import EngineIOError
from engineio.packet import PING, PONG, Packet
from wsproto import ConnectionType, WSConnection
from wsproto.connection import Connection
from wsproto.events import AcceptConnection, BytesMessage, CloseConnection, Event, Ping, TextMessage
from wsproto.frame_protocol import CloseReason
from wsproto.utilities import LocalProtocolError, RemoteProtocolError

MAX_MESSAGE_BYTES = 16 * 1024
UNADMITTED_SECONDS = 5.0
UNADMITTED_SOCKETS = 500  # beyond it the oldest is cut of the address that has most: a screen waits a moment
MESSAGES_AT_ONCE, MESSAGES_A_SECOND = 60.0, 10.0  # a busy display sends less than one a second
# A phone says something twice a minute. Two thousand strangers with a device's allowance would take the core.
STRANGERS_AT_ONCE, STRANGERS_A_SECOND = 20.0, 1.0
ANSWERS_WAITING = 64  # who asks more and never reads the answers is cut
FAREWELL_SECONDS = 0.4
# Pings are for half-open sockets only: the beacons tell a screen that its connection is dead, and sooner.
PING_SECONDS, PONG_SECONDS = 45.0, 20.0
REAP_SECONDS = 0.25
SEND_BUFFER_BYTES = 64 * 1024  # little in the kernel: a slow screen reads few old snapshots before the newest
PONG_MESSAGE = str(PONG)
PACKET = re.compile(r"4([012])(?:/[a-z_]{1,20}(?:,|\Z))?(?:[0-9]{1,9})?(.*)", re.DOTALL)


class Frame:
    """A text message with its websocket header, made once for many: a server masks nothing."""

    __slots__ = ("data",)

    def __init__(self, text: str) -> None:
        payload = text.encode()
        size = len(payload)
        if size < 126:
            header = struct.pack("!BB", 0x81, size)
        elif size < 0x10000:
            header = struct.pack("!BBH", 0x81, 126, size)
        else:
            header = struct.pack("!BBQ", 0x81, 127, size)
        self.data = header + payload


class Allowance:
    """So many at once, and so many a second after that."""

    def __init__(self, at_once: float, a_second: float) -> None:
        self._at_once, self._a_second = at_once, a_second
        self._left, self._counted_at = at_once, monotonic()

    def take(self, patience_seconds: float = 0.0) -> float | None:
        """Seconds to wait before going on. None: longer than the patience, and nothing is taken."""
        now = monotonic()
        self._left = min(self._at_once, self._left + (now - self._counted_at) * self._a_second)
        self._counted_at = now
        wait = max(0.0, (1 - self._left) / self._a_second)
        if wait > patience_seconds:
            return None
        self._left -= 1
        return wait


def sift(message: str, events: frozenset[str]) -> Literal["pass", "drop", "refuse"]:
    """What to do with an Engine.IO message from outside.

    Refused: what is not well-formed, binary packets (types 5 and 6), acknowledgements nobody asked for.
    Dropped: events we do not know, above all one named "connect", which python-socketio would take for ours.
    """
    if message == "1":  # Engine.IO close
        return "pass"
    packet = PACKET.fullmatch(message)
    if packet is None:
        return "refuse"
    kind, body = packet.groups()
    try:
        data = json.loads(body) if body else None
    except (ValueError, RecursionError):
        return "refuse"
    match kind, data:
        case ("0", None | dict()) | ("1", None):
            return "pass"
        case "2", [str(event), *_]:
            return "pass" if event in events else "drop"
        case _:
            return "refuse"


class ClientSocket:
    """One websocket as Engine.IO uses it (`wait`, `send`, `close`). Cut when `ends_at` has passed."""

    def __init__(
        self,
        engine: Any,
        reader: BufferedReader,
        wire: Connection,
        events: frozenset[str],
        address: str = "",
    ) -> None:
        self.engine = engine  # the Engine.IO socket carried here
        self.address = address
        self.namespaces = 0
        self._known = False
        self.leaving = False
        self.ends_at: float | None = monotonic() + UNADMITTED_SECONDS
        self._ping_at, self._pong_by = monotonic() + PING_SECONDS, float("inf")
        self._reader = reader
        self._stream: socket.socket = reader.raw._sock  # type: ignore[attr-defined]
        self._stream.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
        self._stream.settimeout(None)
        self._wire = wire
        self._events = events
        # Without it a pong of the reader could fall between two halves of the writer's frame.
        self._sending = threading.Lock()
        self._messages: deque[str] = deque()
        self._parts: list[str] = []
        self._allowance = Allowance(STRANGERS_AT_ONCE, STRANGERS_A_SECOND)
        self._over = False

    def begin(self, hello: bytes) -> None:
        with suppress(OSError):
            self._stream.sendall(hello)

    def wait(self) -> str | None:
        """The next message; None when it is over."""
        while not self._over:
            gevent.sleep(0)  # a screen that sends without pause is not served without pause
            if self._messages:
                return self._messages.popleft()
            self._read()
        return None

    def send(self, message: str | Frame) -> None:
        frame = message if isinstance(message, Frame) else Frame(message)
        with self._sending:
            if self._over:
                raise OSError("the socket is over")
            self._stream.sendall(frame.data)

    def close(self) -> None:
        """Engine.IO has said all: the peer gets its farewell, and the reaper ends what it leaves open."""
        self._say_goodbye(CloseReason.NORMAL_CLOSURE)
        self.leave()

    def put(self, packet: Packet) -> None:
        """Queues an Engine.IO packet. One that has just closed takes none, and nobody misses it."""
        with suppress(EngineIOError):
            self.engine.send(packet)

    def leave(self) -> None:
        """Cut in a moment: time for what already waits in its queue."""
        if not self.leaving:
            self.leaving = True
            self.ends_at = monotonic() + FAREWELL_SECONDS

    def admitted(self, *, known: bool) -> None:
        """A namespace has admitted the screen; `known` by its token or session."""
        if known and not self._known:
            self._known = True
            self._allowance = Allowance(MESSAGES_AT_ONCE, MESSAGES_A_SECOND)
        self.namespaces += 1
        if not self.leaving:
            self.ends_at = None

    def left(self) -> None:
        self.namespaces -= 1
        if not self.namespaces and not self.leaving:
            self.ends_at = monotonic() + UNADMITTED_SECONDS

    def look_after(self, now: float) -> None:
        """Asks whether the other side is there; cut where it is not, or where its time is up."""
        if self.engine.closed:  # Engine.IO gave it up, which closes nothing
            self.leave()
        if now >= self._ping_at:
            self._ping_at, self._pong_by = now + PING_SECONDS, min(self._pong_by, now + PONG_SECONDS)
            self.put(Packet(PING))
        if now >= min(self._pong_by, float("inf") if self.ends_at is None else self.ends_at):
            self.cut()

    def cut(self) -> None:
        """Hard: whoever reads or writes here gets an error now."""
        self._over = True
        with suppress(OSError):
            self._stream.shutdown(socket.SHUT_RDWR)

    def _read(self) -> None:
        try:
            data = self._reader.read1(4096)
            if not data:
                self._over = True
                return
            self._wire.receive_data(data)
            for event in self._wire.events():
                self._take(event)
                if self._over:
                    return
        except OSError:
            self._over = True
        except (RemoteProtocolError, LocalProtocolError):
            self._refuse(CloseReason.PROTOCOL_ERROR)

    def _take(self, event: Event) -> None:
        if self._allowance.take() is None or self.engine.queue.qsize() > ANSWERS_WAITING:
            return self._refuse(CloseReason.POLICY_VIOLATION)
        match event:
            case TextMessage():
                self._parts.append(event.data)
                if sum(map(len, self._parts)) > MAX_MESSAGE_BYTES:
                    return self._refuse(CloseReason.MESSAGE_TOO_BIG)
                if event.message_finished:
                    message = "".join(self._parts)
                    self._parts.clear()
                    self._sort(message)
            case BytesMessage():
                self._refuse(CloseReason.UNSUPPORTED_DATA)
            case Ping():
                with self._sending:
                    self._stream.sendall(self._wire.send(event.response()))
            case CloseConnection():
                self._say_goodbye(CloseReason.NORMAL_CLOSURE)
                self._over = True
            case _:
                pass
        return None

    def _sort(self, message: str) -> None:
        if message == PONG_MESSAGE:
            self._pong_by = float("inf")
            return
        match sift(message, self._events):
            case "pass":
                self._messages.append(message)
            case "refuse":
                self._refuse(CloseReason.POLICY_VIOLATION)
            case "drop":
                pass

    def _refuse(self, reason: CloseReason) -> None:
        self._messages.clear()
        self._say_goodbye(reason)
        self.cut()

    def _say_goodbye(self, reason: CloseReason) -> None:
        """Best effort: never behind a frame that a slow screen does not take."""
        if self._over or not self._sending.acquire(blocking=False):
            return
        try:
            with suppress(OSError, LocalProtocolError, gevent.Timeout), gevent.Timeout(FAREWELL_SECONDS):
                self._stream.sendall(self._wire.send(CloseConnection(code=reason)))
        finally:
            self._sending.release()


class ClientSockets:
    """All open websockets of this process, and the reaper that ends those whose time is up. What screens say
    besides `events` is dropped.
    """

    def __init__(self, events: frozenset[str]) -> None:
        self.events = events
        self._clients: dict[str, ClientSocket] = {}
        self._reaper: threading.Thread | None = None

    def __len__(self) -> int:
        return len(self._clients)

    def __getitem__(self, engine_sid: str) -> ClientSocket:
        return self._clients[engine_sid]

    def add(self, client: ClientSocket) -> None:
        self._clients[client.engine.sid] = client
        unadmitted = [other for other in self._clients.values() if not other.namespaces and not other.leaving]
        if len(unadmitted) > UNADMITTED_SOCKETS:
            held = Counter(other.address for other in unadmitted)
            most = max(held.values())
            oldest = next(other for other in unadmitted if held[other.address] == most)
            oldest.leave()
            oldest.cut()
        if self._reaper is None:
            self._reaper = threading.Thread(target=self._reap, name="reaper", daemon=True)
            self._reaper.start()

    def remove(self, client: ClientSocket) -> None:
        self._clients.pop(client.engine.sid, None)

    def cut_all(self) -> None:
        """The hub stops: screens see it at once and come back to the next one."""
        for client in list(self._clients.values()):
            client.cut()

    def _reap(self) -> None:
        while True:
            gevent.sleep(REAP_SECONDS)
            now = monotonic()
            for client in list(self._clients.values()):
                client.look_after(now)


def websocket_for(
    clients: ClientSockets,
) -> Callable[[Callable[[ClientSocket], Any], object], Callable[..., Any]]:
    """What Engine.IO asks for under "websocket": from its handler of a connection to a WSGI application."""

    def websocket(handler: Callable[[ClientSocket], Any], _server: object) -> Callable[..., Any]:
        engine: Any = handler.__self__  # type: ignore[attr-defined]

        def application(environ: dict[str, Any], start_response: Callable[..., object]) -> Any:
            try:
                hello, wire = shake_hands(environ)
            except (RemoteProtocolError, LocalProtocolError, UnicodeError):
                engine.close(wait=False, abort=True)
                start_response("400 Bad Request", [("Connection", "close")])
                return [b""]
            address = str(environ.get("REMOTE_ADDR", ""))
            client = ClientSocket(engine, environ["wsgi.input"], wire, clients.events, address)
            clients.add(client)
            try:
                client.begin(hello)
                return handler(client)
            finally:
                clients.remove(client)
                client.cut()

        return application

    return websocket


def shake_hands(environ: dict[str, Any]) -> tuple[bytes, Connection]:
    """The answer to an upgrade request, and the protocol from there on. Raises wsproto's errors."""
    headers = [
        (key[5:].replace("_", "-").lower().encode("latin-1"), value.encode("latin-1"))
        for key, value in environ.items()
        if key.startswith("HTTP_")
    ]
    shaking = WSConnection(ConnectionType.SERVER)
    shaking.initiate_upgrade_connection(headers, "/")
    hello = shaking.send(AcceptConnection())  # no extensions: nothing is compressed
    assert shaking.connection is not None
    return hello, shaking.connection
