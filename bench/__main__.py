"""`python -m bench`: all measurements in turn, each in a process of its own, and their table in the docs."""

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from bench.kiosks import fdatasync_rate
from bench.running import ROOT

PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- written by python -m bench -->", "<!-- end -->"


@dataclass(frozen=True, slots=True)
class Measurement:
    """A module of this package and what it measures, as the table says it."""

    name: str
    what: str


MEASUREMENTS = (
    Measurement("durable", "Durable issue in the hub / bare one-row commit (WAL, FULL)"),
    Measurement("answer", "Issue over HTTP, nothing else going on / (bare commit + trivial route)"),
    Measurement("touch", "Touch to the last of 20 displays / (bare commit + bare websocket round trip)"),
    Measurement("call", "Call to the last of 300 displays"),
    Measurement("kiosks", "16 kiosks at once, 1,000 tickets of one queue"),
    Measurement("callers", "8 officers at once, 200 tickets of one queue"),
    Measurement("history", "Issue and next with 1,000,000 tickets of history / with 1,000"),
    Measurement("restart", "Loaded modules to serving, with a day of 1,200 tickets"),
    Measurement("memory", "Resident memory of the hub, idle and with 300 screens"),
    Measurement("wire", "Kiosk and display in Chromium: first load, and an idle minute"),
)


def run(name: str) -> dict[str, Any] | None:
    """The figures of one measurement; None where it ended without any."""
    done = subprocess.run(
        [sys.executable, "-m", f"bench.{name}"], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
    )
    lines = done.stdout.splitlines()
    if not lines:
        return None
    figures: dict[str, Any] = json.loads(lines[-1])
    return figures


def row(measurement: Measurement, found: dict[str, Any] | None) -> str:
    """A line of the table: what is bounded first, then what explains it."""
    if found is None:
        return f"| {measurement.what} | it failed | | **no** |"
    bounds: dict[str, str] = found["bounds"]
    figures = {name: value for name, value in found.items() if isinstance(value, int | float)}
    bounded = "; ".join(f"{words(name)} **{figures[name]:g}** ({limit})" for name, limit in bounds.items())
    others = "; ".join(f"{words(name)} {value:g}" for name, value in figures.items() if name not in bounds)
    missed = ", ".join(words(name) for name in found["missed"])
    return f"| {measurement.what} | {bounded} | {others} | {f'**no**: {missed}' if missed else 'yes'} |"


def words(figure: str) -> str:
    """`hub_cpu_ms_per_ticket` as people read it."""
    return figure.replace("_", " ")


def machine() -> str:
    """What the figures were measured on; no name and no path of it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    with tempfile.TemporaryDirectory() as folder:
        rate = fdatasync_rate(Path(folder))
    load = os.getloadavg()[0]
    return (
        f"{datetime.now(UTC):%Y-%m-%d}; {os.cpu_count()} cores {model or platform.machine()}, "
        f"{psutil.virtual_memory().total / 2**30:.0f} GiB; "
        f"{platform.system()} {platform.release().partition('-')[0]}; "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; "
        f"{rate:.0f} fdatasyncs a second; load before the run {load:.1f}."
    )


def write(text: str) -> None:
    """Into the page, between its two marks."""
    before, _, rest = PAGE.read_text().partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--dry", action="store_true", help="leave docs/performance.md as it is")
    dry = parser.parse_args().dry
    facts = machine()
    print(facts)
    rows, missed = [], False
    for number, each in enumerate(MEASUREMENTS, 1):
        print(f"[{number}/{len(MEASUREMENTS)}] {each.what} ...", flush=True)
        found = run(each.name)
        print(json.dumps(found), flush=True)
        rows.append(row(each, found))
        missed = missed or found is None or bool(found["missed"])
    table = "\n".join(["| what | measured (bound) | beside it | held |", "|---|---|---|---|", *rows])
    if not dry:
        write(f"{facts}\n\n{table}")
    print("missed" if missed else "all held")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
