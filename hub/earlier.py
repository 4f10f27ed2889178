"""The days of a hall before the one it is in, for those who hold a slip of them."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hall.model import Hall

TOKEN_LIFE = timedelta(hours=24)  # after the ticket's day has ended


class EarlierDays:
    """`read` gives a day as it was closed; what was read once is kept until the hall goes on to another."""

    def __init__(self, read: Callable[[date], Hall], zone: ZoneInfo) -> None:
        self._read = read
        self._zone = zone
        self._kept: dict[date, Hall] = {}

    def left(self, hall: Hall) -> None:
        """The hall went on from this day, which is closed."""
        self._kept = {hall.day: hall}

    def known(self) -> list[Hall]:
        return list(self._kept.values())

    def alive(self, hall: Hall, now: datetime) -> Iterator[Hall]:
        """Those whose slips still open their tickets: every date that this day's work went on from, as the
        clock was put, and the day before."""
        seen, day = {hall.day}, hall.came_from
        while day is not None and day not in seen:
            seen.add(day)
            yield self._as_closed(day)
            day = self._as_closed(day).came_from
        if (before := self.yesterday(hall, now)) is not None:
            yield before

    def yesterday(self, hall: Hall, now: datetime) -> Hall | None:
        """The hall as it was closed on the day before; None when its tokens are dead."""
        before = hall.day - timedelta(days=1)
        ended = datetime.combine(before, time.max, self._zone)
        return self._as_closed(before) if now <= ended + TOKEN_LIFE else None

    def _as_closed(self, day: date) -> Hall:
        if day not in self._kept:
            self._kept[day] = self._read(day)
        return self._kept[day]
