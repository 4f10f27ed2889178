"""Opening the data of a hall, as its hub or beside one."""

import os
from pathlib import Path

from store.sqlite.connection import SqliteDatabase
from store.sqlite.files import FILE, take_lock
from store.sqlite.migrations import bring_up


def open_database(directory: Path, *, lock: bool) -> SqliteDatabase:
    """See `store.engine.open_store`."""
    handle = take_lock(directory) if lock else None
    try:
        bring_up(directory, locked=lock)
        database = SqliteDatabase(directory / FILE, handle)
    except BaseException:
        if handle is not None:
            os.close(handle)
        raise
    if lock:
        try:
            database.quick_check()
        except BaseException:
            database.close()
            raise
    return database
