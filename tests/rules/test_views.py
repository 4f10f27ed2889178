"""What reaches a screen: small, complete for its audience, and nothing that is nobody's business."""

from time import process_time

import msgspec
import pytest

from hall import calling, views
from hall.devices import Devices, Trouble
from hall.model import Hall
from tests.rules.builders import a_setup, act, call, day, issue, minute, opened, plain
from tests.rules.busy_hall import NOON, PRIVATE, busy, centre
from tests.rules.every_view import RECORD, eventful, recorded

PRINTER = views.kiosk.Printer("paper_out", NOON.isoformat())
TROUBLES = Devices(
    tuple(Trouble("printer", f"Máy in {number}", "paper_out", NOON) for number in range(4)), "off"
)


@pytest.fixture(scope="module")
def hall() -> Hall:
    return busy(centre())


@pytest.fixture(scope="module")
def large_hall() -> Hall:
    """67 counters, as the largest hall of the country."""
    return busy(centre(67), waiting=60)


def text(view: object) -> str:
    return msgspec.json.encode(view).decode()


def size(view: object) -> int:
    """Bytes as they are sent: UTF-8 without blanks."""
    return len(msgspec.json.encode(view))


def of_the_public(hall: Hall) -> dict[str, object]:
    """Everything display, kiosk, phones and anyone can be sent."""
    return {
        "display": views.wall.board(hall, NOON, "b"),
        "kiosk": views.kiosk.offer(hall, NOON, "b", PRINTER),
        "queue": views.public.queues(hall, NOON, "b"),
        "lines": views.public.lines(hall, NOON),
        "counters": [views.parts.counter_state(hall, each) for each in hall.setup.counters],
        "phones": [views.phone.track(hall, each, NOON) for each in hall.tickets.values()],
    }


def test_the_hall_of_these_tests_holds_all_that_is_private(hall: Hall) -> None:
    kept = repr(hall)

    assert [secret for secret in PRIVATE if secret not in kept and secret != "2026-12-24"] == []
    states = {ticket.state for ticket in hall.tickets.values()}
    assert states >= {"waiting", "serving", "held", "done", "no_show"}


def test_screens_of_the_public_never_show_what_is_private(hall: Hall) -> None:
    grounds = [group.ground for group in hall.setup.priorities.values()]
    names = [group.name for group in hall.setup.priorities.values()]

    for audience, view in of_the_public(hall).items():
        shown = text(view)
        for secret in (*PRIVATE, *grounds, *names):
            assert secret not in shown, audience


FIELDS = {
    "display": {"version", "day", "at", "build", "hall", "open", "calls", "counters", "queues", "message",
        "opens_at", "closed_why", "unattended", "unattended_queues"},
    "kiosk": {"version", "day", "at", "build", "hall", "open", "opens_at", "closed_why", "queues", "printer"},
    "queue": {"version", "day", "at", "build", "hall", "open", "queues", "calls"},
    "phones": {
        "number", "state", "queue", "procedure", "procedure_en", "ahead", "wait", "counter",
        "counter_name", "counter_name_en",
        "counter_place", "counter_place_en", "called_at", "issued_at", "hall", "hall_name", "hall_name_en",
        "day", "cancel", "language", "unattended", "calling",
    },
}  # fmt: skip


@pytest.mark.parametrize("audience", FIELDS)
def test_a_new_field_reaches_a_public_screen_on_purpose_only(hall: Hall, audience: str) -> None:
    shown = of_the_public(hall)[audience]

    for view in shown if isinstance(shown, list) else [shown]:
        assert set(plain(view)) == FIELDS[audience]


def test_who_is_a_priority_citizen_is_not_shown_to_the_hall(hall: Hall) -> None:
    shown = of_the_public(hall)

    for code in hall.setup.priorities:
        assert f'"{code}"' not in text(shown)


def test_the_wall_is_as_the_contract_says(hall: Hall) -> None:
    wall = plain(views.wall.board(hall, NOON, "b"))

    calls, counters, queues = wall["calls"], wall["counters"], wall["queues"]
    assert [set(each) for each in calls] == [{"call", "number", "counter", "at", "times"}] * 8
    assert [each["at"] for each in calls] == sorted((each["at"] for each in calls), reverse=True)
    assert {frozenset(each) for each in counters} == {frozenset({"id", "name", "state", "number"})}
    assert {frozenset(each) for each in queues} == {frozenset({"id", "name", "waiting"})}


def test_snapshots_of_a_busy_hall_are_small(hall: Hall) -> None:
    assert size(views.wall.board(hall, NOON, "0123456789abcdef")) < 4096
    assert size(views.kiosk.offer(hall, NOON, "0123456789abcdef", PRINTER)) < 4096
    for counter in hall.setup.counters:
        assert size(views.counter.panel(hall, counter, NOON, "0123456789abcdef", TROUBLES)) < 16384, counter


def test_the_largest_hall_stays_small_enough_as_well(large_hall: Hall) -> None:
    assert size(views.wall.board(large_hall, NOON, "0123456789abcdef")) < 6144, "62 bytes a counter"
    assert size(views.kiosk.offer(large_hall, NOON, "0123456789abcdef", PRINTER)) < 4096
    for counter in large_hall.setup.counters:
        assert size(views.counter.panel(large_hall, counter, NOON, "0123456789abcdef", TROUBLES)) < 16384


def test_drawing_all_panels_of_the_largest_hall_takes_no_time_to_speak_of(large_hall: Hall) -> None:
    begun = process_time()
    for counter in large_hall.setup.counters:
        views.counter.panel(large_hall, counter, NOON, "b", TROUBLES)

    assert process_time() - begun < 1.0


def test_a_recall_is_the_same_call_on_the_wall() -> None:
    hall = day(
        opened("1", "2"),
        issue(),
        issue(),
        call("1", at=1),
        call("2", at=2),
        act(calling.recall, "1", "A001", at=3),
    )

    calls = views.wall.board(hall, minute(3), "b").calls
    assert [(each.number, each.times) for each in calls] == [("A001", 2), ("A002", 1)]
    assert len({each.call for each in calls}) == 2


def test_a_hall_before_its_first_ticket_can_be_shown() -> None:
    empty = day(setup=a_setup())

    for view in of_the_public(empty).values():
        text(view)
    panel = views.counter.panel(empty, "1", minute(0), "b", Devices())
    assert (panel.ticket, panel.next, panel.line) == (None, None, ())


def test_every_view_of_a_busy_hall_is_what_is_recorded() -> None:
    """`python -m tests.rules.every_view` writes it anew where a screen is meant to see something else."""
    assert recorded(eventful()) == RECORD.read_text()
