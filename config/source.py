"""A TOML file with the line of each key, and the faults found in it."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from config.syntax import Unreadable, decoded, parsed

KeyPath = tuple[str | int, ...]  # ("counter", "3", "takes"); an entry of [[hours]] is ("hours", 0)


class ConfigErrors(Exception):
    """What is wrong with the configuration: every fault, a line each."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass(slots=True)
class Faults:
    """Collected, so that all are told at once, in the order of the files."""

    found: list[tuple[int, int, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    def add(self, file: str, line: int, text: str) -> None:
        if file not in self.files:
            self.files.append(file)
        where = f"{file}:{line}" if line else file
        self.found.append((self.files.index(file), line, f"{where}: {text}"))

    def lines(self) -> list[str]:
        return [text for _, _, text in sorted(dict.fromkeys(self.found))]


@dataclass(frozen=True, slots=True)
class Source:
    """One file. `name` is how it was named by the operator."""

    name: str
    directory: Path
    data: dict[str, object]
    lines: Mapping[KeyPath, int]

    def line(self, place: KeyPath) -> int:
        """Of the key or the nearest table around it; 1 for what is nowhere."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_source(path: Path) -> Source:
    """Raises Unreadable when it cannot be read as TOML."""
    try:
        text = decoded(path.read_bytes())
    except OSError as error:
        raise Unreadable(0, "cannot_be_read", {"why": error.strerror}) from None
    return Source(str(path), path.parent, parsed(text), locate(text))


def locate(text: str) -> dict[KeyPath, int]:
    """The line of every table and key of a valid TOML text; keys inside a value have the line of its key.

    tomllib tells no lines but is the judge of where a statement ends: lines are added until it parses.
    """
    found: dict[KeyPath, int] = {}
    entries: dict[KeyPath, int] = {}  # of each array of tables, how many so far
    table: KeyPath = ()
    for line, statement, read in _statements(text):
        if statement.lstrip().startswith("["):
            table = _header(read, entries)
            for length in range(1, len(table) + 1):
                found.setdefault(table[:length], line)
        else:
            for place in _places(read, table):
                found.setdefault(place, line)
    return found


def _statements(text: str) -> Iterator[tuple[int, str, dict[str, object]]]:
    start, statement = 1, ""
    for line, more in enumerate(text.split("\n"), 1):
        statement += more + "\n"
        try:
            parsed = tomllib.loads(statement)
        except tomllib.TOMLDecodeError:
            continue
        yield start, statement, parsed
        start, statement = line + 1, ""


def _header(parsed: object, entries: dict[KeyPath, int]) -> KeyPath:
    """Where `[a.b]` or `[[a.b]]` leads: through the last entry of each array of tables on the way."""
    place: KeyPath = ()
    while isinstance(parsed, dict) and parsed:
        ((key, parsed),) = parsed.items()
        place += (key,)
        if isinstance(parsed, list):
            entries[place] = entries.get(place, 0) + 1
            parsed = None
        if place in entries:
            place += (entries[place] - 1,)
    return place


def _places(parsed: object, place: KeyPath) -> Iterator[KeyPath]:
    inside = (
        parsed.items() if isinstance(parsed, dict) else enumerate(parsed if isinstance(parsed, list) else ())
    )
    for key, value in inside:
        yield (*place, key)
        yield from _places(value, (*place, key))
