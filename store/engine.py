"""Which engine keeps the data. Nothing outside this file knows, and the folder of the engine itself."""

from pathlib import Path

from store.database import Database, DataGone, Waiting, at_once
from store.second_place import was_begun
from store.sqlite.backup import backup, restore
from store.sqlite.files import FILE
from store.sqlite.opening import new_hall, open_database

__all__ = ["backup", "is_kept", "must_be_there", "new_hall", "open_store", "restore"]


def is_kept(directory: Path) -> bool:
    """Whether there is data in `directory` already."""
    return (directory / FILE).is_file()


def must_be_there(directory: Path, elsewhere: Path | None) -> None:
    """Refuses DataGone where a hall was begun, also by what the second place `elsewhere` knows, and there is
    none: its disk may not be mounted, or the folder is gone as a whole."""
    if not is_kept(directory) and was_begun(directory, elsewhere):
        raise DataGone.at(directory / FILE)


def open_store(directory: Path, *, lock: bool, waiting: Waiting = at_once) -> Database:
    """The data of `directory`, made or migrated where needed.

    `lock`: as the hub, alone and after a check of the whole data. Without: beside a running hub. `waiting`
    does a commit, which waits for the disk, and may let others go on meanwhile.
    Refuses AnotherHub, NewerData, DamagedData, NotDurable, StoreUnavailable; DataGone where a hall was begun
    and its data is not there.
    """
    return open_database(directory, lock=lock, waiting=waiting)
