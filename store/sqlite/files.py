"""The files of a hall's data: their names, whose they are, whole copies of them."""

import fcntl
import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from store.database import AnotherHub, DamagedData, StoreUnavailable
from store.files import sync_directory, sync_file
from store.sqlite.connection import connect, explain

FILE = "motcua.sqlite"
LOCK_FILE = "hub.lock"
RESTORING = "restoring"  # lies beside the data while a restore changes files; see backup.py


def take_lock(directory: Path) -> int:
    """The descriptor of `hub.lock`, locked until it is closed or the process dies; refuses AnotherHub."""
    file = directory / LOCK_FILE
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreUnavailable.because(error) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise AnotherHub.at(file) from error
    with suppress(OSError):  # the number only helps a reader; the lock holds without it
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
    return handle


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
