"""Data of an older program becomes today's, whole or not at all; that of a newer one is refused."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from store.database import AnotherHub, DamagedData, NewerData
from store.engine import open_store
from store.sqlite import migrations
from store.sqlite.files import FILE
from tests.store.builders import HALL, TODAY, issued, keep, opened, refused_as_damaged, tomorrow, with_tickets


def test_data_of_a_newer_program_is_refused_with_both_versions(tmp_path: Path) -> None:
    with opened(tmp_path) as journal:
        journal.database.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)",
            ("motcua", "0100_province", "2030-01-01"),
        )

    with pytest.raises(NewerData) as refused:
        open_store(tmp_path, lock=True)

    assert "0100_province" in str(refused.value)
    assert migrations.known()[-1] in str(refused.value)


def test_older_data_is_migrated_after_a_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(tmp_path) as journal:
        keep(journal, [issued(1)])
    monkeypatch.setattr(migrations, "migrations", tomorrow(fails=False))

    with opened(tmp_path) as journal:
        assert journal.read(HALL, TODAY) == [issued(1)]
        assert journal.database.value("SELECT count(*) FROM ratings") == 0

    with closing(sqlite3.connect(tmp_path / f"{FILE}.before-0098_ratings")) as old:
        assert old.execute("SELECT count(*) FROM journal").fetchone() == (1,)
        assert not old.execute("SELECT name FROM sqlite_master WHERE name = 'ratings'").fetchall()


def test_a_failed_migration_leaves_the_data_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path) as journal:
        keep(journal, [issued(1)])
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "migrations", tomorrow(fails=True))
        with pytest.raises(DamagedData, match="already exists"):
            open_store(tmp_path, lock=True)

    with opened(tmp_path) as journal:
        assert journal.read(HALL, TODAY) == [issued(1)]
        names = journal.database.rows("SELECT name FROM sqlite_master WHERE name IN ('ratings', 'more')")
        assert names == []


def test_damaged_data_is_not_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = with_tickets(tmp_path)
    with file.open("r+b") as data:
        data.seek(-12_288, os.SEEK_END)
        data.write(os.urandom(12_288))
    before = file.read_bytes()
    monkeypatch.setattr(migrations, "migrations", tomorrow(fails=False))

    refused_as_damaged(tmp_path)

    assert file.read_bytes() == before
    assert not list(tmp_path.glob(f"{FILE}.before-*.sqlite"))


def test_a_command_line_does_not_migrate_under_a_running_hub(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path):
        monkeypatch.setattr(migrations, "migrations", tomorrow(fails=False))

        with pytest.raises(AnotherHub):
            open_store(tmp_path, lock=False)
