"""The real server as a process: started, asked over the wire, killed, started again on the same data."""

import json
import os
import select
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic
from typing import Any, Self

import demo
from store.accounts import Accounts, DeviceRole
from store.engine import open_store
from store.sqlite.files import FILE
from tests.configs import AT_NOON, changed

ROOT = Path(__file__).resolve().parent.parent
HALL = "thach-ha"
API = "/api/v1"
HERE = f"/halls/{HALL}"
BOUND_SECONDS = 60.0  # what has not come by then never comes
# Of a slip that was sent. "sent": the printer, on a busy machine, was too late to show that it answers.
AT_REST = frozenset({"confirmed", "uncertain", "sent"})
# What a hub does not answer because it was killed.
Unanswered = (OSError, HTTPException)


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str | None:
        """The refusal's code; None: it is no refusal. Both its sentences are there."""
        error = self.json.get("error")
        if error is None:
            return None
        assert error["message"], error
        assert error["message_vi"], error
        return str(error["code"])

    @property
    def number(self) -> str:
        assert self.status in (200, 201), self.body
        return str(self.json["ticket"]["number"])


class Caller:
    """A device or an officer on one kept-alive connection. Paths are those below /api/v1."""

    def __init__(self, host: str, port: int, token: str | None = None) -> None:
        self._line = HTTPConnection(host, port, timeout=BOUND_SECONDS)
        self.headers: dict[str, str] = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str, **headers: str) -> Reply:
        return self.ask("GET", path, None, **headers)

    def post(self, path: str, body: object = None, key: str | None = None, **headers: str) -> Reply:
        """`body`: bytes are sent as they are, all else as JSON."""
        data = body if isinstance(body, bytes) else json.dumps(body if body is not None else {}).encode()
        with_key = {"Idempotency-Key": key} if key is not None else {}
        return self.ask("POST", path, data, **with_key, **headers)

    def ask(self, method: str, path: str, data: bytes | None, **headers: str) -> Reply:
        where = path if path.startswith(("/api/", "/healthz", "/display/")) else API + path
        if self._line.sock is not None and _is_over(self._line.sock):
            self._line.close()
        try:
            self._line.request(method, where, data, self.headers | headers)
            answer = self._line.getresponse()
            return Reply(answer.status, dict(answer.getheaders()), answer.read())
        except Unanswered:
            self._line.close()
            raise

    def take(self, procedure: str = "CT01", *, key: str, **more: object) -> Reply:
        """A number for a procedure."""
        return self.post(f"{HERE}/tickets", {"procedure": procedure, **more}, key)

    def at(self, counter: str, verb: str, body: object = None, key: str | None = None) -> Reply:
        return self.post(f"{HERE}/counters/{counter}/{verb}", body, key)

    def on(self, ticket: str, verb: str, body: object = None, key: str | None = None) -> Reply:
        return self.post(f"{HERE}/tickets/{ticket}/{verb}", body, key)

    def log_in(self, name: str, password: str = demo.PASSWORD) -> Reply:
        reply = self.post("/login", {"name": name, "password": password})
        if reply.status == 200:
            cookie = reply.headers["Set-Cookie"].partition(";")[0]
            self.headers |= {"Cookie": cookie, "X-CSRF-Token": reply.json["csrf"]}
        return reply

    def close(self) -> None:
        self._line.close()


class RunningHall:
    """`server.py run` of the project in `root` on the data in `store`, at `port`. Without a `config` it is
    ours, in a town where it is noon.
    """

    host = "127.0.0.1"

    def __init__(
        self, store: Path, *arguments: str, config: Path | None = None, root: Path = ROOT, **environ: str
    ) -> None:
        self.root = root
        self.store = store
        self.config = config or changed(store.parent / f"{store.name}.config", AT_NOON)
        self.port = 0
        self.log = store.parent / f"{store.name}.log"
        self.environ = _clean_environment() | {"MOTCUA_STORE_DIR": str(store)} | environ
        self._arguments = arguments
        self._process: subprocess.Popen[str] | None = None
        self._callers: list[Caller] = []

    @property
    def base(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def tokens(self) -> dict[str, str]:
        """Of the demo's kiosk and display."""
        kept: dict[str, dict[str, str]] = json.loads((self.store / demo.FILE).read_text())
        return kept[HALL]

    def start(self) -> Self:
        """Returns when the hub says that it is ready; its log goes on in the same file."""
        command = [sys.executable, "server.py", "--config", str(self.config), "run", *self._arguments]
        with self.log.open("a") as log:
            self._process = subprocess.Popen(
                [*command, "--port", str(self.port)],
                cwd=self.root, env=self.environ, text=True, stdout=subprocess.PIPE, stderr=log,
            )  # fmt: skip
        assert self._process.stdout is not None
        bound = threading.Timer(BOUND_SECONDS, self._process.kill)
        bound.start()
        try:
            said = self._process.stdout.readline()
        finally:
            bound.cancel()
        if said != f"ready {self.base}\n":
            self.kill()
            raise AssertionError(f"not ready: {said!r}\n{self.log.read_text()[-3000:]}")
        return self

    def kill(self) -> None:
        """As a power cut to the process: SIGKILL, nothing is told to it. Callers may ask on after a start."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def stop(self, seconds: float = BOUND_SECONDS) -> int:
        """The exit code after SIGTERM; killed when it does not end in time."""
        if self._process is None:
            return 0
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.communicate(timeout=seconds)
            return self._process.returncode
        finally:
            self.kill()

    def caller(self, token: str | None = None) -> Caller:
        fresh = Caller(self.host, self.port, token)
        self._callers.append(fresh)
        return fresh

    def hang_up(self) -> None:
        """Closes every caller's connection; one that asks again connects again."""
        for each in self._callers:
            each.close()

    def kiosk(self) -> Caller:
        return self.caller(self.tokens["kiosk"])

    def pad(self, counter: str) -> Caller:
        """A new call pad of this counter."""
        return self.caller(self.new_token("counter", counter))

    def new_token(self, role: DeviceRole, counter: str | None = None) -> str:
        """Of a new device, as `token create` makes it, without starting a program."""
        database = open_store(self.store, lock=False)
        try:
            with ThreadPoolExecutor(1) as pool:
                accounts, now = Accounts(database, pool), datetime.now(UTC)
                _device, token = accounts.create_device(role, HALL, role, counter, now=now)
            return token
        finally:
            database.close()

    def told(self) -> list[str]:
        """The lines of its log, but for what it learns of its printers in its own time."""
        return [line for line in self.log.read_text().splitlines() if " service.printers INFO " not in line]

    def printer(self, do: str, **more: int | float) -> Any:
        """Does something to the hall's virtual printer, such as `printer("paper_out")`; its state."""
        where = json.loads((self.store / "slips" / "printer.json").read_text())
        with socket.create_connection((where["host"], where["control_port"]), timeout=BOUND_SECONDS) as line:
            line.sendall(json.dumps({"do": do, **more}).encode() + b"\n")
            with line.makefile("rb") as answers:
                return json.loads(answers.readline())["state"]

    def kept(self) -> tuple[int, int, int]:
        """How many events, answers and print jobs there are on disk."""
        counts = [
            self._count(f"SELECT COUNT(*) FROM {each}") for each in ("journal", "answers", "print_jobs")
        ]
        return counts[0], counts[1], counts[2]

    def unprinted(self) -> int:
        """How many slips are still to be printed, or are being printed."""
        return self._count("SELECT COUNT(*) FROM print_jobs WHERE state IN ('queued', 'sending')")

    def _count(self, query: str) -> int:
        with closing(sqlite3.connect(f"file:{self.store / FILE}?mode=ro", uri=True)) as database:
            return int(database.execute(query).fetchone()[0])

    def slips(self) -> list[Path]:
        """What the virtual printer has printed, oldest first."""
        return sorted((self.store / "slips").glob("*.png"))

    def version(self) -> int:
        """The last seq of the day: unchanged means that nothing happened in the hall."""
        return int(self.caller().get("/healthz").json["halls"][HALL]["version"])

    def command(self, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        """Another command of server.py on the same data."""
        return run_command("--config", str(self.config), *arguments, environ=self.environ, **options)


def run_command(
    *arguments: str, environ: Mapping[str, str] | None = None, **options: Any
) -> subprocess.CompletedProcess[str]:
    """`server.py` with these arguments, to its end."""
    return subprocess.run(
        [sys.executable, "server.py", *arguments],
        cwd=ROOT, env=environ or _clean_environment(), text=True, capture_output=True,
        timeout=BOUND_SECONDS, **options,
    )  # fmt: skip


@contextmanager
def running(
    store: Path, *arguments: str, config: Path | None = None, root: Path = ROOT, **environ: str
) -> Iterator[RunningHall]:
    """A hub that serves on a port of its own, also after `kill` and `start`; without arguments the demo."""
    hall = RunningHall(store, *(arguments or ("--demo",)), config=config, root=root, **environ)
    with own_port() as hall.port:
        try:
            yield hall.start()
        finally:
            hall.kill()
            hall.hang_up()


@contextmanager
def own_port() -> Iterator[int]:
    """A port that nobody else is given while its server is killed and started again: who asks for any port
    is not given a bound one, and the server, which asks for it by its number, may have it."""
    with socket.socket() as bound:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((RunningHall.host, 0))
        yield int(bound.getsockname()[1])


def wait_for(what: Callable[[], object], seconds: float = BOUND_SECONDS, every: float = 0.02) -> bool:
    """True as soon as it holds, False where it never did within the bound."""
    ends = monotonic() + seconds
    pause = threading.Event()
    while not what():
        if monotonic() >= ends:
            return False
        pause.wait(every)
    return True


def _is_over(line: socket.socket) -> bool:
    """Whether the hub has closed it, as it does with one on which nothing was asked for half a minute. A busy
    machine may take that long between two questions of a test."""
    return bool(select.select([line], [], [], 0)[0])


def _clean_environment() -> dict[str, str]:
    """Settings of the developer's own hall stay out of it."""
    return {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
