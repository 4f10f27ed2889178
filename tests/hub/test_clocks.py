"""A PC whose clock is hours or years off, and is put right while people wait."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from hall import calling
from hall.devices import Devices
from hall.events import ClockStepped, DayClosed, DayContinued, Event
from hall.opening import opening
from hall.reasons import Reason
from hall.views import counter as panel_view
from hall.views import wall
from hub import Lasting
from hub.days import folded
from store import verify
from tests.hub.conftest import Start
from tests.hub.opened import HALL, TODAY, Clock, Working, events_of
from tests.rules.builders import MORNING, a_setup, minute
from tests.store.builders import issued, keep, opened, served, taken

STANDS = 181.0  # seconds after which a strange date is believed
TOMORROW = date(2026, 11, 25)
SETUP = a_setup()


def present(hub: Working) -> list[str]:
    return [ticket.number for ticket in hub.hall.tickets.values() if ticket.state == "waiting"]


def waited_minutes(hub: Working, counter: str = "1") -> list[int]:
    """As the officer reads it."""
    shown = panel_view.panel(hub.hall, counter, hub.hub.now(), "b", Devices())
    return [each["waited_minutes"] for each in shown.line]


def is_open(hub: Working) -> bool:
    return opening(hub.hub.setup, hub.hub.now()).open


def look(hub: Working, clock: Clock, seconds: float = 0.5) -> None:
    """As the keeper does, again and again."""
    clock.forward(seconds=seconds)
    hub.hub.roll()


def test_a_pc_seven_hours_ahead_is_put_right_and_the_hall_is_open_all_day(
    start_hub: Start, clock: Clock
) -> None:
    # given a PC at 14:10 when it is 07:10, and one number given
    clock.to(MORNING + timedelta(hours=6, minutes=10))
    hub = start_hub(SETUP)
    hub.open("1")
    hub.issue()
    clock.forward(minutes=2)

    # when the clock is put right at 07:12
    clock.jump(hours=-7)
    look(hub, clock)

    # then the wall's clock, the opening hours and the wait are those of 07:12
    shown = wall.board(hub.hall, hub.hub.now(), "b")
    assert shown.at.startswith("2026-11-24T07:12:00")
    assert shown.open
    assert waited_minutes(hub) == [2]
    assert hub.hall.tickets["261124-A001"].issued_at == minute(-50)
    clock.to(minute(4 * 60))
    assert not is_open(hub), "closed at noon"
    clock.to(minute(6 * 60))
    assert is_open(hub), "open in the afternoon"
    assert hub.issue() == "261124-A002"


def test_the_wait_on_the_card_is_that_of_a_clock_which_only_goes_forward(hub: Working, clock: Clock) -> None:
    hub.open("1")
    hub.issue()
    clock.forward(minutes=3)
    clock.jump(hours=5)
    clock.forward(minutes=4)
    clock.jump(hours=-9)
    clock.forward(minutes=1)

    ticket = hub.next("1")

    assert hub.hall.tickets[ticket].why is not None
    assert hub.hall.counters["1"].waits == (8 * 60,)
    assert [step.seconds for step in hub.journal() if isinstance(step, ClockStepped)] == [-4 * 3600.0]


def test_people_stay_in_the_order_of_their_numbers_whatever_the_clock_said(
    hub: Working, clock: Clock
) -> None:
    hub.open("2")
    hub.issue()
    clock.jump(hours=-3)
    hub.issue()
    clock.jump(hours=8)
    hub.issue()

    assert hub.hall.lines["A"] == ("261124-A001", "261124-A002", "261124-A003")
    assert hub.next("2") == "261124-A001"


def test_a_clock_a_day_ahead_for_three_seconds_drops_nobody(hub: Working, clock: Clock) -> None:
    hub.open("1")
    hub.issue()
    hub.issue()

    clock.jump(days=1)
    look(hub, clock, 1)
    assert hub.hall.day == TODAY
    look(hub, clock, 2)
    clock.jump(days=-1)
    look(hub, clock)

    assert (hub.hall.day, present(hub)) == (TODAY, ["A001", "A002"])
    assert hub.hall.counters["1"].state == "open"
    assert hub.issue() == "261124-A003"
    assert waited_minutes(hub) == [0, 0, 0]


@pytest.mark.parametrize("days", [30, 1, -2, -19000])
def test_a_number_given_while_the_date_was_wrong_is_one_of_the_day(
    hub: Working, clock: Clock, days: int
) -> None:
    hub.open("1")
    hub.issue()
    clock.jump(days=days)
    hub.issue()
    look(hub, clock, 2)
    hub.issue()
    clock.jump(days=-days)
    look(hub, clock)

    assert hub.issue() == "261124-A004"
    assert hub.hall.day == TODAY
    assert present(hub) == ["A001", "A002", "A003", "A004"]
    assert max(waited_minutes(hub)) == 0


@pytest.mark.parametrize("days", [30, 1, -2, -19000])
@pytest.mark.parametrize("reboots", [False, True], ids=["the program", "the PC"])
def test_a_restart_while_the_date_was_wrong_drops_nobody(
    start_hub: Start, clock: Clock, days: int, *, reboots: bool
) -> None:
    def again() -> Working:
        if reboots:
            clock.reboot()
        hub = start_hub()
        look(hub, clock)
        return hub

    hub = start_hub()
    hub.open("1")
    hub.issue()
    clock.jump(days=days)
    hub = again()
    hub.issue()
    hub = again()
    clock.jump(days=-days)
    hub = again()

    assert hub.issue() == "261124-A003"
    assert (hub.hall.day, present(hub)) == (TODAY, ["A001", "A002", "A003"])
    assert hub.hall.counters["1"].state == "open"
    assert max(waited_minutes(hub)) == 0


@pytest.mark.parametrize("days", [65, -19000], ids=["65 days ahead", "1974"])
def test_a_day_begun_in_a_wrong_date_is_left_by_itself(start_hub: Start, clock: Clock, days: int) -> None:
    # given a day begun by a wrong clock: somebody waits, somebody is served
    clock.jump(days=days)
    hub = start_hub()
    wrong = hub.hall.day
    hub.open("1", "2")
    first, second = hub.issue(), hub.issue()
    hub.next("1")
    hub.act(calling.start, "1", first)

    # when the clock is put right
    clock.jump(days=-days)
    look(hub, clock)
    assert hub.hall.day == wrong, "nobody knows yet which of the two is right"
    look(hub, clock, STANDS)

    # then the same people go on in the right date, and no number is given twice
    assert hub.hall.day == TODAY
    assert present(hub) == ["A002"]
    assert hub.hall.counters["1"].ticket == first
    assert hub.hall.counters["2"].state == "open"
    assert hub.issue() == "261124-A003"
    hub.act(calling.finish, "1", first, "accepted", None, None)
    assert hub.next("1") == second
    left = hub.journal(wrong)[-1]
    assert isinstance(left, DayClosed)
    assert (left.to, left.moved) == (TODAY, (first, second))


def test_a_day_begun_in_a_wrong_date_is_left_at_once_on_a_word(start_hub: Start, clock: Clock) -> None:
    clock.jump(days=65)
    hub = start_hub()
    hub.issue()
    clock.jump(days=-65)

    assert hub.hub.to_todays_date()
    assert not hub.hub.to_todays_date()

    assert hub.hall.day == TODAY
    assert hub.issue() == "261124-A002"


def test_after_a_restart_the_hall_is_where_it_went_and_not_in_the_newest_date(
    start_hub: Start, clock: Clock
) -> None:
    clock.jump(days=65)
    hub = start_hub()
    hub.issue()
    clock.jump(days=-65)
    hub.hub.to_todays_date()
    hub.issue()

    assert start_hub().issue() == "261124-A003"
    clock.forward(days=1)
    hub = start_hub()
    hub.hub.roll()
    assert hub.issue() == "261125-A001"
    assert start_hub().issue() == "261125-A002"


def test_a_citizen_finds_the_ticket_of_a_wrong_date_on_the_phone(start_hub: Start, clock: Clock) -> None:
    clock.jump(days=65)
    hub = start_hub()
    hub.open("1")
    served, waits = hub.issue(), hub.issue()
    hub.next("1")
    hub.serve("1", served)
    clock.jump(days=-65)
    hub.hub.to_todays_date()

    for again in range(2):
        hub = start_hub() if again else hub
        found = [hub.hub.by_token(hub.hub.token(each)) for each in (served, waits)]
        assert [each and each[1].state for each in found] == ["done", "waiting"]


def test_a_citizen_served_two_wrong_dates_ago_still_finds_the_visit(start_hub: Start, clock: Clock) -> None:
    # given a PC that comes up in 1974, is set to 2053, and then is put right
    clock.jump(days=-19000)
    hub = start_hub()
    hub.open("1")
    served = hub.issue()
    hub.next("1")
    hub.serve("1", served)
    token = hub.hub.token(served)
    for days in (28855, -9855):
        clock.jump(days=days)
        assert hub.hub.to_todays_date()

    assert hub.hall.day == TODAY
    for again in range(2):
        found = (start_hub() if again else hub).hub.by_token(token)
        assert found is not None
        assert found[1].state == "done"


def test_a_no_show_of_a_wrong_date_may_come_back_and_who_is_held_stays(
    start_hub: Start, clock: Clock
) -> None:
    clock.jump(days=-400)
    hub = start_hub()
    hub.open("1")
    missed, held = hub.issue(), hub.issue()
    hub.next("1")
    hub.act(calling.no_show, "1", missed)
    hub.next("1")
    hub.act(calling.hold, "1", held, Reason("papers"), None)
    clock.jump(days=400)
    look(hub, clock)
    look(hub, clock, STANDS)

    assert (hub.hall.day, hub.hall.held, hub.hall.missed) == (TODAY, (held,), (missed,))
    hub.act(calling.resume, "1", missed)
    hub.act(calling.resume, "1", held)


def test_an_empty_hall_after_closing_time_leaves_the_wrong_date_at_once(
    start_hub: Start, clock: Clock
) -> None:
    clock.to(minute(9 * 60))  # 17:00
    hub = start_hub(SETUP)
    hub.open("1")
    clock.jump(days=3)
    look(hub, clock)

    assert hub.hall.day == TODAY + timedelta(days=3)


def test_people_left_over_from_yesterday_are_gone_once_the_morning_has_stood(
    start_hub: Start, clock: Clock
) -> None:
    # given a power cut with people in line, and a PC that is switched on in the morning
    hub = start_hub()
    hub.open("1")
    hub.issue()
    clock.forward(hours=23)
    clock.reboot()
    hub = start_hub()
    look(hub, clock)
    assert (hub.hall.day, present(hub)) == (TODAY, ["A001"]), "a clock a day ahead would look the same"

    # when that has stood for minutes
    look(hub, clock, STANDS)

    # then yesterday is closed, and the numbers begin again
    assert (hub.hall.day, present(hub)) == (TOMORROW, [])
    assert hub.issue() == "261125-A001"
    assert hub.journal()[-1] != hub.journal(TOMORROW)[-1]


def test_a_power_cut_of_minutes_is_time_people_waited_and_one_of_hours_is_not(
    start_hub: Start, clock: Clock
) -> None:
    hub = start_hub()
    hub.open("1")
    hub.issue()
    clock.forward(minutes=20)
    clock.reboot()
    hub = start_hub()
    look(hub, clock)
    assert waited_minutes(hub) == [20]

    hub.issue()
    clock.forward(hours=5)
    clock.reboot()
    hub = start_hub()
    look(hub, clock)
    assert waited_minutes(hub) == [20, 0], "nobody knows whether it was the clock"


def test_a_booked_citizen_keeps_the_slot_when_the_clock_is_put(hub: Working, clock: Clock) -> None:
    hub.issue(booked=minute(60))
    clock.jump(minutes=-30)
    hub.issue()

    booked = hub.hall.tickets["261124-A001"]

    assert len(events_of(ClockStepped, hub.journal())) == 1
    assert booked.since == minute(-30)
    assert (booked.booked_at, booked.line_at) == (minute(60), minute(60))


def test_what_is_not_told_by_anybody_is_seen_in_the_journal(tmp_path: Path) -> None:
    """Times that go back or lie in the future, as another program or an old one may have kept them."""
    future = issued(3, minute=60 * 24 * 365 * 27)
    days: list[list[Event]] = [
        [issued(1), issued(2, minute=-400), *served(1, seq=4, minute=-390)],
        [issued(1), issued(2, minute=5), future, *served(1, seq=5, minute=6)],
    ]
    for number, events in enumerate(days):
        folder = tmp_path / str(number)
        folder.mkdir()
        with opened(folder) as journal:
            digest = journal.keep_setup(a_setup())
            keep(journal, [taken(digest), *events])
            hall = folded(HALL, TODAY, journal.read(HALL, TODAY), journal.setup)
            assert list(verify.faults(journal.database, folded)) == []
        for ticket in hall.tickets.values():
            assert all(each.end is None or each.end >= each.start for each in ticket.intervals)
            assert all(hall.at is not None and each.start <= hall.at for each in ticket.intervals)


def test_the_clock_of_a_hall_without_tickets_is_followed_without_a_trace(hub: Working, clock: Clock) -> None:
    clock.jump(days=40)
    look(hub, clock)
    assert hub.hub.now() == clock()
    assert hub.hall.day == clock().date()
    clock.jump(days=-40)
    look(hub, clock)

    assert hub.hall.day == TODAY
    assert hub.hub.journal.days(HALL) == []


def test_the_step_is_told_in_the_log(hub: Working, clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    hub.issue()
    clock.jump(hours=-7)
    look(hub, clock)

    assert any(
        "2026-11-24 08:00" in each.message and "2026-11-24 01:00" in each.message
        for each in caplog.records
        if each.levelname == "WARNING"
    )


def test_a_continued_day_is_said_by_an_event(start_hub: Start, clock: Clock) -> None:
    clock.jump(days=65)
    hub = start_hub()
    wrong = hub.hall.day
    hub.issue()
    clock.jump(days=-65)
    hub.hub.to_todays_date()

    continued = [each for each in hub.journal() if isinstance(each, DayContinued)]

    assert [(each.from_day, each.issued) for each in continued] == [(wrong, {"A": 1})]
    assert datetime.fromisoformat(wall.board(hub.hall, hub.hub.now(), "b").at) == clock()


def test_staff_are_told_loudly_of_a_clock_that_was_put(start_hub: Start, clock: Clock) -> None:
    hub = start_hub()
    hub.issue()
    assert hub.hub.clock_trouble() is None

    clock.jump(seconds=-30)
    look(hub, clock)
    assert hub.hub.clock_trouble() is None, "half a minute is nobody's trouble"

    clock.jump(hours=-7)
    look(hub, clock)
    trouble = hub.hub.clock_trouble()
    assert trouble is not None
    assert (trouble.what, trouble.state, trouble.who) == ("clock", "put", "07:59 → 00:59")
    clock.forward(minutes=31)
    assert hub.hub.clock_trouble() is None

    clock.jump(days=65)
    look(hub, clock)
    trouble = hub.hub.clock_trouble()
    assert trouble is not None
    assert (trouble.state, trouble.who) == ("date", "24/11/2026")
    look(hub, clock, STANDS)
    trouble = hub.hub.clock_trouble()
    assert trouble is not None
    assert trouble.who == "01:30 24/11/2026 → 01:30 28/01/2027"


def test_what_only_lasts_goes_on_whatever_becomes_of_the_clock(clock: Clock) -> None:
    lasting = Lasting(clock, clock.steady)
    clock.jump(days=1)
    clock.forward(seconds=3)

    assert lasting() == MORNING + timedelta(seconds=3)
    assert lasting.as_put(MORNING) == MORNING + timedelta(days=1)
