"""Files that are cut, written over or shut under an open hub: seen before the next ticket or at the next
look, and never forgotten again."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store.database import DataGone, StoreUnavailable
from store.sqlite.files import FILE
from tests.store.builders import OpenJournal, issued, keep, opened


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[OpenJournal]:
    with opened(tmp_path) as journal:
        keep(journal, [issued(ordinal) for ordinal in range(1, 200)])
        journal.database.look()
        yield journal


def empty_the_database(folder: Path) -> None:
    os.truncate(folder / FILE, 0)


def cut_the_database(folder: Path) -> None:
    os.truncate(folder / FILE, 8192)


def empty_the_log(folder: Path) -> None:
    os.truncate(folder / f"{FILE}-wal", 0)


def cut_the_log(folder: Path) -> None:
    log = folder / f"{FILE}-wal"
    os.truncate(log, log.stat().st_size // 2)


@pytest.mark.parametrize("cut", [empty_the_database, cut_the_database, empty_the_log, cut_the_log])
def test_no_ticket_is_acknowledged_into_a_file_that_was_cut(
    journal: OpenJournal, tmp_path: Path, cut: Callable[[Path], None]
) -> None:
    with journal.database.write():
        pass  # the sizes are known as of the last commit

    cut(tmp_path)

    for _ in range(3):
        with pytest.raises(StoreUnavailable), journal.database.write():
            pass
        with pytest.raises(DataGone, match="was deleted, replaced or cut"):
            journal.database.look()


def test_what_was_cut_stays_lost_though_it_grows_again(journal: OpenJournal, tmp_path: Path) -> None:
    size = (tmp_path / FILE).stat().st_size
    os.truncate(tmp_path / FILE, 0)
    with pytest.raises(DataGone):
        journal.database.look()

    os.truncate(tmp_path / FILE, size)

    with pytest.raises(DataGone):
        journal.database.look()
    with pytest.raises(DataGone), journal.database.write():
        pass


def test_an_older_copy_written_over_the_database_is_seen(journal: OpenJournal, tmp_path: Path) -> None:
    """As `cp` does it: the file stays the same one, and need not be shorter."""
    journal.database.rows("PRAGMA wal_checkpoint")
    shutil.copy(tmp_path / FILE, tmp_path / "an hour ago")
    keep(journal, [issued(ordinal) for ordinal in range(200, 600)])
    journal.database.rows("PRAGMA wal_checkpoint")
    journal.database.look()

    old, size = (tmp_path / "an hour ago").read_bytes(), (tmp_path / FILE).stat().st_size
    with (tmp_path / FILE).open("r+b") as data:
        data.write(old.ljust(size, b"\0"))

    for _ in range(2):
        with pytest.raises(DataGone):
            journal.database.look()
    with pytest.raises(DataGone), journal.database.write():
        pass


def test_a_day_s_work_is_not_taken_for_a_loss(journal: OpenJournal) -> None:
    for ordinal in range(200, 260):
        keep(journal, [issued(ordinal)])
        if not ordinal % 10:
            journal.database.rows("PRAGMA wal_checkpoint")
            journal.database.look()


def test_a_folder_that_nobody_may_look_into_is_another_trouble(
    journal: OpenJournal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def may_not(name: str, *_mode: int) -> os.stat_result:
        raise PermissionError(13, "Permission denied", name)

    with monkeypatch.context() as shut:
        shut.setattr("store.sqlite.held.os.stat", may_not)
        shut.setattr("store.sqlite.held.os.access", lambda name, mode: False)
        for act in (journal.database.look, journal.database.write().__enter__):
            with pytest.raises(StoreUnavailable, match="Permission denied") as refused:
                act()
            assert not isinstance(refused.value, DataGone)

    keep(journal, [issued(200)])
