"""Restores, and starts after one, on a PC whose clock is wrong: no number a second time, no slip that opens
another's ticket, and no gap that nobody needs."""

import shutil
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from hub.gap import end_lost
from store.engine import backup, new_hall, open_store, restore
from store.journal import Journal
from store.print_jobs import PrintJobs
from store.second_place import FOLDER, SecondPlace
from store.sqlite.files import FILE
from tests.hub.conftest import Start
from tests.hub.opened import SECRET, Clock, Working, put_back
from tests.rules.builders import MORNING

AT_NIGHT = MORNING - timedelta(hours=10)
BEFORE_NTP = timedelta(days=4000)  # a PC without a battery
KEPT = "kept.tar"
Given = Mapping[str, str]  # by ticket its token


def ten_a_backup_and_five(hub: Working, folder: Path) -> Given:
    tickets = [hub.issue() for _ in range(10)]
    backup(folder, folder / KEPT)
    tickets += [hub.issue() for _ in range(5)]
    tokens = {ticket: hub.hub.token(ticket) for ticket in tickets}
    hub.database.close()
    return tokens


def nobody_gets_what_somebody_has(hub: Working, given: Given) -> None:
    assert not {hub.issue() for _ in range(8)} & given.keys()
    for ticket, token in given.items():
        found = hub.hub.by_token(token)
        assert found is None or found[1].id == ticket


@pytest.mark.parametrize("new_pc", [False, True])
@pytest.mark.parametrize("off", [-BEFORE_NTP, timedelta(hours=-9), BEFORE_NTP])
def test_the_clock_was_wrong_at_the_restore(
    start_hub: Start, tmp_path: Path, clock: Clock, off: timedelta, new_pc: bool
) -> None:
    given = ten_a_backup_and_five(start_hub(), tmp_path)
    if new_pc:
        shutil.rmtree(tmp_path / FOLDER)
    restore(tmp_path / KEPT, tmp_path, now=clock() + off)

    nobody_gets_what_somebody_has(start_hub(), given)
    assert start_hub().issue() == "261124-A109", "a restart skips nothing more"
    for day in (25, 26):
        clock.forward(days=1)
        assert start_hub().issue() == f"2611{day}-A001"


@pytest.mark.parametrize("new_pc", [False, True])
def test_the_clock_is_wrong_at_the_start_and_put_right_later(
    start_hub: Start, tmp_path: Path, clock: Clock, new_pc: bool
) -> None:
    given = ten_a_backup_and_five(start_hub(), tmp_path)
    if new_pc:
        shutil.rmtree(tmp_path / FOLDER)
    clock.reboot()
    clock.jump(days=-BEFORE_NTP.days)
    restore(tmp_path / KEPT, tmp_path, now=clock())
    hub = start_hub()

    nobody_gets_what_somebody_has(hub, given)
    clock.jump(days=BEFORE_NTP.days)
    nobody_gets_what_somebody_has(hub, given)
    nobody_gets_what_somebody_has(start_hub(), given)


def test_the_log_is_gone_and_the_clock_is_wrong(start_hub: Start, tmp_path: Path, clock: Clock) -> None:
    given = ten_a_backup_and_five(start_hub(), tmp_path)
    put_back(tmp_path / KEPT, tmp_path)
    clock.reboot()
    clock.jump(days=-BEFORE_NTP.days)
    hub = start_hub()

    nobody_gets_what_somebody_has(hub, given)
    clock.jump(days=BEFORE_NTP.days)
    nobody_gets_what_somebody_has(hub, given)


@pytest.mark.parametrize("put_there", [put_back, lambda kept, folder: restore(kept, folder, now=AT_NIGHT)])
def test_killed_before_the_first_touch_after_it(
    start_hub: Start, tmp_path: Path, clock: Clock, put_there: Callable[[Path, Path], object]
) -> None:
    """The clock that is put is an event of its own, before anybody touches."""
    given = ten_a_backup_and_five(start_hub(), tmp_path)
    put_there(tmp_path / KEPT, tmp_path)
    clock.reboot()
    clock.jump(days=-BEFORE_NTP.days)
    start_hub().hub.roll()
    clock.jump(days=BEFORE_NTP.days)
    clock.reboot()

    nobody_gets_what_somebody_has(start_hub(), given)


def test_a_backup_of_yesterday_and_this_morning_s_numbers(
    start_hub: Start, tmp_path: Path, clock: Clock
) -> None:
    hub = start_hub()
    hub.issue()
    backup(tmp_path, tmp_path / KEPT)
    clock.forward(days=1)
    given = {ticket: hub.hub.token(ticket) for ticket in [hub.issue() for _ in range(60)]}
    hub.database.close()
    clock.reboot()
    clock.jump(days=-BEFORE_NTP.days)
    restore(tmp_path / KEPT, tmp_path, now=clock())
    hub = start_hub()
    hub.issue()

    clock.jump(days=BEFORE_NTP.days)
    hub.issue()
    clock.forward(minutes=5)

    assert hub.issue().startswith("261125-")
    nobody_gets_what_somebody_has(hub, given)


def test_a_backup_of_a_day_that_is_still_to_come(start_hub: Start, tmp_path: Path, clock: Clock) -> None:
    """The clock was 65 days ahead when it was made, and is right now."""
    clock.jump(days=65)
    given = ten_a_backup_and_five(start_hub(), tmp_path)
    clock.reboot()
    clock.jump(days=-65)
    restore(tmp_path / KEPT, tmp_path, now=clock())
    hub = start_hub()

    nobody_gets_what_somebody_has(hub, given)
    clock.forward(minutes=5)
    assert hub.issue().startswith("261124-")
    nobody_gets_what_somebody_has(hub, given)


def test_a_second_restore_by_a_clock_that_was_put_back(
    start_hub: Start, tmp_path: Path, clock: Clock
) -> None:
    """The newest era is that of the last restore, not that of the latest time."""
    ten_a_backup_and_five(start_hub(), tmp_path)
    restore(tmp_path / KEPT, tmp_path, now=clock())
    given = ten_a_backup_and_five(start_hub(), tmp_path)

    restore(tmp_path / KEPT, tmp_path, now=clock() - timedelta(hours=1))

    nobody_gets_what_somebody_has(start_hub(), given)


def test_a_new_hall_of_a_folder_that_kept_its_secret_alone(
    start_hub: Start, tmp_path: Path, clock: Clock
) -> None:
    given = ten_a_backup_and_five(start_hub(), tmp_path)
    shutil.rmtree(tmp_path / FOLDER)
    for each in tmp_path.glob(f"{FILE}*"):
        each.unlink()
    (tmp_path / "secret").write_bytes(SECRET)

    new_hall(tmp_path, now=clock())

    nobody_gets_what_somebody_has(start_hub(), given)


def test_a_new_hall_where_there_was_none_begins_with_one(
    start_hub: Start, tmp_path: Path, clock: Clock
) -> None:
    new_hall(tmp_path, now=clock())

    assert start_hub().issue() == "261124-A001"


def test_a_slip_that_was_queued_at_the_backup_is_not_printed_a_second_time(
    start_hub: Start, tmp_path: Path, clock: Clock
) -> None:
    hub = start_hub()
    hub.issue(slip=True)
    backup(tmp_path, tmp_path / KEPT)
    hub.database.close()

    restore(tmp_path / KEPT, tmp_path, now=clock())

    after = start_hub()
    jobs = PrintJobs(after.database)
    assert jobs.queued("front") == []
    [doubtful] = jobs.reset_after_crash(clock())
    assert jobs.get(doubtful).state == "uncertain"  # type: ignore[union-attr]


def test_an_end_that_is_lost_is_told_also_after_a_restore_by_a_clock_years_ahead(
    start_hub: Start, tmp_path: Path, clock: Clock
) -> None:
    ten_a_backup_and_five(start_hub(), tmp_path)
    restore(tmp_path / KEPT, tmp_path, now=clock() + BEFORE_NTP)
    database = open_store(tmp_path, lock=False)
    assert list(end_lost(Journal(database), SecondPlace(tmp_path))) == [], "it was just restored"
    database.close()
    ten_a_backup_and_five(start_hub(), tmp_path)
    put_back(tmp_path / KEPT, tmp_path)

    database = open_store(tmp_path, lock=False)
    told = list(end_lost(Journal(database), SecondPlace(tmp_path)))
    database.close()

    assert len(told) == 1
    start_hub()
