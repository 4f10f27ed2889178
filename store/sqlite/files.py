"""The files of a hall's data: their names, and whole copies of them."""

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from store import eras
from store.database import DamagedData, StoreUnavailable
from store.files import sync_directory, sync_file
from store.sqlite.connection import connect, explain

FILE = "motcua.sqlite"
RESTORING = "restoring"  # lies beside the data while a restore changes files; see backup.py


def copy_database(source: Path, target: Path) -> None:
    """A whole, checked copy in one file, taken while others may write; `target` is replaced at the end."""
    new = target.with_name(target.name + ".new")
    try:
        new.unlink(missing_ok=True)
        os.close(os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(connect(source)) as original, closing(connect(new)) as copy:
            original.backup(copy)  # all pages in one step: one moment, and no restart when the hub commits
            copy.execute("PRAGMA journal_mode = DELETE")  # no -wal beside it: one file is the whole copy
        check_whole(new)
        sync_file(new)
        new.replace(target)
        sync_directory(target.parent)
    except sqlite3.Error as error:
        raise explain(error, source) from error
    except OSError as error:
        raise StoreUnavailable.because(error) from error


def begin_era(conn: sqlite3.Connection, now: datetime) -> None:
    """Part of the caller's transaction."""
    era = eras.new(now, conn.execute(eras.NEWEST).fetchone()[0])
    conn.execute(eras.BEGIN, (era.name, era.began_at.isoformat()))


def check_whole(file: Path) -> None:
    """Reads every page and index of a file nobody writes to; refuses DamagedData."""
    try:
        with closing(connect(file)) as conn:
            said = [row[0] for row in conn.execute("PRAGMA integrity_check(3)")]
    except sqlite3.Error as error:
        raise explain(error, file) from error
    if said != ["ok"]:
        raise DamagedData.at(file, "; ".join(said))
