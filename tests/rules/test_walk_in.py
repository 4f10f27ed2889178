"""Somebody sits down at a counter without a number."""

from hall import calling, undoing, views, walk_in
from hall.events import Event
from hall.fold import fold
from hall.model import Hall
from tests.rules.builders import act, call, code_of, day, issue, minute, named, opened, staff_at


def served(hall: Hall, *, announce: bool = False) -> list[Event]:
    return walk_in.serve(
        hall,
        "1",
        procedure="A01",
        priority=None,
        language="vi",
        announce=announce,
        token_hash=lambda ticket: f"hash of {ticket}",
        by=staff_at("1"),
        now=minute(9),
    )


def test_who_sits_down_is_in_service_at_once_with_the_next_number() -> None:
    hall = day(issue("A01"), issue("A01"), opened("1"))

    after = fold(served(hall), hall)

    ticket = named(after, "A003")
    assert (ticket.state, ticket.counter, after.counter("1").ticket) == ("serving", "1", ticket.id)
    assert [each.state for each in ticket.intervals] == ["waiting", "called", "serving"]


def test_no_wall_calls_who_stands_at_the_counter_already() -> None:
    hall = day(opened("1"))

    after = fold(served(hall), hall)

    board = views.wall.board(after, minute(9), "b")
    assert after.calls == ()
    assert [each.number for each in board.counters if each.id == "1"] == ["A001"]


def test_where_it_is_wished_walls_call_all_the_same() -> None:
    hall = day(opened("1"))

    after = fold(served(hall, announce=True), hall)

    assert [each.number for each in after.calls] == ["A001"]


def test_those_who_wait_read_why_somebody_came_before_them() -> None:
    hall = day(issue("A01"), opened("1"))

    after = fold(served(hall), hall)

    why = named(after, "A002").why
    assert why is not None
    assert why.own_choice is not None
    assert (why.own_choice.code, why.passed_over) == ("walked_in", 1)


def test_a_counter_with_somebody_in_front_serves_nobody_else() -> None:
    hall = day(issue("A01"), opened("1"), call("1"))

    assert code_of(lambda: served(hall)) == "still_serving"


def test_who_sat_down_by_mistake_is_taken_back_and_cancelled() -> None:
    hall = day(opened("1"))
    hall = fold(served(hall), hall)

    hall = fold(undoing.undo(hall, "1", by=staff_at("1"), now=minute(9.5)), hall)

    assert named(hall, "A001").state == "called"
    assert act(calling.no_show, "1", "A001", at=9.6)(hall).missed == ("261124-A001",)
