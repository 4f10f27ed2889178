"""Who may enter: devices by token, people by password and session. Only hashes are kept of what opens a door.

Nothing is remembered between requests but failed log-ins, so what is revoked is shut at once.
"""

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, cast

import argon2

from hall.actors import device_id, officer
from hall.model import Refused
from store.database import AlreadyThere, Database, StoreUnavailable
from store.log_ins import FailedTries, Reckoning, Tries, known_by, officer_of

DeviceRole = Literal["kiosk", "display", "counter", "rating", "printer", "supervisor"]
StaffRole = Literal["staff", "supervisor", "admin"]
DeviceTokens = dict[str, dict[str, str]]  # by hall and role, as devices show them

SECRET_BYTES = 32  # 256 bits
IDLE, LONGEST = timedelta(minutes=15), timedelta(hours=12)
SEEN_STEP = timedelta(minutes=1)  # a session's last use is kept this coarsely: each keeping is a disk write
NOBODY_KNOWS = datetime.min.replace(tzinfo=UTC)
MOST_SESSIONS = 5  # of one officer: their counter, a second screen, what was left open at home


class NameTaken(Exception):
    """There is an officer of this name already."""


@dataclass(frozen=True, slots=True)
class Device:
    id: int
    hall: str
    role: DeviceRole
    name: str
    counter: str | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Staff:
    id: int
    name: str
    role: StaffRole
    disabled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Session:
    """`ends_at` at the latest; earlier after 15 idle minutes. `mark` tells it from the officer's others, and
    opens nothing.
    """

    staff: Staff
    mark: str
    csrf: str
    ends_at: datetime


class Accounts:
    """`pool` reckons the password hashes: 19 MiB and some 30 ms each, not for the thread that serves."""

    def __init__(self, database: Database, pool: Executor, *, throttle: bool = True) -> None:
        self._database = database
        self._pool = pool
        self._hasher = argon2.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
        self._nobody = self._hasher.hash(secrets.token_urlsafe())
        self._tries = FailedTries() if throttle else None
        self._reckoning = Reckoning(pool)

    def create_device(
        self, role: DeviceRole, hall: str, name: str, counter: str | None, *, now: datetime
    ) -> tuple[Device, str]:
        """The device and its token, which is told this once."""
        token = secrets.token_urlsafe(SECRET_BYTES)
        with self._database.write():
            device = self._database.value(
                "INSERT INTO devices (hall, role, name, counter, token_hash, created_at)"
                " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
                (hall, role, name, counter, hashed(token), now.isoformat()),
            )
        return Device(cast(int, device), hall, role, name, counter, None), token

    def devices(self) -> list[Device]:
        return [_device(row) for row in self._database.query("SELECT * FROM devices ORDER BY id")]

    def kiosks(self, hall: str) -> list[str]:
        """The names of the hall's kiosks whose tokens are valid."""
        return [
            each.name
            for each in self.devices()
            if each.role == "kiosk" and each.hall == hall and each.revoked_at is None
        ]

    def device_name(self, device: int) -> str:
        """Empty: unknown."""
        return str(self._database.value("SELECT name FROM devices WHERE id = ?", (device,)) or "")

    def device_of(self, token: str) -> Device | None:
        """None: unknown or revoked."""
        rows = self._database.query(
            "SELECT * FROM devices WHERE token_hash = ? AND revoked_at IS NULL", (hashed(token),)
        )
        return next(map(_device, rows), None)

    def revoke(self, device: int, *, now: datetime) -> bool:
        """False: there is no such device, or it was revoked before."""
        with self._database.write():
            return bool(
                self._database.rows(
                    "UPDATE devices SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL RETURNING id",
                    (now.isoformat(), device),
                )
            )

    def add_staff(self, name: str, role: StaffRole, password: str, *, now: datetime) -> Staff:
        """Refuses NameTaken, also where a name differs in capitals only. Name and password are NFC from here
        on, whatever keyboard they are typed on."""
        name, password = composed(name), composed(password)
        if _likeness(name) in {_likeness(each.name) for each in self.staff()}:
            raise NameTaken(name)
        password_hash = self._pool.submit(self._hasher.hash, password).result()
        try:
            with self._database.write():
                officer = self._database.value(
                    "INSERT INTO staff (name, role, password_hash, created_at)"
                    " VALUES (?, ?, ?, ?) RETURNING id",
                    (name, role, password_hash, now.isoformat()),
                )
        except AlreadyThere as error:
            raise NameTaken(name) from error
        return Staff(cast(int, officer), name, role, None)

    def staff(self) -> list[Staff]:
        return [_staff(row) for row in self._database.query("SELECT * FROM staff ORDER BY id")]

    def names(self) -> dict[str, str]:
        """How officers and devices are called, by the id that events keep."""
        named = {officer(each.id).id: each.name for each in self.staff()}
        return named | {device_id(each.id): each.name for each in self.devices()}

    def disable_staff(self, name: str, *, now: datetime) -> bool:
        """Ends all their sessions too. False: there is nobody of this name at work."""
        return self._changed(name, "disabled_at = ?", now.isoformat(), "disabled_at IS NULL")

    def enable_staff(self, name: str) -> bool:
        """With the password as it was. False: there is no disabled account of this name."""
        return self._changed(name, "disabled_at = ?", None, "disabled_at IS NOT NULL")

    def set_role(self, name: str, role: StaffRole) -> bool:
        """Ends all their sessions too: what they may do is seen when they enter. False: there is nobody."""
        return self._changed(name, "role = ?", role)

    def set_password(self, name: str, password: str) -> bool:
        """Ends all their sessions too: somebody else may have known the old one. False: there is nobody."""
        password_hash = self._pool.submit(self._hasher.hash, composed(password)).result()
        return self._changed(name, "password_hash = ?", password_hash)

    def _changed(self, name: str, what: str, value: str | None, only: str = "TRUE") -> bool:
        """Sets something of an account, whose sessions are over. `what` and `only` are our own words."""
        with self._database.write():
            changed = self._database.rows(
                f"UPDATE staff SET {what} WHERE name = ? AND {only} RETURNING id",  # noqa: S608
                (value, composed(name)),
            )
            for each in changed:
                self._database.execute("DELETE FROM sessions WHERE staff = ?", (cast(int, each[0]),))
        return bool(changed)

    def log_in(
        self, name: str, password: str, by: Tries, *, ending: str | None, now: datetime
    ) -> tuple[str, Session]:
        """A new session and its id for the cookie; the session `ending` is over.

        Refuses `login_failed`, the same and as slowly for a wrong name as for a wrong password, and
        `rate_limited`, which counts this name as tried by `by` only: nobody can lock another out.
        """
        row, password = self._called(name), composed(password)
        name = str(row["name"]) if row else _likeness(name)
        who = by.counted(cast(int, row["id"]) if row else None)
        if self._tries and (seconds := self._tries.must_wait(name, who, now)):
            raise Refused("rate_limited", seconds=seconds)
        expected = str(row["password_hash"]) if row else self._nobody
        right = self._reckoning.reckon(who, known=by.known, work=lambda: self._verify(expected, password))
        if row is None or not right:
            if self._tries:
                self._tries.failed(name, who, now)
            raise Refused("login_failed")
        if self._tries:
            self._tries.forget(name, who)
        return self._begin(_staff(row), ending, now)

    def _called(self, name: str) -> dict[str, object] | None:
        """The account at work of this name, whatever the capitals a keyboard made of it."""
        rows = list(self._database.query("SELECT * FROM staff WHERE disabled_at IS NULL"))
        exact = [row for row in rows if row["name"] == composed(name)]
        alike = [row for row in rows if _likeness(str(row["name"])) == _likeness(name)]
        found = exact or alike  # names of the time before could differ in capitals only
        return found[0] if len(found) == 1 else None

    def known_by(self, session: Session) -> str:
        """What a browser shall keep from which an officer has logged in: see `browser`."""
        return known_by(session.staff.id, self._password_hash(session.staff.id), session.mark)

    def browser(self, known: str | None) -> Tries | None:
        """As what a browser is counted from which an officer has logged in. None: it is a stranger's."""
        said = officer_of(known or "")
        if known is None or said is None:
            return None
        officer, nonce = said
        kept = self._password_hash(officer)
        ours = kept and same(known, known_by(officer, kept, nonce))
        return Tries(f"browser:{nonce}", officer) if ours else None

    def _password_hash(self, officer: int) -> str:
        """Empty: nobody at work has this id."""
        kept = self._database.value(
            "SELECT password_hash FROM staff WHERE id = ? AND disabled_at IS NULL", (officer,)
        )
        return str(kept or "")

    def session_of(self, session_id: str, *, now: datetime) -> Session | None:
        """None: unknown, ended, idle for too long, or its officer was disabled. Using it keeps it alive."""
        rows = self._database.query(
            "SELECT staff.*, csrf, seen_at, ends_at FROM sessions JOIN staff ON staff.id = sessions.staff"
            " WHERE id_hash = ? AND disabled_at IS NULL",
            (hashed(session_id),),
        )
        row = next(rows, None)
        if row is None:
            return None
        if not _lives(row, now):
            return None
        seen_at, ends_at = _moment(row["seen_at"]), _moment(row["ends_at"])
        if now - seen_at >= SEEN_STEP:
            # On a full disk an officer may still read; what they do is refused where it is kept.
            with suppress(StoreUnavailable), self._database.write():
                self._database.execute(
                    "UPDATE sessions SET seen_at = ? WHERE id_hash = ?",
                    (now.isoformat(), hashed(session_id)),
                )
        return Session(_staff(row), _mark(hashed(session_id)), str(row["csrf"]), ends_at)

    def log_out(self, session_id: str) -> None:
        with self._database.write():
            self._database.execute("DELETE FROM sessions WHERE id_hash = ?", (hashed(session_id),))

    def present(self, *, now: datetime) -> frozenset[str]:
        """What lets somebody be connected now: "device:7" not revoked, "session:MARK" of a living one."""
        devices = self._database.query("SELECT id FROM devices WHERE revoked_at IS NULL")
        people = self._database.query(
            "SELECT id_hash, seen_at, ends_at FROM sessions JOIN staff ON staff.id = sessions.staff"
            " WHERE disabled_at IS NULL"
        )
        living = (_mark(str(row["id_hash"])) for row in people if _lives(row, now))
        return frozenset(
            [*(device_id(cast(int, row["id"])) for row in devices), *(f"session:{each}" for each in living)]
        )

    def _begin(self, staff: Staff, ending: str | None, now: datetime) -> tuple[str, Session]:
        session_id, csrf = secrets.token_urlsafe(SECRET_BYTES), secrets.token_urlsafe(SECRET_BYTES)
        ends_at = now + LONGEST
        with self._database.write():
            for over in [*self._over(now), *([hashed(ending)] if ending else [])]:
                self._database.execute("DELETE FROM sessions WHERE id_hash = ?", (over,))
            for oldest in self._too_many(staff):
                self._database.execute("DELETE FROM sessions WHERE id_hash = ?", (oldest,))
            self._database.execute(
                "INSERT INTO sessions (id_hash, staff, csrf, created_at, seen_at, ends_at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (hashed(session_id), staff.id, csrf, now.isoformat(), now.isoformat(), ends_at.isoformat()),
            )
        return session_id, Session(staff, _mark(hashed(session_id)), csrf, ends_at)

    def _over(self, now: datetime) -> Iterator[str]:
        for row in self._database.query("SELECT id_hash, seen_at, ends_at FROM sessions"):
            if not _lives(row, now):
                yield str(row["id_hash"])

    def _too_many(self, staff: Staff) -> list[str]:
        """The sessions that end where one more of this officer begins."""
        rows = self._database.query(
            "SELECT id_hash FROM sessions WHERE staff = ? ORDER BY seen_at DESC, created_at DESC", (staff.id,)
        )
        return [str(row["id_hash"]) for row in rows][MOST_SESSIONS - 1 :]

    def _verify(self, expected: str, password: str) -> bool:
        with suppress(argon2.exceptions.VerifyMismatchError):
            return self._hasher.verify(expected, password)
        return False


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _likeness(name: str) -> str:
    """The same for names that people would read, or type, as one: lan, Lan, Ｌan."""
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).split())


def hashed(secret: str) -> str:
    """What is kept of a token or a session's id: both are 256 random bits, so a fast hash will do."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _mark(session_hash: str) -> str:
    return session_hash[:16]


def same(told: str, expected: str) -> bool:
    """Compares secrets in a time that tells nothing of them."""
    return hmac.compare_digest(told.encode(), expected.encode())


def _lives(row: Mapping[str, object], now: datetime) -> bool:
    """A session that was used lately. One used later than now was begun by a clock that was ahead, and would
    live for as long as that; one whose times cannot be read is over, and nobody else's is."""
    try:
        idle = now - _moment(row["seen_at"])
        return now < _moment(row["ends_at"]) and -SEEN_STEP <= idle < IDLE
    except (ValueError, TypeError):
        return False


def _moment(value: object) -> datetime:
    return datetime.fromisoformat(str(value))


def _ended_at(value: object) -> datetime | None:
    """None: it goes on. At a time that cannot be read it has ended all the same; `verify` tells of it."""
    try:
        return None if value is None else _moment(value)
    except ValueError:
        return NOBODY_KNOWS


def _device(row: dict[str, object]) -> Device:
    return Device(
        cast(int, row["id"]),
        str(row["hall"]),
        cast(DeviceRole, row["role"]),
        str(row["name"]),
        None if row["counter"] is None else str(row["counter"]),
        _ended_at(row["revoked_at"]),
    )


def _staff(row: dict[str, object]) -> Staff:
    return Staff(
        cast(int, row["id"]),
        str(row["name"]),
        cast(StaffRole, row["role"]),
        _ended_at(row["disabled_at"]),
    )
