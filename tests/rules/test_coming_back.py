"""Those who come back: from a hold, after a no-show, by a transfer."""

from itertools import islice

from hall import calling, desk, views, waiting
from hall.actors import officer
from hall.devices import Devices
from hall.events import TicketCalled
from hall.fold import fold
from hall.model import Hall
from hall.reasons import Reason
from hall.routing import upcoming
from hall.setup import Rules
from tests.rules.builders import Step, a_setup, act, call, code_of, day, issue, minute, named, opened, served


def order(hall: Hall, counter: str, at: float, count: int = 20) -> list[str]:
    return [pick.ticket.number for pick in islice(upcoming(hall, counter, minute(at)), count)]


def missed(number: str, *, at: float, counter: str = "1") -> Step:
    """Called next, did not come."""

    def step(hall: Hall) -> Hall:
        hall = call(counter, at=at)(hall)
        assert named(hall, number).state == "called"
        return act(calling.no_show, counter, number, at=at)(hall)

    return step


def returned(number: str, *, at: float, counter: str = "1") -> Step:
    return act(calling.resume, counter, number, at=at)


def test_a_no_show_who_comes_back_to_an_empty_line_is_next() -> None:
    hall = day(opened("1"), issue(), missed("A001", at=1), returned("A001", at=2))

    assert order(hall, "1", 3) == ["A001"]
    assert named(call("1", at=3)(hall), "A001").state == "called"


def test_a_no_show_waits_for_the_next_two_of_the_own_class_only() -> None:
    hall = day(
        opened("1"),
        *[issue(at=n) for n in range(4)],  # A001-A004
        missed("A001", at=4),
        *[issue(at=5, priority="NCT") for _ in range(2)],  # A005, A006
        returned("A001", at=6),
    )

    assert order(hall, "1", 7) == ["A005", "A006", "A002", "A003", "A001", "A004"]
    after_the_older = missed("A006", at=9)(missed("A005", at=8)(hall))
    assert named(after_the_older, "A001").passes_left == 2
    assert named(missed("A002", at=9)(after_the_older), "A001").passes_left == 1


def test_a_booked_citizen_who_is_called_is_none_of_those_an_ordinary_no_show_waits_for() -> None:
    hall = day(
        opened("1"),
        *[issue(at=n) for n in range(4)],  # A001-A004
        missed("A001", at=4),
        issue(at=5, booked=6),  # A005
        returned("A001", at=6),
    )
    assert order(hall, "1", 7) == ["A005", "A002", "A003", "A001", "A004"]

    hall = missed("A005", at=7)(hall)

    assert named(hall, "A001").passes_left == 2
    assert waiting.ahead(hall, named(hall, "A003").id, minute(8)) == 1
    assert waiting.ahead(hall, named(hall, "A001").id, minute(8)) == 2
    assert order(hall, "1", 8) == ["A002", "A003", "A001", "A004"]


def test_those_called_in_turns_of_their_age_count_as_the_class_they_are() -> None:
    # given everybody is past the ageing mark, so that ordinary citizens get the priority turns too
    hall = day(opened("1"), *[issue(at=n) for n in range(5)], missed("A001", at=40), returned("A001", at=41))
    assert order(hall, "1", 42) == ["A002", "A003", "A001", "A004", "A005"]

    hall = missed("A003", at=43)(missed("A002", at=42)(hall))

    assert named(hall, "A001").passes_left == 0
    assert order(hall, "1", 44) == ["A001", "A004", "A005"]


def test_a_call_names_the_returned_no_shows_it_passed() -> None:
    hall = day(
        opened("1"),
        *[issue(at=n) for n in range(4)],  # A001-A004
        missed("A001", at=4),
        missed("A002", at=5),
        issue(at=5, priority="NCT"),
        returned("A001", at=6),
        returned("A002", at=6),
    )

    called: list[tuple[str, ...]] = []
    for at in (7, 8, 9, 10):
        event = calling.call_next(hall, "1", by=officer(1), now=minute(at))[0]
        assert isinstance(event, TicketCalled)
        assert event.passed is not None
        called.append((event.ticket, *event.passed))
        hall = act(calling.no_show, "1", hall.tickets[event.ticket].number, at=at)(fold([event], hall))

    first, second, third, fourth = (named(hall, f"A00{n}").id for n in range(1, 5))
    assert called == [
        (named(hall, "A005").id,),
        (third, first, second),
        (fourth, first, second),
        (first,),
    ]


def test_one_back_from_hold_takes_nobodys_place_in_the_class() -> None:
    hall = day(
        opened("1"),
        *[issue(at=n) for n in range(4)],
        call("1", at=4),
        act(calling.hold, "1", "A001", Reason("papers"), minute(9), at=5),
        missed("A002", at=6),
        returned("A002", at=7),
    )

    hall = missed("A001", at=9)(hall)

    assert named(hall, "A002").passes_left == 2


def test_two_no_shows_come_back_in_the_order_of_their_arrival() -> None:
    hall = day(
        opened("1"),
        *[issue(at=n) for n in range(5)],
        missed("A001", at=5),
        missed("A002", at=6),
        returned("A002", at=7),
        returned("A001", at=8),
    )

    foreseen = order(hall, "1", 9)
    made = []
    for number in foreseen:
        hall = missed(number, at=9)(hall)
        made.append(number)

    assert foreseen == made == ["A003", "A004", "A001", "A002", "A005"]


def test_a_no_show_called_out_of_turn_does_not_come_back_before_those_who_were_earlier() -> None:
    hall = day(opened("1"), *[issue(at=n) for n in range(6)])
    last = named(hall, "A006").id
    hall = fold(calling.call_ticket(hall, "1", last, Reason("urgent"), by=officer(1), now=minute(7)), hall)
    hall = returned("A006", at=9)(act(calling.no_show, "1", "A006", at=8)(hall))

    assert order(hall, "1", 10) == ["A001", "A002", "A003", "A004", "A005", "A006"]


def test_the_officer_reads_that_a_no_show_has_returned_until_the_call() -> None:
    hall = day(opened("1"), *[issue(at=n) for n in range(4)], missed("A001", at=4), returned("A001", at=5))

    for state in (hall, missed("A003", at=7)(missed("A002", at=6)(hall))):
        line = views.counter.panel(state, "1", minute(8), "b", Devices()).line
        assert {row["number"]: row["note"] for row in line}["A001"] == "returned"


def test_a_visit_shows_when_the_no_show_was_away() -> None:
    hall = day(opened("1"), issue(), missed("A001", at=5), returned("A001", at=12))

    visit = named(hall, "A001")

    assert [(each.state, each.start, each.end) for each in visit.intervals] == [
        ("waiting", minute(0), minute(5)),
        ("called", minute(5), minute(5)),
        ("waiting", minute(12), None),
    ]
    assert visit.arrived_at == minute(0)


def test_resumed_at_a_busy_counter_one_is_first_in_line_there() -> None:
    hall = day(
        opened("1"),
        *[issue(at=n, priority="NCT" if n else None) for n in range(3)],
        call("1", at=3),
        act(calling.hold, "1", "A002", Reason("papers"), None, at=4),
        call("1", at=5),  # A003
        returned("A002", at=6),
    )

    assert (named(hall, "A002").state, hall.counter("1").ticket) == ("waiting", named(hall, "A003").id)
    assert order(hall, "1", 7)[0] == "A002"
    after = call("1", at=9)(served("1", "A003", at=7, minutes=1)(hall))
    assert named(after, "A002").counter == "1"
    assert views.why.why_called(after, named(after, "A002")).vi.startswith("quay lại quầy")


def test_the_ones_back_from_hold_come_in_the_order_of_their_arrival() -> None:
    hall = day(
        opened("1"),
        *[issue(at=n) for n in range(3)],
        call("1", at=3),
        act(calling.hold, "1", "A001", Reason("papers"), None, at=4),
        call("1", at=5),
        act(calling.hold, "1", "A002", Reason("papers"), None, at=6),
        call("1", at=7),
        returned("A002", at=8),
        returned("A001", at=9),
    )

    assert order(hall, "1", 9) == ["A001", "A002"]


def test_a_held_citizen_may_be_sent_on_and_is_held_no_more() -> None:
    hall = day(
        opened("1", "3"),
        issue(at=0),
        issue("B01", at=1),
        call("1", at=2),
        act(calling.start, "1", "A001", at=3),
        act(calling.hold, "1", "A001", Reason("papers"), minute(30), at=4),
    )
    ticket = named(hall, "A001").id

    moved = fold(calling.transfer(hall, "1", ticket, queue="B", by=officer(1), now=minute(5)), hall)

    assert moved.held == ()
    visit = named(moved, "A001")
    assert (visit.state, visit.hold_until, visit.hold_reason) == ("waiting", None, None)
    assert order(moved, "3", 6) == ["A001", "B001"]
    assert order(moved, "1", 31) == ["A001", "B001"], "only as one who waits over 30 minutes in B"


def test_a_held_citizen_is_not_forgotten_when_the_counter_closes() -> None:
    hall = day(
        opened("1", "2", "3"),
        issue(),
        call("1", at=1),
        act(calling.hold, "1", "A001", Reason("papers"), minute(20), at=2),
        lambda hall: fold(desk.close_counter(hall, "1", by=officer(1), now=minute(3)), hall),
    )

    # then a counter that takes the queue sees the citizen, may resume, or calls when the hold runs out
    held = views.counter.panel(hall, "2", minute(4), "b", Devices()).held
    assert [row.number for row in held] == ["A001"]
    assert views.counter.panel(hall, "3", minute(4), "b", Devices()).held == ()
    assert named(returned("A001", at=5, counter="2")(hall), "A001").counter == "2"
    assert code_of(lambda: returned("A001", at=5, counter="3")(hall)) == "not_your_ticket"
    assert order(hall, "2", 19) == []
    assert order(hall, "2", 20) == ["A001"]
    assert order(hall, "3", 20) == []
    # and the counter itself has them again when it opens
    again = opened("1", at=6)(hall)
    assert order(again, "2", 20) == []
    assert order(again, "1", 20) == ["A001"]


def test_a_held_citizen_stays_the_counters_while_it_is_open() -> None:
    hall = day(
        opened("1", "2"),
        issue(),
        call("1", at=1),
        act(calling.hold, "1", "A001", Reason("papers"), None, at=2),
    )
    ticket = named(hall, "A001").id

    assert code_of(lambda: act(calling.resume, "2", "A001", at=3)(hall)) == "not_your_ticket"
    assert code_of(lambda: calling.cancel(hall, ticket, by=officer(2), now=minute(3))) == "not_your_ticket"


def test_how_many_of_the_class_pass_is_configured() -> None:
    hall = day(
        opened("1"),
        *[issue(at=n) for n in range(4)],
        missed("A001", at=4),
        returned("A001", at=5),
        setup=a_setup(rules=Rules(return_after=1)),
    )

    assert order(hall, "1", 6) == ["A002", "A001", "A003", "A004"]
