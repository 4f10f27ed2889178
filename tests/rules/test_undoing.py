"""The last act of a counter is taken back: the hall stands as if the key had never been pressed."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from hall import calling, desk, issuing
from hall.actors import Actor, citizen, device, officer
from hall.closing import close_day
from hall.events import ActUndone
from hall.fold import fold
from hall.model import Hall
from hall.reasons import Reason
from hall.routing import next_ticket
from hall.setup import Rules
from hall.undoing import undo
from hall.waiting import estimate
from tests.rules.builders import (
    KIOSK,
    Step,
    a_setup,
    act,
    apart_from_the_record,
    call,
    code_of,
    day,
    issue,
    minute,
    named,
    opened,
    served,
    staff_at,
)

PAPERS = Reason("papers")


def taken_back(counter: str = "1", *, at: float, by: Actor | None = None) -> Step:
    return lambda hall: fold(undo(hall, counter, by=by or staff_at(counter), now=minute(at)), hall)


def refused(hall: Hall, counter: str = "1", *, at: float, by: Actor | None = None) -> str:
    return code_of(lambda: taken_back(counter, at=at, by=by)(hall))


def cancelled(number: str, *, at: float, counter: str = "1", reason: Reason | None = None) -> Step:
    def step(hall: Hall) -> Hall:
        ticket = named(hall, number).id
        return fold(calling.cancel(hall, ticket, reason, by=staff_at(counter), now=minute(at)), hall)

    return step


def sent(number: str, *, at: float, counter: str = "1", **to: Any) -> Step:
    return act(partial(calling.transfer, **to), counter, number, at=at)


CALLED = (opened("1", "2"), issue(), issue(at=1), issue("B01", at=1), call("1", at=2))
SERVING = (*CALLED, act(calling.start, "1", "A001", at=3))
# By the verb taken back: what came before, and the act.
ACTS: dict[str, tuple[tuple[Step, ...], Step]] = {
    "start": (CALLED, act(calling.start, "1", "A001", at=8)),
    "no_show": (CALLED, act(calling.no_show, "1", "A001", at=8)),
    "finish": (SERVING, act(calling.finish, "1", "A001", "accepted", "H27-261124-0001", None, at=8)),
    "hold": (SERVING, act(calling.hold, "1", "A001", PAPERS, minute(60), at=8)),
    "transfer": (SERVING, sent("A001", at=8, queue="B", position="first")),
    "cancel": (SERVING, cancelled("A001", at=8, reason=Reason("asked"))),
}


@pytest.mark.parametrize("verb", ACTS)
def test_what_is_taken_back_was_never_done(verb: str) -> None:
    before, acted = ACTS[verb]
    was = day(*before)
    done = acted(was)

    events = undo(done, "1", by=officer(1), now=minute(8.5))
    after = fold(events, done)

    assert [(each.undone, each.ticket) for each in events if isinstance(each, ActUndone)] == [
        (verb, named(was, "A001").id)
    ]
    assert apart_from_the_record(after) == apart_from_the_record(was)
    assert after.version == done.version + 1


@pytest.mark.parametrize("verb", ["no_show", "finish", "hold", "transfer", "cancel"])
def test_space_finished_and_called_the_next_and_both_stand_as_before(verb: str) -> None:
    before, acted = ACTS[verb]
    was = day(*before)
    done = call("1", at=8.1)(acted(was))
    assert done.tickets[done.counter("1").ticket or ""].number == "A002"

    after = taken_back(at=8.5)(done)

    assert apart_from_the_record(after) == apart_from_the_record(was)
    assert named(after, "A002").state == "waiting"
    assert next_ticket(after, "2", minute(9)) == next_ticket(was, "2", minute(9))


def test_somebody_absent_was_started_by_a_second_space_and_is_a_no_show_after_all() -> None:
    hall = day(*SERVING)
    assert code_of(lambda: act(calling.no_show, "1", "A001", at=3.1)(hall)) == "wrong_state"

    hall = act(calling.no_show, "1", "A001", at=3.3)(taken_back(at=3.2)(hall))

    assert named(hall, "A001").state == "no_show"
    assert [each.state for each in named(hall, "A001").intervals] == ["waiting", "called"]


@pytest.mark.parametrize("state", ["waiting", "held"])
def test_who_was_cancelled_from_the_line_is_back_in_place(state: str) -> None:
    was = day(opened("1", "2"), issue(), issue(at=1), issue(at=2), call("1", at=3))
    if state == "held":
        was = act(calling.hold, "1", "A001", PAPERS, None, at=4)(was)
    number = "A001" if state == "held" else "A002"

    after = taken_back(at=5.2)(cancelled(number, at=5)(was))

    assert apart_from_the_record(after) == apart_from_the_record(was)
    assert after.lines["A"] == was.lines["A"]


def test_one_at_the_counter_stays_there_while_the_line_is_mended() -> None:
    was = day(opened("1"), issue(), issue(at=1), call("1", at=2))

    after = taken_back(at=3.1)(cancelled("A002", at=3)(was))

    assert after.counter("1").ticket == named(was, "A001").id
    assert named(after, "A002").state == "waiting"


def test_a_minute_is_counted_from_the_act() -> None:
    hall = day(*SERVING)

    assert named(taken_back(at=4)(hall), "A001").state == "called"
    assert refused(hall, at=4.1) == "nothing_to_undo"


def test_the_time_is_what_the_hall_has_configured() -> None:
    slow = day(*SERVING, setup=a_setup(rules=Rules(undo_seconds=300)))
    never = day(*SERVING, setup=a_setup(rules=Rules(undo_seconds=0)))

    assert named(taken_back(at=7)(slow), "A001").state == "called"
    assert refused(never, at=3.1) == "nothing_to_undo"


def test_nothing_is_taken_back_twice_and_no_taking_back_is_taken_back() -> None:
    hall = taken_back(at=8.2)(day(*SERVING, ACTS["finish"][1]))

    assert named(hall, "A001").state == "serving"
    assert refused(hall, at=8.3) == "nothing_to_undo"
    assert refused(day(*CALLED), at=2.1) == "nothing_to_undo", "a call alone"


def test_what_was_taken_back_can_be_done_anew_and_taken_back_again() -> None:
    hall = day(*SERVING, ACTS["finish"][1], taken_back(at=8.2))

    again = act(calling.finish, "1", "A001", "refused", None, None, at=8.4)(hall)

    assert (named(again, "A001").outcome, again.counter("1").served) == ("refused", 1)
    assert named(taken_back(at=8.5)(again), "A001").state == "serving"


SINCE: dict[str, tuple[str, Step]] = {
    "called elsewhere after a transfer": ("transfer", call("3", at=8.1)),
    "cancelled by the citizen": (
        "hold",
        lambda hall: fold(
            issuing.cancel_own(hall, named(hall, "A001").id, by=citizen("x"), now=minute(8.1)), hall
        ),
    ),
    "back from hold": ("hold", act(calling.resume, "1", "A001", at=8.1)),
    "back in line after a no-show": ("no_show", act(calling.resume, "1", "A001", at=8.1)),
    "of another class now": (
        "hold",
        lambda hall: fold(
            calling.set_priority(hall, named(hall, "A001").id, "NCT", by=officer(1), now=minute(8.1)), hall
        ),
    ),
}


@pytest.mark.parametrize("what", SINCE)
def test_a_citizen_to_whom_something_has_happened_since_stays_as_it_is(what: str) -> None:
    verb, since = SINCE[what]
    before, acted = ACTS[verb]

    hall = since(acted(day(opened("3"), *before)))

    assert refused(hall, at=8.2) == "nothing_to_undo"


def test_a_held_one_who_was_sent_on_is_held_again() -> None:
    was = day(*SERVING, ACTS["hold"][1])

    after = taken_back(at=8.2)(sent("A001", at=8.1, queue="B")(was))

    assert apart_from_the_record(after) == apart_from_the_record(was)


def test_whom_the_counter_serves_by_now_is_not_sent_away() -> None:
    # given one held, and another back from hold in service since
    hall = day(
        *SERVING, act(calling.hold, "1", "A001", PAPERS, None, at=4), call("1", at=5),
        act(calling.start, "1", "A002", at=6), act(calling.hold, "1", "A002", PAPERS, None, at=7),
        act(calling.resume, "1", "A001", at=7.2),
    )  # fmt: skip

    assert refused(hall, at=7.3) == "nothing_to_undo"


@pytest.mark.parametrize(
    "since",
    [
        act(calling.recall, "1", "A002", at=8.2),
        lambda hall: fold(
            calling.set_priority(hall, named(hall, "A002").id, "NCT", by=officer(1), now=minute(8.2)), hall
        ),
    ],
    ids=["called again", "given priority"],
)
def test_the_next_one_called_stays_once_the_officer_has_gone_on_with_that_one(since: Step) -> None:
    hall = since(call("1", at=8.1)(day(*SERVING, ACTS["finish"][1])))

    assert refused(hall, at=8.3) == "nothing_to_undo"


def test_a_started_service_of_the_next_one_is_what_is_taken_back_first() -> None:
    hall = day(*SERVING, ACTS["finish"][1], call("1", at=8.1), act(calling.start, "1", "A002", at=8.2))

    hall = taken_back(at=8.3)(hall)

    assert (named(hall, "A001").state, named(hall, "A002").state) == ("done", "called")
    assert refused(hall, at=8.4) == "nothing_to_undo"


def test_the_turn_of_a_call_that_was_taken_back_is_given_back_unless_another_counter_went_on() -> None:
    finished = day(*SERVING, issue(at=3, priority="NCT"), ACTS["finish"][1])
    both = call("2", at=8.2)(call("1", at=8.1)(finished))

    alone, after_another = taken_back(at=8.3)(call("1", at=8.1)(finished)), taken_back(at=8.3)(both)

    assert alone.turns["A"] == finished.turns["A"]
    assert after_another.turns["A"] == both.turns["A"], "a pointer that others have used never goes back"


def test_a_returned_no_show_gains_nothing_by_a_call_that_was_taken_back() -> None:
    back = day(
        opened("1", "2"), *(issue(at=number) for number in range(5)), call("1", at=6),
        act(calling.no_show, "1", "A001", at=7), act(calling.resume, "1", "A001", at=8), call("1", at=9),
        act(calling.start, "1", "A002", at=9),
    )  # fmt: skip
    assert named(back, "A001").passes_left == 1

    after = taken_back(at=9.4)(
        call("1", at=9.2)(act(calling.finish, "1", "A002", "left", None, None, at=9.1)(back))
    )

    assert named(after, "A001").passes_left == 1


def test_the_waits_shown_are_those_from_before() -> None:
    was = day(opened("1"), *(issue(at=0) for _ in range(5)))
    for number in range(1, 3):
        was = served("1", f"A00{number}", at=number * 5, minutes=4)(call("1", at=number * 5)(was))
    was = act(calling.start, "1", "A003", at=21)(call("1", at=20)(was))

    done = act(calling.finish, "1", "A003", "accepted", None, None, at=40)(was)
    after = taken_back(at=40.5)(done)

    assert estimate(was, "A", 2, minute(41)) is None, "two services are no ground"
    assert estimate(done, "A", 2, minute(41)) is not None
    assert estimate(after, "A", 2, minute(41)) is None


def test_who_took_the_counter_over_takes_back_what_was_done_there() -> None:
    hall = day(*SERVING, ACTS["finish"][1])
    hall = fold(desk.open_counter(hall, "1", take_over=True, by=officer(9), now=minute(8.1)), hall)

    assert refused(hall, at=8.2) == "not_your_counter"
    assert named(taken_back(at=8.2, by=officer(9))(hall), "A001").state == "serving"


def test_the_pad_of_the_counter_takes_back_and_no_other_device() -> None:
    hall = day(*SERVING)
    pad, other = device(7, "counter", "thach-ha", "1"), device(8, "counter", "thach-ha", "2")

    assert named(taken_back(at=3.5, by=pad)(hall), "A001").state == "called"
    assert refused(hall, at=3.5, by=other) == "not_your_counter"
    assert refused(hall, at=3.5, by=KIOSK) == "forbidden"


@pytest.mark.parametrize("how", ["pause", "close"])
def test_a_paused_or_closed_counter_is_opened_first(how: str) -> None:
    hall = day(*SERVING, ACTS["finish"][1])
    if how == "pause":
        hall = fold(desk.pause_counter(hall, "1", Reason("lunch"), by=officer(1), now=minute(8.1)), hall)
    else:
        hall = fold(desk.close_counter(hall, "1", by=officer(1), now=minute(8.1)), hall)

    assert refused(hall, at=8.2) == ("counter_paused" if how == "pause" else "counter_closed")
    assert named(taken_back(at=8.4)(opened("1", at=8.3)(hall)), "A001").state == "serving"


def test_what_others_did_is_not_the_counters_to_take_back() -> None:
    hall = day(*SERVING, ACTS["finish"][1])
    gone = fold(issuing.cancel_own(hall, named(hall, "A002").id, by=citizen("x"), now=minute(8.1)), hall)

    after = taken_back(at=8.2)(gone)

    assert (named(after, "A001").state, named(after, "A002").state) == ("serving", "cancelled")


def test_the_end_of_the_day_is_not_taken_back() -> None:
    hall = day(*SERVING)
    closed = fold(close_day(hall, now=minute(3.2)), hall)

    assert refused(closed, at=3.3) == "counter_closed"
    assert refused(opened("1", at=3.4)(closed), at=3.5) == "nothing_to_undo"


def test_a_queue_that_left_the_hall_meanwhile_takes_nobody_back() -> None:
    hall = day(opened("1"), issue(), issue(at=1), call("1", at=2), cancelled("A002", at=3))
    gone = replace(hall, setup=replace(hall.setup, queues={"B": hall.setup.queues["B"]}))

    assert refused(gone, at=3.1) == "nothing_to_undo"


def test_a_cancelled_service_keeps_why() -> None:
    hall = day(*SERVING)
    ticket = named(hall, "A001").id

    silent = code_of(lambda: calling.cancel(hall, ticket, by=officer(1), now=minute(4)))
    (event,) = calling.cancel(hall, ticket, Reason("other", "nhầm người"), by=officer(1), now=minute(4))

    assert silent == "reason_required"
    assert (event.why, event.note, event.desk) == ("other", "nhầm người", "1")  # type: ignore[attr-defined]
    assert calling.cancel(day(*CALLED), ticket, by=officer(1), now=minute(3)), "called: no reason is needed"


def test_an_hour_later_the_hall_remembers_no_more_than_one_act_a_counter() -> None:
    hall = day(opened("1"), *(issue(at=0) for _ in range(60)))
    for number in range(60):
        hall = call("1", at=number)(hall)
        hall = served("1", f"A{number + 1:03d}", at=number + 0.1, minutes=0.5)(hall)

    here = hall.counter("1")
    assert (here.last is not None, here.called) == (True, None)
    assert len(hall.services["A"]) == 40
