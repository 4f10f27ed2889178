"""A centre's recorded voice for tests: every clip a tone of its own length, written as the docs say."""

import array
import math
from collections.abc import Iterable
from pathlib import Path

from hall.spoken import Language
from voice.recorded import needed
from voice.sound import Sound, to_wav

LETTERS, COUNTERS = ("A", "B"), ("1", "2", "10")


def tone(hertz: float, seconds: float = 0.3, level: float = 0.5, rate: int = 16000) -> bytes:
    total = int(seconds * rate)
    wave = (int(level * 32767 * math.sin(2 * math.pi * hertz * place / rate)) for place in range(total))
    return to_wav(Sound(array.array("h", wave), rate))


def record(folder: Path, language: Language = "vi", leave_out: Iterable[str] = ()) -> Path:
    """A whole set, but for the clips left out."""
    (folder / language).mkdir(parents=True, exist_ok=True)
    for place, name in enumerate(needed(LETTERS, COUNTERS, language)):
        if name not in set(leave_out):
            (folder / language / f"{name}.wav").write_bytes(tone(200 + 20 * place))
    return folder
