"""A clock that is put by little, once or again and again."""

from datetime import timedelta

import pytest

from hall.events import ClockStepped
from tests.hub.opened import Clock, Working, events_of
from tests.hub.test_clocks import look, waited_minutes


def test_a_nudge_of_the_time_service_is_no_step(hub: Working, clock: Clock) -> None:
    hub.issue()
    for by in (-400, -400, 300, 300, -400, -300):
        clock.jump(milliseconds=by)
        look(hub, clock)

    assert events_of(ClockStepped, hub.journal()) == []
    assert hub.issue() == "261124-A002"


@pytest.mark.parametrize(("by", "minutes"), [(-0.9, -18), (0.7, 14), (-100, -20), (100, 20)])
def test_a_clock_that_is_put_by_little_again_and_again_is_followed_and_told(
    hub: Working, clock: Clock, by: float, minutes: int
) -> None:
    # given somebody who waits for twenty minutes, by a clock that creeps off all the while
    hub.open("1")
    hub.issue()
    times = round(abs(minutes * 60 / by))
    for _ in range(times):
        clock.forward(seconds=1200 / times)
        clock.jump(seconds=by)
        hub.hub.roll()

    # then the wait is what it was, the wall has the clock's time, and staff are told
    assert waited_minutes(hub) == [20]
    assert abs(hub.hub.now() - clock()) < timedelta(seconds=1)
    trouble = hub.hub.clock_trouble()
    assert trouble is not None
    assert trouble.state == "put"
