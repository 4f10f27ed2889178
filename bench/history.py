"""Whether a million tickets of history make today slower."""

import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bench.durable import WAITING, Desk
from bench.measure import Bound, Result, main, median, seconds
from bench.running import CONFIG, HALL
from config import read
from hall.events import DayClosed, SetupTaken, TicketIssued
from hall.numbering import number, ticket_id
from store import codec
from store.sqlite.connection import connect
from store.sqlite.files import FILE
from store.sqlite.migrations import bring_up

ROUNDS = 300
A_DAY = 1200
FEW, MANY = 1_000, 1_000_000


def past(folder: Path, tickets: int) -> None:
    """So many tickets on the days before today, 1,200 a day, each with its print job and answer."""
    bring_up(folder, locked=False)
    conn = connect(folder / FILE)
    digest, setup = codec.encode_setup(read(CONFIG, {}).setups[HALL])
    conn.execute("INSERT INTO setups (digest, body) VALUES (?, ?)", (digest, setup))
    conn.execute("PRAGMA synchronous = OFF")
    conn.execute("BEGIN")
    for start in range(0, tickets, A_DAY):
        day = date(2026, 1, 1) - timedelta(days=start // A_DAY)
        issued = [_issued(day, ordinal) for ordinal in range(1, min(A_DAY, tickets - start) + 1)]
        taken = SetupTaken(at=issued[0].at, by="hub", digest=digest)
        closed = DayClosed(at=issued[-1].at, by="hub", reason="midnight", to=day + timedelta(days=1))
        rows = [
            (day.isoformat(), seq, event.at.isoformat(), *codec.encode(event))
            for seq, event in enumerate([taken, *issued, closed], 1)
        ]
        conn.executemany(
            "INSERT INTO journal (hall, day, seq, at, kind, version, body)"
            " VALUES ('thach-ha', ?, ?, ?, ?, ?, ?)",
            rows,
        )
        conn.executemany(
            "INSERT INTO print_jobs (hall, day, ticket, printer, state, reprint, slip, detail, attempts,"
            " queued_at, changed_at) VALUES ('thach-ha', ?, ?, 'front', 'confirmed', 0, '{}', '', 1, ?, ?)",
            [(day.isoformat(), each.ticket, each.at.isoformat(), each.at.isoformat()) for each in issued],
        )
    conn.execute("COMMIT")
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    conn.close()


def _issued(day: date, ordinal: int) -> TicketIssued:
    at = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
    name = number("A", ordinal)
    return TicketIssued(
        at=at,
        by="device:1",
        ticket=ticket_id(day, name),
        number=name,
        ordinal=ordinal,
        queue="A",
        procedure="CT01",
        priority=None,
        ground=None,
        language="vi",
        channel="kiosk",
        booked_at=None,
        token_hash="0" * 64,
    )


def measure(sabotage: bool) -> Result:
    """p50 of issue and of next with a million tickets behind them over the same with a thousand, in turn."""
    with tempfile.TemporaryDirectory() as few, tempfile.TemporaryDirectory() as many:
        past(Path(few), FEW)
        past(Path(many), MANY)
        halls = {"few": Desk(Path(few)), "many": Desk(Path(many))}
        if sabotage:
            halls["many"].database.execute("DROP INDEX IF EXISTS print_jobs_queued")
            scan = "SELECT COUNT(*) FROM print_jobs WHERE slip LIKE '%x%'"
            issue = halls["many"].issue
            halls["many"].issue = lambda: (halls["many"].database.rows(scan), issue())[1]  # type: ignore[method-assign]
        times: dict[str, list[float]] = {f"{what}_{name}": [] for what in ("issue", "next") for name in halls}
        for desk in halls.values():
            for _ in range(WAITING):
                desk.issue()
        for _ in range(20 if sabotage else ROUNDS):
            for name, desk in halls.items():
                times[f"issue_{name}"].append(seconds(desk.issue))
                times[f"next_{name}"].append(seconds(desk.call_next))
                desk.serve()
        for desk in halls.values():
            desk.database.close()
    figures = {f"{what}_p50_ms": median(values) * 1000 for what, values in times.items()}
    figures["issue_ratio"] = figures["issue_many_p50_ms"] / figures["issue_few_p50_ms"]
    figures["next_ratio"] = figures["next_many_p50_ms"] / figures["next_few_p50_ms"]
    return Result("history", figures, (Bound("issue_ratio", 1.3), Bound("next_ratio", 1.3)))


if __name__ == "__main__":
    main(measure)
