"""A centre's own voice: a folder of short clips, used only when none is missing.

`python -m voice.recorded FOLDER --letters A,B --counters 1,2` tells what the folder still lacks and which
clips sound wrong. How to record one: docs/recording-a-voice.md.
"""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from hall.spoken import DIGITS, Language
from voice.sound import BadSound, from_wav, seconds_of

KINDS = (".wav", ".ogg")
LARGEST_CLIP = 2 * 1024 * 1024
LONGEST_SECONDS = 10.0
QUIET_PEAK, CLIPPED_PEAK = 0.1, 0.999
SILENCE_SECONDS = 0.15  # at either end: more is heard as a hole between two words

INVITATION: dict[Language, str] = {"vi": "moi-cong-dan", "en": "ticket-number"}
TOWARDS: dict[Language, str] = {"vi": "den-quay-so", "en": "go-to-counter"}
LETTER: dict[Language, str] = {"vi": "chu", "en": "letter"}
DIGIT: dict[Language, str] = {"vi": "so", "en": "digit"}
COUNTER: dict[Language, str] = {"vi": "quay", "en": "counter"}


def sign_clip(sign: str, language: Language) -> str:
    """The clip of one letter or figure: "so-4", "chu-a"; Đ is "chu-dd", because file names stay plain."""
    if "0" <= sign <= "9":
        return f"{DIGIT[language]}-{sign}"
    return f"{LETTER[language]}-{sign.lower().replace('đ', 'dd')}"


def counter_clip(counter: str, language: Language) -> str:
    return f"{COUNTER[language]}-{counter.lower()}"


def call_clips(number: str, counter: str, language: Language) -> tuple[str, ...]:
    """The clips of one call, in order."""
    signs = tuple(sign_clip(sign, language) for sign in number if sign.isalnum())
    return (INVITATION[language], *signs, TOWARDS[language], counter_clip(counter, language))


def needed(letters: Iterable[str], counters: Iterable[str], language: Language) -> tuple[str, ...]:
    """Every clip a complete set has, for these queue prefixes and counters."""
    signs = (
        *map(str, range(len(DIGITS[language]))),
        *sorted({sign for sign in "".join(letters) if sign.isalpha()}),
    )
    return (
        INVITATION[language],
        TOWARDS[language],
        *(sign_clip(sign, language) for sign in signs),
        *(counter_clip(counter, language) for counter in counters),
    )


def missing(
    set_dir: Path, letters: Iterable[str], counters: Iterable[str], language: Language = "vi"
) -> tuple[str, ...]:
    """The clips that lack, or cannot be played. Empty: the set is complete."""
    lacking: list[str] = []
    for name in needed(letters, counters, language):
        try:
            read(set_dir, name, language)
        except BadSound:
            lacking.append(name)
    return tuple(lacking)


def read(set_dir: Path, name: str, language: Language) -> bytes:
    """One clip's bytes. Raises BadSound when it is absent, too large, too long or no sound."""
    folder = set_dir / language
    if "/" in name or "\\" in name or name.startswith("."):
        raise BadSound(f"{name}: not a clip's name")
    for path in (folder / f"{name}{kind}" for kind in KINDS):
        try:
            with path.open("rb") as file:
                data = file.read(LARGEST_CLIP + 1)
        except OSError:
            continue
        if len(data) > LARGEST_CLIP:
            raise BadSound(f"{path.name}: larger than {LARGEST_CLIP} bytes")
        if not 0 < seconds_of(data) <= LONGEST_SECONDS:
            raise BadSound(f"{path.name}: empty or longer than {LONGEST_SECONDS:.0f} s")
        return data
    raise BadSound(f"{name}: no such clip")


def doubts(set_dir: Path, names: Iterable[str], language: Language) -> list[str]:
    """What a listener would complain of, in WAV clips: too quiet, clipped, silence at the ends."""
    found: list[str] = []
    for name in names:
        try:
            sound = from_wav(read(set_dir, name, language))
        except BadSound:
            continue  # absent, or OGG, which the browser decodes and we do not
        if sound.peak < QUIET_PEAK:
            found.append(f"{name}: too quiet (peak {sound.peak:.2f})")
        if sound.peak >= CLIPPED_PEAK:
            found.append(f"{name}: too loud, clipped")
        idle = sound.seconds - sound.trimmed().seconds
        if idle > 2 * SILENCE_SECONDS:
            found.append(f"{name}: {idle:.1f} s of silence around the words")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m voice.recorded", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--letters", required=True, help="the queues' letters, as in A,B,T")
    parser.add_argument("--counters", required=True, help="the counters, as in 1,2,3")
    asked = parser.parse_args()
    letters, counters = asked.letters.split(","), asked.counters.split(",")
    lacking = missing(asked.folder, letters, counters, "vi")
    for name in lacking:
        print(f"missing: vi/{name}.wav")
    languages: tuple[Language, ...] = ("vi", "en")
    for language in languages:
        for doubt in doubts(asked.folder, needed(letters, counters, language), language):
            print(f"check: {language}/{doubt}")
    english = len(missing(asked.folder, letters, counters, "en"))
    print(f"Vietnamese: {'complete' if not lacking else f'{len(lacking)} missing'}")
    print(f"English (optional): {'complete' if not english else f'{english} missing'}")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
