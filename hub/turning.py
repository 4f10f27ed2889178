"""Whether the hall's day is over: midnight came, or the clock's date is another and is to be believed."""

from datetime import datetime

from hall.closing import at_work, came_by_midnight
from hall.model import Hall
from hub.clock import HallClock

STANDS_SECONDS = 180.0  # before a date that did not come by midnight is believed


class Turning:
    """Measures how long a strange date has stood, by the clock that only goes forward."""

    def __init__(self, clock: HallClock) -> None:
        self._clock = clock
        self._strange_since: float | None = None

    def put(self, hall: Hall, now: datetime) -> None:
        """The clock was put to `now`, by more than a nudge."""
        self._strange_since = self._clock.seconds() if now.date() != hall.day else None

    def by_midnight(self, hall: Hall, now: datetime) -> bool:
        """Whether the date came as dates do, so that the hall's work is over with its day."""
        return self._strange_since is None and came_by_midnight(hall, now)

    def is_over(self, hall: Hall, now: datetime) -> bool:
        if now.date() == hall.day:
            self._strange_since = None
            return False
        if self.by_midnight(hall, now):
            return True
        if self._strange_since is None:
            self._strange_since = self._clock.seconds()
        stood = self._clock.seconds() - self._strange_since
        return stood >= STANDS_SECONDS or not at_work(hall)
