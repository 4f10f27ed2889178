"""Midnight, wrong clocks, restarts: numbers begin again once a day, nobody is lost without a reason."""

from datetime import date, datetime

import pytest

from hall import calling
from hall.events import DayClosed, SetupTaken, TicketIssued
from hall.reasons import Reason
from hall.setup import Queue
from tests.hub.conftest import Start
from tests.hub.opened import Clock, Working, events_of
from tests.rules.builders import MORNING, a_setup, code_of, minute

MIDNIGHT = 16 * 60.0  # in minutes after eight
A_DAY = 24 * 60.0
TOMORROW = date(2026, 11, 25)


def test_at_midnight_the_day_is_closed_with_a_reason_and_numbers_begin_again(
    hub: Working, clock: Clock
) -> None:
    hub.open("1", "2")
    first, second, third, _fourth = (hub.issue() for _ in range(4))
    hub.next("1")
    hub.act(calling.start, "1", first)
    hub.next("2")
    hub.act(calling.hold, "2", second, Reason("papers"), None)
    hub.next("2")

    clock.set(MIDNIGHT - 1 / 60)
    assert not hub.hub.roll()
    clock.set(MIDNIGHT)
    assert hub.hub.roll()
    assert not hub.hub.roll()

    yesterday = hub.hub.yesterday()
    assert yesterday is not None
    assert [(each.state, each.end_reason) for each in yesterday.tickets.values()] == [
        ("done", "day_end"),
        ("cancelled", "day_end"),
        ("cancelled", "day_end"),
        ("cancelled", "day_end"),
    ]
    assert str(yesterday.tickets[third].intervals[-1].end).startswith("2026-11-24 23:59:59")
    assert {each.state for each in yesterday.counters.values()} == {"closed"}
    assert isinstance(hub.journal()[-1], DayClosed)
    assert (hub.hall.day, hub.hall.version, hub.hall.tickets) == (TOMORROW, 0, {})
    assert hub.issue() == "261125-A001"
    assert isinstance(hub.journal(TOMORROW)[0], SetupTaken)


def test_the_first_touch_after_midnight_rolls_the_day_by_itself(hub: Working, clock: Clock) -> None:
    hub.issue()
    clock.set(A_DAY)

    assert hub.issue() == "261125-A001"
    assert isinstance(hub.journal()[-1], DayClosed)


def test_midnight_is_the_halls_and_not_that_of_greenwich(start_hub: Start, clock: Clock) -> None:
    clock.set(-2 * 60)  # 06:00 in the hall, 23:00 the day before in Greenwich
    hub = start_hub()
    hub.issue()

    clock.set(-1 * 60 + 1)  # past midnight in Greenwich

    assert hub.issue() == "261124-A002"


def test_screens_are_told_of_the_new_day(hub: Working, clock: Clock) -> None:
    hub.issue()
    told = len(hub.told)

    clock.set(A_DAY)
    hub.hub.roll()

    assert len(hub.told) == told + 1


def test_a_day_without_a_ticket_leaves_no_trace(hub: Working, clock: Clock) -> None:
    clock.set(A_DAY)
    hub.hub.roll()

    assert hub.hub.journal.last_day("thach-ha") is None


def test_yesterdays_address_works_for_a_day_and_dies(hub: Working, clock: Clock) -> None:
    token = hub.hub.token(hub.issue())
    clock.set(MIDNIGHT + 60)
    hub.hub.roll()

    found = hub.hub.by_token(token)
    assert found is not None
    assert (found[0].day, found[1].state) == (MORNING.date(), "cancelled")

    clock.set(MIDNIGHT + A_DAY - 1)
    assert hub.hub.by_token(token) is not None
    clock.set(MIDNIGHT + A_DAY + 1)
    assert hub.hub.by_token(token) is None, "also before the day is rolled"
    hub.hub.roll()
    assert hub.hub.by_token(token) is None


def test_yesterdays_address_works_after_a_restart(start_hub: Start, clock: Clock) -> None:
    before = start_hub()
    token = before.hub.token(before.issue())
    clock.set(A_DAY)

    after = start_hub()
    after.hub.roll()

    found = after.hub.by_token(token)
    assert found is not None
    assert found[1].end_reason == "day_end"


def test_yesterdays_panel_cannot_touch_todays_ticket(hub: Working, clock: Clock) -> None:
    yesterday = hub.issue()
    clock.set(A_DAY)
    hub.issue()
    hub.open("1")

    assert code_of(lambda: hub.act(calling.call_ticket, "1", yesterday, Reason("urgent"))) == "unknown_ticket"


def test_a_retry_over_midnight_gets_yesterdays_ticket_and_not_a_second_one(
    hub: Working, clock: Clock
) -> None:
    ticket = hub.issue(key="touch-1")

    clock.set(MIDNIGHT + 1)

    assert hub.issue(key="touch-1") == ticket
    assert hub.hall.tickets.keys() <= {ticket}


def test_old_answers_are_forgotten(hub: Working, clock: Clock) -> None:
    hub.issue(key="touch-1")

    clock.set(3 * A_DAY)
    hub.hub.roll()

    assert hub.issue(key="touch-1") == "261127-A001"


def test_a_hub_that_was_off_over_midnight_closes_the_day_it_finds(start_hub: Start, clock: Clock) -> None:
    start_hub().issue()
    clock.set(3 * A_DAY)

    hub = start_hub()
    hub.hub.roll()

    closing = hub.journal()[-1]
    assert isinstance(closing, DayClosed)
    assert closing.at.date() == MORNING.date(), "closed on its own day"
    assert hub.issue() == "261127-A001"


def test_a_restart_at_noon_goes_on_where_the_morning_ended(start_hub: Start, clock: Clock) -> None:
    before = start_hub()
    before.open("1")
    before.issue()
    before.issue()
    before.next("1")
    hall = before.hall
    clock.set(240)

    after = start_hub()

    assert after.hall == hall
    assert after.hub.now() == minute(240)
    assert after.issue() == "261124-A003"
    assert len(events_of(SetupTaken, after.journal())) == 1, "the same configuration is named once"


def test_a_clock_set_back_repeats_no_number_and_no_visit_runs_backwards(hub: Working, clock: Clock) -> None:
    hub.open("1")
    clock.set(60)
    hub.issue()
    clock.set(0)

    assert hub.issue() == "261124-A002"
    ticket = hub.next("1")
    clock.set(-120)
    hub.serve("1", ticket)

    assert hub.hub.now() == clock(), "the hall follows the clock"
    for visit in hub.hall.tickets.values():
        assert all(each.end is None or each.end >= each.start for each in visit.intervals)


def test_a_clock_set_back_to_yesterday_stays_in_today(start_hub: Start, clock: Clock) -> None:
    hub = start_hub()
    hub.issue()
    clock.set(-A_DAY)

    assert hub.issue() == "261124-A002"
    again = start_hub()
    assert again.issue() == "261124-A003"
    assert not again.hub.roll()


def test_a_clock_set_forward_and_back_over_midnight_repeats_no_number(start_hub: Start, clock: Clock) -> None:
    hub = start_hub()
    hub.issue()
    clock.set(A_DAY)
    hub.issue()
    clock.set(1)

    assert hub.issue() == "261125-A002"
    assert start_hub().issue() == "261125-A003"
    assert len(events_of(TicketIssued, start_hub().journal())) == 1


def test_after_a_clock_set_back_time_goes_on_in_the_hall(start_hub: Start, clock: Clock) -> None:
    # given a call, announced twice at nine, and a clock that is then put back by half an hour
    hub = start_hub()
    hub.open("1")
    hub.issue()
    clock.set(60)
    ticket = hub.next("1")
    hub.act(calling.recall, "1", ticket)
    clock.set(30)

    # then the officer need not wait for another recall until the clock says nine again
    assert code_of(lambda: hub.act(calling.recall, "1", ticket)) == "recall_limit"
    clock.forward(seconds=21)
    hub.act(calling.recall, "1", ticket)
    assert hub.hall.calls[0].times == 3

    # and the same holds after a restart
    again = start_hub()
    assert code_of(lambda: again.act(calling.recall, "1", ticket)) == "recall_limit"
    clock.forward(seconds=21)
    again.act(calling.recall, "1", ticket)


def test_an_evening_in_a_zone_with_summer_time_ends_at_its_own_midnight(
    start_hub: Start, clock: Clock
) -> None:
    # given the night in which Berlin puts its clocks back, 25 hours long
    setup = a_setup(timezone="Europe/Berlin", always_open=True)
    clock.jump(days=-30, hours=-3)  # 00:00 in Berlin
    hub = start_hub(setup)

    assert hub.issue() == "261025-A001"
    clock.forward(hours=24, minutes=59)
    assert hub.issue() == "261025-A002"
    clock.forward(minutes=1)
    assert hub.issue() == "261026-A001"


def test_a_quota_is_of_the_day(start_hub: Start, clock: Clock) -> None:
    queues = a_setup().queues | {"A": Queue("A", "Chứng thực", "Certification", "#A01D17", daily_quota=1)}
    hub = start_hub(a_setup(queues=queues))
    hub.issue()
    assert code_of(hub.issue) == "quota_reached"

    clock.set(A_DAY)

    assert hub.issue() == "261125-A001"


BEGINS_AT = ["1970-01-01T07:00:05+07:00", "1973-01-01T01:00:05+07:00", "2026-11-24T17:20:00+07:00"]


def after_work(start_hub: Start, clock: Clock, shows: str, *, left: int = 0) -> Working:
    """A hall that did its work and was switched off; a PC without a battery that was switched on since."""
    clock.set(8.5 * 60)
    hub = start_hub(a_setup())
    hub.open("1")
    served = hub.issue()
    hub.next("1")
    hub.serve("1", served)
    for _ in range(left):
        hub.issue()
    clock.set(9.25 * 60)
    clock.reboot()
    clock.shows = datetime.fromisoformat(shows)
    hub = start_hub(a_setup())
    clock.forward(seconds=5)
    hub.hub.roll()
    return hub


@pytest.mark.parametrize("shows", BEGINS_AT)
def test_a_pc_without_a_battery_begins_each_morning_with_number_one(
    start_hub: Start, clock: Clock, shows: str
) -> None:
    hub = after_work(start_hub, clock, shows)

    clock.shows = minute(A_DAY - 60)  # 07:00: the time service puts it right
    hub.hub.roll()

    assert hub.hall.day == TOMORROW
    assert {each.state for each in hub.hall.counters.values()} <= {"closed"}
    assert hub.issue() == "261125-A001"
    clock.shows = minute(2 * A_DAY - 60)
    clock.passed += A_DAY * 60
    assert hub.issue() == "261126-A001"


@pytest.mark.parametrize("shows", BEGINS_AT)
def test_who_was_left_in_line_yesterday_is_not_first_this_morning(
    start_hub: Start, clock: Clock, shows: str
) -> None:
    hub = after_work(start_hub, clock, shows, left=1)

    clock.shows = minute(A_DAY - 60)
    hub.hub.roll()
    assert hub.hall.day != TOMORROW, "a clock a day ahead would look the same"
    clock.forward(seconds=181)
    hub.hub.roll()

    assert (hub.hall.day, hub.hall.lines, hub.hall.issued) == (TOMORROW, {}, {})


@pytest.mark.parametrize("shows", BEGINS_AT)
def test_a_pc_without_a_battery_switched_on_again_the_same_evening_goes_on_with_the_numbers(
    start_hub: Start, clock: Clock, shows: str
) -> None:
    hub = after_work(start_hub, clock, shows)

    clock.shows = minute(9.5 * 60)
    hub.hub.roll()
    clock.forward(seconds=181)
    hub.hub.roll()

    assert hub.hall.day == date(2026, 11, 24)
    assert hub.hall.issued == {"A": 1}
