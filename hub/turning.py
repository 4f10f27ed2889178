"""Whether the hall's day is over: midnight came, or the clock's date is another and is to be believed; and
what staff are told of a clock that was put."""

import logging
from collections.abc import Mapping
from datetime import date, datetime

from hall.closing import at_work, came_by_midnight, hours_are_over, is_empty
from hall.devices import Trouble
from hall.model import Hall
from hub.clock import NO_STEP, TOLD, HallClock

STANDS_SECONDS = 180.0  # before a date that did not come by midnight is believed
TOLD_SECONDS = 1800.0  # so long it is told that the clock was put

log = logging.getLogger("hub")


class Turning:
    """Measures how long a strange date has stood, by the clock that only goes forward."""

    def __init__(self, clock: HallClock) -> None:
        self._clock = clock
        self._strange_since: float | None = None
        self._told: tuple[float, Trouble] | None = None
        self._rested: tuple[date, Mapping[str, int]] | None = None  # a day, and what it had given
        self._small, self._small_since = NO_STEP, clock.seconds()  # steps that were told to nobody

    def put(self, hall: Hall, was: datetime, now: datetime) -> None:
        """The clock was put from `was` to `now`. Small steps are told once they add up."""
        seconds = self._clock.seconds()
        if seconds - self._small_since > TOLD_SECONDS:
            self._small, self._small_since = NO_STEP, seconds
        if abs(now - was) < TOLD:
            self._small += now - was
            was = now - self._small
            if abs(self._small) < TOLD:
                return
        self._small = NO_STEP
        self._strange_since = seconds if now.date() != hall.day else None
        shown = "%H:%M" if was.date() == now.date() else "%H:%M %d/%m/%Y"
        self._told = seconds, Trouble("clock", f"{was:{shown}} → {now:{shown}}", "put", now)
        log.warning("%s: the clock was put from %s to %s", hall.setup.hall, _minute(was), _minute(now))

    def trouble(self, hall: Hall, now: datetime) -> Trouble | None:
        """What staff should know of the clock: it was put lately, or its date is not that of the numbers."""
        if hall.version and not hall.closed and now.date() != hall.day:
            return Trouble("clock", f"{hall.day:%d/%m/%Y}", "date", None)
        if self._told is None or self._clock.seconds() - self._told[0] > TOLD_SECONDS:
            return None
        return self._told[1]

    def found(self, hall: Hall) -> None:
        """At a start. A PC that is switched on after the day's work, and shows a later date once its clock is
        right, was off for a night: without a battery its clock begins years back, or where it ended."""
        if hall.version and hall.boot != self._clock.boot and hours_are_over(hall):
            self._rested = hall.day, hall.issued

    def by_midnight(self, hall: Hall, now: datetime) -> bool:
        """Whether the date came as dates do, so that the hall's work is over with its day."""
        return self._over_night(hall, now) or (self._strange_since is None and came_by_midnight(hall, now))

    def _over_night(self, hall: Hall, now: datetime) -> bool:
        if self._rested is None:
            return False
        day, issued = self._rested
        return now.date() > day and hall.issued == issued

    def is_over(self, hall: Hall, now: datetime) -> bool:
        if now.date() == hall.day:
            self._strange_since = None
            if self._rested is not None and hall.day > self._rested[0]:
                self._rested = None
            return False
        if self.by_midnight(hall, now) and (is_empty(hall) or not self._over_night(hall, now)):
            return True
        if self._strange_since is None:
            self._strange_since = self._clock.seconds()
        stood = self._clock.seconds() - self._strange_since
        return stood >= STANDS_SECONDS or not at_work(hall)


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
