"""One SQLite file, open: how it is read and written, what its errors mean."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from functools import partial
from math import inf
from pathlib import Path
from threading import RLock, get_ident
from time import monotonic, sleep
from types import TracebackType
from typing import TypeVar

from store.database import AlreadyThere, DamagedData, DataGone, NotDurable, Params, StoreUnavailable, Waiting
from store.files import sync_directory, sync_file
from store.sqlite.held import HubLock, OpenFiles

T = TypeVar("T")

BUSY_SECONDS = 2.0  # another process (a command line) may hold the write lock this long
BUSY_STEP_SECONDS = 0.01
RESCUED_PAGES = 256  # at a time, so that readers have their turn in between
STUCK_SECONDS = 5.0  # a commit that waits longer is a disk that does not answer
BALLAST = 64 * 1024  # twice what the pages of a ticket, its slip and its answer have taken at most
FULL = 2  # what PRAGMA synchronous answers for FULL

_DISK = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOMEM,
    }
)
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
# Without a code: the driver's word for a text that is none, the engine's for what is not in the file.
_SAID_OF_DAMAGE = ("Could not decode", "no such table", "no such column")
_THERE = frozenset({sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE})


def _nothing(_cursor: sqlite3.Cursor) -> None:
    """Of a statement that gives no rows."""


def explain(error: sqlite3.Error, file: Path) -> Exception:
    """What a driver's error means to a hall; a mistake of the program comes back as it is."""
    extended = getattr(error, "sqlite_errorcode", 0)
    code = extended & 0xFF
    if extended in _THERE:
        return AlreadyThere(str(error))
    if code in _DAMAGE or str(error).startswith(_SAID_OF_DAMAGE):
        return DamagedData.at(file, error)
    if code in _DISK:
        return StoreUnavailable.because(error)
    return error


def connect(file: Path, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """A bare connection in autocommit, usable from any thread under a lock; never makes a file by itself."""
    return sqlite3.connect(
        f"{file.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=busy_seconds,
        isolation_level=None,
        check_same_thread=False,
    )


class SqliteDatabase:
    """One connection for who writes and one for all who read, each with its lock, as `Database` says: while a
    commit waits for the disk others read what was committed before.

    `waiting` does the commit, and may let others go on meanwhile.
    """

    def __init__(self, file: Path, hub_lock: HubLock | None, waiting: Waiting) -> None:
        self.file = file
        self._hub_lock = hub_lock
        self._waiting = waiting
        self._lock = RLock()
        self._reading = RLock()
        self._writing = _Writing(self, self._lock)
        self._failures = 0
        self._healed = 0  # so many of them were before the last probe that succeeded
        self._waits_since = inf
        self._conn = connect(file, BUSY_STEP_SECONDS)
        try:
            self._prepare()
            self._reader = connect(file, BUSY_STEP_SECONDS)
            self._reader.execute("PRAGMA trusted_schema = OFF")
            self._reader.execute("PRAGMA query_only = ON")
        except sqlite3.Error as error:
            self._conn.close()
            raise explain(error, file) from error
        except NotDurable:
            self._conn.close()
            raise
        # The hub's own: who looks beside it for a moment does not look after the files.
        self._files = OpenFiles(file) if hub_lock is not None else None

    def _prepare(self) -> None:
        self._conn.execute("PRAGMA journal_mode = WAL")
        self._conn.execute("PRAGMA synchronous = FULL")
        self._conn.execute("PRAGMA foreign_keys = ON")
        self._conn.execute("PRAGMA trusted_schema = OFF")
        self.assert_durable()
        self._conn.execute("SELECT COUNT(*) FROM meta")  # the first look makes the files beside

    def assert_durable(self) -> None:
        """Refuses NotDurable unless an acknowledged commit outlives a power cut (WAL and FULL)."""
        mode = self._conn.execute("PRAGMA journal_mode").fetchone()[0]
        synchronous = self._conn.execute("PRAGMA synchronous").fetchone()[0]
        if mode != "wal" or synchronous != FULL:
            raise NotDurable(
                f"{self.file}: journal_mode={mode}, synchronous={synchronous}; the hub needs wal and {FULL} "
                "(FULL), or tickets are lost in a power cut: put the data on a local disk."
            )

    def quick_check(self) -> None:
        """Reads every page; refuses DamagedData."""
        try:
            said = [row[0] for row in self._conn.execute("PRAGMA quick_check(3)")]
        except sqlite3.Error as error:
            raise explain(error, self.file) from error
        if said != ["ok"]:
            raise DamagedData.at(self.file, "; ".join(said))

    def write(self) -> AbstractContextManager[None]:
        return self._writing

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        with self._reading:
            self._reader.execute("BEGIN")
            try:
                yield
            finally:
                self._reader.execute("ROLLBACK")

    def _begin(self) -> None:
        """Only for `write`. Where another process writes it is waited for as for any lock, not in the driver,
        which would hold up everybody."""
        ends = monotonic() + BUSY_SECONDS
        while True:
            try:
                self.execute("BEGIN IMMEDIATE")
                return
            except StoreUnavailable as trouble:
                if getattr(trouble.__cause__, "sqlite_errorcode", 0) != sqlite3.SQLITE_BUSY:
                    raise
                if monotonic() >= ends:
                    raise
            sleep(BUSY_STEP_SECONDS)

    def _commit(self) -> None:
        """Only for `write`, which begins."""
        # A full disk may have ended the transaction already; whoever caught that error gets no commit.
        if not self._conn.in_transaction:
            raise StoreUnavailable.because("the transaction was rolled back")
        self._waits_since = monotonic()
        try:
            self._waiting(partial(self._conn.execute, "COMMIT"))
        except sqlite3.Error as error:
            raise self._explained(error) from error
        finally:
            self._waits_since = inf

    def _roll_back(self) -> None:
        """Only for `write`; nothing where the disk's error has ended the transaction already."""
        if self._conn.in_transaction:
            with suppress(sqlite3.Error):
                self._conn.execute("ROLLBACK")

    def execute(self, sql: str, params: Params = ()) -> None:
        self._run(sql, params, _nothing)

    def rows(self, sql: str, params: Params = ()) -> list[tuple[object, ...]]:
        return self._run(sql, params, sqlite3.Cursor.fetchall)

    def query(self, sql: str, params: Params = ()) -> Iterator[dict[str, object]]:
        names, rows = self._run(sql, params, lambda found: (found.description, found.fetchall()))
        return (dict(zip((name for name, *_ in names), row, strict=True)) for row in rows)

    def value(self, sql: str, params: Params = ()) -> object:
        row = self._run(sql, params, sqlite3.Cursor.fetchone)
        return row[0] if row else None

    def _run(self, sql: str, params: Params, take: Callable[[sqlite3.Cursor], T]) -> T:
        """One statement and what is taken of its rows, while nobody else uses the connection. Who writes
        reads what it has written; all others what is committed."""
        reads = sql.startswith("SELECT") and self._writing.by != get_ident()
        with self._reading if reads else self._lock:
            try:
                return take((self._reader if reads else self._conn).execute(sql, params))
            except sqlite3.Error as error:
                raise self._explained(error) from error

    def _explained(self, error: sqlite3.Error) -> Exception:
        said = explain(error, self.file)
        self._failures += isinstance(said, StoreUnavailable)
        return said

    def faults(self) -> Iterator[str]:
        for (said,) in self.rows("PRAGMA integrity_check(10)"):
            if said != "ok":
                yield f"the file: {said}"
        for table, row, parent, _ in self.rows("PRAGMA foreign_key_check"):
            yield f"{table} row {row}: its {parent} is not there"

    def probe(self) -> None:
        """Room for new pages, in the file and in its log, where a row written over would need none."""
        before_it = self._failures  # what fails meanwhile is not healed by it
        with self.write():
            self.execute("UPDATE meta SET value = value + 1 WHERE key = 'probe'")
            before = self.value("SELECT key FROM meta WHERE key LIKE 'ballast %'")
            after = "ballast 1" if before == "ballast 0" else "ballast 0"
            self.execute("INSERT INTO meta (key, value) VALUES (?, ?)", (after, os.urandom(BALLAST)))
            self.execute("DELETE FROM meta WHERE key LIKE 'ballast %' AND key <> ?", (after,))
        self._healed = max(self._healed, before_it)

    def rescue(self, file: Path) -> None:
        new = file.with_name(f"{file.name}.new")
        try:
            new.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(new, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
            with closing(connect(new)) as copy:
                self._reader.backup(copy, pages=RESCUED_PAGES, sleep=BUSY_STEP_SECONDS)
                copy.execute("PRAGMA journal_mode = DELETE")
                if copy.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                    raise DamagedData.at(self.file, "what is left of it is not whole")
            sync_file(new)
            new.rename(file)
            sync_directory(file.parent)
        except sqlite3.Error as error:
            raise explain(error, self.file) from error
        except OSError as error:
            raise StoreUnavailable.because(error) from error

    def failing(self) -> bool:
        return self._failures > self._healed

    def look(self) -> None:
        self._look(OpenFiles.gone)

    def _look(self, at: Callable[[OpenFiles], str | None]) -> None:
        try:
            name = at(self._files) if self._files is not None else None
        except OSError as error:
            self._failures += 1
            raise StoreUnavailable.because(error) from error
        if name is not None:
            self._failures += 1
            raise DataGone.while_open(name)
        if monotonic() - self._waits_since > STUCK_SECONDS:
            raise StoreUnavailable.because("the disk does not answer")

    def close(self) -> None:
        with self._lock, self._reading:
            self._reader.close()
            self._conn.close()
            if self._files is not None:
                self._files.close()
            if self._hub_lock is not None:
                self._hub_lock.release()


class _Writing:
    """What `SqliteDatabase.write` hands out, always the same one. A class, because a ticket enters it four
    times and a generator would cost as much as half its statements."""

    def __init__(self, database: SqliteDatabase, lock: "RLock") -> None:
        self._database = database
        self._lock = lock
        self._depth = 0
        self.by: int | None = None  # the thread that writes

    def __enter__(self) -> None:
        self._lock.acquire()
        if not self._depth:
            try:
                self._database._look(OpenFiles.missing)
                self._database._begin()
            except BaseException:
                self._lock.release()
                raise
            self.by = get_ident()
        self._depth += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._depth -= 1
        try:
            if self._depth:
                return
            self.by = None
            if kind is not None:
                self._database._roll_back()
                return
            try:
                self._database._commit()
            except BaseException:
                self._database._roll_back()
                raise
        finally:
            self._lock.release()
