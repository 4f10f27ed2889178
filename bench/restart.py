"""How long after loading its modules a hub serves again, in the middle of a busy day."""

import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.measure import Bound, Result, main, median
from bench.running import CONFIG, HALL, end, said, start
from config import read
from hall import calling, desk, issuing
from hall.actors import device, officer
from hall.events import Event, SetupTaken
from hall.fold import fold, fresh
from hall.model import Hall
from store.engine import open_store
from store.journal import Journal

TICKETS = 1200
STARTS = 5
OFFICER = officer(1)
KIOSK = device(1, "kiosk", HALL)


class Day:
    """Today as it might have been, by the rules of the hall: all called and served, in one journal."""

    def __init__(self, tickets: int) -> None:
        setup = replace(read(CONFIG, {}).setups[HALL], always_open=True)
        self.now = datetime.now(UTC).astimezone(ZoneInfo(setup.timezone))
        self.hall: Hall = fresh(setup, self.now.date())
        self.events: list[Event] = []
        self.happened(desk.open_counter(self.hall, "1", take_over=False, by=OFFICER, now=self.now))
        for ticket in range(tickets):
            self.visit(str(ticket))

    def visit(self, ticket: str) -> None:
        self.happened(
            issuing.issue(
                self.hall,
                procedure="CT01",
                priority=None,
                language="vi",
                channel="kiosk",
                booked_at=None,
                token_hash=lambda _id: ticket,
                by=KIOSK,
                now=self.now,
            )
        )
        self.happened(calling.call_next(self.hall, "1", by=OFFICER, now=self.now))
        here = self.hall.counter("1").ticket
        self.happened(calling.start(self.hall, "1", here or "", by=OFFICER, now=self.now))
        self.happened(
            calling.finish(self.hall, "1", here or "", "guided", None, None, by=OFFICER, now=self.now)
        )

    def happened(self, events: list[Event]) -> None:
        self.events += events
        self.hall = fold(events, self.hall)
        self.now += timedelta(microseconds=1)

    def keep(self, folder: Path) -> None:
        database = open_store(folder, lock=True)
        journal = Journal(database)
        named = SetupTaken(at=self.events[0].at, by="hub", digest=journal.keep_setup(self.hall.setup))
        journal.append(HALL, self.hall.day, 0, [named, *self.events])
        database.close()


def serving_after(folder: Path) -> float:
    """Seconds from the loaded modules to the line that says it serves."""
    process = start(folder, ["-m", "bench.started"])
    try:
        loaded = float(said(process))
        if not said(process).startswith("ready "):
            raise RuntimeError("the server did not start")
        return time.monotonic() - loaded
    finally:
        end(process)


def measure(sabotage: bool) -> Result:
    """Seconds from loaded modules to serving, with a day of 1,200 tickets. The sabotage: of 12,000."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as nothing:
        day = Day(TICKETS * (10 if sabotage else 1))
        day.keep(Path(folder))
        serving_after(Path(folder))  # seeds the demo accounts: later starts find them
        serving_after(Path(nothing))
        busy = [serving_after(Path(folder)) for _ in range(STARTS)]
        idle = [serving_after(Path(nothing)) for _ in range(STARTS)]
    figures = {
        "events": float(len(day.events)),
        "empty_day_seconds": median(idle),
        "serving_seconds": median(busy),
        "slowest_seconds": max(busy),
    }
    return Result("restart", figures, (Bound("serving_seconds", 1),))


if __name__ == "__main__":
    main(measure)
