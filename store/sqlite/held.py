"""What a hub holds of its data while it runs: the lock, and the files as it opened them."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from store.database import AnotherHub, StoreUnavailable

LOCK_FILE = "hub.lock"


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
    running hub it goes on with what nobody finds again. None of them ever shrinks while it is open.

    They are looked at by name alone: to open and close one here would drop the locks that SQLite has on it.
    """

    def __init__(self, file: Path) -> None:
        names = (str(file), f"{file}-wal", f"{file}-shm")
        self._known = {name: found for name in names if (found := _stat(name)) is not None}
        self._folder = str(file.parent)
        # Itself, and when a name in it had last changed as all were looked at.
        self._folder_was: tuple[int, int] | None = None
        self._log = os.open(names[1], os.O_RDONLY | os.O_CLOEXEC) if names[1] in self._known else None
        self._log_size = 0

    def missing(self) -> str | None:
        """The first that is not there, or the database where it is another, as a path. Costs microseconds,
        for nothing is asked of the log: to ask when it was written makes the next commit keep that (80 us).
        """
        if self._log is not None:  # SQLite has no lock on it, and its size is not asked for by its state
            size, known_size = os.lseek(self._log, 0, os.SEEK_END), self._log_size
            self._log_size = size
            if size < known_size:
                return f"{next(iter(self._known))}-wal"
        folder = _stat(self._folder)
        now = (folder.st_ino, folder.st_mtime_ns) if folder is not None else None
        if now is None or now != self._folder_was:
            if (name := self._gone_by_name()) is not None:
                return name
            self._folder_was = now
        return None

    def _gone_by_name(self) -> str | None:
        for name in self._known:
            if not os.access(name, os.F_OK):
                return name
        main, known = next(iter(self._known.items()))
        found = _stat(main)
        return None if found is not None and os.path.samestat(found, known) else main

    def close(self) -> None:
        if self._log is not None:
            os.close(self._log)
            self._log = None

    def gone(self) -> str | None:
        """The first that is not what it was, as a path; None: all are there."""
        for name, known in self._known.items():
            found = _stat(name)
            if found is None or found.st_size < known.st_size or not os.path.samestat(found, known):
                return name
            self._known[name] = found
        return None


def _stat(name: str) -> os.stat_result | None:
    try:
        return os.stat(name)  # noqa: PTH116 (the method of a path costs three times as much)
    except OSError:
        return None
