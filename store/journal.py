"""The journal: what happened, day by day, never changed; and the answers kept for retried requests."""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import blake2b
from time import monotonic
from typing import cast

import msgspec

from hall.events import DayClosed, Event, NumbersSkipped, UnknownEvent
from hall.setup import Setup
from store import codec
from store.chain import Chain, Row, begin, link
from store.database import RESTORE, RESTORE_VI, AlreadyThere, DamagedData, DamagedEvent, Database
from store.eras import Era, eras

_APPEND = """INSERT INTO journal (hall, day, seq, at, kind, version, body, chain)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
_ROW = "SELECT seq, at, kind, version, body, chain FROM journal"
_READ = f"{_ROW} WHERE hall = ? AND day = ? AND seq > ? ORDER BY seq"
_ONE = f"{_ROW} WHERE hall = ? AND day = ? AND seq = ?"
_SEQS = "SELECT seq FROM journal WHERE hall = ? AND day = ? AND seq > ? ORDER BY seq"
_CHAIN = "SELECT chain FROM journal WHERE hall = ? AND day = ? AND seq = ?"
_LAST_DAY = "SELECT day FROM journal WHERE hall = ? ORDER BY day DESC LIMIT 1"
_LAST_SEQ = "SELECT seq FROM journal WHERE hall = ? AND day = ? ORDER BY seq DESC LIMIT 1"
_LAST_EVENT = "SELECT kind, version, body FROM journal WHERE hall = ? AND day = ? ORDER BY seq DESC LIMIT 1"
_OF_KIND = "SELECT version, body FROM journal WHERE hall = ? AND kind = ?"
_NEXT_DAY = "SELECT day FROM journal WHERE hall = ? AND day > ? ORDER BY day LIMIT 1"
# One that was damaged is whole again.
_KEEP_SETUP = """INSERT INTO setups (digest, body) VALUES (?, ?)
    ON CONFLICT (digest) DO UPDATE SET body = excluded.body WHERE setups.body <> excluded.body"""
_ANSWER = "SELECT fingerprint, status, body FROM answers WHERE hall = ? AND actor = ? AND key = ?"
_KEEP_ANSWER = """INSERT INTO answers (hall, actor, key, fingerprint, status, body, at)
    VALUES (?, ?, ?, ?, ?, ?, ?)"""


class SeqTaken(Exception):
    """Another worker appended first: read what was missed, fold it, run the rule again."""


class UnknownSetup(Exception):
    """The journal names a configuration that is not kept."""

    def __init__(self, which: str) -> None:
        super().__init__(
            f"Dữ liệu không còn cấu hình {which}: xin khôi phục bằng {RESTORE_VI}. / "
            f"The configuration {which} is not kept: restore a backup with {RESTORE}."
        )


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What was answered to a request with an idempotency key; `fingerprint` is of the request's body."""

    fingerprint: str
    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """An event of a hall, and the checksum of its day up to there."""

    day: date
    seq: int
    chain: bytes


class Journal:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._setups: dict[str, Setup] = {}
        self._proven_at = float("-inf")
        self._heads: dict[str, Head] = {}  # by hall where the last change or reading ended

    def together(self) -> AbstractContextManager[None]:
        """What is kept inside, here and in the tables beside the journal, is kept at once or not at all."""
        return self._database.write()

    def probe(self, *, proven_seconds: float) -> None:
        """Refuses StoreUnavailable where no ticket could be kept now. It was proved for the next
        `proven_seconds` unless something fails: who asks a thousand times a second costs no thousand writes.
        """
        self._database.look()
        if self._database.failing() or monotonic() - self._proven_at >= proven_seconds:
            self._database.probe()
            self._proven_at = monotonic()

    def append(self, hall: str, day: date, after_seq: int, events: Sequence[Event]) -> None:
        """Keeps `events` as `after_seq` + 1 and on; refuses SeqTaken, then none of them is kept."""
        with self._database.write():
            chain = self.chain(hall, day, after_seq)
            for seq, event in enumerate(events, after_seq + 1):
                kind, version, body = codec.encode(event)
                at = event.at.isoformat()
                chain = link(chain, at, kind, version, body)
                row = (hall, day.isoformat(), seq, at, kind, version, body, chain)
                try:
                    self._database.execute(_APPEND, row)
                except AlreadyThere as error:
                    raise SeqTaken(f"{hall} {day} {seq}") from error
            self._heads[hall] = Head(day, after_seq + len(events), chain)

    def read(self, hall: str, day: date, after_seq: int = 0) -> list[Event]:
        """The events of `day` after `after_seq`, in order; refuses UnknownEvent, and DamagedEvent for the
        first that is not as it was kept."""
        events: list[Event] = []
        chain = Chain(self.chain(hall, day, after_seq), after_seq)
        for row in self.rows(hall, day, after_seq):
            seq, at, kind, version, body, kept = row
            if wrong := chain.fault(seq, at, kind, version, body, kept):
                raise DamagedEvent(hall, day, chain.seq, wrong)
            try:
                events.append(codec.decode(kind, version, body))
            except UnknownEvent as error:
                raise UnknownEvent(error.kind, error.why, day, seq) from error
        if events:
            self._heads[hall] = Head(day, chain.seq, chain.checksum)
        return events

    def rows(self, hall: str, day: date, after_seq: int = 0) -> list[Row]:
        """As they are kept; refuses DamagedEvent for the first that cannot even be read."""
        where = (hall, day.isoformat(), after_seq)
        try:
            return cast(list[Row], self._database.rows(_READ, where))
        except DamagedData:
            for (seq,) in self._database.rows(_SEQS, where):
                try:
                    self._database.rows(_ONE, (hall, day.isoformat(), cast(int, seq)))
                except DamagedData as error:
                    raise DamagedEvent(hall, day, cast(int, seq), error.what) from error
            raise

    def chain(self, hall: str, day: date, seq: int) -> bytes:
        """The checksum of the day up to this event; empty where there is no such event."""
        if not seq:
            return begin(hall, day)
        head = self._heads.get(hall)
        if head is not None and (head.day, head.seq) == (day, seq):
            return head.chain
        found = self._database.rows(_CHAIN, (hall, day.isoformat(), seq))
        if not found or found[0][0] is not None:
            return cast(bytes, found[0][0]) if found else b""
        chain = begin(hall, day)  # kept by an earlier release
        for row in self.rows(hall, day)[:seq]:
            chain = link(chain, *row[1:5])
        return chain

    def last_day(self, hall: str) -> date | None:
        """The newest day with events; None: the hall never opened."""
        day = self._database.value(_LAST_DAY, (hall,))
        return _date(hall, day) if day else None

    def current_day(self, hall: str) -> date | None:
        """The day the hall was in when its last event was kept, not the newest where one was begun by a clock
        that was ahead: each day says which followed it. None: the next begins with the next event.
        """
        day, seen = self.last_day(hall), set[date]()
        while day is not None and day not in seen:
            seen.add(day)
            to = None
            for kind, version, body in self._database.rows(_LAST_EVENT, (hall, day.isoformat())):
                if kind != codec.kind_of(DayClosed):
                    return day
                with suppress(UnknownEvent):  # told where its day is read
                    to = cast(DayClosed, codec.decode(kind, cast(int, version), cast(bytes, body))).to
            # A day without a ticket leaves no trace: the first one after it that has events followed.
            day = to or self._next_day(hall, day)
        return None

    def _next_day(self, hall: str, day: date) -> date | None:
        after = self._database.value(_NEXT_DAY, (hall, day.isoformat()))
        return _date(hall, after) if after else None

    def days(self, hall: str) -> list[date]:
        """Every day with events, oldest first; one look into the key a day, however long the days are."""
        found: list[date] = []
        day = self._database.value(_NEXT_DAY, (hall, ""))
        while day:
            found.append(_date(hall, day))
            day = self._database.value(_NEXT_DAY, (hall, str(day)))
        return found

    def eras(self) -> list[Era]:
        """Of the track tokens, the newest last; none where no backup was ever restored."""
        return eras(self._database)

    def noted_eras(self, hall: str) -> frozenset[str]:
        """The eras that this hall began with a gap in its numbers."""
        kind = codec.kind_of(NumbersSkipped)
        noted = set[str]()
        for version, body in self._database.rows(_OF_KIND, (hall, kind)):
            with suppress(UnknownEvent):
                noted.add(cast(NumbersSkipped, codec.decode(kind, cast(int, version), cast(bytes, body))).era)
        return frozenset(noted)

    def head(self, hall: str) -> Head | None:
        """The newest event of a hall; None: nothing ever happened."""
        day = self.last_day(hall)
        if day is None:
            return None
        seq = cast(int, self._database.value(_LAST_SEQ, (hall, day.isoformat())))
        return Head(day, seq, self.chain(hall, day, seq))

    def halls(self) -> list[str]:
        """Every hall that has events."""
        return [str(row[0]) for row in self._database.rows("SELECT DISTINCT hall FROM journal ORDER BY hall")]

    def instead_of(self, halls: Collection[str]) -> list[str]:
        """Where nothing ever happened in one of `halls`: those of the data that are none of them, such as
        after a restore of another hall's backup. Mostly none, and then it costs a look into the key."""
        if all(self.last_day(hall) is not None for hall in halls):
            return []
        return [hall for hall in self.halls() if hall not in halls]

    def keep_setup(self, setup: Setup) -> str:
        """The digest by which the journal names this configuration; kept once."""
        digest, body = codec.encode_setup(setup)
        with self._database.write():
            self._database.execute(_KEEP_SETUP, (digest, body))
        return digest

    def setup(self, digest: str) -> Setup:
        """The configuration of this digest; refuses UnknownSetup."""
        if digest not in self._setups:
            body = self._database.value("SELECT body FROM setups WHERE digest = ?", (digest,))
            if body is None or codec.digest(cast(bytes, body)) != digest:
                raise UnknownSetup(digest)
            self._setups[digest] = codec.decode_setup(cast(bytes, body))
        return self._setups[digest]

    def answer(self, hall: str, actor: str, key: str) -> KeptAnswer | None:
        """What this actor was answered to this key; None: a new request. Refuses DamagedData."""
        for kept, status, body in self._database.rows(_ANSWER, (hall, actor, key)):
            fingerprint, _, checksum = str(kept).partition("|")
            try:
                msgspec.json.decode(cast(bytes, body))
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                raise DamagedData("Câu trả lời đã lưu", "A kept answer", error) from error
            if not as_it_was(checksum, cast(int, status), cast(bytes, body)):
                raise DamagedData("Câu trả lời đã lưu", "A kept answer", "another checksum")
            return KeptAnswer(fingerprint, cast(int, status), cast(bytes, body))
        return None

    def keep_answer(self, hall: str, actor: str, key: str, answer: KeptAnswer, now: datetime) -> None:
        """Called inside the transaction that keeps what the answer reports; refuses SeqTaken where another
        worker has answered this request."""
        at = now.astimezone(UTC).isoformat()  # one offset, so that `drop_answers` may compare as text
        sealed = f"{answer.fingerprint}|{_checksum(answer.status, answer.body)}"
        row = (hall, actor, key, sealed, answer.status, answer.body, at)
        with self._database.write():
            try:
                self._database.execute(_KEEP_ANSWER, row)
            except AlreadyThere as error:
                raise SeqTaken(f"{hall} {actor} {key}") from error

    def drop_answers(self, before: datetime) -> None:
        """Forgets answers nobody will ask for again."""
        with self._database.write():
            self._database.execute("DELETE FROM answers WHERE at < ?", (before.astimezone(UTC).isoformat(),))


def as_it_was(checksum: str, status: int, body: bytes) -> bool:
    """Whether a kept answer is that of its checksum; one that was kept without is believed."""
    return checksum in ("", _checksum(status, body))


def _checksum(status: int, body: bytes) -> str:
    return blake2b(b"%d|%b" % (status, body), digest_size=8).hexdigest()


def _date(hall: str, day: object) -> date:
    try:
        return date.fromisoformat(str(day))
    except ValueError as error:
        raise DamagedData(f"Nhật ký của {hall}", f"The journal of {hall}", f"day {day!r}") from error
