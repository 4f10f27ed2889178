"""Several hubs on one journal, as workers of a large installation: the journal decides, without an error."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

from hall import calling, desk
from hall.actors import officer
from hall.events import DayClosed, Event, TicketIssued
from hall.model import Hall
from hub import Command, rule
from tests.hub.conftest import Start
from tests.hub.opened import Clock, Working, events_of
from tests.rules.builders import code_of, kiosk_of


def two(start_hub: Start) -> tuple[Working, Working]:
    return start_hub(lock=False), start_hub(lock=False)


def test_two_hubs_give_out_different_numbers(start_hub: Start) -> None:
    one, other = two(start_hub)

    assert [each.issue() for each in (one, other, one, other)] == [
        f"261124-A00{number}" for number in range(1, 5)
    ]
    assert one.hub.catch_up()
    assert not one.hub.catch_up()
    assert one.hall == other.hall


def test_two_officers_at_two_hubs_press_next_and_get_two_citizens(start_hub: Start) -> None:
    one, other = two(start_hub)
    one.open("1")
    other.open("2")
    tickets = [one.issue(), one.issue()]
    other.hub.catch_up()

    assert [one.next("1"), other.next("2")] == tickets


def test_a_ticket_another_hub_gave_out_can_be_called_at_once(start_hub: Start) -> None:
    one, other = two(start_hub)
    other.open("2")

    ticket = one.issue()

    assert other.next("2") == ticket


def test_a_refusal_after_a_look_at_the_journal_is_one(start_hub: Start) -> None:
    one, other = two(start_hub)
    other.open("2")

    assert code_of(lambda: other.next("2")) == "queue_empty"
    assert (
        code_of(
            lambda: one.hub.change(
                Command(
                    rule(desk.open_counter, "2", take_over=False, by=officer(9)), officer(9), lambda done: {}
                )
            )
        )
        == "counter_taken"
    )


def test_a_retry_at_another_hub_gets_the_same_ticket(start_hub: Start) -> None:
    one, other = two(start_hub)
    ticket = one.issue(key="touch-1")

    assert other.issue(key="touch-1") == ticket
    assert code_of(lambda: other.issue("B01", key="touch-1")) == "key_reused"


def beaten_to_it(working: Working, act: Callable[[], object]) -> None:
    """Once, just when `working` is about to keep what it ruled, `act` happens at the other hub."""
    together = working.hub.journal.together

    def too_late() -> AbstractContextManager[None]:
        working.hub.journal.together = together  # type: ignore[method-assign]
        act()
        return together()

    working.hub.journal.together = too_late  # type: ignore[method-assign]


def test_the_same_touch_at_two_hubs_at_once_is_one_ticket(start_hub: Start) -> None:
    one, other = two(start_hub)
    one.issue()
    other.hub.catch_up()
    given: list[str] = []
    beaten_to_it(one, lambda: given.append(other.issue(key="touch-1")))

    assert one.issue(key="touch-1") == given[0]
    assert one.numbers() == ["A001", "A002"]


def test_the_same_press_without_effect_at_two_hubs_at_once_is_answered(start_hub: Start) -> None:
    one, other = two(start_hub)
    one.open("1")
    other.hub.catch_up()
    beaten_to_it(one, lambda: other.act(desk.open_counter, "1", take_over=False, key="open-1"))

    assert one.act(desk.open_counter, "1", take_over=False, key="open-1").status == 200


def test_two_hubs_close_the_day_once(start_hub: Start, clock: Clock) -> None:
    one, other = two(start_hub)
    one.issue()
    other.hub.catch_up()
    stale = start_hub(lock=False)
    one.issue()
    clock.forward(days=1)

    assert one.issue() == "261125-A001"
    assert other.issue() == "261125-A002"
    assert stale.hub.roll(), "the look at the clock, without a touch"
    assert stale.issue() == "261125-A003"

    assert len(events_of(DayClosed, one.journal())) == 1
    assert len(events_of(TicketIssued, one.journal())) == 2


def test_a_hub_that_loses_the_race_decides_again(start_hub: Start) -> None:
    one, other = two(start_hub)
    one.open("1")
    one.open("2")
    first, second = one.issue(), one.issue()
    other.hub.catch_up()
    halls: list[Hall] = []

    def watching(hall: Hall, /, *, now: object) -> list[Event]:
        halls.append(hall)
        return calling.call_next(hall, "2", by=officer(2), now=other.clock())

    assert one.next("1") == first
    other.hub.change(Command(watching, officer(2), lambda done: {}))

    assert [hall.tickets[first].state for hall in halls] == ["waiting", "called"]
    assert other.hall.tickets[second].counter == "2"


def test_four_kiosks_at_two_hubs_at_once_get_numbers_without_a_gap(start_hub: Start) -> None:
    hubs = two(start_hub)

    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(hubs[kiosk % 2].issue, by=kiosk_of(kiosk)) for kiosk in range(60)]
        given = [each.result(timeout=60) for each in asked]

    assert sorted(given) == [f"261124-A{number:03d}" for number in range(1, 61)]
