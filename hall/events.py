"""What can happen in a hall: past facts of one day, in order. The journal keeps exactly these.

Each event carries its facts, so folding an old day needs no configuration but its own. Fields are
only ever added, with a default; a change of meaning is a new kind.
"""

from dataclasses import dataclass
from datetime import date, datetime

from hall.actors import Role
from hall.model import Call, Class, Counter, Gap, Outcome, Position, ServiceTime, Ticket, Verb


class UnknownEvent(Exception):
    """An event this program does not know or cannot read; `day` and `seq` say where it stands."""

    def __init__(self, kind: str, why: str, day: date | None = None, seq: int | None = None) -> None:
        vi, en = ("", "") if day is None else (f" ngày {day}, số {seq},", f" of {day}, seq {seq},")
        super().__init__(
            f"Nhật ký{vi} có sự kiện '{kind}' mà chương trình này không đọc được ({why}). / "
            f"The journal{en} holds an event '{kind}' that this program cannot read ({why}): "
            "install the program that wrote it, or restore a backup."
        )
        self.kind = kind
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Ordered by seq; `at`, by the hub's clock, may go back. `by` is the actor's id, no name."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupTaken(Event):
    """From here on this day is read with the configuration of this digest (SHA-256, hex).

    `boot` names the run of the machine, which began at `booted_at` by its clock of now: a hub that starts in
    the same run knows by these whether the clock was put while no hub ran.
    """

    digest: str
    boot: str = ""
    booted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStepped(Event):
    """The hub's clock was put by so many seconds: whatever was before was so much later by the clock of now.

    Not `measured`: no hub ran meanwhile, and the time between two events is all that is known.
    """

    seconds: float
    measured: bool
    boot: str
    booted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersSkipped(Event):
    """Up to `last` of each queue no number is given any more today: some of them may be in people's hands
    though the journal does not know it. `because`: the data was restored from a backup, or its end was lost.
    `era`: of the tokens, since the newest restore; empty where none was."""

    last: dict[str, int]
    because: Gap
    era: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketIssued(Event):
    ticket: str
    number: str
    ordinal: int
    queue: str
    procedure: str
    priority: str | None
    ground: str | None
    language: str
    channel: str
    booked_at: datetime | None
    token_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketCalled(Event):
    """`own_choice` is the code of the officer's reason for a call out of turn; None: the rule chose.

    `passed`: the returned no-shows who come one nearer by this call. None: recorded by 0.1.0, which left it
    to the fold; `hub.days` completes it. Not `announced`: no wall calls who is there.
    """

    ticket: str
    counter: str
    call: str
    queue: str
    as_class: Class
    turn: int  # the queue's turn pointer after this call
    waited_seconds: int
    passed_over: int  # citizens who came earlier and still wait
    own_choice: str | None
    passed: tuple[str, ...] | None = None
    note: str | None = None
    announced: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRecalled(Event):
    ticket: str
    counter: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceStarted(Event):
    ticket: str
    counter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketHeld(Event):
    ticket: str
    counter: str
    reason: str  # a code
    until: datetime | None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketResumed(Event):
    """Back from hold: in service at once when the counter is free, else first in its line."""

    ticket: str
    counter: str
    in_service: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketReturned(Event):
    """A no-show came back: re-enters after `passes` more of the same class were called."""

    ticket: str
    passes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketTransferred(Event):
    """`desk`: the counter whose act it is; None: recorded by 0.1.0."""

    ticket: str
    from_counter: str | None
    procedure: str
    queue: str
    counter: str | None
    position: Position
    desk: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFinished(Event):
    """`outcome` is None only where the day ended during the service (`reason`)."""

    ticket: str
    counter: str
    outcome: Outcome | None
    dossier: str | None
    due: date | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketMissed(Event):
    """Called, and did not come."""

    ticket: str
    counter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketCancelled(Event):
    """`reason`: voided (kiosk), by_citizen, by_staff or day_end. `why`: the code of the officer's own reason.

    `desk`: the counter whose act it is; None: nobody's.
    """

    ticket: str
    reason: str
    why: str | None = None
    note: str | None = None
    desk: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActUndone(Event):
    """The counter takes back the event of seq `of`: the citizen stands as just before it. A `call` is taken
    back with the act before it, whose citizen the counter has in front of it again."""

    ticket: str
    counter: str
    undone: Verb
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityChanged(Event):
    ticket: str
    priority: str | None
    ground: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipReprinted(Event):
    ticket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterOpened(Event):
    """`holder`: who works there from now on, an officer or the counter's own pad, as `holder_kind` says."""

    counter: str
    holder: str
    taken_over_from: str | None
    holder_kind: Role = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterPaused(Event):
    counter: str
    reason: str  # a code
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterClosed(Event):
    counter: str
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayClosed(Event):
    """`to`: the day that follows, an earlier one where a clock was put back; None: not said, by 0.1.0.
    `moved`: the tickets that go on there.
    """

    reason: str
    to: date | None = None
    moved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayContinued(Event):
    """The clock was put to this date in the middle of a day's work: who is here came along from `from_day`,
    with the counters that are open, and the numbers go on behind those that were given there. `stepped`: by
    so many seconds the clock was put lately in all, at last at `stepped_at`.
    """

    from_day: date
    boot: str
    booted_at: datetime
    tickets: tuple[Ticket, ...]
    counters: tuple[Counter, ...]
    issued: dict[str, int]
    given_at: datetime | None  # the newest of them; None: those of that day are over
    turns: dict[str, int]
    calls: tuple[Call, ...]
    services: dict[str, tuple[ServiceTime, ...]]
    stepped: float = 0.0
    stepped_at: datetime | None = None
