"""The one door for changes: a command in, a rule run, its events kept, memory and screens after it.

Memory follows the disk: a hall's state is replaced only after its events are committed.
"""

import hmac
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import chain
from threading import RLock
from zoneinfo import ZoneInfo

from hall.actors import HUB
from hall.carry_over import carry_over
from hall.closing import at_work, came_by_midnight, close_day, continue_day, move_day
from hall.devices import Trouble
from hall.events import ClockStepped, Event, SetupTaken
from hall.fold import fold, fresh
from hall.model import Hall, Refused, Ticket
from hall.setup import Setup
from hall.waiting import place
from hub.clock import NO_STEP, STEP, HallClock, Steady, Step
from hub.command import Command, Result, answered
from hub.days import followed, read_day
from hub.earlier import EarlierDays
from hub.gap import missing
from hub.tokens import TrackTokens, hashed, may_be_one
from hub.turning import Turning
from store.database import DamagedData, StoreUnavailable
from store.journal import Journal, KeptAnswer, SeqTaken
from store.print_jobs import PrintJobs
from store.second_place import SecondPlace

ANSWERS_LIFE = timedelta(days=2)
TRIES = 5  # another worker of a large installation may be first so often in a row


class Hub:
    """One hall's hub. `clock` gives aware times and may be put at any moment, `steady` cannot;
    `changed(hall_id)` tells the screens.

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
        steady: Steady,
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
        self._clock = HallClock(clock, steady, self._zone)
        self._turning = Turning(self._clock)
        self._changed = changed
        self._queued = queued
        self.digest = journal.keep_setup(setup)
        self._earlier = EarlierDays(self._read, self._zone)
        now = self._clock.now()
        self.hall = self._found(now)
        self._second = second
        self._damage: DamagedData | None = None  # for which the last change could not be kept
        self.missing = missing(journal, self.hall, now.date(), second)
        self._note(self.hall)

    def _found(self, now: datetime) -> Hall:
        """The day in which the hall is by the journal, else that of the clock."""
        hall = self._read(self.journal.current_day(self.setup.hall) or now.date())
        self._turning.found(hall)
        self._clock.resume(hall, at_work=at_work(hall))
        # A day whose end the hub did not see is closed by `roll`, as it was set up.
        ended = came_by_midnight(hall, now) and self._clock.look()[1] is None
        return hall if ended else self._set_up(hall)

    def now(self) -> datetime:
        """Local time of the hall, by the machine's clock: it goes back where that is put back."""
        return self._look()[0]

    def _look(self) -> tuple[datetime, Step | None]:
        now, step = self._clock.look()
        at = self.hall.at  # of another worker perhaps, whose clock is a little ahead
        return at if at is not None and now < at < now + STEP else now, step

    def change(self, command: Command) -> KeptAnswer:
        """Runs one command. The same key gives the same answer.

        Raises Refused by a rule or for `key_reused`, StoreUnavailable when nothing could be kept.
        """
        with self.lock:
            for _ in range(TRIES):
                try:
                    return self._commit(command)
                except (Refused, SeqTaken, StoreUnavailable) as trouble:
                    if isinstance(trouble, DamagedData):
                        self._damage = trouble
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
        now = self._follow_clock()
        if self._turn(now):
            now = self.now()
        hall, events = self._before_all(now)
        ruled = command.rule(hall, now=now)
        events = [*events, *ruled] if ruled else []
        after = fold(ruled, hall) if ruled else self.hall
        if not events and command.key is None:
            return answered(command, Result(after, ruled, now))
        with self.journal.together():
            self.journal.append(self.setup.hall, self.hall.day, self.hall.version, events)
            done = self._queue_slip(command, Result(after, ruled, now))
            answer = answered(command, done)
            if command.key is not None:
                self.journal.keep_answer(self.setup.hall, command.by.id, command.key, answer, now)
        self._damage = None
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
        if self._second is None or not hall.version or (self.missing and self.missing.skip(hall, self.now())):
            return  # what is missing is not skipped yet: the second place knows more than the hall
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
            self.roll()  # an old day ends by the configuration it had
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
                taken = self._setup_taken(self.now(), digest)
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
            events.append(self._setup_taken(now, self.digest))
        if self.missing is not None:
            events += self.missing.skip(self.hall, now)
        return (fold(events, self.hall) if events else self.hall), events

    def _setup_taken(self, now: datetime, digest: str) -> SetupTaken:
        boot, booted_at = self._clock.boot, self._clock.booted_at()
        return SetupTaken(at=now, by=HUB.id, digest=digest, boot=boot, booted_at=booted_at)

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
                if any(isinstance(each, ClockStepped) for each in missed):
                    self._clock.resume(self.hall, at_work=at_work(self.hall))
            return bool(missed)

    def roll(self) -> bool:
        """Follows the clock. At the first moment of a new local day the old one is closed and the numbers
        begin again; a date that came otherwise is believed once it has stood, or the day's work is done.
        """
        with self.lock:
            return self._turn(self._follow_clock())

    def _turn(self, now: datetime) -> bool:
        return self._turning.is_over(self.hall, now) and self._go_on()

    def clock_trouble(self) -> Trouble | None:
        return self._turning.trouble(self.hall, self.now())

    def to_todays_date(self) -> bool:
        """Somebody says that the date of the clock is right; False: the hall has it already."""
        with self.lock:
            return self._follow_clock().date() != self.hall.day and self._go_on()

    def _follow_clock(self) -> datetime:
        """From here on by the machine's clock as it was put, the moment of now; a day that has begun keeps
        that as its event."""
        while True:
            now, step = self._look()
            if step is None:
                break
            at = self._clock.local(now + step.by)
            try:
                self._keep_step(step, at)
            except SeqTaken:  # another worker was first, perhaps with this very step
                self.catch_up()
                continue
            self._clock.kept(step)
            self._turning.put(self.hall, at - step.by, at)
            self._changed(self.setup.hall)
        if self.hall.boot != self._clock.boot and not self._turning.by_midnight(self.hall, now):
            # The PC was started anew: noted, so that a hub that starts next can measure what it missed.
            with suppress(SeqTaken):
                self._keep_step(Step(NO_STEP, measured=True), now)
        return now

    def _keep_step(self, step: Step, at: datetime) -> None:
        if not self.hall.version or self.hall.closed:
            return
        stepped = ClockStepped(
            at=at,
            by=HUB.id,
            seconds=step.by.total_seconds(),
            measured=step.measured,
            boot=self._clock.boot,
            booted_at=self._clock.booted_at(),
        )
        self.journal.append(self.setup.hall, self.hall.day, self.hall.version, [stepped])
        self.hall = fold([stepped], self.hall)
        self._note(self.hall)

    def _go_on(self) -> bool:
        """To the day of the clock's date: a new one after midnight, else the same work under another date."""
        for _ in range(TRIES):
            by_midnight = self._turning.by_midnight(self.hall, self.now())
            try:
                with self.journal.together():
                    before, after = self._ended() if by_midnight else self._moved()
                break
            except SeqTaken:  # another worker was first, or gave out the day's last number
                self.catch_up()
        else:
            return False
        if self.missing is not None and not by_midnight:
            self.missing = self.missing.also(after.day)
        self._note(before)
        self._earlier.left(before)
        self._stands(after)
        return True

    def _ended(self) -> tuple[Hall, Hall]:
        """The day as it was closed at its midnight, and the new one."""
        now, day = self.now(), self.hall.day
        ends = min(now, datetime.combine(day, time.max, self._zone))
        at = max(ends, self.hall.at or ends)
        closing = close_day(self.hall, now=at, to=now.date()) if self.hall.version else []
        self.journal.append(self.setup.hall, day, self.hall.version, closing)
        self.journal.drop_answers(now - ANSWERS_LIFE)
        return fold(closing, self.hall), self._set_up(self._read(now.date()))

    def _moved(self) -> tuple[Hall, Hall]:
        """The day as it was left for another date, and that of the date with all who came along."""
        now, hall = self.now(), self.setup.hall
        boot, booted_at = self._clock.boot, self._clock.booted_at()
        continued = continue_day(self.hall, boot=boot, booted_at=booted_at, now=now)
        closing = move_day(self.hall, now=now)
        self.journal.append(hall, self.hall.day, self.hall.version, closing)
        after = self._set_up(self._read(now.date()))
        if continued is not None:
            named = [] if after.digest == self.digest else [self._setup_taken(now, self.digest)]
            self.journal.append(hall, after.day, after.version, [*named, continued])
            after = fold([*named, continued], after)
        return fold(closing, self.hall), after

    def _read(self, day: date) -> Hall:
        return read_day(self.journal, self.setup.hall, day) or fresh(self.setup, day)

    def token(self, ticket: str) -> str:
        """The track token of a ticket of today or of the day before, or of one that is being given."""
        if len(self.eras) == 0:
            return self._tokens.of(ticket)
        halls = [self.hall, *self._earlier.known()]
        given = next((hall.tickets[ticket] for hall in halls if ticket in hall.tickets), None)
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
        for hall in chain([self.hall], self._earlier.alive(self.hall, self.now())):
            if wanted in hall.tokens:
                return hall, hall.tickets[hall.tokens[wanted]]
        return None

    def may_have_lost(self, token: str) -> bool:
        """Whether an unknown token may be of a number that was given and is not in the data any more."""
        began = self.eras[-1].began_at.astimezone(self._zone).date() if self.eras else None
        lately = began is not None and abs(began - self.hall.day) <= timedelta(days=1)
        skipped = any(hall.skipped for hall in (self.hall, self.yesterday()) if hall is not None)
        return may_be_one(token) and (lately or self.missing is not None or skipped)

    def yesterday(self) -> Hall | None:
        """The hall as it was closed on the day before; None when its tokens are dead."""
        return self._earlier.yesterday(self.hall, self.now())

    def probe(self, *, proven_seconds: float = 0.0) -> None:
        """Raises StoreUnavailable where no ticket could be kept now; see `Journal.probe`. Damage does not
        heal by itself, and need not lie where the probe writes: a change must succeed first."""
        if self._damage is not None:
            raise self._damage
        self.journal.probe(proven_seconds=proven_seconds)


def _saying(message: str | None, hall: Hall) -> Hall:
    """The configurations of the journal have no message: a new sentence on the wall is no new set-up."""
    return replace(hall, setup=replace(hall.setup, message=message))
