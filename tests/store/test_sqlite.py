"""The data file: durable, of one hub, honest when the disk is not."""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from store.database import AnotherHub, DamagedData, NotDurable, StoreUnavailable
from store.engine import open_store
from store.journal import KeptAnswer, SeqTaken
from store.second_place import FOLDER
from store.sqlite.connection import FULL
from store.sqlite.files import FILE
from tests.store.builders import (
    HALL,
    KIOSK,
    MORNING,
    TODAY,
    issued,
    keep,
    opened,
    refused_as_damaged,
    with_tickets,
)

ROOT = Path(__file__).parents[2]
NOBODY = 65534
# A hub of its own: opens the data, says so, keeps one ticket for each line it is given.
A_HUB = """
import sys
from pathlib import Path
from tests.store.builders import issued, keep, opened
with opened(Path(sys.argv[1])) as journal:
    print("ready", flush=True)
    for ordinal, line in enumerate(sys.stdin, 1):
        keep(journal, [issued(ordinal)])
        print("kept", flush=True)
"""


@contextmanager
def another_hub(directory: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", A_HUB, str(directory)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, text=True, stdin=pipe, stdout=pipe) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


@contextmanager
def files_no_larger_than(limit: int) -> Iterator[None]:
    """The disk is full, for every file of this process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def a_folder_nobody_may_write(*, with_data: bool) -> Iterator[Path]:
    """Root may write anywhere, so root becomes nobody for the while."""
    root = os.geteuid() == 0
    place = Path(tempfile.mkdtemp())
    try:
        if with_data:
            open_store(place, lock=False).close()
            (place / FILE).chmod(0o444)
        place.chmod(0o555)
        if root:
            os.seteuid(NOBODY)
        yield place
    finally:
        if root:
            os.seteuid(0)
        place.chmod(0o755)
        shutil.rmtree(place)


def test_a_commit_outlives_a_power_cut(tmp_path: Path) -> None:
    with opened(tmp_path) as journal:
        assert journal.database.value("PRAGMA journal_mode") == "wal"
        assert journal.database.value("PRAGMA synchronous") == FULL
        assert journal.database.value("PRAGMA foreign_keys") == 1


def test_a_weaker_commit_is_found_out(tmp_path: Path) -> None:
    with opened(tmp_path) as journal:
        journal.database.execute("PRAGMA synchronous = NORMAL")

        with pytest.raises(NotDurable, match="synchronous=1"):
            journal.database.assert_durable()


def test_only_the_user_of_the_hub_may_read_the_data(tmp_path: Path) -> None:
    directory = tmp_path / "var" / "data"
    with opened(directory) as journal:
        keep(journal, [issued(1)])

        modes = {file.name: file.stat().st_mode & 0o777 for file in directory.iterdir()}

    files = dict.fromkeys([FILE, f"{FILE}-wal", f"{FILE}-shm", "hub.lock"], 0o600)
    assert modes == files | {FOLDER: 0o700}


def test_a_second_hub_on_the_same_data_refuses_to_start(tmp_path: Path) -> None:
    with another_hub(tmp_path) as hub:
        with pytest.raises(AnotherHub, match=rf"process {hub.pid}\b"):
            open_store(tmp_path, lock=True)

        with opened(tmp_path, lock=False) as journal:
            assert journal.read(HALL, TODAY) == []

    with opened(tmp_path):
        pass


def test_a_killed_hub_leaves_every_acknowledged_ticket_and_no_lock(tmp_path: Path) -> None:
    with another_hub(tmp_path) as hub:
        assert hub.stdin is not None
        assert hub.stdout is not None
        for _ in range(3):
            hub.stdin.write("one more\n")
            hub.stdin.flush()
            assert hub.stdout.readline() == "kept\n"
        hub.kill()
        hub.wait()

        with opened(tmp_path) as journal:
            assert journal.read(HALL, TODAY) == [issued(1), issued(2), issued(3)]


def test_nothing_is_half_done_when_the_disk_is_full_and_it_recovers_by_itself(tmp_path: Path) -> None:
    def issue_in_bulk() -> None:
        with journal.database.write():
            journal.append(HALL, TODAY, 1, [issued(2)])
            journal.database.execute("INSERT INTO bulk (body) VALUES (?)", (bytes(100_000),))

    with opened(tmp_path) as journal:
        keep(journal, [issued(1)])
        journal.database.execute("CREATE TABLE bulk (body BLOB)")
        wal = (tmp_path / f"{FILE}-wal").stat().st_size

        with files_no_larger_than(wal + 4096), pytest.raises(StoreUnavailable, match="disk"):
            issue_in_bulk()

        assert journal.read(HALL, TODAY) == [issued(1)]
        assert journal.database.value("SELECT count(*) FROM bulk") == 0
        keep(journal, [issued(2)])
    with opened(tmp_path) as journal:
        assert journal.read(HALL, TODAY) == [issued(1), issued(2)]


def test_a_full_database_keeps_nothing_of_the_transaction(tmp_path: Path) -> None:
    def issue_in_bulk() -> None:
        with journal.database.write():
            journal.append(HALL, TODAY, 0, [issued(1)])
            journal.database.execute("INSERT INTO bulk (body) VALUES (?)", (bytes(1_000_000),))

    with opened(tmp_path) as journal:
        journal.database.execute("CREATE TABLE bulk (body BLOB)")
        pages = int(str(journal.database.value("PRAGMA page_count")))
        journal.database.execute(f"PRAGMA max_page_count = {pages + 1}")

        with pytest.raises(StoreUnavailable, match="full"):
            issue_in_bulk()

        assert journal.read(HALL, TODAY) == []


def test_a_transaction_the_disk_ended_does_not_pass_for_a_commit(tmp_path: Path) -> None:
    def issue_and_lose() -> None:
        with journal.database.write():
            journal.append(HALL, TODAY, 0, [issued(1)])
            journal.database.execute("ROLLBACK")  # what SQLite itself does on some input/output errors

    with opened(tmp_path) as journal:
        with pytest.raises(StoreUnavailable, match="rolled back"):
            issue_and_lose()

        keep(journal, [issued(1, queue="B")])
        assert journal.read(HALL, TODAY) == [issued(1, queue="B")]


def test_a_hall_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with opened(tmp_path) as journal:
        journal.database.probe()
        journal.database.execute("PRAGMA query_only = ON")

        with pytest.raises(StoreUnavailable, match="readonly"):
            journal.database.probe()

        journal.database.execute("PRAGMA query_only = OFF")
        journal.database.probe()


@pytest.mark.parametrize("with_data", [True, False])
def test_a_read_only_folder_is_refused_with_a_sentence(with_data: bool) -> None:
    with a_folder_nobody_may_write(with_data=with_data) as place, pytest.raises(StoreUnavailable) as refused:
        open_store(place, lock=False)

    assert "Chưa lưu được dữ liệu" in str(refused.value)
    assert "permissions" in str(refused.value)


def test_data_that_another_process_keeps_locked_is_a_passing_trouble(tmp_path: Path) -> None:
    with opened(tmp_path) as journal, opened(tmp_path, lock=False) as other:
        other.database.execute("PRAGMA busy_timeout = 1")
        with journal.database.write(), pytest.raises(StoreUnavailable, match="locked"):
            keep(other, [issued(1)])

        keep(other, [issued(1)])


def test_inner_writes_are_part_of_the_outer_one(tmp_path: Path) -> None:
    def keep_and_fail() -> None:
        with journal.database.write():
            with journal.database.write():
                keep(journal, [issued(1)])
            raise KeyError

    with opened(tmp_path) as journal:
        with pytest.raises(KeyError):
            keep_and_fail()

        assert journal.read(HALL, TODAY) == []


def test_threads_write_one_after_the_other(tmp_path: Path) -> None:
    with opened(tmp_path) as journal:

        def count_up() -> None:
            for _ in range(25):
                with journal.database.write():
                    before = journal.database.value("SELECT value FROM meta WHERE key = 'probe'")
                    after = int(str(before)) + 1
                    journal.database.execute("UPDATE meta SET value = ? WHERE key = 'probe'", (after,))

        threads = [Thread(target=count_up) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert journal.database.value("SELECT value FROM meta WHERE key = 'probe'") == 100


def test_torn_pages_are_found_before_the_hall_opens(tmp_path: Path) -> None:
    file = with_tickets(tmp_path)
    with file.open("r+b") as data:
        data.seek(-12_288, os.SEEK_END)
        data.write(os.urandom(12_288))

    refused_as_damaged(tmp_path)


@pytest.mark.parametrize("left", [0, 50, 5_000])
def test_a_cut_file_is_damaged_and_never_taken_for_a_new_hall(tmp_path: Path, left: int) -> None:
    file = with_tickets(tmp_path)
    os.truncate(file, left)

    refused_as_damaged(tmp_path)


def test_a_file_that_is_no_database_is_damaged(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"Xin cam on " * 1000)

    refused_as_damaged(tmp_path)


def test_a_torn_last_commit_is_as_if_it_had_not_been(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    with opened(tmp_path) as journal:
        keep(journal, [issued(1)])
        keep(journal, [issued(2)])
        for name in (FILE, f"{FILE}-wal"):
            shutil.copy(tmp_path / name, kept / name)
    wal = kept / f"{FILE}-wal"
    os.truncate(wal, wal.stat().st_size - 100)

    with opened(kept) as journal:
        assert journal.read(HALL, TODAY) == [issued(1)]


def test_a_lost_file_beside_its_log_is_not_taken_for_a_new_hall(tmp_path: Path) -> None:
    (tmp_path / f"{FILE}-wal").write_bytes(b"frames")

    assert "-wal" in refused_as_damaged(tmp_path)


def test_damage_found_while_serving_is_said_as_well(tmp_path: Path) -> None:
    file = with_tickets(tmp_path)
    with file.open("r+b") as data:
        data.seek(-12_288, os.SEEK_END)
        data.write(os.urandom(12_288))
    with opened(tmp_path, lock=False) as journal, pytest.raises(DamagedData):
        journal.read(HALL, TODAY)


def test_a_set_up_cut_short_starts_again(tmp_path: Path) -> None:
    (tmp_path / f"{FILE}.new").write_bytes(b"half a database")

    with opened(tmp_path) as journal:
        assert journal.read(HALL, TODAY) == []


def test_a_print_job_is_claimed_by_its_index_alone(tmp_path: Path) -> None:
    with opened(tmp_path) as journal:
        plan = journal.database.rows(
            "EXPLAIN QUERY PLAN SELECT id FROM print_jobs WHERE printer = ? AND state = 'queued' ORDER BY id",
            ("front",),
        )

    assert "print_jobs_queued" in str(plan)
    assert "SORT" not in str(plan).upper().replace("SORTED", "")


def test_an_answer_is_kept_for_one_actor_and_key_only_once(tmp_path: Path) -> None:
    with opened(tmp_path) as journal:
        journal.keep_answer(HALL, KIOSK, "k", KeptAnswer("f", 201, b"{}"), MORNING)

        with pytest.raises(SeqTaken):
            journal.keep_answer(HALL, KIOSK, "k", KeptAnswer("g", 201, b"{}"), MORNING)
