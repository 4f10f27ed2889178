"""What may have been given out and is not in the journal: after a restore, or where the data lost its end."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime

from hall.events import Event, TicketIssued, UnknownEvent
from hall.model import Gap, Hall
from hall.skipping import skip
from store.database import DamagedData
from store.journal import Journal
from store.second_place import Mark, SecondPlace

DAYS_COUNTED = 10  # so many of the last days say how many numbers a day may give out


@dataclass(frozen=True, slots=True)
class Missing:
    """On one of `days` numbers may have been given of which the journal does not know: up to `given`, by
    queue. Several, because the clock may show a wrong date when the hub starts."""

    days: frozenset[date]
    given: Mapping[str, int]
    because: Gap
    era: str

    def also(self, day: date) -> "Missing":
        """The hall's work goes on under this date, which is perhaps the one on which they were given."""
        return replace(self, days=self.days | {day})

    def skip(self, hall: Hall, now: datetime) -> list[Event]:
        """The event that skips them; none where the hall has done it, or its day is another one."""
        if hall.day not in self.days or self._skipped(hall):
            return []
        return skip(hall, self.given, because=self.because, era=self.era, now=now)

    def _skipped(self, hall: Hall) -> bool:
        if self.because == "restored":
            return hall.era == self.era
        return all(hall.issued.get(queue, 0) >= last for queue, last in self.given.items())


def missing(journal: Journal, hall: Hall, today: date, second: SecondPlace | None) -> Missing | None:
    """Of the data as it lies there at a start; None: nothing is missing that matters now. `today`: by the
    clock, which may be wrong; where the hall is, and what was noted, say more than it."""
    name = hall.setup.hall
    mark = second.read(name) if second is not None else None
    here = frozenset({hall.day, today})
    ahead = mark is not None and (mark.day in here or mark.day > today)
    known = mark.issued if mark is not None and ahead else {}
    eras = journal.eras()
    era = eras[-1].name if eras else ""
    if eras and era not in journal.noted_eras(name):
        return Missing(here, known if mark is not None else _busiest(journal, name), "restored", era)
    if mark is not None and ahead and lost(journal, name, mark):
        return Missing(here | {mark.day}, known, "lost", era)
    if eras and hall.era == era:  # told already, but this day may yet turn out to be another one
        return Missing(frozenset({hall.day}), known, "restored", era)
    return None


def lost(journal: Journal, hall: str, mark: Mark) -> bool:
    """Whether the journal is another one than the second place knows."""
    head = journal.head(hall)
    if head is None or head.day < mark.day:
        return True
    return (head.day, head.seq) < (mark.day, mark.seq) or journal.chain(
        hall, mark.day, mark.seq
    ) != mark.chain


def end_lost(journal: Journal, second: SecondPlace) -> Iterator[str]:
    """A sentence for each hall whose journal lacks what was kept once, or of which nobody can say so; none
    where a backup was restored."""
    for hall in second.unreadable():
        yield f"{hall}: the second place cannot be read; it is written anew with the next change"
    marks, eras = second.marks(), journal.eras()
    for hall, mark in marks.items():
        if eras and eras[-1].name not in journal.noted_eras(hall):  # the hub has not gone on with it yet
            continue
        with suppress(DamagedData):  # told where the day is looked at
            if lost(journal, hall, mark):
                yield f"{hall} {mark.day}: seq {mark.seq} was kept once, the journal has it no more"


def _busiest(journal: Journal, hall: str) -> dict[str, int]:
    """On a machine that knows nothing of the day: as many as on the busiest of the last days."""
    most: dict[str, int] = {}
    for day in journal.days(hall)[-DAYS_COUNTED:]:
        with suppress(DamagedData, UnknownEvent):
            for event in journal.read(hall, day):
                if isinstance(event, TicketIssued):
                    most[event.queue] = max(most.get(event.queue, 0), event.ordinal)
    return most
