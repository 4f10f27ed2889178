"""The hall's time: the one place where the machine's clock, one that only goes forward, and the journal meet.

The machine's clock says what time it is; it may be years off and be put right at any moment. The steady
clock says how much time has passed. Where the two disagree the machine's clock was put: by how much, the hub
keeps as an event. Until that is kept the hall goes by the time before, so that a wait is never reckoned from
one time to another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from threading import Lock
from zoneinfo import ZoneInfo

from hall.model import Hall

STEP = timedelta(seconds=1)  # less is a clock being nudged into step, until nudges add up to as much
TOLD = timedelta(minutes=2)  # a clock put by more is told to people
DRIFT = timedelta(minutes=2)  # what two clocks of one machine may come apart while no hub looks
OUTAGE = timedelta(hours=1)  # nobody sits through a longer one: the clock was put, or everybody went home
READ_SECONDS = 0.1  # two clocks read further apart than this say nothing about each other
READ_TRIES = 5
NO_STEP = timedelta(0)


@dataclass(frozen=True, slots=True)
class Steady:
    """A clock that only goes forward, also while the machine sleeps. `boot` names this run of the machine,
    within which readings of different processes may be compared; empty: not known."""

    seconds: Callable[[], float]
    boot: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """The machine's clock was put by so much. Not `measured`: told from the journal alone, after a start."""

    by: timedelta
    measured: bool


class HallClock:
    """The hall's time, in its zone. `clock` gives aware times."""

    def __init__(self, clock: Callable[[], datetime], steady: Steady, zone: ZoneInfo) -> None:
        self._clock = clock
        self._steady = steady
        self._zone = zone
        self._lock = Lock()
        self._offset = timezone(NO_STEP)
        self._wall, self._seconds = self._read()
        self._step = self._nudged = NO_STEP
        self._unmeasured = NO_STEP

    @property
    def boot(self) -> str:
        return self._steady.boot

    def now(self) -> datetime:
        """As the hall knows it: steps of the machine's clock that the hub has not kept yet are left out."""
        return self.look()[0]

    def local(self, moment: datetime) -> datetime:
        """In the hall's zone, as the journal keeps it: two such moments differ by the time between them, as
        two of a zone with summer time do not."""
        local = moment.astimezone(self._zone)
        offset = local.utcoffset()
        if self._offset.utcoffset(None) != offset:
            self._offset = timezone(offset or NO_STEP)
        return local.replace(tzinfo=self._offset)  # one for all: moments that share theirs compare at once

    def seconds(self) -> float:
        """Of the clock that only goes forward."""
        return self._steady.seconds()

    def booted_at(self) -> datetime:
        """When the steady clock began, by the machine's clock: it moves with steps and nothing else."""
        with self._lock:
            self._look()
            return self.local(self._wall - timedelta(seconds=self._seconds))

    def look(self) -> tuple[datetime, Step | None]:
        """The moment as the hall knows it, and the first step that the hub has not kept yet."""
        with self._lock:
            self._look()
            now = self.local(self._wall - self._step - self._nudged - self._unmeasured)
            if self._unmeasured:
                return now, Step(self._unmeasured, measured=False)
            return now, Step(self._step, measured=True) if self._step else None

    def kept(self, step: Step) -> None:
        """From here on the hall goes by the clock as it was put."""
        with self._lock:
            if step.measured:
                self._step -= step.by
            else:
                self._unmeasured -= step.by

    def resume(self, hall: Hall, *, at_work: bool) -> None:
        """At a start, and after another worker's step: goes on from what the journal says. `at_work`: people
        may still be there, so that long hours in which no hub ran are not taken for waiting.
        """
        with self._lock:
            self._wall, self._seconds = self._read()
            self._step = self._nudged = self._unmeasured = NO_STEP
            if hall.at is None or hall.closed:
                return
            if hall.booted_at is not None and hall.boot == self.boot != "":
                since_then = self._wall - timedelta(seconds=self._seconds) - hall.booted_at
                self._step = since_then if abs(since_then) >= DRIFT else NO_STEP
            elif (off := self._wall - hall.at) < NO_STEP or (at_work and off >= OUTAGE):
                self._unmeasured = off
            back = hall.at - (self._wall - self._step - self._unmeasured)
            if self._step and STEP <= back < DRIFT:  # by what was too small to be a step at an earlier start
                self._step -= back
            elif back >= STEP:  # time does not go back
                self._step, self._unmeasured = NO_STEP, self._wall - hall.at

    def _look(self) -> None:
        wall, seconds = self._read()
        step = (wall - self._wall) - timedelta(seconds=seconds - self._seconds)
        self._wall, self._seconds = wall, seconds
        self._nudged += step
        if abs(self._nudged) >= STEP:
            self._step, self._nudged = self._step + self._nudged, NO_STEP
            if abs(self._step) < STEP:  # taken back before it was kept
                self._step, self._nudged = NO_STEP, self._step

    def _read(self) -> tuple[datetime, float]:
        """Both clocks at one moment: a process that was stopped between the two would see a step."""
        for _ in range(READ_TRIES):
            before = self._steady.seconds()
            wall = self._clock().astimezone(UTC)
            after = self._steady.seconds()
            if after - before < READ_SECONDS:
                break
        return wall, after


class Lasting:
    """The clock as it is now, going on whatever becomes of the machine's: for what lasts, as log-ins do."""

    def __init__(self, clock: Callable[[], datetime], steady: Steady) -> None:
        self._clock = clock
        self._steady = steady
        self._began, self._seconds = clock(), steady.seconds()

    def __call__(self) -> datetime:
        return self._began + timedelta(seconds=self._steady.seconds() - self._seconds)

    def as_put(self, moment: datetime) -> datetime:
        """The same moment by the machine's clock, as that is now."""
        return moment + (self._clock() - self())
