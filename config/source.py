"""A TOML file with the line of each key, and the faults found in it."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

KeyPath = tuple[str | int, ...]  # ("counter", "3", "takes"); an entry of [[hours]] is ("hours", 0)

_AT_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_TWICE = re.compile(r"Cannot declare \((.*?),?\) twice")


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


def read_source(path: Path, faults: Faults) -> Source | None:
    """None, with a fault, when it cannot be read as TOML."""
    try:
        text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
        return Source(str(path), path.parent, tomllib.loads(text), locate(text))
    except OSError as error:
        faults.add(str(path), 0, f"cannot be read: {error.strerror}")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        faults.add(str(path), line, "is not UTF-8: save the file as UTF-8")
    except tomllib.TOMLDecodeError as error:
        faults.add(str(path), *_syntax(str(error), text))
    return None


def _syntax(error: str, text: str) -> tuple[int, str]:
    """Line and sentence of tomllib's message."""
    at = _AT_LINE.search(error)
    line = int(at[1]) if at and at[1] else text.rstrip().count("\n") + 1
    said = _AT_LINE.sub("", error)
    twice = _TWICE.match(said)
    if twice:
        parts = (part.strip(" '") for part in twice[1].split(","))
        said = f"[{'.'.join(parts)}] is declared twice"
    return line, f"{said}. The rest is read once this is right."


def locate(text: str) -> dict[KeyPath, int]:
    """The line of every table and key of a valid TOML text; keys inside a value have the line of its key.

    tomllib tells no lines but is the judge of where a statement ends: lines are added until it parses.
    """
    found: dict[KeyPath, int] = {}
    entries: dict[KeyPath, int] = {}  # of each array of tables, how many so far
    table: KeyPath = ()
    for line, statement, parsed in _statements(text):
        if statement.lstrip().startswith("["):
            table = _header(parsed, entries)
            for length in range(1, len(table) + 1):
                found.setdefault(table[:length], line)
        else:
            for place in _places(parsed, table):
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
