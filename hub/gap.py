"""What may have been given out and is not in the journal: after a restore, or where the data lost its end."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hall.events import Event, TicketIssued, UnknownEvent
from hall.model import Gap, Hall
from hall.skipping import skip
from store.database import DamagedData
from store.journal import Journal
from store.second_place import Mark, SecondPlace

DAYS_COUNTED = 10  # so many of the last days say how many numbers a day may give out


@dataclass(frozen=True, slots=True)
class Missing:
    """On `day` numbers may have been given of which the journal does not know: up to `given`, by queue."""

    day: date
    given: Mapping[str, int]
    because: Gap
    era: str

    def skip(self, hall: Hall, now: datetime) -> list[Event]:
        """The event that skips them; none where the hall has done it, or its day is another one."""
        if hall.day != self.day or self._skipped(hall):
            return []
        return skip(hall, self.given, because=self.because, era=self.era, now=now)

    def _skipped(self, hall: Hall) -> bool:
        if self.because == "restored":
            return hall.era == self.era
        return all(hall.issued.get(queue, 0) >= last for queue, last in self.given.items())


def missing(
    journal: Journal, hall: str, zone: ZoneInfo, today: date, second: SecondPlace | None
) -> Missing | None:
    """Of the data as it lies there at a start; None: nothing is missing that matters today."""
    mark = second.read(hall) if second is not None else None
    known = mark.issued if mark is not None and mark.day == today else {}
    eras = journal.eras()
    era = eras[-1].name if eras else ""
    if eras and eras[-1].began_at.astimezone(zone).date() >= today:
        return Missing(today, known if mark is not None else _busiest(journal, hall), "restored", era)
    if mark is not None and mark.day == today and lost(journal, hall, mark):
        return Missing(today, known, "lost", era)
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
    """A sentence for each hall whose journal lacks what was kept once; none where a backup was restored."""
    marks, eras = second.marks(), journal.eras()
    for hall, mark in marks.items():
        if eras and eras[-1].began_at.date() >= mark.day - timedelta(days=1):  # kept in UTC
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
