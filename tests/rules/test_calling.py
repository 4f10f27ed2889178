"""From the call to the end of a visit."""

from datetime import timedelta

import pytest

from hall import calling, desk
from hall.actors import officer
from hall.closing import close_day
from hall.fold import fold
from hall.model import Interval, Position, Refused
from hall.reasons import Reason
from tests.rules.builders import MORNING, act, call, code_of, day, issue, minute, named, opened, served


def test_a_visit_is_a_row_of_intervals_without_a_gap() -> None:
    hall = day(opened("1"), issue(at=0), call("1", at=5), served("1", "A001", at=6, minutes=7))

    ticket = named(hall, "A001")
    assert ticket.intervals == (
        Interval("waiting", minute(0), minute(5), None),
        Interval("called", minute(5), minute(6), "1"),
        Interval("serving", minute(6), minute(13), "1"),
    )
    assert (ticket.state, ticket.outcome) == ("done", "accepted")
    assert hall.counter("1").ticket is None
    assert hall.counter("1").served == 1


def test_two_counters_get_two_citizens() -> None:
    hall = day(opened("1", "2"), issue(), issue(), call("1", at=1), call("2", at=1))

    assert (named(hall, "A001").counter, named(hall, "A002").counter) == ("1", "2")


def test_a_counter_that_has_a_citizen_calls_nobody_else() -> None:
    hall = day(opened("1"), issue(), issue(), call("1", at=1))

    assert code_of(lambda: call("1", at=2)(hall)) == "still_serving"
    other = named(hall, "A002").id
    assert (
        code_of(
            lambda: calling.call_ticket(hall, "1", other, Reason("not_said"), by=officer(1), now=minute(2))
        )
        == "still_serving"
    )


def test_a_recall_has_a_cool_down_and_a_limit() -> None:
    hall = day(opened("1"), issue(), call("1", at=1), act(calling.recall, "1", "A001", at=1.1))

    ticket = named(hall, "A001").id
    with pytest.raises(Refused) as too_soon:
        calling.recall(hall, "1", ticket, by=officer(1), now=minute(1.2))
    assert (too_soon.value.code, too_soon.value.facts) == ("recall_limit", {"wait_seconds": 5})

    for minutes in (2, 3):
        hall = act(calling.recall, "1", "A001", at=minutes)(hall)
    with pytest.raises(Refused) as too_often:
        calling.recall(hall, "1", ticket, by=officer(1), now=minute(9))
    assert too_often.value.facts == {"limit": 3}
    assert (hall.calls[0].times, len(hall.calls)) == (4, 1)


def test_a_hold_keeps_place_and_counter() -> None:
    hall = day(
        opened("1"),
        issue(),
        call("1", at=1),
        act(calling.start, "1", "A001", at=2),
        act(calling.hold, "1", "A001", Reason("papers"), None, at=3),
    )
    assert named(hall, "A001").state == "held"
    assert hall.counter("1").ticket is None

    back = act(calling.resume, "1", "A001", at=9)(hall)

    assert named(back, "A001").state == "serving"
    assert back.counter("1").ticket == named(back, "A001").id


def test_a_held_citizen_belongs_to_the_counter_that_holds() -> None:
    hall = day(
        opened("1", "2"),
        issue(),
        call("1", at=1),
        act(calling.hold, "1", "A001", Reason("papers"), None, at=2),
    )

    assert code_of(lambda: act(calling.resume, "2", "A001", at=3)(hall)) == "not_your_ticket"


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        ("by_arrival", ["B001", "A001", "B002", "B003"]),
        ("first", ["A001", "B001", "B002", "B003"]),
        ("last", ["B001", "B002", "B003", "A001"]),
    ],
)
def test_a_transfer_keeps_number_and_arrival(position: Position, expected: list[str]) -> None:
    hall = day(
        opened("1"),
        issue("B01", at=0),
        issue("A01", at=1),
        issue("B01", at=2),
        issue("B01", at=3),
        call("1", at=4),
    )
    ticket = named(hall, "A001")

    events = calling.transfer(
        hall, "1", ticket.id, queue="B", position=position, by=officer(1), now=minute(5)
    )
    moved = fold(events, hall)

    assert [moved.tickets[each].number for each in moved.lines["B"]] == expected
    assert named(moved, "A001").arrived_at == minute(1)


def test_a_transfer_to_a_procedure_takes_its_queue() -> None:
    hall = day(opened("1"), issue(), call("1", at=1))

    ticket = named(hall, "A001").id
    moved = fold(calling.transfer(hall, "1", ticket, procedure="B01", by=officer(1), now=minute(2)), hall)

    assert (named(moved, "A001").queue, named(moved, "A001").procedure) == ("B", "B01")


def test_a_verb_in_the_wrong_state_changes_nothing() -> None:
    hall = day(opened("1", "2"), issue(), issue(), call("1", at=1), act(calling.start, "1", "A001", at=2))

    assert code_of(lambda: act(calling.start, "1", "A001", at=3)(hall)) == "wrong_state"
    assert code_of(lambda: act(calling.no_show, "1", "A001", at=3)(hall)) == "wrong_state"
    assert code_of(lambda: act(calling.start, "1", "A002", at=3)(hall)) == "wrong_state"
    assert (
        code_of(lambda: act(calling.finish, "2", "A001", "guided", None, None, at=3)(hall))
        == "not_your_ticket"
    )
    bad_dossier = ("accepted", "H27-26", None)
    assert code_of(lambda: act(calling.finish, "1", "A001", *bad_dossier, at=3)(hall)) == "bad_dossier"


@pytest.mark.parametrize(
    "dossier",
    [
        *("H27.10.12-250814-0001", "H27-260814-0001", "A01.1.22.333-260814-12345"),
        *("000.00.12.H62-201105-0004", "38.98.H29-210519-0013", "M01.001.02-260125-260001"),
    ],
)
def test_dossier_codes_of_the_one_stop_system_are_taken(dossier: str) -> None:
    hall = day(opened("1"), issue(), call("1", at=1), act(calling.start, "1", "A001", at=2))

    done = act(calling.finish, "1", "A001", "accepted", dossier, None, at=3)(hall)

    assert named(done, "A001").dossier == dossier


def test_an_officer_has_one_counter_and_taking_over_is_said() -> None:
    hall = day(opened("1", "2"), issue(), call("1", at=1))

    def take(counter: str, take_over: bool) -> list[object]:
        return list(desk.open_counter(hall, counter, take_over=take_over, by=officer(2), now=minute(2)))

    assert code_of(lambda: take("3", False)) == "at_other_counter"
    assert code_of(lambda: take("1", False)) == "counter_taken"
    taken = fold(desk.open_counter(hall, "1", take_over=True, by=officer(2), now=minute(2)), hall)
    assert (taken.counter("1").holder, taken.counter("2").state) == ("staff:2", "closed")
    assert taken.counter("1").ticket == named(hall, "A001").id
    assert code_of(
        lambda: calling.start(taken, "1", named(hall, "A001").id, by=officer(1), now=minute(3))
    ) == ("not_your_counter")


def test_a_paused_counter_calls_nobody_and_opens_again() -> None:
    hall = day(opened("1"), issue())
    paused = fold(desk.pause_counter(hall, "1", Reason("short_break"), by=officer(1), now=minute(1)), hall)

    assert code_of(lambda: call("1", at=2)(paused)) == "counter_paused"
    assert named(call("1", at=4)(opened("1", at=3)(paused)), "A001").state == "called"


def test_a_counter_with_a_citizen_neither_pauses_nor_closes() -> None:
    hall = day(opened("1"), issue(), call("1", at=1))

    assert (
        code_of(lambda: desk.pause_counter(hall, "1", Reason("meeting"), by=officer(1), now=minute(2)))
        == "still_serving"
    )
    assert code_of(lambda: desk.close_counter(hall, "1", by=officer(1), now=minute(2))) == "still_serving"


def test_the_end_of_the_day_closes_what_is_open_with_a_reason() -> None:
    hall = day(
        opened("1", "2"),
        *[issue(at=n) for n in range(3)],
        call("1", at=4),
        act(calling.start, "1", "A001", at=5),
        call("2", at=5),
        act(calling.hold, "2", "A002", Reason("papers"), None, at=6),
    )

    evening = MORNING + timedelta(hours=15)
    closed = fold(close_day(hall, now=evening), hall)

    assert {ticket.number: (ticket.state, ticket.end_reason) for ticket in closed.tickets.values()} == {
        "A001": ("done", "day_end"),
        "A002": ("cancelled", "day_end"),
        "A003": ("cancelled", "day_end"),
    }
    assert all(counter.state == "closed" for counter in closed.counters.values())
    assert closed.closed
    assert close_day(closed, now=evening) == []


def test_the_officer_corrects_a_priority_and_the_time_stays() -> None:
    hall = day(opened("1"), issue(at=1, priority="NCT"))

    ticket = named(hall, "A001").id
    corrected = fold(calling.set_priority(hall, ticket, None, by=officer(1), now=minute(3)), hall)

    assert named(corrected, "A001").priority is None
    assert named(corrected, "A001").line_at == minute(1)
