"""How often the kiosk's search finds what people mean: `python -m tests.phrasings`.

Asks the search of the page, under Node, for every phrasing of tests/data/phrasings.toml in the hall of
config.toml: found is a procedure that stands among the first three.
"""

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

import config
import languages
from hall import views
from hall.fold import fresh
from hall.views.public import HallFacts
from tools.node import ADDRESSES, environment, node_folder

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "tests/data/phrasings.toml"
FIRST = 3
NOTHING = "nothing"
LISTS = {language: subjects["search"] for language, subjects in languages.WORDS.items()}


@dataclass(frozen=True, slots=True)
class Phrasing:
    """`codes` of the procedures it may mean; none: it means nothing the hall does."""

    part: str
    said: str
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """`codes` in the order of the page."""

    phrasing: Phrasing
    codes: tuple[str, ...]

    @property
    def right(self) -> bool:
        codes = self.phrasing.codes
        return not codes.isdisjoint(self.codes[:FIRST]) if codes else not self.codes


def read(file: Path = FILE) -> list[Phrasing]:
    parts = tomllib.loads(file.read_text("utf-8"))
    return [
        Phrasing(part, said, frozenset() if key == NOTHING else frozenset(key.split()))
        for part, by_code in parts.items()
        for key, phrasings in by_code.items()
        for said in phrasings
    ]


def facts(file: Path = ROOT / "config.toml") -> HallFacts:
    """What GET /halls/{hall} tells of the first hall of a configuration."""
    setup = next(iter(config.read(file, {}).setups.values()))
    now = datetime(2026, 11, 24, 8, tzinfo=UTC)
    return views.public.hall_facts(fresh(setup, now.date()), now)


def ask(phrasings: Iterable[Phrasing], hall: HallFacts) -> list[Found]:
    """Raises CalledProcessError where the search does not run."""
    phrasings = list(phrasings)
    folder = node_folder()
    if folder is None:
        raise FileNotFoundError("No Node here yet. Run: make setup")
    asked = msgspec.json.encode({"facts": hall, "lists": LISTS, "said": [each.said for each in phrasings]})
    command = [str(folder / "node"), "--import", ADDRESSES, "tests/js/phrasings.js"]
    answer = subprocess.run(
        command, cwd=ROOT, input=asked, stdout=subprocess.PIPE, env=environment(folder), check=True
    )
    found = json.loads(answer.stdout)
    return [Found(phrasing, tuple(codes)) for phrasing, codes in zip(phrasings, found, strict=True)]


def rate(answers: list[Found]) -> str:
    right = sum(each.right for each in answers)
    return f"{right} of {len(answers)}, {100 * right / max(len(answers), 1):.1f} %"


def main() -> int:
    answers = ask(read(), facts())
    for part in dict.fromkeys(each.phrasing.part for each in answers):
        here = [each for each in answers if each.phrasing.part == part]
        print(f"{part}: found {rate([each for each in here if each.phrasing.codes])}")
        print(f"{part}: nothing found {rate([each for each in here if not each.phrasing.codes])}")
    for each in answers:
        if not each.right:
            wanted = " or ".join(sorted(each.phrasing.codes)) or "nothing"
            print(f'  "{each.phrasing.said}": {" ".join(each.codes[:FIRST]) or "nothing"}, not {wanted}')
    return 0


if __name__ == "__main__":
    sys.exit(main())
