"""The hall's data in one SQLite file: who may open it, how it is written, what its errors mean."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from threading import RLock
from time import monotonic
from types import TracebackType
from typing import Self

import sqlite_utils

FILE = "motcua.sqlite"
LOCK_FILE = "hub.lock"
RESTORING = "restoring"  # lies beside the data while a restore changes files; see backup.py
BUSY_SECONDS = 2.0  # another process (a command line) may hold the write lock this long
FULL = 2  # what PRAGMA synchronous answers for FULL

Value = str | int | float | bytes | None
Params = Sequence[Value] | Mapping[str, Value]

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


class StoreUnavailable(Exception):
    """Cannot be kept now: disk full, read-only, input/output error. Nothing is half done; try again."""

    @classmethod
    def because(cls, cause: object) -> "StoreUnavailable":
        return cls(
            f"Chưa lưu được dữ liệu ({cause}): kiểm tra dung lượng và quyền ghi của ổ đĩa, rồi thử lại. / "
            f"Cannot store now ({cause}): look at the free space and the permissions of the disk, try again."
        )


class DamagedData(StoreUnavailable):
    """The file is not what the program wrote; the message says how to restore."""

    @classmethod
    def at(cls, file: Path, what: object) -> "DamagedData":
        return cls(
            f"Dữ liệu {file} bị hỏng ({what}): xin dừng chương trình và khôi phục bằng "
            "'server.py restore TỆP'. / "
            f"The data in {file} is damaged ({what}): stop the hub and restore the newest backup with "
            "'python server.py restore FILE'; the damaged data is kept aside."
        )


class AnotherHub(Exception):
    """Another process serves this data."""

    @classmethod
    def at(cls, file: Path) -> "AnotherHub":
        with suppress(OSError):
            holder = file.read_text(encoding="ascii", errors="replace").strip()
            return cls(
                f"Máy chủ khác (tiến trình {holder}) đang dùng {file.parent}: hãy dừng nó trước. / "
                f"Another hub (process {holder}) has {file.parent} open: stop it first."
            )
        return cls(
            f"Máy chủ khác đang dùng {file.parent}: hãy dừng nó trước. / "
            f"Another hub has {file.parent} open: stop it first."
        )


class NewerData(Exception):
    """The data was written by a newer program than this one."""

    @classmethod
    def at(cls, file: Path, *, data: str, program: str) -> "NewerData":
        return cls(
            f"Dữ liệu {file} thuộc bản {data}, chương trình này chỉ biết đến bản {program}: "
            "hãy cài bản mới hơn. / "
            f"The data in {file} is at version {data}, this program knows versions up to {program}: "
            "install the newer program, or restore a backup made with this one."
        )


class NotDurable(Exception):
    """SQLite does not keep a commit through a power cut here; a hub must not serve like that."""


def explain(error: sqlite3.Error, file: Path) -> Exception:
    """What a driver's error means to a hall; errors that are not the disk's come back as they are."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _DAMAGE:
        return DamagedData.at(file, error)
    if code in _DISK:
        return StoreUnavailable.because(error)
    return error


def connect(file: Path, *, mode: str = "rw") -> sqlite3.Connection:
    """A bare connection in autocommit, usable from any thread under a lock; never makes a file by itself."""
    return sqlite3.connect(
        f"{file.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )


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


class Database:
    """One connection, one lock. Every read and write of the store goes through it."""

    def __init__(self, file: Path, lock: int | None) -> None:
        self.file = file
        self._hub_lock = lock
        self._lock = RLock()
        self._writing = _Writing(self, self._lock)
        self._kept_at = float("-inf")
        self._conn = connect(file)
        try:
            self.db = sqlite_utils.Database(self._conn, execute_plugins=False)
            self._prepare()
        except sqlite3.Error as error:
            self._conn.close()
            raise explain(error, file) from error
        except NotDurable:
            self._conn.close()
            raise

    @classmethod
    def open(cls, directory: Path, *, lock: bool) -> Self:
        """The data of `directory`, made or migrated where needed.

        `lock`: as the hub, alone and after a check of the whole file. Without: beside a running hub.
        Refuses AnotherHub, NewerData, DamagedData, StoreUnavailable.
        """
        from store import migrations  # it opens databases itself: a circle at import time

        handle = take_lock(directory) if lock else None
        try:
            migrations.bring_up(directory, locked=lock)
            database = cls(directory / FILE, handle)
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

    def _prepare(self) -> None:
        self._conn.execute("PRAGMA journal_mode = WAL")
        self._conn.execute("PRAGMA synchronous = FULL")
        self._conn.execute("PRAGMA foreign_keys = ON")
        self._conn.execute("PRAGMA trusted_schema = OFF")
        self.assert_durable()

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
        """One transaction, all or nothing. Inside another one it is part of that one."""
        return self._writing

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything read inside is of one moment, while other processes go on writing."""
        with self._lock:
            self.execute("BEGIN")
            try:
                yield
            finally:
                self._conn.execute("ROLLBACK")

    def _commit(self) -> None:
        """Only for `write`, which begins."""
        # A full disk may have ended the transaction already; whoever caught that error gets no commit.
        if not self._conn.in_transaction:
            raise StoreUnavailable.because("the transaction was rolled back")
        self.execute("COMMIT")
        self._kept_at = monotonic()

    def _roll_back(self) -> None:
        """Only for `write`; nothing where the disk's error has ended the transaction already."""
        if self._conn.in_transaction:
            with suppress(sqlite3.Error):
                self._conn.execute("ROLLBACK")

    def execute(self, sql: str, params: Params = ()) -> sqlite3.Cursor:
        """Runs one statement; errors of the disk become StoreUnavailable, the driver's others stay."""
        with self._lock:
            try:
                return self._conn.execute(sql, params)
            except sqlite3.Error as error:
                self._kept_at = float("-inf")
                raise explain(error, self.file) from error

    def rows(self, sql: str, params: Params = ()) -> list[tuple[object, ...]]:
        """All rows of one statement."""
        with self._lock:
            return self._fetch(self.execute(sql, params))

    def query(self, sql: str, params: Params = ()) -> Iterator[dict[str, object]]:
        """The rows of one statement by column name, read to the end before the first is handed out."""
        with self._lock:
            cursor = self.execute(sql, params)
            rows = self._fetch(cursor)
        names = [column[0] for column in cursor.description]
        return (dict(zip(names, row, strict=True)) for row in rows)

    def value(self, sql: str, params: Params = ()) -> object:
        """The first column of the first row; None where there is none."""
        rows = self.rows(sql, params)
        return rows[0][0] if rows else None

    def _fetch(self, cursor: sqlite3.Cursor) -> list[tuple[object, ...]]:
        try:
            return cursor.fetchall()
        except sqlite3.Error as error:
            raise explain(error, self.file) from error

    def probe(self) -> None:
        """Writes one row; refuses StoreUnavailable where the hall could not keep a ticket now."""
        with self.write():
            self.execute("UPDATE meta SET value = value + 1 WHERE key = 'probe'")

    def kept_lately(self, seconds: float) -> bool:
        """Whether something was kept within so many seconds, and nothing has failed since."""
        return monotonic() - self._kept_at < seconds

    def close(self) -> None:
        with self._lock:
            self._conn.close()
            if self._hub_lock is not None:
                os.close(self._hub_lock)
                self._hub_lock = None


class _Writing:
    """What `Database.write` hands out, always the same one. A class, because a ticket enters it four times
    and a generator would cost as much as half its statements."""

    def __init__(self, database: Database, lock: "RLock") -> None:
        self._database = database
        self._lock = lock
        self._depth = 0

    def __enter__(self) -> None:
        self._lock.acquire()
        if not self._depth:
            try:
                self._database.execute("BEGIN IMMEDIATE")
            except BaseException:
                self._lock.release()
                raise
        self._depth += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._depth -= 1
        try:
            if self._depth:
                return
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
