"""A hall's data in a folder, and events to keep in it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlite_utils
from sqlite_utils import Migrations

from hall.events import Event, ServiceStarted, SetupTaken, TicketCalled, TicketFinished, TicketIssued
from store.database import DamagedData
from store.engine import open_store
from store.journal import Journal
from store.sqlite import migrations
from store.sqlite.connection import SqliteDatabase
from store.sqlite.files import FILE
from store.sqlite.opening import open_database

HALL = "thach-ha"
ZONE = timezone(timedelta(hours=7))
MORNING = datetime(2026, 11, 24, 8, 0, tzinfo=ZONE)
TODAY = date(2026, 11, 24)
KIOSK = "device:1"


class OpenJournal(Journal):
    """With the engine beneath in reach."""

    def __init__(self, database: SqliteDatabase) -> None:
        super().__init__(database)
        self.database = database


@contextmanager
def opened(directory: Path, *, lock: bool = True) -> Iterator[OpenJournal]:
    database = open_database(directory, lock=lock)
    try:
        yield OpenJournal(database)
    finally:
        database.close()


def issued(ordinal: int, *, queue: str = "A", minute: float = 0) -> TicketIssued:
    number = f"{queue}{ordinal:03d}"
    return TicketIssued(
        at=MORNING + timedelta(minutes=minute),
        by=KIOSK,
        ticket=f"261124-{number}",
        number=number,
        ordinal=ordinal,
        queue=queue,
        procedure=f"{queue}01",
        priority=None,
        ground=None,
        language="vi",
        channel="kiosk",
        booked_at=None,
        token_hash="c0ffee" * 10,
    )


def taken(digest: str) -> SetupTaken:
    return SetupTaken(at=MORNING, by="hub", digest=digest)


def served(ordinal: int, *, seq: int, minute: float) -> list[Event]:
    """Called, served for five minutes and finished at counter 2; `seq` is that of the call."""
    at = MORNING + timedelta(minutes=minute)
    ticket = f"261124-A{ordinal:03d}"
    return [
        TicketCalled(
            at=at,
            by="staff:2",
            ticket=ticket,
            counter="2",
            call=f"261124-{seq}",
            queue="A",
            as_class="ordinary",
            turn=0,
            waited_seconds=60,
            passed_over=0,
            own_choice=None,
        ),
        ServiceStarted(at=at, by="staff:2", ticket=ticket, counter="2"),
        TicketFinished(
            at=at + timedelta(minutes=5),
            by="staff:2",
            ticket=ticket,
            counter="2",
            outcome="accepted",
            dossier=None,
            due=None,
            reason=None,
        ),
    ]


def keep(journal: Journal, events: Sequence[Event], *, day: date = TODAY) -> None:
    """Appends to whatever the day already has."""
    journal.append(HALL, day, len(journal.read(HALL, day)), events)


def tomorrow(*, fails: bool) -> Migrations:
    """The migrations of a later release."""
    later = Migrations("motcua")
    for each in migrations.migrations.pending(sqlite_utils.Database(memory=True)):
        later(name=each.name)(each.fn)

    @later(name="0098_ratings")
    def ratings(db: sqlite_utils.Database) -> None:
        db.execute("CREATE TABLE ratings (id INTEGER PRIMARY KEY)")

    @later(name="0099_more")
    def more(db: sqlite_utils.Database) -> None:
        db.execute("CREATE TABLE more (id INTEGER PRIMARY KEY)")
        if fails:
            db.execute("CREATE TABLE more (id INTEGER PRIMARY KEY)")

    return later


def with_tickets(directory: Path, count: int = 200) -> Path:
    """Data of some pages, all of them in the one file."""
    with opened(directory) as journal:
        keep(journal, [issued(ordinal) for ordinal in range(1, count + 1)])
    return directory / FILE


def refused_as_damaged(directory: Path) -> str:
    with pytest.raises(DamagedData) as refused:
        open_store(directory, lock=True)
    said = str(refused.value)
    assert "server.py restore" in said
    assert "khôi phục" in said
    return said
