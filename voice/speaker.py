"""Sentences are spoken in a process of their own: espeak-ng is C code, its faults must not reach the hall.

Run as `python -m voice.speaker` (see worker.py): JSON in, WAV out, nothing where it cannot.
"""

import json
import logging
import sys
import threading
import time

from hall.spoken import Language
from voice.espeak import MANNERS, CannotSpeak, Espeak
from voice.sound import to_wav
from worker import Worker, work

LONGEST_TEXT = 400  # characters
PEAK = 0.85
PAUSE_AFTER = 0.45  # seconds, so that the second saying does not run into the first

log = logging.getLogger(__name__)


class SpeakerFailed(Exception):
    """This sentence could not be spoken; the chime has to do."""


class Speaker:
    """Speaks one sentence at a time. A process that died or hangs is replaced, not more often than every
    `rest_seconds`."""

    def __init__(self, *, answer_seconds: float = 5.0, rest_seconds: float = 10.0) -> None:
        self.worker = Worker("voice.speaker", answer_seconds)
        self._rest_seconds = rest_seconds
        self._lock = threading.Lock()
        self._rests_until = 0.0

    def say(self, text: str, language: Language) -> bytes:
        """WAV. Raises SpeakerFailed."""
        if not 0 < len(text) <= LONGEST_TEXT:
            raise SpeakerFailed(f"{len(text)} characters, 1 to {LONGEST_TEXT} can be said")
        order = json.dumps({"text": text, "language": language}).encode()
        with self._lock:
            if time.monotonic() < self._rests_until:
                raise SpeakerFailed("the speech process failed a moment ago")
            try:
                answer = self.worker.ask(order)
            except OSError as trouble:
                self._rests_until = time.monotonic() + self._rest_seconds
                log.warning("the speech process is gone: %s", trouble)
                raise SpeakerFailed(str(trouble)) from trouble
        if not answer:
            raise SpeakerFailed("espeak-ng could not say it")
        return answer

    def stop(self) -> None:
        self.worker.stop()


def spoken_wav(espeak: Espeak, text: str, language: Language) -> bytes:
    """Ready to play: no silence before, even loudness, a pause after."""
    sound = espeak.say(text, MANNERS[language]).trimmed()
    if not sound.samples:
        raise CannotSpeak("espeak-ng said nothing")
    return to_wav(sound.as_loud_as(PEAK).framed(0.05, PAUSE_AFTER))


def said(espeak: Espeak, order: bytes) -> bytes:
    """The worker's answer to one order."""
    try:
        asked = json.loads(order)
        return spoken_wav(espeak, asked["text"], asked["language"])
    except (CannotSpeak, ValueError, KeyError):
        log.exception("cannot say %.200r", order)
        return b""


def main() -> None:
    try:
        espeak = Espeak()
    except CannotSpeak as fault:
        sys.exit(f"speaker: {fault}")
    work("speaker", lambda order: said(espeak, order))


if __name__ == "__main__":
    main()
