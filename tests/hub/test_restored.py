"""A hub on restored data: no number a second time, no slip that opens another's ticket; both explained."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from hall import issuing
from hall.actors import citizen
from hall.events import NumbersSkipped
from hub.gap import end_lost
from hub.tokens import hashed
from store.engine import backup, open_store, restore
from store.journal import Journal
from store.second_place import FOLDER, SecondPlace
from tests.hub.conftest import Start
from tests.hub.opened import HALL, TODAY, Clock, events_of, put_back
from tests.rules.builders import a_setup, code_of


@pytest.fixture
def before(start_hub: Start, tmp_path: Path, clock: Clock) -> dict[str, str]:
    """Ten numbers, a backup, five more; then the backup is put back. By each ticket its token."""
    hub = start_hub()
    tickets = [hub.issue() for _ in range(10)]
    backup(tmp_path, tmp_path / "backup.tar")
    tickets += [hub.issue() for _ in range(5)]
    tokens = {ticket: hub.hub.token(ticket) for ticket in tickets}
    hub.hub._second.sync()  # type: ignore[union-attr]
    hub.database.close()
    clock.forward(minutes=10)
    restore(tmp_path / "backup.tar", tmp_path, now=clock())
    return tokens


def test_a_restored_hub_gives_no_number_a_second_time(before: dict[str, str], start_hub: Start) -> None:
    hub = start_hub()

    assert [hub.issue(), hub.issue("B01"), hub.issue()] == ["261124-A101", "261124-B101", "261124-A102"]


def test_the_gap_in_the_numbers_is_explained_by_an_event(before: dict[str, str], start_hub: Start) -> None:
    hub = start_hub()
    hub.issue()
    hub.issue()

    [skipped] = events_of(NumbersSkipped, hub.journal())

    assert isinstance(skipped, NumbersSkipped)
    assert (skipped.last, skipped.because) == ({"A": 100, "B": 100}, "restored")


def test_a_restart_after_the_restore_skips_nothing_more(before: dict[str, str], start_hub: Start) -> None:
    start_hub().issue()

    assert start_hub().issue() == "261124-A102"


def test_the_day_after_a_restore_begins_with_one(
    before: dict[str, str], start_hub: Start, clock: Clock
) -> None:
    hub = start_hub()
    hub.issue()
    clock.forward(days=1)
    assert hub.issue() == "261125-A001"

    assert start_hub().issue() == "261125-A002"


def test_a_backup_of_yesterday_restored_at_noon_skips_what_this_morning_gave(
    start_hub: Start, tmp_path: Path, clock: Clock
) -> None:
    hub = start_hub()
    hub.issue()
    backup(tmp_path, tmp_path / "backup.tar")
    clock.forward(days=1)
    tickets = [hub.issue() for _ in range(60)]
    assert tickets[-1] == "261125-A060"
    hub.database.close()
    restore(tmp_path / "backup.tar", tmp_path, now=clock())

    assert start_hub().issue() == "261125-A201"


def test_the_same_backup_twice_gives_no_number_a_second_time(
    before: dict[str, str], start_hub: Start, tmp_path: Path, clock: Clock
) -> None:
    hub = start_hub()
    given, token = hub.issue(), hub.hub.token("261124-A101")
    hub.database.close()
    restore(tmp_path / "backup.tar", tmp_path, now=clock() + timedelta(minutes=1))

    again = start_hub()

    assert (given, again.issue()) == ("261124-A101", "261124-A201")
    assert again.hub.by_token(token) is None


def test_on_another_pc_the_busiest_day_says_how_many_are_skipped(
    start_hub: Start, tmp_path: Path, clock: Clock
) -> None:
    hub = start_hub()
    for _ in range(120):
        hub.issue()
    clock.forward(days=1)
    hub.issue()
    backup(tmp_path, tmp_path / "backup.tar")
    hub.database.close()
    shutil.rmtree(tmp_path / FOLDER)
    restore(tmp_path / "backup.tar", tmp_path, now=clock())

    assert start_hub().issue() == "261125-A201"


def test_a_slip_given_after_the_backup_opens_nothing_and_is_told_why(
    before: dict[str, str], start_hub: Start
) -> None:
    hub = start_hub()
    new = [hub.issue() for _ in range(20)]

    for number in range(11, 16):
        token = before[f"261124-A{number:03d}"]
        assert hub.hub.by_token(token) is None
        assert hub.hub.may_have_lost(token)
    assert not set(before) & set(new)
    assert not hub.hub.may_have_lost("not one of ours")


def test_a_slip_of_the_backup_opens_its_own_ticket_also_when_printed_again(
    before: dict[str, str], start_hub: Start
) -> None:
    hub = start_hub()
    hub.issue()

    for number in range(1, 11):
        ticket = f"261124-A{number:03d}"
        found = hub.hub.by_token(before[ticket])
        assert found is not None
        assert found[1].id == ticket
        assert hub.hub.token(ticket) == before[ticket]


def test_tokens_after_a_restore_are_of_a_new_era(before: dict[str, str], start_hub: Start) -> None:
    """Should a number come twice all the same, on a PC that knows nothing, its token does not."""
    hub = start_hub()

    assert all(
        hub.hub.token(f"261124-A{number:03d}") != before[f"261124-A{number:03d}"] for number in range(11, 16)
    )
    ticket = hub.issue()
    assert hub.hall.tickets[ticket].token_hash == hashed(hub.hub.token(ticket))


def test_skipped_numbers_are_not_counted_in_the_quota_of_a_day(
    start_hub: Start, tmp_path: Path, clock: Clock
) -> None:
    from dataclasses import replace

    plain = a_setup()
    setup = replace(plain, queues=plain.queues | {"A": replace(plain.queues["A"], daily_quota=12)})
    hub = start_hub(setup)
    for _ in range(10):
        hub.issue()
    backup(tmp_path, tmp_path / "backup.tar")
    hub.database.close()
    restore(tmp_path / "backup.tar", tmp_path, now=clock())

    hub = start_hub(setup)

    assert [hub.issue(), hub.issue()] == ["261124-A101", "261124-A102"]
    assert code_of(hub.issue) == "quota_reached"


def test_a_lost_end_of_the_journal_gives_no_number_a_second_time(start_hub: Start, tmp_path: Path) -> None:
    """The -wal is gone: what the hub finds is the data of an hour ago."""
    hub = start_hub()
    hub.issue()
    kept = tmp_path / "an hour ago.tar"
    backup(tmp_path, kept)
    token = hub.hub.token(hub.issue())
    hub.issue()
    hub.database.close()
    put_back(kept, tmp_path)

    [told] = lost_ends(tmp_path)
    assert told.startswith(f"{HALL} {TODAY}: seq 4 was kept once")

    after = start_hub()

    assert after.hub.missing is not None
    assert after.issue() == "261124-A101"
    [skipped] = events_of(NumbersSkipped, after.journal())
    assert isinstance(skipped, NumbersSkipped)
    assert skipped.because == "lost"
    assert after.hub.by_token(token) is None
    assert after.hub.may_have_lost(token)
    assert start_hub().issue() == "261124-A102", "and that was told once"


def lost_ends(directory: Path) -> list[str]:
    database = open_store(directory, lock=False)
    try:
        return list(end_lost(Journal(database), SecondPlace(directory)))
    finally:
        database.close()


def test_a_backup_just_restored_has_lost_no_end(
    before: dict[str, str], start_hub: Start, tmp_path: Path
) -> None:
    assert lost_ends(tmp_path) == []
    start_hub()


def test_a_whole_day_that_is_gone_gives_no_number_a_second_time(
    start_hub: Start, tmp_path: Path, clock: Clock
) -> None:
    hub = start_hub()
    hub.issue()
    backup(tmp_path, tmp_path / "yesterday.tar")
    clock.forward(days=1)
    hub.issue()
    hub.database.close()
    put_back(tmp_path / "yesterday.tar", tmp_path)

    assert start_hub().issue() == "261125-A101"


def test_a_kill_between_the_ticket_and_its_mark_loses_nothing(start_hub: Start, tmp_path: Path) -> None:
    hub = start_hub()
    hub.issue()
    whole = {file.name: file.read_bytes() for file in (tmp_path / FOLDER).iterdir()}
    hub.issue()
    hub.database.close()
    for name, said in whole.items():
        (tmp_path / FOLDER / name).write_bytes(said)

    assert start_hub().issue() == "261124-A003"


@pytest.mark.parametrize("slot", [0, 1])
def test_a_torn_mark_leaves_the_one_before(start_hub: Start, tmp_path: Path, slot: int) -> None:
    hub = start_hub()
    for _ in range(3):
        hub.issue()
    file = tmp_path / FOLDER / f"{HALL}.mark"
    said = bytearray(file.read_bytes())
    half = len(said) // 2 if slot else 0
    said[half + 20] ^= 1
    file.write_bytes(said)

    mark = SecondPlace(tmp_path).read(HALL)

    assert mark is not None
    assert mark.day == TODAY
    assert mark.issued["A"] in (2, 3)
    hub.database.close()
    assert start_hub().issue() == "261124-A004"


def test_the_citizen_of_a_lost_number_cancels_nobodys(before: dict[str, str], start_hub: Start) -> None:
    hub = start_hub()
    for _ in range(20):
        hub.issue()
    waiting = [each.id for each in hub.hall.tickets.values() if each.state == "waiting"]

    for ticket, token in before.items():
        found = hub.hub.by_token(token)
        if found is not None:
            hub.ask(issuing.cancel_own, found[1].id, by=citizen(found[1].id))
            assert found[1].id == ticket

    left = [each.id for each in hub.hall.tickets.values() if each.state == "waiting"]
    assert left == [each for each in waiting if each not in before]


@pytest.mark.parametrize("days", [-19000, 1], ids=["1974", "tomorrow"])
@pytest.mark.parametrize("same_pc", [True, False], ids=["this PC", "another PC"])
def test_a_backup_restored_while_the_clock_was_wrong_gives_no_number_a_second_time(
    start_hub: Start, tmp_path: Path, clock: Clock, days: int, *, same_pc: bool
) -> None:
    hub = start_hub()
    hub.issue()
    backup(tmp_path, tmp_path / "backup.tar")
    hub.issue()
    hub.database.close()
    if not same_pc:
        shutil.rmtree(tmp_path / FOLDER)
    clock.jump(days=days)
    clock.reboot()
    restore(tmp_path / "backup.tar", tmp_path, now=clock())

    hub = start_hub()
    hub.hub.roll()
    clock.jump(days=-days)

    assert hub.issue() == "261124-A101"
    assert start_hub().issue() == "261124-A102"
    clock.forward(days=1)
    assert start_hub().issue() == "261125-A001", "the gap is of one day"


def test_a_backup_of_yesterday_restored_in_a_wrong_date_skips_what_this_morning_gave(
    start_hub: Start, tmp_path: Path, clock: Clock
) -> None:
    # given another PC without a battery, on which the backup of last night is put back at noon
    hub = start_hub()
    hub.issue()
    clock.forward(days=1)
    hub.hub.roll()
    backup(tmp_path, tmp_path / "backup.tar")
    hub.issue()
    hub.database.close()
    shutil.rmtree(tmp_path / FOLDER)
    clock.reboot()
    clock.jump(days=-19000)
    restore(tmp_path / "backup.tar", tmp_path, now=clock())
    hub = start_hub()
    hub.hub.roll()

    # when its clock is put right
    clock.jump(days=19000)
    hub.hub.roll()
    clock.forward(seconds=181)

    assert hub.issue() == "261125-A101"


def test_a_lost_end_is_found_though_the_pc_came_up_in_a_wrong_date(
    start_hub: Start, tmp_path: Path, clock: Clock
) -> None:
    hub = start_hub()
    hub.issue()
    backup(tmp_path, tmp_path / "an hour ago.tar")
    hub.issue()
    hub.database.close()
    put_back(tmp_path / "an hour ago.tar", tmp_path)
    clock.reboot()
    clock.jump(days=-19000)

    assert start_hub().issue() == "261124-A101"


def test_the_newest_era_is_the_newest_though_the_clock_was_put_back(
    start_hub: Start, tmp_path: Path, clock: Clock
) -> None:
    for back in (0, 400):
        hub = start_hub()
        hub.issue()
        backup(tmp_path, tmp_path / "backup.tar")
        token = hub.hub.token(hub.issue())
        hub.database.close()
        restore(tmp_path / "backup.tar", tmp_path, now=clock() - timedelta(days=back))

    hub = start_hub()

    assert hub.issue() == "261124-A201"
    assert hub.hub.by_token(token) is None


def test_a_second_place_that_cannot_be_read_is_told_and_written_anew(
    start_hub: Start, tmp_path: Path
) -> None:
    hub = start_hub()
    hub.issue()
    hub.database.close()
    file = tmp_path / FOLDER / f"{HALL}.mark"
    assert lost_ends(tmp_path) == []
    file.write_bytes(bytes(len(file.read_bytes())))

    [told] = lost_ends(tmp_path)
    assert "the second place cannot be read" in told

    start_hub().issue()
    assert lost_ends(tmp_path) == []
