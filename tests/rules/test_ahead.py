"""The people ahead a citizen is told of are those who are called before, if nobody else comes."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from hall import calling, desk, issuing, undoing
from hall.actors import officer
from hall.fold import fold, fresh
from hall.model import Hall, Refused
from hall.reasons import Reason
from hall.routing import next_ticket, upcoming
from hall.setup import Rules, Take
from hall.waiting import ahead
from tests.rules.builders import KIOSK, MORNING, a_counter, a_setup

ONE_COUNTER = {"2": a_counter("2", Take("A"))}
NEVER = 10_000  # minutes: nobody ages

# What happens, and to whom of those it may happen to.
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["ordinary"] * 4
            + ["priority"] * 2
            + ["booked", "next", "next", "no_show", "back", "hold", "resume"]
            + ["first", "last", "choose", "undo"]
        ),
        st.integers(0, 9),
    ),
    min_size=5,
    max_size=40,
)
WEIGHTS = st.tuples(st.integers(1, 3), st.integers(1, 2), st.integers(1, 3))


def issue(hall: Hall, kind: str, slot: int) -> Hall:
    now = hall.at or MORNING
    events = issuing.issue(
        hall,
        procedure="A01",
        priority="NCT" if kind == "priority" else None,
        language="vi",
        channel="kiosk",
        booked_at=now + timedelta(minutes=5 * slot - 20) if kind == "booked" else None,
        token_hash=str,
        by=KIOSK,
        now=now + timedelta(seconds=slot),
    )
    return fold(events, hall)


def chosen(tickets: list[str], choice: int) -> str:
    return tickets[choice % len(tickets)] if tickets else "261124-A999"


def happens(hall: Hall, kind: str, choice: int) -> Hall:
    """Whatever is refused does not happen."""
    if kind in ("ordinary", "priority", "booked"):
        return issue(hall, kind, choice)
    here = hall.counter("2").ticket or "261124-A999"
    waiting = list(hall.lines.get("A", ()))
    until = (hall.at or MORNING) + timedelta(minutes=choice - 5) if choice % 2 else None
    who = {"by": officer(2), "now": (hall.at or MORNING) + timedelta(seconds=choice)}
    try:
        match kind:
            case "next":
                events = calling.call_next(hall, "2", **who)  # type: ignore[arg-type]
            case "no_show":
                events = calling.no_show(hall, "2", here, **who)  # type: ignore[arg-type]
            case "back":
                events = calling.resume(hall, "2", chosen(list(hall.missed), choice), **who)  # type: ignore[arg-type]
            case "hold":
                events = calling.hold(hall, "2", here, Reason("papers"), until, **who)  # type: ignore[arg-type]
            case "resume":
                events = calling.resume(hall, "2", chosen(list(hall.held), choice), **who)  # type: ignore[arg-type]
            case "undo":
                events = undoing.undo(hall, "2", **who)  # type: ignore[arg-type]
            case "choose":
                events = calling.call_ticket(hall, "2", chosen(waiting, choice), Reason("not_said"), **who)  # type: ignore[arg-type]
            case _:
                ticket, place = chosen(waiting, choice), "first" if kind == "first" else "last"
                events = calling.transfer(hall, "2", ticket, queue="A", position=place, **who)  # type: ignore[arg-type]
    except Refused:
        return hall
    return fold(events, hall)


def after(steps: list[tuple[str, int]], weights: tuple[int, int, int]) -> Hall:
    priority, booked, ordinary = weights
    rules = Rules(
        priority_weight=priority, booked_weight=booked, ordinary_weight=ordinary, ageing_minutes=NEVER
    )
    hall = fresh(a_setup(rules=rules, counters=ONE_COUNTER, always_open=True), MORNING.date())
    hall = fold(desk.open_counter(hall, "2", take_over=False, by=officer(2), now=MORNING), hall)
    for kind, choice in steps:
        hall = happens(hall, kind, choice)
    return hall


def gone(hall: Hall, ticket: str, now: datetime) -> Hall:
    return fold(calling.cancel(hall, ticket, Reason("went_away"), by=officer(2), now=now), hall)


@settings(max_examples=300)
@given(STEPS, WEIGHTS)
def test_ahead_is_the_number_of_calls_before(
    steps: list[tuple[str, int]], weights: tuple[int, int, int]
) -> None:
    hall = after(steps, weights)
    now = hall.at or MORNING

    order = [pick.ticket.id for pick in upcoming(hall, "2", now)]

    waiting = {ticket: place for place, ticket in enumerate(order) if hall.tickets[ticket].state == "waiting"}
    assert waiting.keys() == set(hall.lines.get("A", ()))
    assert {ticket: ahead(hall, ticket, now) for ticket in waiting} == waiting


@settings(max_examples=300)
@given(STEPS, WEIGHTS)
def test_the_foreseen_order_is_that_of_the_calls(
    steps: list[tuple[str, int]], weights: tuple[int, int, int]
) -> None:
    hall = after(steps, weights)
    now = hall.at or MORNING
    if (here := hall.counter("2").ticket) is not None:
        hall = gone(hall, here, now)

    foreseen = [pick.ticket.id for pick in upcoming(hall, "2", now)]
    made = []
    while pick := next_ticket(hall, "2", now):
        assert pick.waited_seconds >= 0
        made.append(pick.ticket.id)
        hall = fold(calling.call_next(hall, "2", by=officer(2), now=now), hall)
        hall = gone(hall, pick.ticket.id, now)

    assert made == foreseen
