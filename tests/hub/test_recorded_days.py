"""A hub that begins on what an earlier release left behind goes on; what a later one left it refuses."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from hall import calling
from hall.actors import Actor, device
from hall.events import UnknownEvent
from hall.routing import next_ticket
from hall.setup import Setup
from store import codec
from store.chain import link
from tests.hub.conftest import Start
from tests.hub.opened import HALL, TODAY, Clock, Working
from tests.hub.test_new_setups import every_view
from tests.store.builders import opened
from tests.store.recorded import recorded

DAY = recorded("day_0_1_0")
EVENTS = DAY.events()
PAD = device(9, "counter", HALL, "4")
MORNING_SETUP, NOON_SETUP = (codec.decode_setup(body) for body in DAY.setups)


def left_behind(directory: Path, clock: Clock, count: int) -> None:
    """The first `count` events of the day, the last of them a minute ago."""
    with opened(directory) as journal:
        DAY.put_in(journal, count)
    clock.to(EVENTS[count - 1].at + timedelta(minutes=1))


def work_on(hub: Working) -> int:
    """Each open counter lets its citizen go and calls the next; how many were called."""
    called = 0
    for counter in list(hub.hall.counters.values()):
        if counter.state != "open":
            continue

        by = PAD if counter.holder == PAD.id else Actor("staff", str(counter.holder))
        if counter.ticket is not None:
            if hub.hall.tickets[counter.ticket].state == "called":
                hub.ask(calling.start, counter.id, counter.ticket, by=by)
            hub.ask(calling.finish, counter.id, counter.ticket, "guided", None, None, by=by)
        if next_ticket(hub.hall, counter.id, hub.hub.now()) is not None:
            hub.ask(calling.call_next, counter.id, by=by)
            called += 1
    return called


@pytest.mark.parametrize(
    ("count", "setup"),
    [
        pytest.param(60, MORNING_SETUP, id="with the counter that was taken out later"),
        pytest.param(60, NOON_SETUP, id="taken out just now"),
        pytest.param(260, NOON_SETUP, id="taken out a while ago"),
    ],
)
def test_a_hub_goes_on_in_the_middle_of_a_day_of_0_1_0(
    start_hub: Start, clock: Clock, tmp_path: Path, count: int, setup: Setup
) -> None:
    left_behind(tmp_path, clock, count)

    hub = start_hub(setup)

    every_view(hub)
    procedure = next(iter(setup.procedures))
    queue = setup.procedures[procedure].queue
    assert hub.issue(procedure) == f"261124-{queue}{hub.hall.issued[queue]:03d}"
    assert work_on(hub) + work_on(hub) > 2
    every_view(hub)
    clock.forward(days=1)
    assert hub.hub.roll()


def test_the_citizen_of_a_day_of_0_1_0_finds_the_ticket_on_the_next_morning(
    start_hub: Start, clock: Clock, tmp_path: Path
) -> None:
    left_behind(tmp_path, clock, len(EVENTS))

    hub = start_hub(NOON_SETUP)
    hub.hub.roll()

    yesterday = hub.hub.yesterday()
    assert yesterday is not None
    assert (yesterday.day, yesterday.closed, yesterday.version) == (TODAY, True, len(EVENTS))
    assert yesterday.digest == codec.digest(DAY.setups[-1])
    found = hub.hub.by_token(hub.hub.token("261124-A001"))
    assert found is not None
    assert found[1].number == "A001"


@pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(days=1)], ids=["today", "yesterday"])
def test_what_a_later_release_wrote_is_told_by_day_and_seq(start_hub: Start, clock: Clock, day: date) -> None:
    clock.shows -= TODAY - day
    before = start_hub()
    before.issue()
    what = (clock().isoformat(), "rating_given", 1, b"{}")
    row = (HALL, day.isoformat(), 3, *what, link(before.hub.journal.chain(HALL, day, 2), *what))
    before.database.execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    clock.to(clock.shows + (TODAY - day))

    with pytest.raises(UnknownEvent) as refused:
        start_hub()

    assert "'rating_given'" in str(refused.value)
    assert f"{day}, seq 3" in str(refused.value)
    assert f"{day}, số 3" in str(refused.value)
