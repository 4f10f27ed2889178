"""The state of a hall on one day: plain frozen values, folded from the day's events."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from hall.actors import Role
from hall.reasons import Reason
from hall.setup import Setup

TicketState = Literal["waiting", "called", "serving", "held", "done", "no_show", "cancelled"]
CounterState = Literal["closed", "open", "paused"]
Class = Literal["returning", "priority", "booked", "ordinary"]
Position = Literal["by_arrival", "first", "last"]
Gap = Literal["restored", "lost"]
Outcome = Literal[
    "accepted", "accepted_immediate", "supplement", "refused", "result_returned", "guided", "left"
]
# What can be taken back; a call only together with the act before it.
Verb = Literal["call", "start", "finish", "no_show", "cancel", "hold", "transfer"]
LONGEST_WORK = timedelta(hours=12)  # whoever came within it may be here still
ENDED: frozenset[TicketState] = frozenset({"done", "no_show", "cancelled"})


class Refused(Exception):
    """A rule of the hall says no. `code` is looked up in `words.REFUSALS`; `facts` fill its sentence."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Interval:
    """One stretch of a visit. `end` is None while it lasts; never before `start`."""

    state: TicketState
    start: datetime
    end: datetime | None
    counter: str | None


@dataclass(frozen=True, slots=True)
class Why:
    """The reason of the present call, as its event kept it."""

    as_class: Class
    waited_seconds: int
    passed_over: int
    own_choice: Reason | None


@dataclass(frozen=True, slots=True)
class Ticket:
    """One citizen's ticket and its visit so far.

    `arrived_at` never changes; `line_at` orders the line (slot of a booked citizen, or now when an
    officer said "last"); `first` puts it before all others of its class.
    """

    id: str
    number: str
    queue: str
    procedure: str
    priority: str | None
    language: str
    channel: str
    issued_by: str
    issued_at: datetime
    arrived_at: datetime
    seq: int
    state: TicketState
    since: datetime
    intervals: tuple[Interval, ...]
    line_at: datetime
    first: bool = False
    booked_at: datetime | None = None
    missed: int = 0  # times called without coming
    passes_left: int = 0  # a returned no-show waits until so many of its class were called
    counter: str | None = None  # where it is called, served or held
    only_counter: str | None = None  # transferred to this counter, or coming back to it
    returning: bool = False  # back from hold: first at `only_counter`
    call: str | None = None
    calls: int = 0  # announcements of the present call, the first included
    called_at: datetime | None = None  # the newest announcement
    why: Why | None = None
    hold_reason: Reason | None = None
    hold_until: datetime | None = None
    outcome: Outcome | None = None
    dossier: str | None = None
    due: date | None = None
    end_reason: str | None = None
    token_hash: str = ""

    @property
    def waits_since(self) -> datetime:
        """The arrival; a booked citizen who came early waits from the slot on."""
        return self.arrived_at if self.booked_at is None else max(self.arrived_at, self.booked_at)


@dataclass(frozen=True, slots=True)
class Act:
    """What a counter did with a citizen: the seq of its event, and the citizen just before and just after it.

    Of a call: where it moved the queue's pointer from and to, and whom it let come one nearer.
    """

    verb: Verb
    seq: int
    at: datetime
    before: Ticket
    after: Ticket
    turns: tuple[int, int] = (0, 0)
    passed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter today: who holds it and whom it has in front of it."""

    id: str
    state: CounterState = "closed"
    since: datetime | None = None
    holder: str | None = None  # an actor's id
    holder_kind: Role = "staff"
    held_since: datetime | None = None  # by this holder
    ticket: str | None = None
    pause_reason: Reason | None = None
    served: int = 0
    no_shows: int = 0
    waits: tuple[int, ...] = ()  # seconds each citizen called here had waited
    last: Act | None = None  # its newest act that is no call; None: it was taken back
    called: Act | None = None  # whom it called since


@dataclass(frozen=True, slots=True)
class Call:
    """One announcement on the wall; a recall of the same citizen has the same id and more `times`."""

    id: str
    ticket: str
    number: str
    counter: str
    at: datetime
    times: int


@dataclass(frozen=True, slots=True)
class ServiceTime:
    """A finished service, the ground of the wait shown to others."""

    ended_at: datetime
    minutes: float


@dataclass(frozen=True, slots=True)
class Hall:
    """A hall on one day. `version` is the number of events folded, the last seq of the journal."""

    setup: Setup
    day: date
    digest: str = ""  # of the configuration the day was last said to be read with
    version: int = 0
    at: datetime | None = None
    closed: bool = False  # the day was closed and nothing happened since
    boot: str = ""  # the run of the machine in which the clock was last noted
    booted_at: datetime | None = None  # when that began, by the clock of now
    doubtful_at: datetime | None = None  # the date is another from here on, after a time not measured
    stepped: timedelta = timedelta(0)  # by so much the clock was put lately, in all
    stepped_at: datetime | None = None  # at last
    given_at: datetime | None = None  # the newest number, here or in the day this one goes on from
    came_from: date | None = None  # the day this one goes on from, by a clock that was put
    tickets: Mapping[str, Ticket] = field(default_factory=dict)
    lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    held: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()  # no-shows who have not come back
    counters: Mapping[str, Counter] = field(default_factory=dict)
    issued: Mapping[str, int] = field(default_factory=dict)  # a queue's last ordinal
    skipped: Mapping[str, int] = field(default_factory=dict)  # how many of a queue's were never given
    era: str = ""  # whose numbers were skipped last
    turns: Mapping[str, int] = field(default_factory=dict)
    calls: tuple[Call, ...] = ()
    services: Mapping[str, tuple[ServiceTime, ...]] = field(default_factory=dict)  # a queue's newest
    tokens: Mapping[str, str] = field(default_factory=dict)

    def counter(self, counter: str) -> Counter:
        """The counter today; refuses `unknown_counter`."""
        if counter not in self.setup.counters:
            raise Refused("unknown_counter", counter=counter)
        return self.counters.get(counter) or Counter(counter)

    def ticket(self, ticket: str) -> Ticket:
        """The ticket of today; refuses `unknown_ticket`."""
        if ticket not in self.tickets:
            raise Refused("unknown_ticket")
        return self.tickets[ticket]
