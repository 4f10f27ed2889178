"""Eight officers press "next" as fast as they can: each citizen is called once, nobody gets an error."""

import re
import tempfile
from collections import Counter
from pathlib import Path

from bench.measure import Bound, Result, main, median, p
from bench.running import CONFIG, COUNTERS, ROOT, TICKETS, Client, running_hub
from bench.rush import Ask, Told, Work, rush

CALLERS = 8
WAITING = 200


def one_queue_for_all(folder: Path) -> Path:
    """The configuration of the hall in which every counter takes queue A first of all."""
    text = CONFIG.read_text().replace('"catalogue/', f'"{ROOT}/catalogue/')
    file = folder / "config.toml"
    file.write_text(re.sub(r'^takes = \[(?!"A")', 'takes = ["A", ', text, flags=re.MULTILINE))
    return file


def officer(name: int, counter: str, calls: list[Told], others: list[Told]) -> Work:
    """Calls, starts and finishes until nobody waits."""
    for turn in range(WAITING + 1):
        called = yield Ask(f"{COUNTERS}/{counter}/next", {}, f"{name}-next-{turn}")
        if called.status == 409 and called.body["error"]["code"] == "queue_empty":
            return
        calls.append(called)
        if called.status != 200:
            continue
        ticket = f"{TICKETS}/{called.body['ticket']['id']}"
        others.append((yield Ask(f"{ticket}/start", {}, f"{name}-start-{turn}")))
        others.append((yield Ask(f"{ticket}/finish", {"outcome": "guided"}, f"{name}-finish-{turn}")))


def measure(sabotage: bool) -> Result:
    """200 citizens of one queue called by 8 counters. The sabotage: all eight press at the same counter."""
    with tempfile.TemporaryDirectory() as folder:
        config = one_queue_for_all(Path(folder))
        with running_hub(Path(folder), config) as hall:
            kiosk = Client(hall.base, hall.tokens["kiosk"])
            for _ in range(WAITING):
                kiosk.issue()
            calls: list[Told] = []
            others: list[Told] = []
            officers: list[tuple[str, Work]] = []
            for each in range(CALLERS):
                counter = "1" if sabotage else str(each + 1)
                pad = hall.pad(counter)
                Client(hall.base, pad).post(f"{COUNTERS}/{counter}/open", {"take_over": True})
                officers.append((pad, officer(each, counter, calls, others)))
            seconds = rush(hall.base, officers)
    called = Counter(told.body["ticket"]["id"] for told in calls if told.status == 200)
    waits = [told.seconds for told in calls]
    figures = {
        "called": float(len(called)),
        "double_calls": float(sum(times - 1 for times in called.values())),
        "errors": float(sum(told.status != 200 for told in [*calls, *others])),
        "calls_per_second": len(calls) / seconds,
        "p50_ms": median(waits) * 1000,
        "p99_ms": p(waits, 99) * 1000,
    }
    return Result(
        "callers",
        figures,
        (
            Bound("called", WAITING, least=True),
            Bound("double_calls", 0),
            Bound("errors", 0),
            Bound("p99_ms", 100),
        ),
    )


if __name__ == "__main__":
    main(measure)
