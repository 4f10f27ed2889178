"""Runs all tests many times in a row, some of them beside a program that keeps every core busy, and writes
down how long each run took and what failed: `python tools/steady.py --runs 10 --busy 5`. Ends with 1 where
one did.

The table goes to the screen, what each run said to `var/steady/`.
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "var" / "steady"
FAILED = re.compile(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", re.MULTILINE)
PASSED = re.compile(r"(\d+) passed")


@contextmanager
def busy_cores() -> Iterator[None]:
    """A program for each core that does nothing but reckon."""
    programs = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(os.cpu_count() or 1)
    ]
    try:
        yield
    finally:
        for each in programs:
            each.kill()
            each.wait()


def run(log: Path) -> tuple[int, float]:
    """The exit code of `make test`, and how many seconds it took."""
    began = monotonic()
    with log.open("w") as out:
        code = subprocess.run(["make", "test"], cwd=ROOT, stdout=out, stderr=out, check=False).returncode
    return code, monotonic() - began


def row(number: int, *, busy: bool, code: int, seconds: float, said: str) -> str:
    passed = PASSED.findall(said)
    failures = FAILED.findall(said) or ([f"make ended with {code}"] if code else [])
    beside = "busy cores" if busy else "nothing"
    length = f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
    failed = "; ".join(failures) or "none"
    return f"| {number} | {beside} | {length} | {passed[-1] if passed else 0} | {failed} |"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--busy", type=int, default=5, help="of them beside busy cores, the last ones")
    asked = parser.parse_args(arguments)
    KEPT.mkdir(parents=True, exist_ok=True)
    worst = 0
    print("| run | beside it | minutes | passed | failed |\n|---|---|---|---|---|", flush=True)
    for number in range(1, asked.runs + 1):
        log, busy = KEPT / f"{number}.log", number > asked.runs - asked.busy
        if busy:
            with busy_cores():
                code, seconds = run(log)
        else:
            code, seconds = run(log)
        worst = max(worst, abs(code))
        print(row(number, busy=busy, code=code, seconds=seconds, said=log.read_text()), flush=True)
    return min(worst, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
