"""A damaged row beside the journal is told by `verify`, and costs what it holds and nobody else."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from hub.days import folded, read_day
from store.accounts import Accounts, Session
from store.database import DamagedData, DamagedEvent
from store.engine import open_store
from store.journal import Journal, KeptAnswer
from store.log_ins import Tries
from store.print_jobs import PrintJobs
from store.printers import Ability, KnownPrinters
from store.sqlite.files import FILE
from store.verify import faults
from tests.rules.builders import a_setup
from tests.store.builders import HALL, MORNING, TODAY, issued, keep, opened, served, taken

PASSWORD = "lotus-river-9"


def spoil(directory: Path, statement: str) -> None:
    with closing(sqlite3.connect(directory / FILE)) as data:
        data.executescript(statement)


def told_by_verify(directory: Path) -> str:
    database = open_store(directory, lock=False)
    try:
        return "\n".join(faults(database, folded))
    finally:
        database.close()


@pytest.fixture
def accounts(tmp_path: Path) -> Iterator[Accounts]:
    """Two officers and two kiosks, of which the first of each will be damaged."""
    database = open_store(tmp_path, lock=False)
    with ThreadPoolExecutor(1) as pool:
        made = Accounts(database, pool)
        for name in ("an", "lan"):
            made.add_staff(name, "staff", PASSWORD, now=MORNING)
            made.create_device("kiosk", HALL, f"kiosk of {name}", None, now=MORNING)
        yield made
    database.close()


def log_in(accounts: Accounts, name: str) -> tuple[str, Session]:
    return accounts.log_in(name, PASSWORD, Tries("127.0.0.1"), ending=None, now=MORNING)


@pytest.mark.parametrize("what", ["seen_at", "ends_at"])
def test_a_damaged_session_is_over_and_others_log_in_and_are_thrown_out_as_before(
    accounts: Accounts, tmp_path: Path, what: str
) -> None:
    spoilt, _ = log_in(accounts, "an")
    spoil(tmp_path, f"UPDATE sessions SET {what} = 'x'")
    assert f"{what} says 'x'" in told_by_verify(tmp_path)

    session, came_in = log_in(accounts, "lan")

    assert accounts.session_of(spoilt, now=MORNING) is None
    assert accounts.session_of(session, now=MORNING) is not None
    assert f"session:{came_in.mark}" in accounts.present(now=MORNING)
    assert told_by_verify(tmp_path) == "", "what is over was taken out at the next log-in"


def test_a_kiosk_whose_row_is_damaged_stops_no_other(accounts: Accounts, tmp_path: Path) -> None:
    accounts.revoke(1, now=MORNING)
    spoil(tmp_path, "UPDATE devices SET created_at = 'x', revoked_at = 'x' WHERE id = 1")

    assert accounts.kiosks(HALL) == ["kiosk of lan"], "one that was revoked stays so, whenever that was"
    assert [each.revoked_at is None for each in accounts.devices()] == [False, True]
    assert "created_at says 'x'" in told_by_verify(tmp_path)


def test_an_officer_whose_row_is_damaged_stops_no_other(accounts: Accounts, tmp_path: Path) -> None:
    accounts.disable_staff("an", now=MORNING)
    spoil(tmp_path, "UPDATE staff SET created_at = 'x', disabled_at = 'x' WHERE name = 'an'")

    assert {"an", "lan"} <= set(accounts.names().values())
    assert [each.disabled_at is None for each in accounts.staff()] == [False, True]
    log_in(accounts, "lan")
    assert "disabled_at says 'x'" in told_by_verify(tmp_path)


@pytest.mark.parametrize("what", ["queued_at = 'x'", "day = 'yesterday'"])
def test_a_damaged_print_job_is_given_up_and_the_next_slip_comes(tmp_path: Path, what: str) -> None:
    with opened(tmp_path) as journal:
        jobs = PrintJobs(journal.database)
        spoilt, whole, later = (
            jobs.queue(HALL, TODAY, f"261124-A00{each}", "front", "{}", reprint=False, now=MORNING)
            for each in (1, 2, 3)
        )
        spoil(tmp_path, f"UPDATE print_jobs SET {what} WHERE id IN ({spoilt}, {later})")
        assert "print_jobs: " in told_by_verify(tmp_path)

        with pytest.raises(DamagedData):  # while the hub runs: told once
            jobs.claim("front", MORNING)
        assert jobs.give_up_damaged(MORNING) == [later]  # at a start

        claimed = jobs.claim("front", MORNING)
        assert claimed is not None
        assert (claimed.id, jobs.claim("front", MORNING)) == (whole, None)


def test_a_print_job_in_no_state_is_told_and_not_moved(tmp_path: Path) -> None:
    with opened(tmp_path) as journal:
        jobs = PrintJobs(journal.database)
        job = jobs.queue(HALL, TODAY, "261124-A001", "front", "{}", reprint=False, now=MORNING)
        spoil(tmp_path, "UPDATE print_jobs SET state = 'pr\x7fnted'")

        assert not jobs.report(job, "confirmed", "", MORNING)
        with pytest.raises(DamagedData, match="Print job 1"):
            jobs.get(job)
        assert "is no state" in told_by_verify(tmp_path)


@pytest.mark.parametrize("what", ["learnt_at = 'x'", "barrier = 'wall'"])
def test_what_cannot_be_read_of_a_printer_is_found_out_again(tmp_path: Path, what: str) -> None:
    with opened(tmp_path) as journal:
        known = KnownPrinters(journal.database)
        for name in ("back", "front"):
            known.learn(name, "10.0.0.9:9100", Ability(status=True, barrier="mark"), MORNING)
        spoil(tmp_path, f"UPDATE printers SET {what} WHERE name = 'back'")

        assert known.ability("back", "10.0.0.9:9100") == Ability()
        assert known.ability("front", "10.0.0.9:9100").barrier == "mark"
        if "learnt_at" in what:
            assert "learnt_at says 'x'" in told_by_verify(tmp_path)


@pytest.mark.parametrize("body", ["X'FF'", "CAST('{\"ticket\"' AS BLOB)", "X''"])
def test_an_answer_that_is_damaged_is_not_handed_out(tmp_path: Path, body: str) -> None:
    with opened(tmp_path) as journal:
        for key in ("first", "second"):
            journal.keep_answer(HALL, "device:1", key, KeptAnswer("f", 201, b'{"ticket":{}}'), MORNING)
        spoil(tmp_path, f"UPDATE answers SET body = {body} WHERE key = 'first'")

        with pytest.raises(DamagedData):
            journal.answer(HALL, "device:1", "first")
        assert journal.answer(HALL, "device:1", "second") is not None
        journal.drop_answers(MORNING + timedelta(days=3))


@pytest.mark.parametrize("what", ["body = CAST(replace(body, 'A001', 'A007') AS BLOB)", "status = 200"])
def test_an_answer_that_says_another_number_than_it_did_is_not_handed_out(tmp_path: Path, what: str) -> None:
    said = b'{"ticket":{"id":"261124-A001","number":"A001"}}'
    with opened(tmp_path) as journal:
        keep(journal, [issued(1)])
        journal.keep_answer(HALL, "device:1", "touch", KeptAnswer("f", 201, said), MORNING)
        assert journal.answer(HALL, "device:1", "touch") == KeptAnswer("f", 201, said)

        spoil(tmp_path, f"UPDATE answers SET {what}")
        assert "answer touch of device:1" in told_by_verify(tmp_path)
        with pytest.raises(DamagedData, match="checksum"):
            journal.answer(HALL, "device:1", "touch")

        spoil(tmp_path, "UPDATE answers SET fingerprint = 'f'")  # as 0.1.0 kept it
        assert journal.answer(HALL, "device:1", "touch") is not None


@pytest.mark.parametrize("table", ["answers", "meta", "print_jobs"])
def test_a_table_that_is_gone_is_damage_and_said_in_a_sentence(tmp_path: Path, table: str) -> None:
    with opened(tmp_path) as journal:
        spoil(tmp_path, f"DROP TABLE {table}")

        with pytest.raises(DamagedData, match="restore the newest backup"):
            journal.database.rows(f"SELECT * FROM {table}")


def test_a_day_without_checksums_that_contradicts_itself_is_told_by_its_seq(tmp_path: Path) -> None:
    """As 0.1.0 kept it: what still reads may be another thing than what happened."""
    with opened(tmp_path) as journal:
        digest = journal.keep_setup(a_setup())
        keep(journal, [taken(digest), issued(1), *served(1, seq=3, minute=1)])
        spoil(tmp_path, "UPDATE journal SET chain = NULL")
        spoil(
            tmp_path,
            "UPDATE journal SET body = CAST(replace(body, 'A001', 'A009') AS BLOB) WHERE seq = 4",
        )

    with (
        opened(tmp_path) as journal,
        pytest.raises(DamagedEvent, match=r"event seq 4.*cannot follow what was before"),
    ):
        read_day(Journal(journal.database), HALL, TODAY)
