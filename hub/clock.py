"""The hall's time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock
from zoneinfo import ZoneInfo


class SteadyClock:
    """The hall's time: the machine's clock in the hall's zone, but never back.

    Where the machine's clock is set back, or stood ahead before a restart, the hall goes on from the last
    moment it knows, at half speed until the two are in step: nobody waits for the clock to come round again.
    """

    def __init__(self, clock: Callable[[], datetime], zone: ZoneInfo) -> None:
        self._clock = clock
        self._zone = zone
        self._lock = Lock()
        self._read_at = clock()
        self._ahead = timedelta(0)

    def now(self, not_before: datetime | None) -> datetime:
        with self._lock:
            read_at = self._clock().astimezone(UTC)
            passed = read_at - self._read_at
            self._read_at = read_at
            self._ahead -= passed if passed < timedelta(0) else min(passed / 2, self._ahead)
            if not_before is not None:
                self._ahead = max(self._ahead, not_before - read_at)
            return (read_at + self._ahead).astimezone(self._zone)
