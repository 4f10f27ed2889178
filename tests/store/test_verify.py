"""`verify` finds what is wrong with the kept data, and nothing where nothing is."""

from pathlib import Path

import pytest

from hall.events import Event
from hub.days import folded
from store import verify
from store.journal import KeptAnswer
from tests.rules.builders import a_setup
from tests.store.builders import HALL, KIOSK, MORNING, TODAY, OpenJournal, issued, keep, opened, served, taken

PRINT_JOB = """
    INSERT INTO print_jobs (hall, day, ticket, printer, state, reprint, slip, queued_at, changed_at)
    VALUES (?, '2026-11-24', ?, 'front', 'confirmed', 0, '{}', '2026-11-24T08:00:00+07:00',
        '2026-11-24T08:00:00+07:00')"""


def a_morning(journal: OpenJournal) -> None:
    """Two tickets, the first of them served, its slip printed and its request answered."""
    events: list[Event] = [taken(journal.keep_setup(a_setup())), issued(1), issued(2, minute=1)]
    keep(journal, [*events, *served(1, seq=4, minute=2)])
    journal.database.execute(PRINT_JOB, (HALL, "261124-A001"))
    journal.keep_answer(HALL, KIOSK, "k1", KeptAnswer("f", 201, b'{"ticket":{"id":"261124-A001"}}'), MORNING)
    journal.keep_answer(HALL, KIOSK, "k2", KeptAnswer("f", 409, b'{"error":{"code":"hall_closed"}}'), MORNING)


def without_checksums(journal: OpenJournal) -> None:
    """As releases before 0.2.0 kept a day."""
    journal.database.execute("UPDATE journal SET chain = NULL")


def faults(journal: OpenJournal) -> list[str]:
    return list(verify.faults(journal.database, folded))


def test_a_whole_morning_has_no_faults(tmp_path: Path) -> None:
    with opened(tmp_path) as journal:
        assert faults(journal) == []
        a_morning(journal)

        assert faults(journal) == []


def test_verify_runs_beside_a_hub_that_goes_on(tmp_path: Path) -> None:
    with opened(tmp_path) as hub, opened(tmp_path, lock=False) as beside:
        a_morning(hub)
        hub.database.execute("UPDATE journal SET at = '2026-11-24T08:09:00+07:00' WHERE seq = 6")
        without_checksums(hub)
        found = verify.faults(beside.database, folded)

        assert "the row says" in next(found)  # the journal was read; now the hub issues and prints
        keep(hub, [issued(3, minute=20)])
        hub.database.execute(PRINT_JOB, (HALL, "261124-A003"))

        assert list(found) == []


# What is done to the morning's data, and a word of the one line it must be told by.
SPOILT = {
    "UPDATE journal SET seq = 9 WHERE seq = 6": "seq 6 is not there, 9 follows",
    "DELETE FROM journal WHERE seq = 4": "seq 4 is not there, 5 follows",
    "UPDATE journal SET kind = 'rating_given' WHERE seq = 6": "rating_given",
    "UPDATE journal SET body = '{}' WHERE seq = 6 RETURNING 1": "missing required field",
    "UPDATE journal SET at = '2026-11-24T08:09:00+07:00' WHERE seq = 6": "the row says",
    "UPDATE setups SET body = CAST(replace(body, 'Chứng', 'Chung') AS BLOB)": "its text is another one",
    "DELETE FROM setups": "is not kept",
    "UPDATE print_jobs SET ticket = '261124-A009'": "print job 1: ticket 261124-A009",
    "UPDATE answers SET body = CAST(replace(body, 'A001', 'A009') AS BLOB)": "ticket 261124-A009",
    "UPDATE answers SET body = CAST('half' AS BLOB) WHERE key = 'k1'": "not JSON",
}


@pytest.mark.parametrize(("statement", "word"), list(SPOILT.items()))
def test_each_fault_is_told_in_a_line(tmp_path: Path, statement: str, word: str) -> None:
    with opened(tmp_path) as journal:
        a_morning(journal)
        journal.database.execute(statement.replace("'{}'", "CAST('{}' AS BLOB)"))
        without_checksums(journal)

        found = faults(journal)

    assert len(found) == 1, found
    assert word in found[0]


def replaced(seq: int, old: str, new: str) -> str:
    return f"UPDATE journal SET body = CAST(replace(body, '{old}', '{new}') AS BLOB) WHERE seq = {seq}"


@pytest.mark.parametrize(
    ("statement", "word"),
    [
        (replaced(3, "A002", "A003"), "A003 is not how number 2 of queue A is written"),
        (replaced(3, '"ordinal":2', '"ordinal":1'), "A002 is number 1 of queue A, 2 was due"),
        (replaced(3, "261124-A002", "261123-A002"), "A002 has the ticket id 261123-A002"),
        (replaced(6, "A001", "A007"), "cannot be folded"),
    ],
)
def test_a_day_that_breaks_the_rules_is_told(tmp_path: Path, statement: str, word: str) -> None:
    with opened(tmp_path) as journal:
        a_morning(journal)
        journal.database.execute(statement)
        without_checksums(journal)

        found = faults(journal)

    assert any(word in line for line in found), found
    assert all(line.startswith(f"{HALL} {TODAY}: ") for line in found)


def test_citizens_left_waiting_on_an_older_day_are_told(tmp_path: Path) -> None:
    with opened(tmp_path) as journal:
        a_morning(journal)
        digest = journal.keep_setup(a_setup())
        keep(journal, [taken(digest)], day=TODAY.replace(day=25))

        assert faults(journal) == [
            f"{HALL} {TODAY}: A002 is still waiting though a later day has begun",
        ]


def test_a_page_that_went_bad_is_told(tmp_path: Path) -> None:
    with opened(tmp_path) as journal:
        a_morning(journal)
        journal.database.execute("PRAGMA ignore_check_constraints = ON")
        journal.database.execute("PRAGMA foreign_keys = OFF")
        journal.database.execute(
            "INSERT INTO sessions VALUES ('x', 7, '', '2026-11-24', '2026-11-24', '2026-11-24')"
        )

        assert faults(journal) == ["sessions row 1: its staff is not there"]
