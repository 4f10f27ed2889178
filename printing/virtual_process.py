"""Starts the virtual printer as a process of its own and gives it orders."""

import json
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parent.parent


class VirtualPrinterFailed(Exception):
    """The virtual printer did not start."""


class VirtualPrinter:
    """`start` returns when slips can be sent to `host`:`port`; it ends with this process or at `stop`."""

    def __init__(self, keep: Path, width_dots: int = 576) -> None:
        self._keep = keep.resolve()
        self._width = width_dots
        self._process: subprocess.Popen[bytes] | None = None
        self.host = "127.0.0.1"
        self.port = 0
        self.control_port = 0

    def start(self) -> Self:
        command = [sys.executable, "-m", "printing.virtual", "--with-parent"]
        command += ["--keep", str(self._keep), "--width", str(self._width), "--port", str(self.port)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
        bound = threading.Timer(20.0, process.kill)
        bound.start()
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
        finally:
            bound.cancel()
        if not said:
            process.kill()
            process.communicate()
            raise VirtualPrinterFailed("the virtual printer ended before it was ready")
        ready = json.loads(said)
        self._process = process
        self.port, self.control_port = int(ready["port"]), int(ready["control_port"])
        return self

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def tell(self, do: str, **more: int | float) -> dict[str, Any]:
        """One order, its answer; `tell("paper_out")`, `tell("wait", slips=1, seconds=5)`."""
        with socket.create_connection((self.host, self.control_port), timeout=60) as peer:
            peer.sendall(json.dumps({"do": do, **more}).encode() + b"\n")
            with peer.makefile("rb") as answers:
                answer: dict[str, Any] = json.loads(answers.readline())
                return answer

    def stop(self) -> None:
        """The port stays known: `start` again listens at the same one, as a printer switched off and on."""
        if self._process is None:
            return
        self._process.kill()
        self._process.communicate()
        self._process = None
