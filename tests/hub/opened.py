"""A hub on a real file, a clock in the hand, and the people who use it."""

import json
import tarfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from hall import calling, desk, issuing
from hall.actors import Actor
from hall.events import Event
from hall.model import Hall, Ticket
from hall.setup import Setup
from hub import Command, Hub, Result, SlipOrder, Steady, rule
from hub.days import folded, read_day
from store import verify
from store.database import Database
from store.engine import open_store
from store.journal import Journal, KeptAnswer
from store.print_jobs import PrintJobs
from store.second_place import SecondPlace
from store.sqlite.files import FILE
from tests.rules.builders import KIOSK, MORNING, a_setup, minute, staff_at

HALL = "thach-ha"
TODAY = MORNING.date()
SECRET = b"s" * 32


@dataclass
class Clock:
    """The clock of a machine, which shows what it is set to, and the time that has passed on it."""

    shows: datetime = MORNING
    passed: float = 1000.0  # seconds since the machine was switched on
    boots: int = 1

    def __call__(self) -> datetime:
        return self.shows

    @property
    def steady(self) -> Steady:
        return Steady(lambda: self.passed, f"boot-{self.boots}")

    def set(self, minutes: float) -> None:
        """To so many minutes after eight: that time comes, or the clock is put back to it."""
        self.to(minute(minutes))

    def to(self, moment: datetime) -> None:
        self.passed += max(0.0, (moment - self.shows).total_seconds())
        self.shows = moment

    def forward(self, **by: float) -> None:
        """Time passes."""
        self.to(self.shows + timedelta(**by))

    def jump(self, **by: float) -> None:
        """Somebody, or a time service, puts the clock."""
        self.shows += timedelta(**by)

    def reboot(self) -> None:
        self.passed, self.boots = 0.0, self.boots + 1


@dataclass
class Working:
    """One hub at work, as the server runs it."""

    hub: Hub
    database: Database
    clock: Clock
    told: list[str] = field(default_factory=list)
    to_print: list[str] = field(default_factory=list)

    @property
    def hall(self) -> Hall:
        return self.hub.hall

    def issue(
        self,
        procedure: str = "A01",
        *,
        key: str | None = None,
        body: str = "",
        by: Actor = KIOSK,
        slip: bool = False,
        booked: datetime | None = None,
    ) -> str:
        """The id of the ticket in the answer."""
        answer = self.hub.change(self.issuing(procedure, key=key, body=body, by=by, slip=slip, booked=booked))
        return str(json.loads(answer.body)["ticket"])

    def issuing(
        self,
        procedure: str = "A01",
        *,
        key: str | None = None,
        body: str = "",
        by: Actor = KIOSK,
        slip: bool = False,
        booked: datetime | None = None,
    ) -> Command:
        ruled = rule(
            issuing.issue,
            procedure=procedure,
            priority=None,
            language="vi",
            channel="kiosk",
            booked_at=booked,
            token_hash=self.hub.token_hash,
            by=by,
        )
        order = SlipOrder("front", lambda hall, ticket, now: b"{}") if slip else None
        return Command(ruled, by, _first_ticket, 201, key, body or procedure, order)

    def open(self, *counters: str) -> None:
        for counter in counters:
            self.act(desk.open_counter, counter, take_over=False)

    def next(self, counter: str = "1", *, key: str | None = None) -> str:
        """The id of the ticket called."""
        return str(json.loads(self.act(calling.call_next, counter, key=key).body)["ticket"])

    def act(
        self,
        function: Callable[..., list[Event]],
        counter: str,
        *args: object,
        key: str | None = None,
        **more: object,
    ) -> KeptAnswer:
        """The officer of the counter does this there."""
        return self.ask(function, counter, *args, by=staff_at(counter), key=key, **more)

    def ask(
        self,
        function: Callable[..., list[Event]],
        *args: object,
        by: Actor,
        key: str | None = None,
        **more: object,
    ) -> KeptAnswer:
        ruled = rule(function, *args, by=by, **more)
        return self.hub.change(Command(ruled, by, _first_ticket, key=key))

    def serve(self, counter: str, ticket: str) -> None:
        self.act(calling.start, counter, ticket)
        self.act(calling.finish, counter, ticket, "accepted", None, None)

    def journal(self, day: date = TODAY) -> list[Event]:
        return self.hub.journal.read(HALL, day)

    def numbers(self) -> list[str]:
        return [ticket.number for ticket in self.hall.tickets.values()]

    def ticket(self, number: str) -> Ticket:
        return next(each for each in self.hall.tickets.values() if each.number == number)


def _first_ticket(done: Result) -> object:
    return {
        "ticket": next((ticket for each in done.events if (ticket := getattr(each, "ticket", None))), None)
    }


def start(
    directory: Path,
    clock: Clock,
    setup: Setup | None = None,
    *,
    lock: bool = True,
    open_data: Callable[[Path], Database] | None = None,
) -> Working:
    """A hub as it comes up on whatever the folder holds."""
    database = open_data(directory) if open_data else open_store(directory, lock=lock)
    told: list[str] = []
    to_print: list[str] = []
    hub = Hub(
        setup or a_setup(always_open=True),
        Journal(database),
        PrintJobs(database),
        SECRET,
        clock=clock,
        steady=clock.steady,
        changed=told.append,
        queued=to_print.append,
        second=SecondPlace(directory, burst_seconds=0),
    )
    return Working(hub, database, clock, told, to_print)


def put_back(kept: Path, directory: Path) -> None:
    """A backup's database, by hand, past `restore`."""
    with tarfile.open(kept) as tar:
        tar.extract(FILE, directory, filter="data")


def events_of(kind: type[Event], journal: Sequence[Event]) -> list[Event]:
    return [each for each in journal if isinstance(each, kind)]


def memory_is_the_fold_of_the_journal(working: Working) -> None:
    """And nothing is wrong with the data as `verify` reads it."""
    hall = working.hall
    kept = read_day(working.hub.journal, HALL, hall.day)
    if kept is not None:
        named = kept.digest == working.hub.journal.keep_setup(working.hub.setup)
        setup = replace(kept.setup, message=hall.setup.message) if named else hall.setup
        assert replace(kept, setup=setup) == hall
    assert list(verify.faults(working.database, folded)) == []
