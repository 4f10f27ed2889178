"""What officers and citizens decide themselves: calls out of turn, cancelling, reprints, priorities."""

import pytest

from hall import calling, issuing, views
from hall.actors import Actor, citizen, officer
from hall.events import SlipReprinted, TicketCalled
from hall.fold import fold
from hall.model import Hall
from hall.reasons import Reason
from hall.routing import next_ticket
from tests.rules.builders import Step, act, call, code_of, day, issue, minute, named, opened, served, staff_at


def chosen(number: str, reason: Reason, *, at: float, counter: str = "1") -> Step:
    def step(hall: Hall) -> Hall:
        ticket = named(hall, number).id
        by = staff_at(counter)
        return fold(calling.call_ticket(hall, counter, ticket, reason, by=by, now=minute(at)), hall)

    return step


def test_a_call_out_of_turn_keeps_its_reason_and_takes_nobodys_turn() -> None:
    hall = day(opened("1"), *[issue(at=n, priority="NCT" if n == 2 else None) for n in range(4)])
    before = next_ticket(hall, "1", minute(5))
    ticket = named(hall, "A004").id

    events = calling.call_ticket(hall, "1", ticket, Reason("other", "Người ốm"), by=officer(1), now=minute(5))

    called = events[0]
    assert isinstance(called, TicketCalled)
    assert (called.own_choice, called.note, called.passed_over, called.waited_seconds) == (
        "other",
        "Người ốm",
        3,
        120,
    )
    after = fold(events, hall)
    assert views.why.why_called(after, after.tickets[ticket]).vi == (
        "cán bộ chọn: Người ốm, chờ 2 phút, trước 3 người đến sớm hơn"
    )
    after = served("1", "A004", at=5, minutes=1)(after)
    assert before is not None
    assert next_ticket(after, "1", minute(5)) == before


def test_only_who_waits_is_called_out_of_turn() -> None:
    hall = day(opened("1", "2"), issue(), call("1", at=1))

    assert code_of(lambda: chosen("A001", Reason("not_said"), at=2, counter="2")(hall)) == "wrong_state"
    nobody = "261124-A999"
    assert (
        code_of(
            lambda: calling.call_ticket(hall, "2", nobody, Reason("not_said"), by=officer(2), now=minute(2))
        )
        == "unknown_ticket"
    )


def test_an_officer_may_call_from_any_queue() -> None:
    hall = day(opened("2"), issue("B01"), chosen("B001", Reason("other", "Giúp quầy bên"), at=1, counter="2"))

    assert hall.counter("2").ticket == named(hall, "B001").id


def cancelled_by_citizen(hall: Hall, number: str) -> Hall:
    return fold(
        issuing.cancel_own(hall, named(hall, number).id, by=citizen(named(hall, number).id), now=minute(9)),
        hall,
    )


@pytest.mark.parametrize("steps", [(), (call("1", at=1),)], ids=["waiting", "called"])
def test_a_citizen_may_give_the_place_up_until_served(steps: tuple[Step, ...]) -> None:
    hall = cancelled_by_citizen(day(opened("1"), issue(), *steps), "A001")

    assert (named(hall, "A001").state, named(hall, "A001").end_reason) == ("cancelled", "by_citizen")
    assert hall.counter("1").ticket is None
    assert hall.lines["A"] == ()
    assert code_of(lambda: cancelled_by_citizen(hall, "A001")) == "wrong_state"


def test_a_held_citizen_may_give_the_place_up_and_one_in_service_may_not() -> None:
    held = day(
        opened("1"), issue(), call("1", at=1), act(calling.hold, "1", "A001", Reason("papers"), None, at=2)
    )
    serving = day(opened("1"), issue(), call("1", at=1), act(calling.start, "1", "A001", at=2))

    assert cancelled_by_citizen(held, "A001").held == ()
    assert code_of(lambda: cancelled_by_citizen(serving, "A001")) == "wrong_state"


def test_staff_void_who_waits_and_their_own_citizen_only() -> None:
    hall = day(opened("1", "2"), issue(), issue(), call("1", at=1))

    def cancelled(number: str, by: Actor) -> Hall:
        return fold(calling.cancel(hall, named(hall, number).id, by=by, now=minute(2)), hall)

    assert named(cancelled("A002", officer(2)), "A002").end_reason == "by_staff"
    assert code_of(lambda: cancelled("A001", officer(2))) == "not_your_ticket"
    assert code_of(lambda: cancelled("A001", officer(9))) == "no_counter"
    gone = cancelled("A001", officer(1))
    assert (gone.counter("1").ticket, named(gone, "A001").state) == (None, "cancelled")


def test_an_ended_visit_is_neither_cancelled_nor_printed_nor_corrected() -> None:
    hall = day(opened("1"), issue(), call("1", at=1), served("1", "A001", at=2, minutes=3))
    ticket = named(hall, "A001").id

    assert code_of(lambda: calling.cancel(hall, ticket, by=officer(1), now=minute(9))) == "wrong_state"
    assert code_of(lambda: issuing.reprint(hall, ticket, by=officer(1), now=minute(9))) == "wrong_state"
    assert (
        code_of(lambda: calling.set_priority(hall, ticket, "NCT", by=officer(1), now=minute(9)))
        == "wrong_state"
    )


def test_a_reprint_leaves_the_ticket_as_it_is() -> None:
    hall = day(opened("1"), issue())
    ticket = named(hall, "A001")

    events = issuing.reprint(hall, ticket.id, by=officer(1), now=minute(3))

    assert [type(each) for each in events] == [SlipReprinted]
    assert fold(events, hall).tickets == hall.tickets


def test_a_confirmed_priority_has_priority_turns_from_then_on() -> None:
    hall = day(opened("1"), issue(at=0), issue(at=1))
    older = named(hall, "A002").id

    events = calling.set_priority(hall, older, "NCT", by=officer(1), now=minute(2))

    assert [getattr(each, "ground", None) for each in events] == ["Luật 39/2009/QH12"]
    hall = fold(events, hall)
    pick = next_ticket(hall, "1", minute(3))
    assert pick is not None
    assert (pick.ticket.id, pick.as_class) == (older, "priority")
    assert calling.set_priority(hall, older, "NCT", by=officer(1), now=minute(3)) == []
    assert (
        code_of(lambda: calling.set_priority(hall, older, "VIP", by=officer(1), now=minute(3)))
        == "unknown_priority"
    )


def test_a_transfer_to_where_one_stands_is_no_transfer() -> None:
    hall = day(opened("1"), issue())
    ticket = named(hall, "A001").id

    def sent(**to: str) -> object:
        return calling.transfer(hall, "1", ticket, by=officer(1), now=minute(1), **to)  # type: ignore[arg-type]

    assert code_of(lambda: sent(queue="A")) == "same_place"
    assert code_of(lambda: sent(procedure="A01")) == "same_place"
    assert code_of(lambda: sent(queue="Z")) == "unknown_queue"
    assert code_of(lambda: sent(procedure="Z01")) == "unknown_procedure"
    assert code_of(lambda: sent(counter="99")) == "unknown_counter"
    assert sent(queue="A", position="last")


def test_a_service_sent_on_does_not_make_the_next_ones_service_long() -> None:
    # given twenty minutes at counter 1, then five at counter 3, three times
    hall = day(opened("1", "3"))
    for number in range(3):
        at = number * 30
        hall = issue(at=at)(hall)
        name = f"A{number + 1:03d}"
        hall = act(calling.start, "1", name, at=at + 1)(call("1", at=at + 1)(hall))
        ticket = named(hall, name).id
        moved = calling.transfer(hall, "1", ticket, queue="B", by=officer(1), now=minute(at + 21))
        hall = served("3", name, at=at + 21, minutes=5)(call("3", at=at + 21)(fold(moved, hall)))

    assert [round(each.minutes) for each in hall.services["B"]] == [5, 5, 5]


def test_a_booked_citizen_who_comes_early_waits_from_the_slot_on() -> None:
    # given one booked for 09:00 in B who came at 08:00
    hall = day(opened("1", "3"), issue("B01", at=0, booked=60))

    # then B has not waited too long at 08:45, and has at 09:31
    assert next_ticket(hall, "1", minute(45)) is None
    assert next_ticket(hall, "1", minute(90)) is None
    assert next_ticket(hall, "1", minute(91)) is not None
    pick = next_ticket(hall, "3", minute(70))
    assert pick is not None
    assert pick.waited_seconds == 600
    early = next_ticket(hall, "3", minute(50))
    assert early is not None
    assert early.waited_seconds == 0
