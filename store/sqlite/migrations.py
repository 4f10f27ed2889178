"""The tables, and how older data becomes today's. A migration is only ever added, never changed."""

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import sqlite_utils
from sqlite_utils import Migrations

from store import second_place
from store.database import DamagedData, DataGone, NewerData, StoreUnavailable
from store.files import sync_directory
from store.sqlite.connection import connect, explain
from store.sqlite.files import FILE, RESTORING, begin_era, copy_database
from store.sqlite.held import HubLock

migrations = Migrations("motcua")

_TABLES = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY) STRICT",
    "INSERT INTO meta (key, value) VALUES ('probe', 0)",
    "CREATE TABLE setups (digest TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT",
    """CREATE TABLE journal (
        hall TEXT NOT NULL, day TEXT NOT NULL, seq INTEGER NOT NULL, at TEXT NOT NULL,
        kind TEXT NOT NULL, version INTEGER NOT NULL, body BLOB NOT NULL,
        PRIMARY KEY (hall, day, seq)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE answers (
        hall TEXT NOT NULL, actor TEXT NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL,
        status INTEGER NOT NULL, body BLOB NOT NULL, at TEXT NOT NULL,
        PRIMARY KEY (hall, actor, key)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE print_jobs (
        id INTEGER PRIMARY KEY, hall TEXT NOT NULL, day TEXT NOT NULL, ticket TEXT NOT NULL,
        printer TEXT NOT NULL, state TEXT NOT NULL, reprint INTEGER NOT NULL, slip TEXT NOT NULL,
        detail TEXT, attempts INTEGER NOT NULL DEFAULT 0, queued_at TEXT NOT NULL, changed_at TEXT NOT NULL
        ) STRICT""",
    # A year of finished jobs must not slow the claim of the next one.
    "CREATE INDEX print_jobs_queued ON print_jobs (printer, id) WHERE state = 'queued'",
    "CREATE INDEX print_jobs_sending ON print_jobs (id) WHERE state = 'sending'",
    "CREATE INDEX print_jobs_ticket ON print_jobs (hall, ticket)",
    """CREATE TABLE devices (
        id INTEGER PRIMARY KEY, hall TEXT NOT NULL, role TEXT NOT NULL, name TEXT NOT NULL, counter TEXT,
        token_hash TEXT NOT NULL UNIQUE, created_at TEXT NOT NULL, revoked_at TEXT) STRICT""",
    """CREATE TABLE staff (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, role TEXT NOT NULL, password_hash TEXT NOT NULL,
        created_at TEXT NOT NULL, disabled_at TEXT) STRICT""",
    """CREATE TABLE sessions (
        id_hash TEXT PRIMARY KEY, staff INTEGER NOT NULL REFERENCES staff (id), csrf TEXT NOT NULL,
        created_at TEXT NOT NULL, seen_at TEXT NOT NULL, ends_at TEXT NOT NULL) STRICT""",
)


@migrations(name="0001_first_hall")
def first_hall(db: sqlite_utils.Database) -> None:
    for statement in _TABLES:
        db.execute(statement)


@migrations(name="0002_chain_and_eras")
def chain_and_eras(db: sqlite_utils.Database) -> None:
    db.execute("ALTER TABLE journal ADD COLUMN chain BLOB")
    db.execute("CREATE TABLE eras (name TEXT PRIMARY KEY, began_at TEXT NOT NULL) STRICT")


@migrations(name="0003_printers")
def printers(db: sqlite_utils.Database) -> None:
    """What each printer has shown that it can do."""
    db.execute(
        "CREATE TABLE printers (name TEXT PRIMARY KEY, address TEXT NOT NULL, status INTEGER NOT NULL,"
        " barrier TEXT NOT NULL, learnt_at TEXT NOT NULL) STRICT"
    )


def bring_up(directory: Path, *, locked: bool) -> None:
    """Makes the data, or migrates it after a backup, all migrations in one transaction.

    Without the hub's lock it takes it for this moment, so that nobody changes tables under a running hub.
    """
    file = directory / FILE
    if (directory / RESTORING).exists():
        raise DamagedData.at(file, "a restore was interrupted")
    if file.exists() and not pending(file):
        return
    if not locked:
        lock = HubLock(directory)
        try:
            bring_up(directory, locked=True)
        finally:
            lock.release()
    elif file.exists():
        _migrate_existing(file)
    elif file.with_name(FILE + "-wal").exists():
        raise DamagedData.at(file, "the file is gone, its -wal is there")
    elif second_place.was_begun(directory):
        raise DataGone.at(file)
    else:
        make(file)


def known() -> list[str]:
    """Names of this program's migrations, oldest first."""
    return [each.name for each in migrations.pending(sqlite_utils.Database(memory=True))]


def pending(file: Path) -> list[str]:
    """Names of the migrations still to run. Refuses NewerData, and DamagedData for a file without tables."""
    try:
        with closing(connect(file)) as conn:
            applied = [
                each.name for each in migrations.applied(sqlite_utils.Database(conn, execute_plugins=False))
            ]
    except sqlite3.Error as error:
        raise explain(error, file) from error
    if not applied:
        raise DamagedData.at(file, "it holds no hall")
    newer = [name for name in applied if name not in known()]
    if newer:
        raise NewerData.at(file, data=newer[-1], program=known()[-1])
    return [name for name in known() if name not in applied]


def make(file: Path, *, era_at: datetime | None = None) -> None:
    """A hall begins. Under another name first: what is called `motcua.sqlite` is a whole hall, or damaged.
    `era_at`: now, where another hall has given out numbers before."""
    new = file.with_name(FILE + ".new")
    try:
        new.unlink(missing_ok=True)
        os.close(os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        apply(new, era_at=era_at)
        new.rename(file)
        second_place.begin(file.parent)
        sync_directory(file.parent)
    except OSError as error:
        raise StoreUnavailable.because(error) from error


def _migrate_existing(file: Path) -> None:
    """`motcua.sqlite.before-NAME` is the data as it was; NAME is the first migration it lacked."""
    copy_database(file, file.with_name(f"{FILE}.before-{pending(file)[0]}"))
    apply(file)


def apply(file: Path, *, era_at: datetime | None = None) -> None:
    """All migrations that this file lacks, in one transaction; nobody else may have it open."""
    try:
        with closing(connect(file)) as conn:
            conn.execute("PRAGMA synchronous = FULL")
            conn.execute("BEGIN IMMEDIATE")
            migrations.apply(sqlite_utils.Database(conn, execute_plugins=False))
            if era_at is not None:
                begin_era(conn, era_at)
            conn.execute("COMMIT")
    except sqlite3.Error as error:
        said = explain(error, file)
        # What is not as the record of its migrations says.
        raise DamagedData.at(file, error) if said is error else said from error
