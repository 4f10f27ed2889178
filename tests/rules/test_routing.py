"""Whom a counter calls next, and why."""

from itertools import islice

from hall import calling, desk, views
from hall.actors import officer
from hall.fold import fold
from hall.model import Hall
from hall.reasons import Reason
from hall.routing import next_ticket, upcoming
from hall.setup import Rules
from tests.rules.builders import a_setup, act, call, code_of, day, issue, minute, named, opened


def called_numbers(hall: Hall, counter: str, at: float, count: int = 20) -> list[str]:
    return [pick.ticket.number for pick in islice(upcoming(hall, counter, minute(at)), count)]


def test_inside_a_class_the_earlier_comer_is_first() -> None:
    hall = day(opened("1"), issue(at=1), issue(at=2), issue(at=3))

    assert called_numbers(hall, "1", 5) == ["A001", "A002", "A003"]


def test_two_priority_turns_then_one_ordinary() -> None:
    ordinary = [issue(at=n) for n in range(3)]  # A001-A003
    older = [issue(at=3 + n, priority="NCT") for n in range(5)]  # A004-A008
    hall = day(opened("1"), *ordinary, *older)

    assert called_numbers(hall, "1", 10) == ["A004", "A005", "A001", "A006", "A007", "A002", "A008", "A003"]


def test_foreseen_order_is_the_order_of_the_calls() -> None:
    hall = day(
        opened("1"),
        *[issue(at=n, priority="NCT" if n % 3 == 0 else None) for n in range(9)],
        issue("B01", at=0),
    )
    foreseen = called_numbers(hall, "1", 20)

    made = []
    for _ in range(len(foreseen)):
        hall = call("1", at=20)(hall)
        number = hall.calls[0].number
        made.append(number)
        hall = act(calling.no_show, "1", number, at=20)(hall)

    assert made == foreseen


def test_a_booked_citizen_has_a_turn_from_the_early_window_on() -> None:
    hall = day(opened("1"), issue(at=0), issue(at=1), issue(at=1, booked=30))

    assert called_numbers(hall, "1", 10)[0] == "A001"  # 20 minutes early: not yet
    assert called_numbers(hall, "1", 16)[0] == "A003"  # inside the window: the booked turn comes first
    assert called_numbers(hall, "1", 46)[0] == "A001"  # too late: ordinary, by the slot


def test_past_the_ageing_mark_an_ordinary_citizen_has_priority_turns_too() -> None:
    hall = day(opened("1"), issue(at=0), *[issue(at=20 + n, priority="NCT") for n in range(4)])

    assert called_numbers(hall, "1", 25)[:3] == ["A002", "A003", "A001"]
    assert called_numbers(hall, "1", 31)[0] == "A001"


def test_a_condition_opens_a_queue_only_while_it_waits_too_long() -> None:
    hall = day(opened("1"), issue("B01", at=0))

    assert next_ticket(hall, "1", minute(30)) is None
    pick = next_ticket(hall, "1", minute(31))
    assert pick is not None
    assert pick.ticket.number == "B001"


def test_between_queues_the_wait_is_measured_against_the_queues_own_mark() -> None:
    # given A aims at 15 minutes, B at 30, and counter 1 takes both by now
    hall = day(opened("1"), issue("B01", at=0), issue("A01", at=14))

    # then at minute 35 B stands at 35/30, A at 21/15
    assert called_numbers(hall, "1", 35) == ["A001", "B001"]
    # and the earlier arrival where both stand alike
    even = day(opened("1"), issue("B01", at=0), issue("A01", at=17.5), issue("A01", at=30))
    assert called_numbers(even, "1", 35)[0] == "B001"


def test_a_citizen_back_from_hold_comes_first_at_that_counter_only() -> None:
    hall = day(
        opened("1", "2"),
        *[issue(at=n) for n in range(4)],
        call("1", at=4),  # A001
        act(calling.hold, "1", "A001", Reason("papers"), None, at=5),
        call("1", at=5),  # A002
        act(calling.resume, "1", "A001", at=6),
    )

    assert called_numbers(hall, "1", 7)[0] == "A001"
    assert called_numbers(hall, "2", 7)[0] == "A003"


def test_a_hold_that_has_run_out_brings_the_citizen_back_by_itself() -> None:
    hall = day(
        opened("1"),
        issue(),
        issue(at=1),
        call("1", at=2),
        act(calling.hold, "1", "A001", Reason("papers"), minute(20), at=3),
    )

    assert called_numbers(hall, "1", 19) == ["A002"]
    assert called_numbers(hall, "1", 20) == ["A001", "A002"]


def test_a_returned_no_show_stands_behind_the_next_two_of_its_class() -> None:
    hall = day(
        opened("1"),
        *[issue(at=n) for n in range(5)],
        call("1", at=5),
        act(calling.no_show, "1", "A001", at=6),
        act(calling.resume, "1", "A001", at=7),
    )

    assert called_numbers(hall, "1", 8) == ["A002", "A003", "A001", "A004", "A005"]
    after_one = act(calling.no_show, "1", "A002", at=9)(call("1", at=8)(hall))
    assert called_numbers(after_one, "1", 9) == ["A003", "A001", "A004", "A005"]


def test_one_sent_to_a_counter_waits_for_it_until_it_closes() -> None:
    hall = day(opened("1", "2", "3"), issue(), call("1", at=1))
    ticket = named(hall, "A001").id
    moved = calling.transfer(hall, "1", ticket, counter="3", by=officer(1), now=minute(2))
    hall = fold(moved, hall)

    assert called_numbers(hall, "3", 3) == ["A001"]
    assert called_numbers(hall, "2", 3) == []

    closed = fold(desk.close_counter(hall, "3", by=officer(3), now=minute(4)), hall)
    assert called_numbers(closed, "2", 5) == ["A001"]


def test_the_reason_of_a_call_is_a_sentence() -> None:
    hall = day(opened("1"), issue(at=0), issue(at=1, priority="NCT"))

    pick = next_ticket(hall, "1", minute(15))

    assert pick is not None
    assert views.why.because(hall, pick).vi == (
        "ưu tiên, chờ 14 phút, trước 1 người đến sớm hơn (cứ gọi 2 người ưu tiên thì gọi 1 người theo thứ tự)"
    )


def test_weights_are_the_configurations() -> None:
    setup = a_setup(rules=Rules(priority_weight=1, ordinary_weight=2))
    hall = day(
        opened("1"),
        *[issue(at=n) for n in range(3)],
        *[issue(at=5, priority="NCT") for _ in range(2)],
        setup=setup,
    )

    assert called_numbers(hall, "1", 9) == ["A004", "A001", "A002", "A005", "A003"]


def test_nobody_to_call_is_said_plainly() -> None:
    assert code_of(lambda: day(opened("1"), call("1"))) == "queue_empty"
