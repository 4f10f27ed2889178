"""The configuration is taken while the hall works: as at a start at noon, but nobody notices a pause."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from unittest.mock import patch

import pytest

from hall import calling, desk
from hall.events import DayClosed, SetupTaken
from hall.setup import Take
from store.database import Database, StoreUnavailable
from tests.hub.conftest import Start
from tests.hub.opened import TODAY, Clock, Working, events_of
from tests.hub.test_failing_store import a_commit_that_fails, a_read_only_disk
from tests.hub.test_new_setups import FULL, NO_B, every_view, on_the_wall, without
from tests.rules.builders import a_counter, code_of

RENAMED = replace(FULL, name="Trung tâm mới")


@pytest.fixture
def full(start_hub: Start) -> Working:
    return start_hub(FULL)


def test_a_new_counter_works_at_once_and_the_day_keeps_the_change_as_one_event(full: Working) -> None:
    ticket = full.issue("B01")
    told, before = len(full.told), len(full.journal())

    full.hub.take(replace(FULL, counters=FULL.counters | {"9": a_counter("9", Take("B"))}))

    assert len(events_of(SetupTaken, full.journal())) == 2
    assert (len(full.journal()), len(full.told)) == (before + 1, told + 1)
    full.open("9")
    assert full.next("9") == ticket
    every_view(full)


def test_who_waits_in_a_queue_that_was_taken_out_is_still_called(full: Working) -> None:
    waiting = full.issue("B01")

    full.hub.take(NO_B)

    assert code_of(lambda: full.issue("B01")) == "unknown_procedure"
    every_view(full)
    full.open("3")
    assert full.next("3") == waiting


def test_a_counter_that_was_taken_out_finishes_its_citizen_and_goes_with_the_next_edit(full: Working) -> None:
    full.open("2")
    ticket = full.issue()
    full.next("2")

    full.hub.take(without(FULL, counter="2"))
    every_view(full)
    full.serve("2", ticket)
    full.act(desk.close_counter, "2")
    assert "2" in full.hall.setup.counters
    full.hub.take(without(RENAMED, counter="2"))

    assert "2" not in full.hall.setup.counters
    every_view(full)


def test_the_same_configuration_again_is_no_event_and_tells_no_screen(full: Working) -> None:
    full.issue()
    told, before = len(full.told), len(full.journal())

    full.hub.take(replace(FULL))

    assert (len(full.journal()), len(full.told)) == (before, told)


def test_another_message_is_on_the_wall_at_once_and_is_no_event(full: Working) -> None:
    full.issue()
    told, before, mark = len(full.told), len(full.journal()), full.hub.digest

    full.hub.take(replace(FULL, message="Chiều nay nghỉ"))

    assert on_the_wall(full) == "Chiều nay nghỉ"
    assert (len(full.journal()), len(full.told), full.hub.digest) == (before, told + 1, mark)


def test_before_the_first_event_of_the_day_a_change_leaves_no_trace(full: Working) -> None:
    full.hub.take(RENAMED)
    assert full.journal() == []

    full.issue()

    taken = events_of(SetupTaken, full.journal())
    assert [each.digest for each in taken] == [full.hub.digest]  # type: ignore[attr-defined]
    assert full.hub.journal.setup(full.hub.digest) == RENAMED


def test_after_a_restart_with_the_same_file_nothing_is_taken_again(start_hub: Start) -> None:
    before = start_hub(FULL)
    before.issue("B01")
    before.hub.take(NO_B)
    hall = before.hall

    after = start_hub(NO_B)
    after.open("3")

    assert (after.hall.setup, after.hall.tickets) == (hall.setup, hall.tickets)
    assert len(events_of(SetupTaken, after.journal())) == 2


def test_taken_at_midnight_the_old_day_ends_by_the_old_and_the_new_begins_by_the_new(
    full: Working, clock: Clock
) -> None:
    full.issue("B01")
    clock.forward(hours=16)

    full.hub.take(NO_B)

    assert isinstance(full.journal()[-1], DayClosed)
    assert len(events_of(SetupTaken, full.journal())) == 1
    yesterday = full.hub.yesterday()
    assert yesterday is not None
    assert yesterday.setup == FULL
    assert full.hall.setup == NO_B
    assert full.issue() == "261125-A001"


def test_midnight_touches_and_edits_all_at_once_leave_whole_days(full: Working, clock: Clock) -> None:
    full.issue()
    clock.forward(hours=16)
    edits = [replace(FULL, name=f"Trung tâm {number}") for number in range(6)]

    with ThreadPoolExecutor(4) as pool:
        done = [
            pool.submit(act)
            for setup in edits
            for act in (lambda setup=setup: full.hub.take(setup), full.issue, full.hub.roll)
        ]
        for each in done:
            each.result(timeout=60)

    assert len(events_of(DayClosed, full.journal())) == 1
    assert full.hall.day > TODAY
    assert full.numbers() == [f"A00{number}" for number in range(1, 7)]
    assert full.hall.setup.name == full.hub.setup.name


@pytest.mark.parametrize("trouble", [a_read_only_disk, a_commit_that_fails])
def test_what_cannot_be_kept_is_not_taken(
    full: Working, trouble: Callable[[Database], AbstractContextManager[None]]
) -> None:
    full.issue("B01")
    hall = full.hall

    with trouble(full.database), pytest.raises(StoreUnavailable):
        full.hub.take(NO_B)

    assert (full.hub.setup, full.hall) == (FULL, hall)
    assert full.issue("B01") == "261124-B002"
    full.hub.take(NO_B)
    assert full.hub.setup == NO_B


def test_an_event_that_cannot_be_kept_is_not_taken(full: Working) -> None:
    full.issue("B01")
    hall, mark = full.hall, full.hub.digest

    with (
        patch.object(full.hub.journal, "append", side_effect=StoreUnavailable("the disk is gone")),
        pytest.raises(StoreUnavailable),
    ):
        full.hub.take(NO_B)

    assert (full.hub.setup, full.hub.digest, full.hall) == (FULL, mark, hall)


def test_what_one_worker_takes_all_of_them_have(start_hub: Start) -> None:
    said = replace(FULL, message="Xin chào")
    one, other = start_hub(said, lock=False), start_hub(said, lock=False)
    waiting = one.issue("B01")
    other.hub.catch_up()

    one.hub.take(replace(NO_B, message="Xin chào"))
    other.open("3")

    assert other.hub.setup == one.hub.setup
    assert on_the_wall(other) == "Xin chào"
    assert other.next("3") == waiting
    assert len(events_of(SetupTaken, one.journal())) == 2, "the other does not take its own again"


def test_a_worker_that_was_first_meanwhile_does_not_lose_its_ticket(start_hub: Start) -> None:
    one, other = start_hub(FULL, lock=False), start_hub(FULL, lock=False)
    one.issue()
    waiting = other.issue("B01")

    one.hub.take(NO_B)
    one.open("3")

    assert one.next("3") == waiting


def test_another_hall_or_time_zone_is_not_taken(full: Working) -> None:
    for setup in (replace(FULL, hall="ha-noi"), replace(FULL, timezone="Asia/Tokyo")):
        with pytest.raises(ValueError, match="another"):
            full.hub.take(setup)

    assert full.hub.setup == FULL


def test_a_no_show_comes_back_to_a_queue_that_was_taken_out(full: Working) -> None:
    full.open("3")
    ticket = full.issue("B01")
    full.next("3")
    full.act(calling.no_show, "3", ticket)

    full.hub.take(NO_B)
    full.act(calling.resume, "3", ticket)

    assert full.next("3") == ticket
