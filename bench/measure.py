"""Figures, bounds and the floors they are held against."""

import argparse
import json
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Bound:
    """`figure` must be at most (or with `least` at least) `limit`."""

    figure: str
    limit: float
    least: bool = False

    def held(self, value: float) -> bool:
        return value >= self.limit if self.least else value <= self.limit


@dataclass(slots=True)
class Result:
    """The figures of one measurement, with their bounds."""

    name: str
    figures: dict[str, float] = field(default_factory=dict)
    bounds: tuple[Bound, ...] = ()

    @property
    def missed(self) -> list[str]:
        return [each.figure for each in self.bounds if not each.held(self.figures[each.figure])]


def p(values: Sequence[float], percent: float) -> float:
    """The value below which `percent` of them lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def seconds(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


class BareCommit:
    """The floor of a durable change: one row into a WAL file with synchronous=FULL, by the driver alone."""

    def __init__(self, folder: Path) -> None:
        self._conn = sqlite3.connect(folder / "bare.sqlite", isolation_level=None)
        self._conn.execute("PRAGMA journal_mode = WAL")
        self._conn.execute("PRAGMA synchronous = FULL")
        self._conn.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, body TEXT)")

    def once(self) -> float:
        return seconds(lambda: self._conn.execute("INSERT INTO t (body) VALUES (?)", ("x" * 200,)))


def main(measure: Callable[[bool], Result]) -> None:
    """Runs one measurement from the command line."""
    parser = argparse.ArgumentParser(description=measure.__doc__)
    parser.add_argument("--sabotage", action="store_true", help="do what must miss the bound")
    result = measure(parser.parse_args().sabotage)
    rounded = {name: round(value, 3) for name, value in result.figures.items()}
    limits = {each.figure: (">=" if each.least else "<=") + f" {each.limit:g}" for each in result.bounds}
    print(json.dumps({"bench": result.name, **rounded, "bounds": limits, "missed": result.missed}))
    sys.exit(1 if result.missed else 0)
