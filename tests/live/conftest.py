"""A real server process, and screens that talk to it: the official client, and one made of bare frames."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import engineio
import psutil
import pytest
import socketio
from wsproto import ConnectionType, WSConnection
from wsproto.events import BytesMessage, CloseConnection, Event, Ping, Request, TextMessage

from tests.running import own_port

ROOT = Path(__file__).resolve().parents[2]
BOUND_SECONDS = 20.0


def wait_for(what: Callable[[], Any], seconds: float = BOUND_SECONDS) -> Any:
    """The first true answer of `what`."""
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.01)
    return found


class SmallHall:
    """The process of small_hall.py at `port`. `log` is what it wrote to its error output."""

    def __init__(self, log: Path, port: int, **settings: Any) -> None:
        self.log = log
        self.settings = settings
        self.port = port
        self.start()

    def start(self) -> None:
        with self.log.open("ab") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.live.small_hall", json.dumps(self.settings)],
                cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, env={**os.environ, "PORT": str(self.port)},
            )  # fmt: skip
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == b"ready %d\n" % self.port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=BOUND_SECONDS)
        try:
            connection.request(method, path, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def post(self, path: str) -> dict[str, Any]:
        status, body = self.ask("POST", path)
        assert status == 200
        answer: dict[str, Any] = json.loads(body)
        return answer

    def inside(self) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.ask("GET", "/inside")[1])
        return answer

    def memory_mib(self) -> float:
        return float(psutil.Process(self.process.pid).memory_info().rss) / 2**20

    def stop(self, how: int = signal.SIGTERM) -> None:
        self.process.send_signal(how)
        self.process.wait(BOUND_SECONDS)
        assert self.process.stdout is not None
        self.process.stdout.close()


class InOrder(engineio.Client):  # type: ignore[misc]
    """Hears one message after the other. The library gives each a thread of its own, and on a busy machine
    the later one may be heard first."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._hearing = ThreadPoolExecutor(1)

    def start_background_task(self, target: Callable[..., Any], *said: Any, **more: Any) -> Any:
        if target is self.handlers.get("message"):
            return self._hearing.submit(target, *said, **more)
        return super().start_background_task(target, *said, **more)


class Client(socketio.Client):  # type: ignore[misc]
    def _engineio_client_class(self) -> type[InOrder]:
        return InOrder


class Screen:
    """A screen with the official python-socketio client. `marks`: snapshots heard before each mark."""

    def __init__(self, hall: SmallHall, namespace: str, token: str = "", hall_id: str = "thach-ha") -> None:
        self.namespace = namespace
        self.snapshots: list[dict[str, Any]] = []
        self.beacons: list[dict[str, Any]] = []
        self.closed: list[str] = []
        self.marks: list[int] = []
        self.refused: list[Any] = []
        self.client = Client(reconnection=False, request_timeout=BOUND_SECONDS)
        self.client.on("snapshot", self.snapshots.append, namespace=namespace)
        self.client.on("beacon", self.beacons.append, namespace=namespace)
        self.client.on("closed", lambda said: self.closed.append(said["code"]), namespace=namespace)
        self.client.on("mark", lambda: self.marks.append(len(self.snapshots)), namespace=namespace)
        self.client.on("connect_error", self.refused.append, namespace=namespace)
        self.client.connect(
            hall.url,
            transports=["websocket"],
            namespaces=[namespace],
            auth={"hall": hall_id, "token": token},
            wait_timeout=BOUND_SECONDS,
        )

    def versions(self) -> list[int]:
        return [snapshot["version"] for snapshot in self.snapshots]

    def ask(self, event: str, payload: object) -> Any:
        return self.client.call(event, payload, namespace=self.namespace, timeout=BOUND_SECONDS)


class BareScreen:
    """A websocket of bare frames, for what no official client does. Reads only when it is told to."""

    def __init__(
        self,
        hall: SmallHall,
        *,
        receive_buffer: int | None = None,
        address: str = "127.0.0.1",
        **headers: str,
    ) -> None:
        self.socket = socket.socket()
        self.socket.bind((address, 0))
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(BOUND_SECONDS)
        self.socket.connect(("127.0.0.1", hall.port))
        self.wire = WSConnection(ConnectionType.CLIENT)
        target = "/socket.io/?EIO=4&transport=websocket"
        extra = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        self.socket.sendall(self.wire.send(Request("127.0.0.1", target, extra_headers=extra)))
        self.events: list[Event] = []
        self.hello: Event = self._until(lambda event: not isinstance(event, TextMessage))

    def _until(self, wanted: Callable[[Event], bool]) -> Event:
        while True:
            while self.events:
                if wanted(event := self.events.pop(0)):
                    return event
            data = self.socket.recv(65536)
            if not data:
                raise ConnectionError("the other side has closed")
            self.wire.receive_data(data)
            self.events += self.wire.events()

    def join(self, namespace: str, token: str = "") -> None:
        self.say(f"40{namespace}," + json.dumps({"hall": "thach-ha", "token": token}))

    def say(self, message: str | bytes) -> None:
        event: Event = TextMessage(message) if isinstance(message, str) else BytesMessage(message)
        self.socket.sendall(self.wire.send(event))

    def messages(self) -> Iterator[str]:
        """Whole text messages; ends when the server closes."""
        parts: list[str] = []
        try:
            while True:
                event = self._until(lambda event: isinstance(event, TextMessage | CloseConnection | Ping))
                if isinstance(event, CloseConnection):
                    return
                if isinstance(event, TextMessage):
                    parts.append(event.data)
                    if event.message_finished:
                        yield "".join(parts)
                        parts.clear()
        except ConnectionError:
            return

    def snapshots(self, namespace: str) -> Iterator[dict[str, Any]]:
        head = f'42{namespace},["snapshot",'
        for message in self.messages():
            if message.startswith(head):
                yield json.loads(message[len(f"42{namespace},") :])[1]

    def until_closed(self) -> None:
        """Returns when the server has closed; TimeoutError where it is silent and does not."""
        for _ in self.messages():
            pass
        # The farewell is words; the connection itself has to go.
        with suppress(ConnectionError):
            while self.socket.recv(65536):
                pass

    def close(self) -> None:
        self.socket.close()


@pytest.fixture
def open_hall(tmp_path: Path) -> Iterator[Callable[..., SmallHall]]:
    halls: list[SmallHall] = []
    with ExitStack() as ports:

        def start(**settings: Any) -> SmallHall:
            port = ports.enter_context(own_port())
            halls.append(SmallHall(tmp_path / f"log-{len(halls)}", port, **settings))
            return halls[-1]

        yield start
        for hall in halls:
            if hall.process.poll() is None:
                hall.stop(signal.SIGKILL)


@pytest.fixture
def hall(open_hall: Callable[..., SmallHall]) -> SmallHall:
    return open_hall()


@pytest.fixture
def screens(hall: SmallHall) -> Iterator[Callable[..., Screen]]:
    """Connects official clients to the hall, and disconnects them."""
    opened: list[Screen] = []

    def connect(namespace: str, token: str = "", **more: Any) -> Screen:
        opened.append(Screen(hall, namespace, token, **more))
        return opened[-1]

    yield connect
    for screen in opened:
        screen.client.disconnect()


@pytest.fixture
def bare(hall: SmallHall) -> Iterator[Callable[..., BareScreen]]:
    opened: list[BareScreen] = []

    def connect(**more: Any) -> BareScreen:
        opened.append(BareScreen(hall, **more))
        return opened[-1]

    yield connect
    for screen in opened:
        screen.close()
