"""When numbers are given out and when the counters work: opening hours in the hall's local time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from hall.setup import WEEKDAYS, Setup

ClosedWhy = Literal["before_hours", "lunch", "after_hours", "day_off"]
LOOK_AHEAD_DAYS = 31  # the longest run of public holidays and weekends is far shorter


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether it is open now; if not, why, and from when (None: not within a month)."""

    open: bool
    why: ClosedWhy | None = None
    opens_at: datetime | None = None


def opening(setup: Setup, now: datetime) -> Opening:
    """Whether numbers are given out at `now`, which must be in the hall's time zone."""
    return _opening(setup, now, timedelta(minutes=setup.rules.tickets_before_minutes))


def working(setup: Setup, now: datetime) -> Opening:
    """Whether the counters should serve at `now`: the hours without the minutes before them."""
    return _opening(setup, now, timedelta(0))


def _opening(setup: Setup, now: datetime, before: timedelta) -> Opening:
    if setup.always_open:
        return Opening(True)
    today = _stretches(setup, now, before)
    for starts, ends in today:
        if starts <= now < ends:
            return Opening(True)
    later = next((starts for starts, _ in today if starts > now), None)
    if later is not None:
        return Opening(False, "before_hours" if later == today[0][0] else "lunch", later)
    why: ClosedWhy = "after_hours" if today else "day_off"
    return Opening(False, why, _next_day(setup, now, before))


def _stretches(setup: Setup, on: datetime, before: timedelta) -> list[tuple[datetime, datetime]]:
    """Stretches of `on`'s local day, in order, each beginning so long before its hours."""
    if on.date().isoformat() in setup.closed_days:
        return []
    weekday = WEEKDAYS[on.weekday()]
    stretches = []
    for hours in setup.hours:
        if weekday in hours.days:
            opens = on.replace(hour=hours.opens.hour, minute=hours.opens.minute, second=0, microsecond=0)
            closes = on.replace(hour=hours.closes.hour, minute=hours.closes.minute, second=0, microsecond=0)
            stretches.append((opens - before, closes))
    return sorted(stretches)


def _next_day(setup: Setup, now: datetime, before: timedelta) -> datetime | None:
    for days in range(1, LOOK_AHEAD_DAYS + 1):
        stretches = _stretches(setup, now + timedelta(days=days), before)
        if stretches:
            return stretches[0][0]
    return None
