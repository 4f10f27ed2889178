"""A PC that is started, or works, in a wrong date: who is told apart from a night, and who goes along."""

from hall import calling
from hall.events import ClockStepped
from tests.hub.conftest import Start
from tests.hub.opened import TODAY, Clock
from tests.hub.test_clocks import STANDS, TOMORROW, look, present
from tests.rules.builders import minute


def test_a_clock_a_day_ahead_after_a_power_cut_drops_nobody_where_somebody_who_was_here_is_served(
    start_hub: Start, clock: Clock
) -> None:
    hub = start_hub()
    hub.open("1")
    called, _waits = hub.issue(), hub.issue()
    hub.next()
    clock.jump(days=1)
    clock.reboot()
    hub = start_hub()
    look(hub, clock)

    hub.act(calling.start, "1", called)
    look(hub, clock, STANDS)

    assert (hub.hall.day, present(hub)) == (TOMORROW, ["A002"])
    assert hub.issue() == "261125-A003"


def test_a_pc_started_in_a_wrong_date_and_put_right_while_no_hub_ran_drops_nobody(
    start_hub: Start, clock: Clock
) -> None:
    clock.jump(days=-2)
    hub = start_hub()
    hub.open("1")
    hub.issue()
    clock.jump(days=1)
    look(hub, clock)
    clock.reboot()
    look(start_hub(), clock)

    clock.jump(days=1)
    hub = start_hub()
    look(hub, clock)
    look(hub, clock, STANDS)

    assert (hub.hall.day, present(hub)) == (TODAY, ["A001"])
    assert hub.hall.counter("1").state == "open"


def test_a_date_put_after_a_nudge_that_no_hub_saw_drops_nobody(start_hub: Start, clock: Clock) -> None:
    hub = start_hub()
    hub.open("1")
    hub.issue()
    clock.jump(seconds=1.5)
    start_hub().issue()
    clock.jump(days=1)

    hub = start_hub()
    hub.hub.to_todays_date()

    assert (hub.hall.day, present(hub)) == (TOMORROW, ["A001", "A002"])
    assert hub.hall.counter("1").state == "open"


def test_the_midnight_of_a_wrong_date_in_the_midst_of_the_work_drops_nobody_and_gives_no_number_again(
    start_hub: Start, clock: Clock
) -> None:
    # given a clock that was put to a minute before a midnight, and a hall that went along
    hub = start_hub()
    hub.open("1")
    hub.issue()
    clock.jump(days=-30, hours=15, minutes=59)
    look(hub, clock)
    hub.hub.to_todays_date()
    assert hub.hall.came_from == TODAY
    hub.issue()

    clock.forward(minutes=2)
    given = hub.issue().rpartition("-")[2]
    look(hub, clock, STANDS)

    assert given == "A003"
    assert present(hub) == ["A001", "A002", "A003"]


def test_a_clock_put_back_a_minute_while_no_hub_ran_is_a_step(start_hub: Start, clock: Clock) -> None:
    hub = start_hub()
    clock.forward(minutes=9)
    hub.issue()
    clock.jump(minutes=-1)
    hub = start_hub()
    hub.issue()

    assert [step.seconds for step in hub.journal() if isinstance(step, ClockStepped)] == [-60.0]
    assert hub.hall.tickets["261124-A001"].issued_at == minute(8)
