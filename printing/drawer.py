"""Slips are drawn in a process of their own: 15 ms of computing each, away from the loop that serves.

Run as `python -m printing.drawer` with a socket as standard input; ends when the other side closes it.
"""

import contextlib
import logging
import signal
import socket
import struct
import subprocess
import sys
import threading
from pathlib import Path

import msgspec

from printing.slip import Slip

LENGTH = struct.Struct(">I")
ROOT = Path(__file__).resolve().parent.parent
DRAWN, FAILED = b"\x00", b"\x01"

log = logging.getLogger(__name__)


class DrawerFailed(Exception):
    """This slip could not be drawn. Nothing was sent to a printer."""


class Order(msgspec.Struct, frozen=True):
    slip: Slip
    width_dots: int


class Drawer:
    """Draws for all printers, one slip at a time; a process that died is started again."""

    def __init__(self, *, answer_seconds: float = 20.0) -> None:
        self._answer_seconds = answer_seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None

    def start(self) -> None:
        """Starts the process now, so that the first citizen does not wait for it."""
        with self._lock:
            self._connected()

    def draw(self, slip: Slip, width_dots: int) -> bytes:
        """The bytes for the printer. Raises DrawerFailed; a process that died is tried anew once."""
        order = msgspec.json.encode(Order(slip, width_dots))
        with self._lock:
            for last_try in (False, True):
                try:
                    line = self._connected()
                    line.sendall(LENGTH.pack(len(order)) + order)
                    answer = _whole(line)
                except OSError as trouble:
                    log.warning("the drawing process is gone: %s", trouble)
                    self._end()
                    if last_try:
                        raise DrawerFailed(str(trouble)) from trouble
                    continue
                if answer[:1] == FAILED:
                    raise DrawerFailed(answer[1:].decode())
                return answer[1:]
        raise AssertionError("unreachable")

    def stop(self) -> None:
        with self._lock:
            self._end()

    def _connected(self) -> socket.socket:
        if self._line is not None and self._process is not None and self._process.poll() is None:
            return self._line
        self._end()
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "printing.drawer"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                cwd=ROOT,
            )
        ours.settimeout(self._answer_seconds)
        self._line = ours
        return ours

    def _end(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def _whole(line: socket.socket) -> bytes:
    """One message: its length, then so many bytes. Raises OSError when the other side is gone."""
    (length,) = LENGTH.unpack(_exactly(line, LENGTH.size))
    return _exactly(line, length)


def _exactly(line: socket.socket, count: int) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        part = line.recv(count - len(parts))
        if not part:
            raise ConnectionResetError("closed")
        parts += part
    return bytes(parts)


def serve(line: socket.socket) -> None:
    # Imported here: the hub imports this module and has no use for Pillow or python-escpos.
    from printing.escpos import encode
    from printing.picture import draw

    while True:
        order = msgspec.json.decode(_whole(line), type=Order)
        try:
            answer = DRAWN + encode(draw(order.slip, order.width_dots))
        except Exception as fault:  # one slip that cannot be drawn must not end the drawing of others
            log.exception("slip %s", order.slip.number)
            answer = FAILED + f"{type(fault).__name__}: {fault}".encode()
        line.sendall(LENGTH.pack(len(answer)) + answer)


def main() -> None:
    # A terminal's Ctrl-C reaches the whole group; this process ends when the hub closes its side.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.basicConfig(format="drawer: %(message)s")
    with socket.socket(fileno=0) as line, contextlib.suppress(ConnectionError):
        serve(line)


if __name__ == "__main__":
    main()
