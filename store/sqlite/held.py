"""What a hub holds of its data while it runs: the lock, and the files as it opened them."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from store.database import AnotherHub, StoreUnavailable

LOCK_FILE = "hub.lock"
PAGES_AT, PAGES_BYTES = 28, 4  # how many the file has, in the header of an SQLite file


class HubLock:
    """Whoever has it is alone with the data, until it is released or the process dies. Refuses AnotherHub.

    The folder itself is locked, which nobody can take away from under it, and `hub.lock`, which says who has
    it and which earlier releases lock alone.
    """

    def __init__(self, directory: Path) -> None:
        self._handles: list[int] = []
        file = directory / LOCK_FILE
        try:
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            for path, flags in ((directory, os.O_RDONLY | os.O_DIRECTORY), (file, os.O_RDWR | os.O_CREAT)):
                self._handles.append(os.open(path, flags | os.O_CLOEXEC, 0o600))
                fcntl.flock(self._handles[-1], fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self.release()
            raise AnotherHub.at(file) from error
        except OSError as error:
            self.release()
            raise StoreUnavailable.because(error) from error
        with suppress(OSError):  # the number only helps a reader; the lock holds without it
            os.ftruncate(self._handles[-1], 0)
            os.pwrite(self._handles[-1], str(os.getpid()).encode(), 0)

    def release(self) -> None:
        while self._handles:
            handle = self._handles.pop()
            fcntl.flock(handle, fcntl.LOCK_UN)  # a server's loop may close a folder later than it says
            os.close(handle)


class OpenFiles:
    """The files of the data as they were opened. Where somebody deletes, replaces or cuts them under a
    running hub it goes on with what nobody finds again. None of them ever shrinks while it is open, and what
    was cut or written over once stays lost: it may grow again, with holes.

    They are looked at by name or by what is open from the beginning: to open and close one here would drop
    the locks that SQLite has on it.
    """

    def __init__(self, file: Path) -> None:
        names = (str(file), f"{file}-wal", f"{file}-shm")
        self._known = {name: found for name in names if (found := _stat(name)) is not None}
        self._folder = str(file.parent)
        # Itself, and when a name in it had last changed as all were looked at.
        self._folder_was: tuple[int, int] | None = None
        held = [name for name in names[:2] if name in self._known]
        self._handles = {name: os.open(name, os.O_RDONLY | os.O_CLOEXEC) for name in held}
        self._sizes = dict.fromkeys(held, 0)
        self._pages = self._page_count()
        self._spoilt: str | None = None

    def missing(self) -> str | None:
        """The first that is not there or was cut, or the database where it is another, as a path. Costs
        microseconds, for nothing is asked of the log: to ask when it was written makes the next commit keep
        that (80 us).
        """
        if self._spoilt is not None:
            return self._spoilt
        for name, handle in self._handles.items():  # their size is not asked for by their state
            size, known_size = os.lseek(handle, 0, os.SEEK_END), self._sizes[name]
            self._sizes[name] = size
            if size < known_size:
                return self._lost(name)
        folder = _stat(self._folder)
        now = (folder.st_ino, folder.st_mtime_ns) if folder is not None else None
        if now is None or now != self._folder_was:
            if (name_gone := self._gone_by_name()) is not None:
                return name_gone
            self._folder_was = now
        return None

    def _gone_by_name(self) -> str | None:
        for name in self._known:
            if not os.access(name, os.F_OK) and _stat(name) is None:
                return name
        main, known = next(iter(self._known.items()))
        found = _stat(main)
        return None if found is not None and os.path.samestat(found, known) else main

    def gone(self) -> str | None:
        """The first that is not what it was, as a path; None: all are there."""
        if self._spoilt is not None:
            return self._spoilt
        for name, known in self._known.items():
            found = _stat(name)
            if found is None or not os.path.samestat(found, known):
                return name
            if found.st_size < known.st_size:
                return self._lost(name)
            self._known[name] = found
        before, self._pages = self._pages, self._page_count()
        return self._lost(next(iter(self._known))) if self._pages < before else None

    def close(self) -> None:
        while self._handles:
            os.close(self._handles.popitem()[1])

    def _lost(self, name: str) -> str:
        self._spoilt = name
        return name

    def _page_count(self) -> int:
        """As the database file itself says it: an older copy that was written over it says less."""
        return int.from_bytes(os.pread(next(iter(self._handles.values())), PAGES_BYTES, PAGES_AT))


def _stat(name: str) -> os.stat_result | None:
    """None: it is not there. Raises OSError where nobody may look, which is another trouble."""
    try:
        return os.stat(name)  # noqa: PTH116 (the method of a path costs three times as much)
    except (FileNotFoundError, NotADirectoryError):
        return None
