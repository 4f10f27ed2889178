"""A real server process, and clients that talk to it as kiosks and counters do."""

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil

from store.accounts import Accounts, DeviceRole
from store.engine import open_store

ROOT = Path(__file__).resolve().parent.parent
CONFIG = ROOT / "config.toml"
HALL = "thach-ha"
TICKETS = f"/api/v1/halls/{HALL}/tickets"
COUNTERS = f"/api/v1/halls/{HALL}/counters"


class RunningHub:
    """`server.py run --demo` on a free port of 127.0.0.1, with its data in `folder`."""

    def __init__(self, folder: Path, config: Path) -> None:
        self.folder = folder
        self.process = start(folder, ["server.py", "--config", str(config)])
        line = said(self.process)
        if not line.startswith("ready "):
            raise RuntimeError(f"the server did not start: {line!r}")
        self.base = line.split()[1]
        self.tokens: dict[str, str] = json.loads((folder / "demo.json").read_text())[HALL]
        self.hub = psutil.Process(self.process.pid)

    def token(self, role: DeviceRole, name: str, counter: str | None = None) -> str:
        """A device's token, made in the data beside the serving hub as `server.py token create` does."""
        database = open_store(self.folder, lock=False)
        try:
            with ThreadPoolExecutor(1) as pool:
                now = datetime.now(UTC)
                return Accounts(database, pool).create_device(role, HALL, name, counter, now=now)[1]
        finally:
            database.close()

    def pad(self, counter: str) -> str:
        """The token of a call pad."""
        return self.token("counter", f"pad {counter}", counter)

    def cpu_seconds(self) -> float:
        """Of the hub alone; the process that draws slips and the printer have their own."""
        times = self.hub.cpu_times()
        return float(times.user + times.system)

    def memory_mib(self) -> float:
        """What of the hub lies in memory."""
        return float(self.hub.memory_info().rss) / 2**20

    def memory_with_children_mib(self) -> float:
        children = self.hub.children(recursive=True)
        return self.memory_mib() + sum(float(each.memory_info().rss) for each in children) / 2**20

    def stop(self) -> None:
        end(self.process)


def start(folder: Path, program: Sequence[str]) -> subprocess.Popen[str]:
    """The demo hall served by `program`, python's arguments, as a process."""
    return subprocess.Popen(
        [sys.executable, *program, "run", "--demo", "--port", "0"],
        cwd=ROOT,
        env=os.environ | {"MOTCUA_STORE_DIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def said(process: subprocess.Popen[str]) -> str:
    """The next line of its output; empty when it ended."""
    assert process.stdout is not None
    return process.stdout.readline()


def end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def running_hub(folder: Path, config: Path = CONFIG) -> Iterator[RunningHub]:
    running = RunningHub(folder, config)
    try:
        yield running
    finally:
        running.stop()


class Client:
    """One kept-alive connection, as a kiosk has it."""

    def __init__(self, base: str, token: str | None = None) -> None:
        parts = urlsplit(base)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._keys = 0
        self._name = str(time.monotonic_ns())

    def get(self, path: str) -> tuple[int, Any]:
        self._connection.request("GET", path, headers=self._headers)
        return self._answer()

    def post(self, path: str, body: object) -> tuple[int, Any]:
        self._keys += 1
        headers = {**self._headers, "Idempotency-Key": f"{self._name}-{self._keys}"}
        self._connection.request("POST", path, json.dumps(body), headers)
        return self._answer()

    def issue(self, procedure: str = "CT01") -> None:
        status, answer = self.post(TICKETS, {"procedure": procedure})
        if status != 201:
            raise RuntimeError(f"no ticket: {status} {answer}")

    def _answer(self) -> tuple[int, Any]:
        response = self._connection.getresponse()
        data = response.read()
        return response.status, json.loads(data) if data else None
