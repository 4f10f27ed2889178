"""Sixteen kiosks touched at once: every citizen a number of their own, and the hub does not choke."""

import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Bound, Result, main, p
from bench.running import TICKETS, RunningHub, running_hub
from bench.rush import Ask, Told, Work, rush

KIOSKS = 16
ISSUED = 1000
RATE_SECONDS = 0.5


def fdatasync_rate(folder: Path) -> float:
    """How many small appends a second the disk keeps, each with its fdatasync."""
    handle = os.open(folder / "bare.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    kept = 0
    started = time.perf_counter()
    while time.perf_counter() - started < RATE_SECONDS:
        os.write(handle, b"x" * 200)
        os.fdatasync(handle)
        kept += 1
    seconds = time.perf_counter() - started
    os.close(handle)
    return kept / seconds


def touches(keys: Iterator[str], answers: list[Told]) -> Work:
    """One kiosk: as long as there are keys, a ticket each."""
    for key in keys:
        told = yield Ask(TICKETS, {"procedure": "CT01"}, key)
        answers.append(told)


def measure(sabotage: bool) -> Result:
    """1,000 tickets from 16 kiosks at once. The sabotage: every key is used at two kiosks with one token."""
    with tempfile.TemporaryDirectory() as folder, running_hub(Path(folder)) as hall:
        answers: list[Told] = []
        keys = (f"touch-{each // 2 if sabotage else each}" for each in range(ISSUED))
        tokens = [_token(hall, each, sabotage) for each in range(KIOSKS)]
        rates = [fdatasync_rate(Path(folder))]
        cpu = hall.cpu_seconds()
        seconds = rush(hall.base, [(token, touches(keys, answers)) for token in tokens])
        cpu = hall.cpu_seconds() - cpu
        rates.append(fdatasync_rate(Path(folder)))
    given = Counter(told.body["ticket"]["number"] for told in answers if told.status == 201)
    ordinals = {int(number[1:]) for number in given}
    rate = sum(rates) / len(rates)
    figures = {
        "duplicates": float(sum(times - 1 for times in given.values())),
        "gaps": float(max(ordinals, default=0) - len(ordinals)),
        "refusals": float(ISSUED - sum(given.values())),
        "tickets_per_second": ISSUED / seconds,
        "fdatasyncs_per_second": rate,
        "share_of_fdatasync_rate": ISSUED / seconds / rate,
        "hub_cpu_ms_per_ticket": cpu / ISSUED * 1000,
        "p99_ms": p([told.seconds for told in answers], 99) * 1000,
    }
    return Result(
        "kiosks",
        figures,
        (
            Bound("duplicates", 0),
            Bound("gaps", 0),
            Bound("refusals", 0),
            Bound("share_of_fdatasync_rate", 0.10, least=True),
            Bound("hub_cpu_ms_per_ticket", 2.5),
        ),
    )


def _token(hall: RunningHub, kiosk: int, one: bool) -> str:
    return hall.tokens["kiosk"] if one else hall.token("kiosk", f"kiosk {kiosk}")


if __name__ == "__main__":
    main(measure)
