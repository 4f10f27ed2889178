"""A process of its own for work that would hold up the hub or take it down: drawing slips, speaking.

Both sides speak in messages: a length of four bytes, then so many bytes. A worker module runs as
`python -m MODULE` with a socket as standard input and ends when the hub closes its side.
"""

import contextlib
import logging
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

LENGTH = struct.Struct(">I")
LARGEST = 16 * 1024 * 1024  # bytes of a message; a broken worker must not fill the hub's memory
NICENESS = 5  # a slip may take a moment longer where a touch would have to wait for it
ROOT = Path(__file__).resolve().parent


class Worker:
    """The hub's side: one question at a time. A process that died between two questions is replaced."""

    def __init__(self, module: str, answer_seconds: float) -> None:
        self.answer_seconds = answer_seconds
        self._module = module
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None

    def start(self) -> None:
        """Starts the process now, so that the first who asks does not wait for it."""
        with self._lock:
            self._connected()

    def ask(self, question: bytes) -> bytes:
        """Raises OSError where the process gave no answer in time, or died over this question twice."""
        with self._lock:
            fresh = self._line is None
            try:
                return self._asked(question)
            except ConnectionError:
                self._end()
                if fresh:
                    raise
                return self._asked(question)
            except OSError:
                self._end()
                raise

    @property
    def pid(self) -> int | None:
        """Of the process that runs now."""
        return self._process.pid if self._process else None

    def stop(self) -> None:
        with self._lock:
            self._end()

    def _asked(self, question: bytes) -> bytes:
        peer = self._connected()
        send(peer, question)
        return receive(peer)

    def _connected(self) -> socket.socket:
        if self._line is not None and self._process is not None and self._process.poll() is None:
            return self._line
        self._end()
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", self._module]
            self._process = subprocess.Popen(
                command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, cwd=ROOT
            )
        ours.settimeout(self.answer_seconds)
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


def send(peer: socket.socket, message: bytes) -> None:
    peer.sendall(LENGTH.pack(len(message)) + message)


def receive(peer: socket.socket) -> bytes:
    """One whole message. Raises OSError when the other side is gone or says too much."""
    (length,) = LENGTH.unpack(_exactly(peer, LENGTH.size))
    if length > LARGEST:
        raise OSError(f"a message of {length} bytes")
    return _exactly(peer, length)


def work(name: str, answer: Callable[[bytes], bytes]) -> None:
    """The worker's side: answers until the hub hangs up."""
    # A terminal's Ctrl-C reaches the whole group; this process ends when the hub closes its side.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(NICENESS)
    logging.basicConfig(format=f"{name}: %(message)s")
    with socket.socket(fileno=0) as peer, contextlib.suppress(ConnectionError):
        while True:
            send(peer, answer(receive(peer)))


def _exactly(peer: socket.socket, count: int) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        part = peer.recv(count - len(parts))
        if not part:
            raise ConnectionResetError("closed")
        parts += part
    return bytes(parts)
