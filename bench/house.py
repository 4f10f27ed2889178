"""A real server process, and clients that talk to it as kiosks, counters and screens do."""

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil

ROOT = Path(__file__).resolve().parent.parent
HALL = "thach-ha"


class House:
    """`server.py run --demo` on a free port of 127.0.0.1, with its data in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = os.environ | {"MOTCUA_STORE_DIR": str(folder)}
        self.process = subprocess.Popen(
            [sys.executable, "server.py", "run", "--demo", "--port", "0"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line.startswith("ready "):
            raise RuntimeError(f"the server did not start: {line!r}")
        self.base = line.split()[1]
        self.tokens: dict[str, str] = json.loads((folder / "demo.json").read_text())[HALL]
        self.hub = psutil.Process(self.process.pid)

    def pad(self, counter: str) -> str:
        """The token of a call pad."""
        command = [sys.executable, "server.py", "token", "create", "--role", "counter", "--hall", HALL]
        made = subprocess.run(
            [*command, "--counter", counter],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return made.stdout.strip()

    def token(self, role: str, name: str) -> str:
        command = [
            sys.executable,
            "server.py",
            "token",
            "create",
            "--role",
            role,
            "--hall",
            HALL,
            "--name",
            name,
        ]
        made = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True
        )
        return made.stdout.strip()

    def cpu_seconds(self) -> float:
        times = self.hub.cpu_times()
        return float(times.user + times.system)

    def memory_mib(self) -> float:
        return float(self.hub.memory_info().rss) / 2**20

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def house(folder: Path) -> Iterator[House]:
    running = House(folder)
    try:
        yield running
    finally:
        running.stop()


class Client:
    """One kept-alive connection, as a kiosk has it."""

    def __init__(self, base: str, token: str | None = None) -> None:
        parts = urlsplit(base)
        self._line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._keys = 0
        self._name = f"{id(self)}-{time.monotonic_ns()}"

    def get(self, path: str) -> tuple[int, Any]:
        self._line.request("GET", path, headers=self._headers)
        return self._answer()

    def post(self, path: str, body: object, key: str | None = None) -> tuple[int, Any]:
        self._keys += 1
        headers = {**self._headers, "Idempotency-Key": key or f"{self._name}-{self._keys}"[-64:]}
        self._line.request("POST", path, json.dumps(body), headers)
        return self._answer()

    def issue(self, procedure: str = "CT01") -> tuple[int, Any]:
        return self.post(f"/api/v1/halls/{HALL}/tickets", {"procedure": procedure})

    def _answer(self) -> tuple[int, Any]:
        response = self._line.getresponse()
        data = response.read()
        return response.status, json.loads(data) if data else None
