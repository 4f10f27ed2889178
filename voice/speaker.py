"""Sentences are spoken in a process of their own: espeak-ng is C code, its faults must not reach the hall.

Run as `python -m voice.speaker` with a socket as standard input: one JSON line in, a length and so many
bytes of WAV out, length 0 where it cannot. Ends when the other side closes.
"""

import contextlib
import json
import logging
import socket
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

from hall.spoken import Language
from voice.espeak import MANNERS, CannotSpeak, Espeak
from voice.sound import to_wav

LENGTH = struct.Struct(">I")
ROOT = Path(__file__).resolve().parent.parent
LONGEST_TEXT = 400  # characters
LARGEST_ANSWER = 4 * 1024 * 1024
PEAK = 0.85
PAUSE_AFTER = 0.45  # seconds, so that the second saying does not run into the first

log = logging.getLogger(__name__)


class SpeakerFailed(Exception):
    """This sentence could not be spoken; the chime has to do."""


class Speaker:
    """Speaks one sentence at a time. A process that died or hangs is replaced, not more often than every
    `rest_seconds`."""

    def __init__(self, *, answer_seconds: float = 5.0, rest_seconds: float = 10.0) -> None:
        self._answer_seconds = answer_seconds
        self._rest_seconds = rest_seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._rests_until = 0.0

    def say(self, text: str, language: Language) -> bytes:
        """WAV. Raises SpeakerFailed."""
        if not 0 < len(text) <= LONGEST_TEXT:
            raise SpeakerFailed(f"{len(text)} characters, 1 to {LONGEST_TEXT} can be said")
        order = json.dumps({"text": text, "language": language}).encode() + b"\n"
        with self._lock:
            if time.monotonic() < self._rests_until:
                raise SpeakerFailed("the speech process failed a moment ago")
            try:
                answer = self._answered(order)
            except OSError as trouble:
                self._end()
                self._rests_until = time.monotonic() + self._rest_seconds
                log.warning("the speech process is gone: %s", trouble)
                raise SpeakerFailed(str(trouble)) from trouble
        if not answer:
            raise SpeakerFailed("espeak-ng could not say it")
        return answer

    def stop(self) -> None:
        with self._lock:
            self._end()

    def _answered(self, order: bytes) -> bytes:
        """A process found dead is replaced once: it may have died between two calls."""
        fresh = self._line is None
        try:
            return self._asked(order)
        except ConnectionError:
            if fresh:
                raise
            self._end()
            return self._asked(order)

    def _asked(self, order: bytes) -> bytes:
        line = self._connected()
        line.sendall(order)
        (length,) = LENGTH.unpack(_exactly(line, LENGTH.size))
        if length > LARGEST_ANSWER:
            raise OSError(f"an answer of {length} bytes")
        return _exactly(line, length)

    def _connected(self) -> socket.socket:
        if self._line is not None:
            return self._line
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "voice.speaker"],
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


def _exactly(line: socket.socket, count: int) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        part = line.recv(count - len(parts))
        if not part:
            raise ConnectionResetError("closed")
        parts += part
    return bytes(parts)


def spoken_wav(espeak: Espeak, text: str, language: Language) -> bytes:
    """Ready to play: no silence before, even loudness, a pause after."""
    sound = espeak.say(text, MANNERS[language]).trimmed()
    if not sound.samples:
        raise CannotSpeak("espeak-ng said nothing")
    return to_wav(sound.as_loud_as(PEAK).framed(0.05, PAUSE_AFTER))


def serve(line: socket.socket) -> None:
    espeak = Espeak()
    with line.makefile("rb") as orders:
        for order in orders:
            try:
                asked = json.loads(order)
                answer = spoken_wav(espeak, asked["text"], asked["language"])
            except (CannotSpeak, ValueError, KeyError):
                log.exception("cannot say %.200r", order)
                answer = b""
            line.sendall(LENGTH.pack(len(answer)) + answer)


def main() -> None:
    logging.basicConfig(format="speaker: %(message)s")
    with socket.socket(fileno=0) as line, contextlib.suppress(ConnectionError, KeyboardInterrupt):
        try:
            serve(line)
        except CannotSpeak as fault:
            log.error("%s", fault)  # noqa: TRY400 - the reason is the whole message
            sys.exit(1)


if __name__ == "__main__":
    main()
