"""Files that are whole or absent, also after a power cut: copies of a database, renames."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from store.sqlite import DamagedData, StoreUnavailable, connect, explain


def sync_directory(directory: Path) -> None:
    """Makes renames and new names in `directory` outlive a power cut."""
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(file: Path) -> None:
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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


def check_whole(file: Path) -> None:
    """Reads every page and index of a file nobody writes to; refuses DamagedData."""
    try:
        with closing(connect(file)) as conn:
            said = [row[0] for row in conn.execute("PRAGMA integrity_check(3)")]
    except sqlite3.Error as error:
        raise explain(error, file) from error
    if said != ["ok"]:
        raise DamagedData.at(file, "; ".join(said))
