"""When the disk is full or read-only nothing is half done, and it goes on by itself afterwards."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from unittest.mock import patch

import pytest

from hall import calling
from hall.reasons import Reason
from store.database import DamagedData, Database, StoreUnavailable
from store.print_jobs import PrintJobs
from tests.hub.conftest import Start
from tests.hub.opened import HALL, Clock, Working


@contextmanager
def a_full_disk(database: Database) -> Iterator[None]:
    """Not a page more than the file has."""
    pages = database.value("PRAGMA page_count")
    database.execute(f"PRAGMA max_page_count = {pages}")
    yield
    database.execute("PRAGMA max_page_count = 1000000")


@contextmanager
def a_read_only_disk(database: Database) -> Iterator[None]:
    database.execute("PRAGMA query_only = ON")
    yield
    database.execute("PRAGMA query_only = OFF")


@contextmanager
def a_commit_that_fails(database: Database) -> Iterator[None]:
    with patch.object(database, "_commit", side_effect=StoreUnavailable("the disk is gone")):
        yield


TROUBLES = [a_full_disk, a_read_only_disk, a_commit_that_fails]


def until_it_cannot(hub: Working) -> None:
    """Full pages have room for a few more rows."""
    for _ in range(1000):
        hub.issue(slip=True)
    raise AssertionError("the disk never was full")


def call_and_send_back(hub: Working, ticket: str) -> None:
    for _ in range(1000):
        hub.next("1")
        hub.act(calling.hold, "1", ticket, Reason("papers"), None)
        hub.act(calling.resume, "1", ticket)
        hub.act(calling.transfer, "1", ticket, queue="A")
    raise AssertionError("the disk never was full")


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_touch_that_cannot_be_kept_changes_nothing_and_works_again_later(
    hub: Working, trouble: Callable[[Database], Iterator[None]]
) -> None:
    hub.issue(key="touch-0", slip=True)

    with trouble(hub.database):  # type: ignore[attr-defined]
        with pytest.raises(StoreUnavailable):
            until_it_cannot(hub)
        before, told, jobs = hub.hall, len(hub.told), len(hub.hub.jobs.queued("front"))
        with pytest.raises(StoreUnavailable):
            hub.issue("A01", key="touch-1" * 500, slip=True)
        assert hub.hall is before
        assert (len(hub.told), len(hub.to_print)) == (told, jobs)
        assert len(hub.hub.jobs.queued("front")) == jobs
        assert len(hub.journal()) == before.version

    last = len(before.tickets)
    assert hub.issue(key="touch-1", slip=True) == f"261124-A{last + 1:03d}"


@pytest.mark.parametrize("trouble", TROUBLES)
def test_what_was_kept_is_answered_again_though_nothing_can_be_kept_now(
    hub: Working, trouble: Callable[[Database], AbstractContextManager[None]]
) -> None:
    ticket = hub.issue(key="touch-1")

    with trouble(hub.database):
        assert hub.issue(key="touch-1") == ticket


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_call_that_cannot_be_kept_was_not_made(
    hub: Working, trouble: Callable[[Database], Iterator[None]]
) -> None:
    hub.open("1")
    ticket = hub.issue()

    with trouble(hub.database):  # type: ignore[attr-defined]
        with pytest.raises(StoreUnavailable):
            call_and_send_back(hub, ticket)
        stands = hub.hall

    assert hub.hall is stands
    assert hub.ticket("A001").state in ("waiting", "called", "held", "serving")


def test_the_slip_and_the_ticket_are_kept_together_or_not_at_all(hub: Working) -> None:
    class NoRoomForJobs(PrintJobs):
        def queue(
            self, hall: str, day: date, ticket: str, printer: str, slip: str, *, reprint: bool, now: datetime
        ) -> int:
            super().queue(hall, day, ticket, printer, slip, reprint=reprint, now=now)
            raise StoreUnavailable("full after the job")

    whole, hub.hub.jobs = hub.hub.jobs, NoRoomForJobs(hub.database)

    with pytest.raises(StoreUnavailable):
        hub.issue(key="touch-1", slip=True)

    hub.hub.jobs = whole
    assert (hub.journal(), hub.hub.jobs.queued("front"), hub.numbers()) == ([], [], [])
    assert hub.hub.journal.answer(HALL, "device:1", "touch-1") is None
    assert hub.issue(key="touch-1", slip=True) == "261124-A001"
    assert [job.ticket for job in hub.hub.jobs.queued("front")] == ["261124-A001"]


def test_a_midnight_that_cannot_be_kept_comes_again(start_hub: Start, clock: Clock) -> None:
    hub = start_hub()
    hub.issue()
    clock.set(16 * 60 + 1)

    with a_read_only_disk(hub.database), pytest.raises(StoreUnavailable):
        hub.hub.roll()
    assert (hub.hall.day.day, hub.ticket("A001").state) == (24, "waiting")
    with a_commit_that_fails(hub.database), pytest.raises(StoreUnavailable):
        hub.hub.roll()
    assert (hub.hall.day.day, hub.ticket("A001").state) == (24, "waiting")

    assert hub.hub.roll()
    assert hub.hall.day.day == 25


def test_the_probe_says_whether_a_ticket_could_be_kept(hub: Working) -> None:
    hub.hub.probe()

    with a_read_only_disk(hub.database), pytest.raises(StoreUnavailable):
        hub.hub.probe()
    hub.hub.probe()


def test_where_damage_stops_the_tickets_the_health_is_not_good_until_one_is_kept(hub: Working) -> None:
    """It need not lie where the probe writes."""
    hub.issue()
    hub.database.execute("ALTER TABLE answers RENAME TO lost")

    with pytest.raises(DamagedData, match="no such table"):
        hub.issue(key="touch")
    with pytest.raises(DamagedData):
        hub.hub.probe()

    hub.database.execute("ALTER TABLE lost RENAME TO answers")
    assert hub.issue(key="touch") == "261124-A002"
    hub.hub.probe()
