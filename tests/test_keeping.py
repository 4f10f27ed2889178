"""`backup` and `restore` at the command line: no slip of the hand costs the data; what was done is said."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import commands
import config
from store.database import DataGone, NotABackup
from store.secret import read_secret
from store.sqlite.files import FILE
from tests.configs import changed
from tests.store.builders import HALL, MORNING, TODAY, issued, keep, opened

OURS = "thach-ha"


@pytest.fixture
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> config.Config:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.delenv("MOTCUA_STORE_DIR", raising=False)
    return config.read(changed(tmp_path), {})


def do(hall: config.Config, *typed: str) -> int:
    asked = commands.parser().parse_args(typed)
    return commands.do(asked, hall, MORNING, lambda role, of, token: None)


def a_number(folder: Path) -> None:
    with opened(folder) as journal:
        read_secret(folder)
        keep(journal, [issued(1)])


@pytest.mark.parametrize("name", [FILE, f"{FILE}-wal", "secret", "hub.lock", "second/thach-ha.mark"])
def test_no_backup_takes_the_place_of_the_data(hall: config.Config, name: str) -> None:
    here = hall.settings.store_dir
    a_number(here)
    (here / name).parent.mkdir(exist_ok=True)
    (here / name).touch()

    with pytest.raises(commands.WrongUsage, match="lies with the data"):
        do(hall, "backup", str(here / name))

    with opened(here) as journal:
        assert journal.read(HALL, TODAY) == [issued(1)]


def test_yesterday_s_backup_is_replaced_also_among_the_data_and_also_a_torn_one_elsewhere(
    hall: config.Config, tmp_path: Path
) -> None:
    here, torn = hall.settings.store_dir, tmp_path / "monday.tar"
    a_number(here)
    for _ in range(2):
        assert do(hall, "backup", str(here / "monday.tar")) == 0
    shutil.copy(here / "monday.tar", torn)
    os.truncate(torn, 100)

    assert do(hall, "backup", str(torn)) == 0
    assert do(hall, "restore", str(torn)) == 0


def test_where_there_is_nothing_to_keep_yet_that_is_said(hall: config.Config, tmp_path: Path) -> None:
    with pytest.raises(commands.Failed, match="no data yet"):
        do(hall, "backup", str(tmp_path / "monday.tar"))
    hall.settings.store_dir.mkdir()
    read_secret(hall.settings.store_dir)

    with pytest.raises(DataGone):
        do(hall, "backup", str(tmp_path / "monday.tar"))
    assert not (tmp_path / "monday.tar").exists()


def test_to_verify_where_there_is_nothing_yet_makes_nothing(hall: config.Config) -> None:
    with pytest.raises(commands.Failed, match="no data yet"):
        do(hall, "verify")
    assert not hall.settings.store_dir.exists()


@pytest.mark.parametrize("what", ["no database", "of another program"])
def test_a_file_that_holds_no_hall_is_no_backup_and_the_data_is_not_called_damaged(
    hall: config.Config, tmp_path: Path, what: str
) -> None:
    a_number(hall.settings.store_dir)
    file = tmp_path / "what.sqlite"
    if what == "no database":
        file.write_bytes(b"SQLite format 3\0" + bytes(500))
    else:
        with closing(sqlite3.connect(file)) as other:
            other.execute("CREATE TABLE notes (text TEXT)")

    with pytest.raises(NotABackup, match="not touched"):
        do(hall, "restore", str(file))

    with opened(hall.settings.store_dir) as journal:
        assert journal.read(HALL, TODAY) == [issued(1)]


def test_the_backup_of_another_hall_is_told(
    hall: config.Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_number(hall.settings.store_dir)
    do(hall, "backup", str(tmp_path / "monday.tar"))
    do(hall, "restore", str(tmp_path / "monday.tar"))
    assert capsys.readouterr().err == ""
    elsewhere = config.read(changed(tmp_path, (f'id = "{OURS}"', 'id = "huong-khe"')), {})

    do(elsewhere, "restore", str(tmp_path / "monday.tar"))

    told = capsys.readouterr().err
    assert told.startswith(f"note: the backup is of the hall {OURS}, the configuration of huong-khe")
