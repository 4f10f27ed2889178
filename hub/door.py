"""The one door for changes: a command in, a rule run, its events kept, memory and screens after it.

Memory follows the disk: a hall's state is replaced only after its events are committed.
"""

import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import partial
from threading import RLock
from typing import Protocol
from zoneinfo import ZoneInfo

import msgspec

from hall.actors import HUB, Actor
from hall.carry_over import carry_over
from hall.closing import close_day
from hall.events import Event, SetupTaken
from hall.fold import fold, fresh
from hall.model import Hall, Refused, Ticket
from hall.setup import Setup
from hall.waiting import Place, place
from hub.clock import SteadyClock
from hub.days import followed, read_day
from hub.gap import missing
from hub.tokens import TrackTokens, hashed, may_be_one
from store.database import StoreUnavailable
from store.journal import Journal, KeptAnswer, SeqTaken
from store.print_jobs import PrintJobs
from store.second_place import SecondPlace

TOKEN_LIFE = timedelta(hours=24)  # after the ticket's day has ended
ANSWERS_LIFE = timedelta(days=2)
TRIES = 5  # another worker of a large installation may be first so often in a row


class Rule(Protocol):
    """A rule of the hall with its arguments filled in, but for the hall and the moment."""

    def __call__(self, hall: Hall, /, *, now: datetime) -> list[Event]: ...


@dataclass(frozen=True, slots=True)
class SlipOrder:
    """A slip to be printed with a change: on which printer, and its facts as JSON without the token."""

    printer: str
    facts: Callable[[Hall, Ticket, Place], bytes]
    reprint: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What a change did: the hall after it, its events, the moment; with a slip its place and job."""

    hall: Hall
    events: Sequence[Event]
    now: datetime
    place: Place | None = None
    job: int | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """A change asked for. `answer` makes the reply's body; a retry with `key` gets the same one."""

    rule: Rule
    by: Actor
    answer: Callable[[Result], object]
    status: int = 200
    key: str | None = None
    fingerprint: str = ""
    slip: SlipOrder | None = None
    ticket: str | None = None  # whom the slip is for; None: the one the events issue


class Asked(Protocol):
    """A request of somebody whom the guard knows. `key` and `fingerprint` let a retry be known."""

    @property
    def actor(self) -> Actor: ...
    @property
    def key(self) -> str | None: ...
    @property
    def fingerprint(self) -> str: ...


def command(
    request: Asked,
    rule: Rule,
    answer: Callable[[Result], object],
    *,
    status: int = 200,
    slip: SlipOrder | None = None,
    ticket: str | None = None,
) -> Command:
    """The command of a request; what its arguments mean stands at Command."""
    return Command(rule, request.actor, answer, status, request.key, request.fingerprint, slip, ticket)


class Hub:
    """One hall's hub. `clock` gives aware times; `changed(hall_id)` tells the screens.

    `setup` is what the configuration says now, `digest` names it in the journal; `hall.setup` has also what
    left it and is still needed.
    """

    def __init__(
        self,
        setup: Setup,
        journal: Journal,
        jobs: PrintJobs,
        secret: bytes,
        *,
        clock: Callable[[], datetime],
        changed: Callable[[str], None],
        queued: Callable[[str], None] = lambda printer: None,
        second: SecondPlace | None = None,
    ) -> None:
        self.setup = setup
        self.journal = journal
        self.jobs = jobs
        self.lock = RLock()
        self.eras = journal.eras()
        self._tokens = TrackTokens(setup.hall, secret, [era.name for era in self.eras])
        self._zone = ZoneInfo(setup.timezone)
        self._clock = SteadyClock(clock, self._zone)
        self._changed = changed
        self._queued = queued
        self.digest = journal.keep_setup(setup)
        today, last = self._clock.now(None).date(), journal.last_day(setup.hall)
        hall = (read_day(journal, setup.hall, last) if last else None) or fresh(setup, today)
        # A day whose end the hub did not see is closed by `roll`, as it was set up.
        self.hall = hall if hall.day < today else self._set_up(hall)
        self._yesterday: Hall | None = None
        self._second = second
        self.missing = missing(journal, setup.hall, self._zone, today, second)
        if self.missing is None:
            self._note(self.hall)

    def now(self) -> datetime:
        """Local time of the hall; never before the last event, whatever the machine's clock does."""
        return self._clock.now(self.hall.at)

    def change(self, command: Command) -> KeptAnswer:
        """Runs one command. The same key gives the same answer.

        Raises Refused by a rule or for `key_reused`, StoreUnavailable when nothing could be kept.
        """
        with self.lock:
            for _ in range(TRIES):
                try:
                    return self._commit(command)
                except (Refused, SeqTaken, StoreUnavailable) as trouble:
                    # What refused may be what this worker did not know yet.
                    missed = not isinstance(trouble, StoreUnavailable) and self.catch_up()
                    # The key of an answered request ends its commit as a taken seq does: a first request
                    # pays for no look at it.
                    if (kept := self._kept(command)) is not None:
                        return kept
                    if not missed and not isinstance(trouble, SeqTaken):
                        raise
            return self._kept(command) or self._commit(command)

    def _kept(self, command: Command) -> KeptAnswer | None:
        """What this request was answered before; None: a new one. Refuses `key_reused`."""
        if command.key is None:
            return None
        kept = self.journal.answer(self.setup.hall, command.by.id, command.key)
        if kept is not None and not hmac.compare_digest(kept.fingerprint, command.fingerprint):
            raise Refused("key_reused")
        return kept

    def _commit(self, command: Command) -> KeptAnswer:
        now = self.now()
        if now.date() > self.hall.day:
            self.roll()
            now = self.now()
        hall, events = self._before_all(now)
        ruled = command.rule(hall, now=now)
        events = [*events, *ruled] if ruled else []
        after = fold(ruled, hall) if ruled else self.hall
        if not events and command.key is None:
            return _answer(command, Result(after, ruled, now))
        with self.journal.together():
            self.journal.append(self.setup.hall, self.hall.day, self.hall.version, events)
            done = self._queue_slip(command, Result(after, ruled, now))
            answer = _answer(command, done)
            if command.key is not None:
                self.journal.keep_answer(self.setup.hall, command.by.id, command.key, answer, now)
        if events:
            self._stands(after)
        if done.job is not None and command.slip is not None:
            self._queued(command.slip.printer)
        return answer

    def _stands(self, hall: Hall) -> None:
        """What was kept holds from now on: in the second place, in memory, on the screens."""
        self._note(hall)
        self.hall = hall
        self._changed(self.setup.hall)

    def _note(self, hall: Hall) -> None:
        if self._second is not None and hall.version:
            chain = self.journal.chain(self.setup.hall, hall.day, hall.version)
            self._second.note(self.setup.hall, hall.day, hall.version, chain, hall.issued)

    def _queue_slip(self, command: Command, done: Result) -> Result:
        """The same, with the print job that goes to disk together with the events."""
        if command.slip is None or not done.events:
            return done
        hall, now = done.hall, done.now
        ticket = hall.tickets[command.ticket or str(getattr(done.events[0], "ticket", ""))]
        where = place(hall, ticket, now)
        facts = command.slip.facts(hall, ticket, where).decode()
        printer, reprint = command.slip.printer, command.slip.reprint
        job = self.jobs.queue(self.setup.hall, hall.day, ticket.id, printer, facts, reprint=reprint, now=now)
        return Result(hall, done.events, now, where, job)

    def mark(self, build: str) -> str:
        """Pages load anew when it changes: another program, or another catalogue than they have read."""
        return f"{build}.{self.digest[:8]}"

    def take(self, setup: Setup) -> bool:
        """From now on the hall is set up like this, and screens are told; False: it was so already. What left
        the configuration stays while somebody needs it, as at a start; a day that has begun keeps the change
        as its event.

        Refuses StoreUnavailable: the configuration before goes on.
        """
        if (setup.hall, setup.timezone) != (self.setup.hall, self.setup.timezone):
            raise ValueError("another hall or time zone is another hub")
        with self.lock:
            self.roll()  # the old day ends by the configuration it had
            digest = self.journal.keep_setup(setup)
            for _ in range(TRIES):
                try:
                    return self._take(setup, digest)
                except SeqTaken:
                    self.catch_up()
            return self._take(setup, digest)

    def _take(self, setup: Setup, digest: str) -> bool:
        if setup == self.setup:
            return False
        if digest == self.digest:
            hall = _saying(setup.message, self.hall)
        else:
            hall = replace(self.hall, setup=carry_over(self.hall, setup))
            if hall.version:
                taken = SetupTaken(at=self.now(), by=HUB.id, digest=digest)
                self.journal.append(setup.hall, hall.day, hall.version, [taken])
                hall = fold([taken], hall)
        self.setup, self.digest = setup, digest
        self._stands(hall)
        return True

    def _set_up(self, hall: Hall) -> Hall:
        """The hall by this hub's configuration; of what left it stays what somebody still needs."""
        if hall.digest == self.digest:
            return _saying(self.setup.message, hall)
        return replace(hall, setup=carry_over(hall, self.setup))

    def _before_all(self, now: datetime) -> tuple[Hall, list[Event]]:
        """The hall, and first of all the name of its configuration where the day does not have it yet, and
        the numbers that nobody is given because somebody may have them."""
        events: list[Event] = []
        if self.hall.digest != self.digest:
            events.append(SetupTaken(at=now, by=HUB.id, digest=self.digest))
        if self.missing is not None:
            events += self.missing.skip(self.hall, now)
        return (fold(events, self.hall) if events else self.hall), events

    def catch_up(self) -> bool:
        """Folds what other workers appended; True when there was anything."""
        with self.lock:
            missed = self.journal.read(self.setup.hall, self.hall.day, self.hall.version)
            if missed:
                before = self.hall.digest
                hall = followed(self.hall, missed, self.journal.setup)
                if hall.digest != before:  # another worker took it for all of them
                    taken = self.journal.setup(hall.digest)
                    self.setup, self.digest = replace(taken, message=self.setup.message), hall.digest
                self.hall = _saying(self.setup.message, hall)
            return bool(missed)

    def roll(self) -> bool:
        """At the first moment of a new local day the old one is closed and the numbers begin again."""
        with self.lock:
            now = self.now()
            if now.date() <= self.hall.day:
                return False
            try:
                self._close_day(now)
            except SeqTaken:  # another worker closed it first, or gave out its last number
                self.catch_up()
                self._close_day(now)
            self.hall = fresh(self.setup, now.date())
            self._changed(self.setup.hall)
            return True

    def _close_day(self, now: datetime) -> None:
        ends = min(now, datetime.combine(self.hall.day, time.max, self._zone))
        closing = close_day(self.hall, now=max(ends, self.hall.at or ends)) if self.hall.version else []
        with self.journal.together():
            self.journal.append(self.setup.hall, self.hall.day, self.hall.version, closing)
            self.journal.drop_answers(now - ANSWERS_LIFE)
        self._yesterday = fold(closing, self.hall)
        self._note(self._yesterday)

    def token(self, ticket: str) -> str:
        """The track token of a ticket of today or yesterday, or of one that is being given."""
        if len(self.eras) == 0:
            return self._tokens.of(ticket)
        given = self.hall.tickets.get(ticket) or (self._yesterday and self._yesterday.tickets.get(ticket))
        return self._tokens.of(ticket, given.token_hash if given else "")

    def token_hash(self, ticket: str) -> str:
        return hashed(self.token(ticket))

    def slip_state(self, ticket: str) -> dict[str, object] | None:
        """What became of the ticket's newest slip; None: none was asked for."""
        jobs = self.jobs.of_ticket(self.setup.hall, ticket)
        return {"job": jobs[-1].id, "state": jobs[-1].state} if jobs else None

    def by_token(self, token: str) -> tuple[Hall, Ticket] | None:
        """The ticket of a track token and its day's hall; None: unknown, or dead (24 h after its day)."""
        wanted = hashed(token)
        for hall in (self.hall, self.yesterday()):
            if hall is not None and wanted in hall.tokens:
                return hall, hall.tickets[hall.tokens[wanted]]
        return None

    def may_have_lost(self, token: str) -> bool:
        """Whether an unknown token may be of a number that was given and is not in the data any more."""
        began = self.eras[-1].began_at.astimezone(self._zone).date() if self.eras else None
        lately = began is not None and began >= self.hall.day - timedelta(days=1)
        halls = (self.hall, self.yesterday())
        return may_be_one(token) and (
            lately or self.missing is not None or any(hall is not None and hall.skipped for hall in halls)
        )

    def yesterday(self) -> Hall | None:
        """The hall as it was closed on the day before; None when its tokens are dead."""
        before = self.hall.day - timedelta(days=1)
        if self._yesterday is None or self._yesterday.day != before:
            self._yesterday = read_day(self.journal, self.setup.hall, before) or fresh(self.setup, before)
        ended = datetime.combine(before, time.max, self._zone)
        return self._yesterday if self.now() <= ended + TOKEN_LIFE else None

    def probe(self, *, proven_seconds: float = 0.0) -> None:
        """Raises StoreUnavailable where no ticket could be kept now; see `Journal.probe`."""
        self.journal.probe(proven_seconds=proven_seconds)


def _saying(message: str | None, hall: Hall) -> Hall:
    """The configurations of the journal have no message: a new sentence on the wall is no new set-up."""
    return replace(hall, setup=replace(hall.setup, message=message))


def _answer(command: Command, done: Result) -> KeptAnswer:
    return KeptAnswer(command.fingerprint, command.status, msgspec.json.encode(command.answer(done)))


def rule(function: Callable[..., list[Event]], *args: object, **kwargs: object) -> Rule:
    """A rule with its arguments filled in: `rule(calling.call_next, "1", by="staff:3")`."""

    def filled(hall: Hall, /, *, now: datetime) -> list[Event]:
        return partial(function, hall, *args, now=now, **kwargs)()

    return filled
