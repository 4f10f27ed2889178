"""Opening the data of a hall, as its hub or beside one."""

import tempfile
from datetime import datetime
from pathlib import Path

from store.database import HallIsThere, StoreUnavailable, Waiting, at_once
from store.second_place import was_begun
from store.sqlite.connection import SqliteDatabase
from store.sqlite.files import FILE, RESTORING
from store.sqlite.held import HubLock
from store.sqlite.migrations import bring_up, make


def open_database(directory: Path, *, lock: bool, waiting: Waiting = at_once) -> SqliteDatabase:
    """See `store.engine.open_store`."""
    held = HubLock(directory) if lock else None
    try:
        bring_up(directory, locked=lock)
        database = SqliteDatabase(directory / FILE, held, waiting)
    except BaseException:
        if held is not None:
            held.release()
        raise
    if lock:
        try:
            database.quick_check()
        except BaseException:
            database.close()
            raise
    return database


def new_hall(directory: Path, *, now: datetime, elsewhere: Path | None = None) -> None:
    """An empty hall where the data of one was lost; numbers given today are not given again all the same, and
    no slip of the lost one opens a ticket of the new. `elsewhere`: see `SecondPlace`.

    Refuses HallIsThere, AnotherHub.
    """
    lock = HubLock(directory)
    try:
        file = directory / FILE
        if file.exists():
            raise HallIsThere.at(file)
        left = [path for name in (f"{FILE}-wal", f"{FILE}-shm") if (path := directory / name).exists()]
        if left:
            aside = Path(tempfile.mkdtemp(prefix="before-new-hall-", dir=directory))
            for path in left:
                path.rename(aside / path.name)
        (directory / RESTORING).unlink(missing_ok=True)
        make(file, era_at=now if was_begun(directory, elsewhere) else None)
    except OSError as error:
        raise StoreUnavailable.because(error) from error
    finally:
        lock.release()
