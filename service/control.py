"""A door to the running hub for the hall's own user: a socket beside the data, nowhere on the network.

One wish a connection, one after the other: the file of a configuration as a line of JSON, answered by how the
command ends.
"""

import logging
import math
import os
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

SOCKET = "hub.sock"
ASK_SECONDS = 5.0  # whoever connects and says nothing holds up the next one no longer
ANSWER_SECONDS = 60.0
AGAIN_SECONDS = 0.5
LONGEST = 64 * 1024  # of a wish

log = logging.getLogger(__name__)


class ReloadWish(msgspec.Struct, frozen=True):
    """`config`: the file whose configuration the hub should take, absolute. `day`: it should go to today's
    date instead. `language`: of whoever asks; empty: of the hub itself."""

    config: str
    day: bool = False
    language: str = ""


class ReloadAnswer(msgspec.Struct, frozen=True):
    """The exit code of the command, and what it prints."""

    code: int
    lines: list[str]


class Control:
    """Answers until it is closed. Without a socket, where the folder has none, the hub works all the same."""

    def __init__(self, directory: Path, answer: Callable[[ReloadWish], ReloadAnswer]) -> None:
        self._file = directory / SOCKET
        self._answer = answer
        self._listening: socket.socket | None = None
        self._over = threading.Event()

    def start(self) -> None:
        try:
            self._listening = _listener(self._file)
        except OSError as error:
            log.warning("%s: %s; the configuration can be taken by SIGHUP only", self._file, error)
            return
        threading.Thread(target=self._serve, args=(self._listening,), name="control", daemon=True).start()

    def stop(self) -> None:
        if self._listening is not None:
            listening, self._listening = self._listening, None
            self._over.set()
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            listening.close()
            self._file.unlink(missing_ok=True)

    def _serve(self, listening: socket.socket) -> None:
        while not self._over.is_set():
            try:
                peer, _ = listening.accept()
            except OSError as error:
                if not self._over.is_set():
                    log.warning("control: %s", error)
                    self._over.wait(AGAIN_SECONDS)  # such as too many open files: soon there are fewer
                continue
            with peer:
                try:
                    peer.settimeout(ASK_SECONDS)
                    wish = msgspec.json.decode(_heard(peer, LONGEST), type=ReloadWish)
                    peer.sendall(msgspec.json.encode(self._answered(wish)))
                except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
                    log.warning("control: %s", error)

    def _answered(self, wish: ReloadWish) -> ReloadAnswer:
        try:
            return self._answer(wish)
        except Exception as fault:  # the edge of the worker: it is told, and the next wish is answered
            log.exception("control")
            return ReloadAnswer(1, [f"the hub could not do it ({type(fault).__name__}); its log says more"])


def is_serving(directory: Path) -> bool:
    """Whether a hub runs on this data."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as peer:
        peer.settimeout(ANSWER_SECONDS)
        try:
            peer.connect(str(directory / SOCKET))
        except OSError:
            return False
    return True


def ask(directory: Path, wish: ReloadWish) -> ReloadAnswer | None:
    """What the hub on this data answers; None: none runs. OSError where it may not be asked."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as peer:
        peer.settimeout(ANSWER_SECONDS)
        try:
            peer.connect(str(directory / SOCKET))
        except (FileNotFoundError, NotADirectoryError, ConnectionRefusedError):
            return None
        peer.sendall(msgspec.json.encode(wish))
        peer.shutdown(socket.SHUT_WR)
        said = _heard(peer)
    if not said:
        raise OSError("the hub ended before it answered")
    return msgspec.json.decode(said, type=ReloadAnswer)


def _listener(file: Path) -> socket.socket:
    """Whoever locked the data is alone: what lies there is left from a hub that was killed."""
    file.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)  # the file is made by `bind`, and must never be another's
    try:
        listening.bind(str(file))
    except OSError:
        listening.close()
        raise
    finally:
        os.umask(before)
    listening.listen()
    return listening


def _heard(peer: socket.socket, longest: float = math.inf) -> bytes:
    """All that the other side says until it ends, or until it is too long."""
    said = b""
    while len(said) <= longest and (more := peer.recv(4096)):
        said += more
    return said
