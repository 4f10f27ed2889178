"""Backup and restore: one tar file with the database, the hub's secret and a note of what they are.

Members: `about.json`, `motcua.sqlite` (a whole database, without -wal) and `secret`, without which the
QR codes of slips already printed would lead nowhere. The file holds password hashes: mode 0600.
"""

import hashlib
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

import msgspec

from store import secret
from store.database import DamagedData, NotABackup, StoreUnavailable
from store.files import sync_directory, sync_file
from store.sqlite import migrations
from store.sqlite.connection import connect, explain
from store.sqlite.files import FILE, RESTORING, begin_era, check_whole, copy_database
from store.sqlite.held import HubLock
from store.sqlite.opening import open_database

ABOUT = "about.json"
DATABASE = b"SQLite format 3\0"
MEMBERS = frozenset({ABOUT, FILE, secret.FILE})


class About(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`sha256`: of each other member."""

    program: str
    migration: str
    sha256: dict[str, str]


def backup(directory: Path, file: Path) -> None:
    """Writes `file`, beside a running hub or without one; an older `file` is replaced only by a whole one."""
    with _workshop(file.absolute().parent) as room:
        copy_database(directory / FILE, room / FILE)
        secret.read_secret(directory)
        shutil.copyfile(directory / secret.FILE, room / secret.FILE)
        sums = {name: _sha256(room / name) for name in (FILE, secret.FILE)}
        about = About("mot-cua", migrations.known()[-1], sums)
        (room / ABOUT).write_bytes(msgspec.json.format(msgspec.json.encode(about)))
        packed = room / "packed"
        with tarfile.open(packed, "w") as tar:
            for name in (ABOUT, FILE, secret.FILE):
                tar.add(room / name, arcname=name, filter=_anonymous)
        with _workshop(room) as second:
            _unpack(packed, second)
        packed.chmod(0o600)
        sync_file(packed)
        packed.replace(file)
        sync_directory(file.absolute().parent)


def restore(file: Path, directory: Path, *, now: datetime) -> Path:
    """Puts the backup in place of the data and returns the folder where the old data is kept aside. What was
    given out after the backup is unknown from now on: a new era of track tokens begins, all log-ins are over.

    Refuses AnotherHub while a hub runs, NotABackup and NewerData before anything was touched.
    """
    lock = HubLock(directory)
    try:
        with _workshop(directory) as room:
            try:
                (_take_database if _is_database(file) else _unpack)(file, room)
            except DamagedData as error:
                raise NotABackup.because(file, error.what) from error
            _begin_anew(room / FILE, now)
            aside = _put_aside(directory, room)
    finally:
        lock.release()
    open_database(directory, lock=True).close()
    return aside


def _is_database(file: Path) -> bool:
    """What a hub rescued, or a clerk copied: the data alone. The secret that is there stays."""
    with suppress(OSError), file.open("rb") as source:
        return source.read(len(DATABASE)) == DATABASE
    return False


def _take_database(file: Path, room: Path) -> None:
    copy_database(file, room / FILE)
    migrations.pending(room / FILE)


def _begin_anew(file: Path, now: datetime) -> None:
    """In the data of the backup, before a hub can see it. A slip that was queued at the backup was printed
    since, or was not: as after a crash nobody knows, and the hub tells it at its start.
    """
    if migrations.pending(file):
        migrations.apply(file)
    try:
        with closing(connect(file)) as conn:
            conn.execute("BEGIN IMMEDIATE")
            begin_era(conn, now)
            conn.execute("DELETE FROM sessions")
            conn.execute("UPDATE print_jobs SET state = 'sending' WHERE state = 'queued'")
            conn.execute("COMMIT")
    except sqlite3.Error as error:
        raise explain(error, file) from error


def _put_aside(directory: Path, room: Path) -> Path:
    """While `restoring` lies there no hub starts, so a power cut between the moves does no harm."""
    marker = directory / RESTORING
    try:
        marker.touch(mode=0o600)
        sync_directory(directory)
        aside = Path(tempfile.mkdtemp(prefix="before-restore-", dir=directory))
        brought = [name for name in (FILE, secret.FILE) if (room / name).exists()]
        for name in (*brought, FILE + "-wal", FILE + "-shm"):
            if (directory / name).exists():
                (directory / name).rename(aside / name)
        for name in brought:
            (room / name).chmod(0o600)
            sync_file(room / name)
            (room / name).rename(directory / name)
        sync_directory(directory)
        marker.unlink()
        sync_directory(directory)
        return aside
    except OSError as error:
        raise StoreUnavailable.because(error) from error


def _unpack(file: Path, room: Path) -> None:
    """The members of a backup, each checked; the database whole and not newer than this program."""
    try:
        with tarfile.open(file, "r:") as tar:
            members = {member.name: member for member in tar.getmembers() if member.isreg()}
            if set(members) != MEMBERS:
                raise NotABackup.because(file, f"it holds {', '.join(sorted(members)) or 'nothing'}")
            for name, member in members.items():
                source = tar.extractfile(member)
                assert source is not None
                with source, (room / name).open("xb") as out:
                    shutil.copyfileobj(source, out)
        about = msgspec.json.decode((room / ABOUT).read_bytes(), type=About)
    except (tarfile.TarError, msgspec.MsgspecError, EOFError) as error:
        raise NotABackup.because(file, error) from error
    except OSError as error:
        raise NotABackup.because(file, error) from error
    for name in (FILE, secret.FILE):
        if about.sha256.get(name) != _sha256(room / name):
            raise NotABackup.because(file, f"{name} has changed since")
    check_whole(room / FILE)
    migrations.pending(room / FILE)


def _sha256(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


@contextmanager
def _workshop(directory: Path) -> Iterator[Path]:
    """A folder of our own on the disk of `directory`, so that moving a file out of it is one rename."""
    try:
        with tempfile.TemporaryDirectory(prefix=".motcua-", dir=directory) as room:
            yield Path(room)
    except OSError as error:
        raise StoreUnavailable.because(error) from error
