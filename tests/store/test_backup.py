"""A backup is whole, a restore is all or nothing."""

import os
import shutil
import sqlite3
import tarfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event as Flag
from threading import Thread

import pytest
from sqlite_utils import Migrations

from store import codec, secret
from store.accounts import Accounts
from store.database import AnotherHub, DamagedData, NewerData, NotABackup
from store.engine import backup, open_store, restore
from store.log_ins import Tries
from store.sqlite import migrations
from store.sqlite.files import FILE, RESTORING
from tests.store.builders import HALL, MORNING, TODAY, issued, keep, opened, tomorrow


def a_backup(tmp_path: Path) -> Path:
    """Of a hall with one ticket; the hall then gave out a second one."""
    file = tmp_path / "backup.tar"
    with opened(tmp_path / "data") as journal:
        keep(journal, [issued(1)])
        backup(tmp_path / "data", file)
        keep(journal, [issued(2)])
    return file


def test_a_restored_hall_is_as_it_was_at_the_backup(tmp_path: Path) -> None:
    file = a_backup(tmp_path)
    before = secret.read_secret(tmp_path / "data")

    restore(file, tmp_path / "new", now=MORNING)

    with opened(tmp_path / "new") as journal:
        assert journal.read(HALL, TODAY) == [issued(1)]
    assert secret.read_secret(tmp_path / "new") == before, "or the slips of the day lead nowhere"


def test_the_replaced_data_is_kept_aside(tmp_path: Path) -> None:
    file = a_backup(tmp_path)

    aside = restore(file, tmp_path / "data", now=MORNING)

    with opened(tmp_path / "data") as journal, opened(aside) as old:
        assert journal.read(HALL, TODAY) == [issued(1)]
        assert old.read(HALL, TODAY) == [issued(1), issued(2)]


def test_damaged_data_is_restored_as_well(tmp_path: Path) -> None:
    file = a_backup(tmp_path)
    (tmp_path / "data" / FILE).write_bytes(b"torn")
    (tmp_path / "data" / f"{FILE}-wal").write_bytes(b"torn too")

    restore(file, tmp_path / "data", now=MORNING)

    with opened(tmp_path / "data") as journal:
        assert journal.read(HALL, TODAY) == [issued(1)]


def test_the_log_a_killed_hub_left_does_not_get_into_the_restored_data(tmp_path: Path) -> None:
    left = tmp_path / "left"
    left.mkdir()
    with opened(tmp_path / "data") as journal:
        keep(journal, [issued(1)])
        backup(tmp_path / "data", tmp_path / "backup.tar")
        keep(journal, [issued(2)])
        for name in (FILE, f"{FILE}-wal"):
            shutil.copy(tmp_path / "data" / name, left / name)

    aside = restore(tmp_path / "backup.tar", left, now=MORNING)

    with opened(left) as journal, opened(aside) as old:
        assert journal.read(HALL, TODAY) == [issued(1)]
        assert old.read(HALL, TODAY) == [issued(1), issued(2)]


def test_a_backup_beside_a_busy_hub_holds_whole_transactions(tmp_path: Path) -> None:
    stop = Flag()
    with opened(tmp_path / "data") as journal:

        def issue_on_and_on() -> None:
            ordinal = 0
            while not stop.is_set():
                events = [issued(ordinal + each) for each in (1, 2, 3)]
                journal.append(HALL, TODAY, ordinal, events)
                ordinal += 3

        busy = Thread(target=issue_on_and_on)
        busy.start()
        try:
            for each in range(3):
                backup(tmp_path / "data", tmp_path / f"{each}.tar")
        finally:
            stop.set()
            busy.join()

    for each in range(3):
        restore(tmp_path / f"{each}.tar", tmp_path / str(each), now=MORNING)
        with opened(tmp_path / str(each)) as journal:
            events = journal.read(HALL, TODAY)
            assert events == [issued(ordinal) for ordinal in range(1, len(events) + 1)]
            assert len(events) % 3 == 0


def test_only_the_user_may_read_a_backup(tmp_path: Path) -> None:
    file = a_backup(tmp_path)

    assert file.stat().st_mode & 0o777 == 0o600
    assert sorted(each.name for each in tmp_path.iterdir()) == ["backup.tar", "data"], "nothing lies about"


def test_nothing_is_restored_under_a_running_hub(tmp_path: Path) -> None:
    file = a_backup(tmp_path)

    with opened(tmp_path / "data") as journal:
        with pytest.raises(AnotherHub):
            restore(file, tmp_path / "data", now=MORNING)

        assert journal.read(HALL, TODAY) == [issued(1), issued(2)]


def test_no_backup_is_made_of_damaged_data_and_the_old_one_stays(tmp_path: Path) -> None:
    file = a_backup(tmp_path)
    whole = file.read_bytes()
    with (tmp_path / "data" / FILE).open("r+b") as data:
        data.seek(-4096, os.SEEK_END)
        data.write(os.urandom(4096))

    with pytest.raises(DamagedData):
        backup(tmp_path / "data", file)

    assert file.read_bytes() == whole


def cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def flip_a_byte(file: Path) -> None:
    with tarfile.open(file) as tar:
        at = tar.getmember(FILE).offset_data + 8192
    with file.open("r+b") as data:
        data.seek(at)
        byte = data.read(1)
        data.seek(at)
        data.write(bytes([byte[0] ^ 1]))


def write_text(file: Path) -> None:
    file.write_text("Xin cảm ơn")


def leave_out_the_secret(file: Path) -> None:
    room = file.parent / "room"
    with tarfile.open(file) as tar:
        tar.extractall(room, filter="data")
    with tarfile.open(file, "w") as tar:
        tar.add(room / FILE, FILE)


@pytest.mark.parametrize("spoil", [cut, flip_a_byte, write_text, leave_out_the_secret, Path.unlink])
def test_a_spoilt_backup_is_refused_and_the_data_stays(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    file = a_backup(tmp_path)
    spoil(file)

    with pytest.raises(NotABackup, match="not touched"):
        restore(file, tmp_path / "data", now=MORNING)

    with opened(tmp_path / "data") as journal:
        assert journal.read(HALL, TODAY) == [issued(1), issued(2)]


def test_a_backup_of_a_newer_program_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as later:
        later.setattr(migrations, "migrations", tomorrow(fails=False))
        file = a_backup(tmp_path)

    with pytest.raises(NewerData, match="0099_more"):
        restore(file, tmp_path / "new", now=MORNING)

    assert not (tmp_path / "new" / FILE).exists()


def test_an_interrupted_restore_is_never_served_and_can_be_run_again(tmp_path: Path) -> None:
    file = a_backup(tmp_path)
    (tmp_path / "data" / RESTORING).touch()
    (tmp_path / "data" / FILE).unlink()  # the power went between the two moves

    with pytest.raises(DamagedData, match="interrupted"):
        open_store(tmp_path / "data", lock=True)
    restore(file, tmp_path / "data", now=MORNING)

    with opened(tmp_path / "data") as journal:
        assert journal.read(HALL, TODAY) == [issued(1)]


def test_a_backup_is_one_file_that_any_sqlite_opens(tmp_path: Path) -> None:
    file = a_backup(tmp_path)

    with tarfile.open(file) as tar:
        tar.extract(FILE, tmp_path / "out", filter="data")

    with closing(sqlite3.connect(tmp_path / "out" / FILE)) as conn:
        assert conn.execute("SELECT count(*) FROM journal").fetchone() == (1,)
        assert conn.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_the_secret_is_made_once_and_for_its_user_only(tmp_path: Path) -> None:
    first = secret.read_secret(tmp_path)

    assert len(first) == secret.BYTES
    assert secret.read_secret(tmp_path) == first
    assert [(each.name, each.stat().st_mode & 0o777) for each in tmp_path.iterdir()] == [("secret", 0o600)]


def test_two_first_starts_agree_on_one_secret(tmp_path: Path) -> None:
    secret.write_secret(tmp_path / secret.FILE, bytes(32))

    secret.write_secret(tmp_path / secret.FILE, b"x" * 32)

    assert secret.read_secret(tmp_path) == bytes(32)


def test_a_cut_secret_is_damaged_data(tmp_path: Path) -> None:
    (tmp_path / secret.FILE).write_bytes(b"short")

    with pytest.raises(DamagedData, match="5 bytes instead of 32"):
        secret.read_secret(tmp_path)


def test_a_backup_of_an_earlier_release_is_restored_as_todays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Migrations("motcua")
    first(name="0001_first_hall")(migrations.first_hall)
    with monkeypatch.context() as then:
        then.setattr(migrations, "migrations", first)
        open_store(tmp_path / "data", lock=True).close()
        kind, version, body = codec.encode(issued(1))
        with closing(sqlite3.connect(tmp_path / "data" / FILE)) as data:
            row = (HALL, TODAY.isoformat(), 1, issued(1).at.isoformat(), kind, version, body)
            data.execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            data.commit()
        backup(tmp_path / "data", tmp_path / "backup.tar")

    restore(tmp_path / "backup.tar", tmp_path / "new", now=MORNING)

    with opened(tmp_path / "new") as journal:
        assert journal.read(HALL, TODAY) == [issued(1)]
        assert [era.began_at for era in journal.eras()] == [MORNING]
        keep(journal, [issued(2)])
        assert journal.read(HALL, TODAY) == [issued(1), issued(2)]


def test_log_ins_are_over_after_a_restore(tmp_path: Path) -> None:
    with opened(tmp_path / "data") as journal, ThreadPoolExecutor(1) as pool:
        accounts = Accounts(journal.database, pool)
        accounts.add_staff("lan", "staff", "lotus-river-9", now=MORNING)
        session, _ = accounts.log_in("lan", "lotus-river-9", Tries("127.0.0.1"), ending=None, now=MORNING)
        backup(tmp_path / "data", tmp_path / "backup.tar")

    restore(tmp_path / "backup.tar", tmp_path / "new", now=MORNING)

    with opened(tmp_path / "new") as journal, ThreadPoolExecutor(1) as pool:
        assert Accounts(journal.database, pool).session_of(session, now=MORNING) is None
