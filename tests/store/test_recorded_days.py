"""Days recorded by every release so far: today's program reads, folds and verifies them as they are."""

import json
from pathlib import Path

import pytest

from hall.fold import fold, fresh
from store import codec, verify
from tests.store.builders import HALL, TODAY, OpenJournal, opened

DATA = Path(__file__).parents[1] / "data"
# How each ticket of the day ended, with the number of its intervals.
ENDS = {
    "day_1.jsonl": {
        "A001": ("cancelled", None, 1),
        "A002": ("done", "accepted", 3),
        "B001": ("cancelled", None, 7),
        "A003": ("cancelled", None, 1),
        "A004": ("done", "accepted_immediate", 5),
        "B002": ("done", "supplement", 3),
        "A005": ("cancelled", None, 1),
        "A006": ("cancelled", None, 1),
    }
}


def recorded(name: str) -> list[tuple[str, int, bytes]]:
    """Kind, version and body of each line; the first is the day's configuration."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    parts = [line.split(" ", 2) for line in lines]
    return [(kind, int(version), body.encode()) for kind, version, body in parts]


def put_in(journal: OpenJournal, rows: list[tuple[str, int, bytes]]) -> None:
    """The rows as that release wrote them."""
    database = journal.database
    (_, _, setup), *events = rows
    database.execute("INSERT INTO setups (digest, body) VALUES (?, ?)", (codec.digest(setup), setup))
    for seq, (kind, version, body) in enumerate(events, 1):
        at = json.loads(body)["at"]
        row = (HALL, TODAY.isoformat(), seq, at, kind, version, body)
        database.execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def test_every_recorded_day_is_looked_at() -> None:
    assert {file.name for file in DATA.glob("day_*.jsonl")} == set(ENDS)


@pytest.mark.parametrize("name", ENDS)
def test_a_recorded_day_still_folds_to_what_it_was(name: str) -> None:
    (_, _, setup), *events = recorded(name)

    hall = fold([codec.decode(*event) for event in events], fresh(codec.decode_setup(setup), TODAY))

    ends = {
        ticket.number: (ticket.state, ticket.outcome, len(ticket.intervals))
        for ticket in hall.tickets.values()
    }
    assert ends == ENDS[name]
    assert hall.closed
    assert hall.version == len(events)


@pytest.mark.parametrize("name", ENDS)
def test_a_recorded_day_has_no_faults(tmp_path: Path, name: str) -> None:
    with opened(tmp_path) as journal:
        put_in(journal, recorded(name))

        assert list(verify.faults(journal.database, fold)) == []
