"""Whatever the clock of the hub's PC does: no number twice, nobody dropped, no wait out of the air.

The hall works through one morning while the clock is put, put back, and the hub and its PC are started again.
"""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hall import calling
from hall.opening import opening
from tests.hub.opened import Clock, Working, memory_is_the_fold_of_the_journal, start
from tests.rules.builders import MORNING, a_setup

SETUP = a_setup(always_open=True)
HOURS = a_setup()
STANDS = 181.0
NUDGE = timedelta(seconds=2)  # what a wait may be off by, for each step that is too small to be one
DRIFT = timedelta(minutes=2)  # the same while no hub runs
OUTAGE = timedelta(hours=1)  # at most so much of a PC's own pause is taken for waiting
JUMPS = st.sampled_from(
    [
        *(timedelta(days=each) for each in (1, 30, 65, -2, -1, -19000, 20)),
        *(timedelta(hours=each) for each in (7, -7, 1, -1, 15.9, -9)),
        *(timedelta(seconds=each) for each in (1.5, -1.5, 90, -90, 400, -0.4)),
    ]
)
IN_MEMORY = Path("/dev/shm")  # hundreds of hubs are begun, and what a disk does is not asked here
PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)  # what explains is slower than the hall
FURTHEST = timedelta(days=20000)
LONGEST_MORNING = timedelta(hours=3)


class AnyClock(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=IN_MEMORY if IN_MEMORY.is_dir() else None))
        self.clock = Clock()
        self.hub: Working = start(self.folder, self.clock, SETUP)
        self.off = timedelta(0)  # the clock shows so much more than the time that is
        self.pauses = self.starts = 0
        self.waiting: dict[str, timedelta] = {}  # number -> when it was given, in time that has passed
        self.given: list[str] = []
        self.passed = timedelta(0)

    @initialize()
    def counters(self) -> None:
        self.hub.open("1", "2")

    @rule(seconds=st.sampled_from([0.2, 1, 3, 30, 179, 200, 900]))
    def time_passes(self, seconds: float) -> None:
        if self.passed < LONGEST_MORNING:
            self.passed += timedelta(seconds=seconds)
            self.clock.forward(seconds=seconds)

    @rule(by=JUMPS)
    def somebody_puts_the_clock(self, by: timedelta) -> None:
        if abs(self.off + by) < FURTHEST:
            self.off += by
            self.clock.shows += by

    @rule()
    def the_clock_is_put_right(self) -> None:
        self.clock.shows -= self.off
        self.off = timedelta(0)

    @rule()
    def the_keeper_looks(self) -> None:
        self.hub.hub.roll()
        assert abs(self.hub.hub.now() - self.clock()) < timedelta(seconds=1)
        now = self.hub.hub.now()
        shown, right = opening(HOURS, now), opening(HOURS, self.clock().astimezone(now.tzinfo))
        assert shown.open == right.open, "open by the clock as it is, at once"

    @rule()
    def somebody_says_that_the_date_is_right(self) -> None:
        self.hub.hub.to_todays_date()

    @rule()
    def a_number_is_given(self) -> None:
        number = self.hub.issue().rpartition("-")[2]
        self.given.append(number)
        self.waiting[number] = self.passed

    @precondition(lambda self: self.waiting)
    @rule()
    def the_next_one_is_served(self) -> None:
        ticket = self.hub.next("1")
        number = ticket.rpartition("-")[2]
        assert number == next(iter(self.waiting)), "by the order in which the numbers were given"
        del self.waiting[number]
        self.hub.act(calling.start, "1", ticket)
        self.hub.act(calling.finish, "1", ticket, "accepted", None, None)

    @rule()
    def the_hub_is_started_again(self) -> None:
        self.starts += 1
        self.hub.database.close()
        self.hub = start(self.folder, self.clock, SETUP)

    @rule(back=st.sampled_from([timedelta(0), timedelta(hours=-7), timedelta(days=-19000)]))
    def the_pc_is_started_again(self, back: timedelta) -> None:
        """Without a battery its clock begins in the past. The hub looks at it before and after."""
        self.hub.hub.roll()
        self.clock.reboot()
        self.pauses += 1
        if abs(self.off + back) < FURTHEST:
            self.off += back
            self.clock.shows += back
        self.the_hub_is_started_again()
        self.hub.hub.roll()

    @invariant()
    def no_number_is_given_twice(self) -> None:
        assert len(set(self.given)) == len(self.given)
        assert self.given == [f"A{number:03d}" for number in range(1, len(self.given) + 1)]

    @invariant()
    def nobody_who_waits_is_dropped(self) -> None:
        line = [self.hub.hall.tickets[each].number for each in self.hub.hall.lines.get("A", ())]
        assert line == list(self.waiting)

    @invariant()
    def a_wait_is_as_long_as_it_was(self) -> None:
        now = self.hub.hub.now()
        for each in self.hub.hall.lines.get("A", ()):
            ticket = self.hub.hall.tickets[each]
            waited, has_waited = now - ticket.waits_since, self.passed - self.waiting[ticket.number]
            about = 25 * NUDGE + self.starts * DRIFT
            assert -NUDGE <= waited <= has_waited + about + self.pauses * OUTAGE
            assert self.pauses or waited >= has_waited - about

    def teardown(self) -> None:
        """In the end the clock is right, and stays so."""
        self.the_clock_is_put_right()
        self.hub.hub.roll()
        self.clock.forward(seconds=STANDS)
        self.hub.hub.roll()
        self.passed += timedelta(seconds=STANDS)
        try:
            assert self.hub.hall.day == MORNING.date()
            assert {each.state for each in self.hub.hall.counters.values()} == {"open"}
            self.nobody_who_waits_is_dropped()
            memory_is_the_fold_of_the_journal(self.hub)
        finally:
            self.hub.database.close()
            shutil.rmtree(self.folder)


TestAnyClock = AnyClock.TestCase
TestAnyClock.settings = settings(max_examples=40, stateful_step_count=20, deadline=None, phases=PHASES)
