"""The configuration is changed in the middle of a day: nobody who waits is forgotten."""

from dataclasses import replace

from hall import calling, desk, views
from hall.actors import officer
from hall.devices import Devices
from hall.events import SetupTaken
from hall.reasons import Reason
from hall.setup import Setup, Take
from tests.hub.conftest import Start
from tests.hub.opened import Clock, Working, events_of
from tests.rules.builders import a_counter, a_setup, code_of


def without(setup: Setup, *, queue: str | None = None, counter: str | None = None) -> Setup:
    """The hall without a queue, its field and procedures, or without a counter."""
    queues = {name: each for name, each in setup.queues.items() if name != queue}
    counters = {
        name: replace(each, takes=tuple(take for take in each.takes if take.queue != queue))
        for name, each in setup.counters.items()
        if name != counter
    }
    return replace(
        setup,
        queues=queues,
        counters=counters,
        fields={name: each for name, each in setup.fields.items() if each.queue != queue},
        procedures={name: each for name, each in setup.procedures.items() if each.queue != queue},
    )


FULL = a_setup(always_open=True)
NO_B = without(FULL, queue="B")


def on_the_wall(working: Working) -> str | None:
    return views.wall.board(working.hall, working.hub.now(), "b").message


def every_view(working: Working) -> None:
    hall, now = working.hall, working.hub.now()
    views.wall.board(hall, now, "b")
    views.kiosk.offer(hall, now, "b", views.kiosk.Printer("ok", None))
    views.supervisor.overview(hall, now, "b", Devices())
    views.public.hall_facts(hall, now)
    for counter in hall.setup.counters:
        views.counter.panel(hall, counter, now, "b", Devices())
    for ticket in hall.tickets.values():
        views.phone.track(hall, ticket, now)


def test_a_changed_configuration_is_named_with_the_next_change(start_hub: Start) -> None:
    start_hub(FULL).issue()

    hub = start_hub(replace(FULL, name="Trung tâm mới"))
    assert len(hub.journal()) == 2
    hub.issue()
    hub.issue()

    taken = events_of(SetupTaken, hub.journal())
    assert len(taken) == 2
    assert hub.hub.journal.setup(taken[1].digest).name == "Trung tâm mới"  # type: ignore[attr-defined]
    assert hub.hall.setup.name == "Trung tâm mới"
    assert hub.numbers() == ["A001", "A002", "A003"]


def test_another_message_on_the_wall_is_no_other_setup(start_hub: Start, clock: Clock) -> None:
    start_hub(FULL).issue()

    hub = start_hub(replace(FULL, message="Nghỉ trưa từ 11 giờ 30"))
    hub.issue()

    assert on_the_wall(hub) == "Nghỉ trưa từ 11 giờ 30"
    assert len(events_of(SetupTaken, hub.journal())) == 1
    clock.forward(days=1)
    hub.hub.roll()
    assert on_the_wall(hub) == "Nghỉ trưa từ 11 giờ 30"


def test_who_waits_in_a_queue_that_was_removed_is_still_called(start_hub: Start) -> None:
    before = start_hub(FULL)
    waiting = before.issue("B01")

    hub = start_hub(NO_B)
    hub.open("3")

    assert code_of(lambda: hub.issue("B01")) == "unknown_procedure"
    assert hub.next("3") == waiting
    every_view(hub)
    hub.serve("3", waiting)
    assert code_of(lambda: hub.next("3")) == "queue_empty"


def test_a_queue_whose_counters_are_gone_too_is_called_by_those_that_are_left(start_hub: Start) -> None:
    waiting = start_hub(FULL).issue("B01")

    hub = start_hub(without(without(NO_B, counter="3"), counter="1"))
    hub.open("2")

    assert hub.next("2") == waiting


def test_a_queue_removed_by_the_change_before_last_is_kept_as_well(start_hub: Start) -> None:
    waiting = start_hub(FULL).issue("B01")
    start_hub(NO_B).issue("A01")
    assert "B" in start_hub(NO_B).hall.setup.queues

    hub = start_hub(replace(NO_B, name="Trung tâm mới"))
    hub.open("3")

    every_view(hub)
    assert hub.next("3") == waiting


def test_a_counter_that_was_removed_finishes_its_citizen_and_goes(start_hub: Start, clock: Clock) -> None:
    before = start_hub(FULL)
    before.open("2")
    ticket = before.issue()
    before.next("2")

    hub = start_hub(without(FULL, counter="2"))
    every_view(hub)
    hub.serve("2", ticket)
    hub.act(desk.close_counter, "2")

    assert hub.ticket("A001").outcome == "accepted"
    every_view(hub)
    clock.forward(days=1)
    hub.hub.roll()
    assert "2" not in hub.hall.setup.counters


def test_a_counter_removed_twice_over_is_kept_while_somebody_is_held_there(start_hub: Start) -> None:
    before = start_hub(FULL)
    before.open("2")
    ticket = before.issue()
    before.next("2")
    before.act(calling.hold, "2", ticket, Reason("papers"), None)
    before.act(desk.close_counter, "2")
    start_hub(without(FULL, counter="2")).issue()

    hub = start_hub(without(replace(FULL, name="Trung tâm mới"), counter="2"))
    every_view(hub)
    hub.open("2")
    hub.act(calling.resume, "2", ticket)

    assert hub.ticket("A001").state == "serving"


def test_a_no_show_of_a_removed_queue_may_come_back(start_hub: Start) -> None:
    before = start_hub(FULL)
    before.open("3")
    ticket = before.issue("B01")
    before.next("3")
    before.act(calling.no_show, "3", ticket)

    hub = start_hub(NO_B)
    hub.act(calling.resume, "3", ticket)

    every_view(hub)
    assert hub.next("3") == ticket


def test_a_priority_and_a_procedure_that_were_removed_do_not_hurt(start_hub: Start) -> None:
    before = start_hub(FULL)
    before.open("2")
    ticket = before.issue()
    before.ask(calling.set_priority, ticket, "NCT", by=officer(2))

    hub = start_hub(
        replace(FULL, priorities={}, procedures={k: v for k, v in FULL.procedures.items() if k != "A01"})
    )

    hub.next("2")
    every_view(hub)
    hub.serve("2", ticket)


def test_new_queues_and_counters_work_at_once(start_hub: Start) -> None:
    start_hub(NO_B).issue()

    hub = start_hub(replace(FULL, counters=FULL.counters | {"9": a_counter("9", Take("B"))}))
    hub.open("9")

    assert hub.issue("B01") == "261124-B001" == hub.next("9")


def test_the_next_day_has_nothing_left_of_the_old_configuration(start_hub: Start, clock: Clock) -> None:
    start_hub(FULL).issue("B01")
    hub = start_hub(NO_B)
    assert "B" in hub.hall.setup.queues

    clock.forward(days=1)
    hub.hub.roll()

    assert hub.hall.setup == NO_B


def test_a_restart_finds_the_configuration_that_was_in_force(start_hub: Start) -> None:
    before = start_hub(FULL)
    before.open("2")
    before.issue()
    before.next("2")
    left = without(FULL, counter="2")
    running = start_hub(left)
    running.serve("2", "261124-A001")
    running.act(desk.close_counter, "2")

    again = start_hub(left)

    assert again.hall == running.hall, "also when nobody needs counter 2 any more"
    assert "2" in again.hall.setup.counters


def test_yesterday_is_read_with_its_own_configuration(start_hub: Start, clock: Clock) -> None:
    start_hub(FULL).issue("B01")
    clock.forward(days=1)

    for _ in ("closes the day", "finds it closed"):
        hub = start_hub(NO_B)
        hub.hub.roll()
        yesterday = hub.hub.yesterday()

        assert yesterday is not None
        assert yesterday.setup == FULL
        assert views.phone.track(yesterday, yesterday.tickets["261124-B001"], clock()).state == "cancelled"
