"""An event that is not as it was kept is told by its day and seq, before anybody acts on it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from hub.days import folded
from store import verify
from store.database import DamagedData, DamagedEvent
from store.engine import open_store
from store.journal import UnknownSetup
from store.print_jobs import PrintJobs
from store.sqlite.files import FILE
from tests.hub.conftest import Start
from tests.hub.opened import HALL, TODAY, Working

# What is done to a morning of 12 events, and the seq of the first that is not as it was.
DAMAGE = {
    "a body that is no text": ("UPDATE journal SET body = X'FFFE00' WHERE seq = 5", 5),
    "a body with one bit flipped": (
        "UPDATE journal SET body = CAST(replace(body, '\"kiosk\"', '\"kiosj\"') AS BLOB) WHERE seq = 5",
        5,
    ),
    "another number in a body that still reads": (
        "UPDATE journal SET body = CAST(replace(body, '261124', '261123') AS BLOB) WHERE seq = 6",
        6,
    ),
    "an empty body": ("UPDATE journal SET body = X'' WHERE seq = 12", 12),
    "a kind that is no text": ("UPDATE journal SET kind = CAST(X'C3' AS TEXT) WHERE seq = 5", 5),
    "another kind": ("UPDATE journal SET kind = 'slip_reprinted' WHERE seq = 5", 5),
    "another version": ("UPDATE journal SET version = 7 WHERE seq = 5", 5),
    "another moment": ("UPDATE journal SET at = '2026-11-24T08:59:00+07:00' WHERE seq = 5", 5),
    "another checksum": ("UPDATE journal SET chain = X'0011223344556677' WHERE seq = 5", 5),
    "no checksum any more": ("UPDATE journal SET chain = NULL WHERE seq = 5", 5),
    "an event taken out": ("DELETE FROM journal WHERE seq = 5", 5),
    "the first event taken out": ("DELETE FROM journal WHERE seq = 1", 1),
    "an event taken out and the others moved up": (
        """DELETE FROM journal WHERE seq = 5;
        UPDATE journal SET seq = -seq WHERE seq > 5; UPDATE journal SET seq = -seq - 1 WHERE seq < 0""",
        5,
    ),
    "two events swapped": (
        """UPDATE journal SET seq = 99 WHERE seq = 5; UPDATE journal SET seq = 5 WHERE seq = 6;
        UPDATE journal SET seq = 6 WHERE seq = 99""",
        5,
    ),
    "an event twice": (
        "INSERT INTO journal SELECT hall, day, 13, at, kind, version, body, chain FROM journal WHERE seq = 5",
        13,
    ),
}


@pytest.fixture
def morning(start_hub: Start) -> Working:
    hub = start_hub()
    hub.open("1", "2")
    for _ in range(4):
        hub.issue(slip=True)
    hub.serve("1", hub.next("1"))
    hub.next("2")
    assert hub.hall.version == 11
    hub.issue("B01")
    hub.database.close()
    return hub


def spoil(directory: Path, statements: str) -> None:
    with closing(sqlite3.connect(directory / FILE)) as data:
        data.executescript(statements)


def told_by_verify(directory: Path) -> list[str]:
    database = open_store(directory, lock=False)
    try:
        return list(verify.faults(database, folded))
    finally:
        database.close()


@pytest.mark.parametrize(("statements", "seq"), DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_event_is_told_at_the_start_and_by_verify(
    morning: Working, start_hub: Start, tmp_path: Path, statements: str, seq: int
) -> None:
    spoil(tmp_path, statements)

    with pytest.raises(DamagedEvent) as refused:
        start_hub()
    said = str(refused.value)
    assert f"The journal of {HALL}, day {TODAY}, event seq {seq}," in said
    assert f"ngày {TODAY} của {HALL}, sự kiện số {seq} " in said
    assert "server.py restore" in said
    assert "\n" not in said

    found = told_by_verify(tmp_path)
    assert any(str(TODAY) in line and f"seq {seq} " in line for line in found), found


def test_a_morning_recorded_without_checksums_still_goes_on(
    morning: Working, start_hub: Start, tmp_path: Path
) -> None:
    spoil(tmp_path, "UPDATE journal SET chain = NULL")
    hub = start_hub()

    hub.issue("B01")

    assert start_hub().issue("B01") == "261124-B003"
    assert told_by_verify(tmp_path) == []
    spoil(tmp_path, "UPDATE journal SET body = CAST(replace(body, 'B001', 'B009') AS BLOB) WHERE seq = 12")
    with pytest.raises(DamagedEvent, match="seq 13 "):  # the first of them that has a checksum tells
        start_hub()


@pytest.mark.parametrize("body", ["X'FF'", "X'C328'", "CAST('{' AS BLOB)", "CAST('{\"at\": 1}' AS BLOB)"])
def test_damage_of_a_day_without_checksums_is_told_as_well(
    morning: Working, start_hub: Start, tmp_path: Path, body: str
) -> None:
    spoil(tmp_path, f"UPDATE journal SET chain = NULL; UPDATE journal SET body = {body} WHERE seq = 5")

    with pytest.raises(Exception, match=f"{TODAY}, seq 5"):
        start_hub()
    assert any("seq 5" in line for line in told_by_verify(tmp_path))


def test_a_day_that_is_none_is_told(morning: Working, start_hub: Start, tmp_path: Path) -> None:
    spoil(tmp_path, "UPDATE journal SET day = 'tomorrow' WHERE seq = 12")

    with pytest.raises(DamagedData, match="tomorrow"):
        start_hub()
    assert any("tomorrow" in line for line in told_by_verify(tmp_path))


def test_a_damaged_configuration_of_today_is_whole_again_at_the_next_start(
    morning: Working, start_hub: Start, tmp_path: Path
) -> None:
    spoil(tmp_path, "UPDATE setups SET body = X'FF'")
    assert any("its text is another one" in line for line in told_by_verify(tmp_path))

    assert start_hub().issue() == "261124-A005"
    assert told_by_verify(tmp_path) == []


def test_a_damaged_configuration_of_another_day_is_named(
    morning: Working, start_hub: Start, tmp_path: Path
) -> None:
    hub = start_hub()
    digest = hub.hub.digest
    spoil(tmp_path, "UPDATE setups SET body = X'FF'")

    with pytest.raises(UnknownSetup, match=digest):
        type(hub.hub.journal)(hub.database).setup(digest)
    hub.hub.journal.keep_setup(hub.hub.setup)


# Tables beside the journal: damage there is told in a sentence too.
BESIDE = {
    "UPDATE print_jobs SET queued_at = 'x' WHERE id = 2": "queued_at says 'x'",
    "UPDATE answers SET at = 'x'; UPDATE answers SET body = X'FF'": "not JSON",
    "UPDATE answers SET body = CAST('7' AS BLOB)": "",
}


@pytest.mark.parametrize(("statements", "word"), BESIDE.items())
def test_damage_beside_the_journal_is_told_and_stops_nobody_else(
    start_hub: Start, tmp_path: Path, statements: str, word: str
) -> None:
    hub = start_hub()
    for each in range(3):
        hub.issue(key=f"touch {each}", slip=True)
    hub.database.close()
    spoil(tmp_path, statements)

    found = told_by_verify(tmp_path)
    assert any(word in line for line in found) or not word
    after = start_hub()
    assert after.issue(key="touch 3") == "261124-A004"
    if "print_jobs" in statements:
        with pytest.raises(DamagedData, match="Print job 2"):
            PrintJobs(after.database).get(2)
    after.database.execute("DELETE FROM print_jobs")
    after.database.execute("DELETE FROM answers")
