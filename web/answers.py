"""What the hall answers: the shape that other programs may rely on. More keys may come with time."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from hall.model import CounterState, TicketState

Count = Annotated[int, Meta(ge=0)]
Moment = Annotated[str, Meta(extra_json_schema={"format": "date-time"})]


class Refusal(Struct, frozen=True):
    code: str
    message: str
    message_vi: str


class RefusalAnswer(Struct, frozen=True):
    """Why not, in both languages, and what to do now."""

    error: Refusal


class HallVersion(Struct, frozen=True):
    version: Count


class Health(Struct, frozen=True):
    status: Literal["ok"]
    version: str
    halls: dict[str, HallVersion]


class Wait(Struct, frozen=True):
    low_minutes: Count
    likely_minutes: Count
    high_minutes: Count


class Ticket(Struct, frozen=True):
    """`wait` null: there is no ground for a figure. `ahead` null: it waits no more."""

    id: str
    number: str
    procedure: str
    queue: str
    priority: str | None
    state: TicketState
    issued_at: Moment
    ahead: Count | None
    wait: Wait | None
    counters: list[str]


class PrintJob(Struct, frozen=True):
    job: int
    state: Literal["queued", "sending", "confirmed", "sent", "uncertain", "failed"]


class PrintState(Struct, frozen=True):
    print: PrintJob | None


class Issued(Struct, frozen=True):
    """`token` opens the citizen's own page; it is told here and on the slip, and nowhere else."""

    ticket: Ticket
    token: str
    track_url: str
    print: PrintJob | None


class TicketAnswer(Struct, frozen=True):
    ticket: Ticket


class CallMade(Struct, frozen=True):
    id: str
    at: Moment


class Called(Struct, frozen=True):
    """`because` says in words why this citizen comes now."""

    ticket: Ticket
    call: CallMade
    because: str
    because_en: str


class Counter(Struct, frozen=True):
    """`number`: the ticket in front of it."""

    id: str
    name: str
    state: CounterState
    number: str | None


class Coded(Struct, frozen=True):
    code: str


class Named(Struct, frozen=True):
    id: str


class Procedure(Struct, frozen=True):
    code: str
    field: str
    queue: str
    papers: list[str]
    fee: str
    time: str


class Hours(Struct, frozen=True):
    """Local time, "07:30"; a lunch break is the gap between two of them."""

    days: list[str]
    opens: str
    closes: str


class Hall(Struct, frozen=True):
    id: str
    name: str
    open: bool
    fields: list[Coded]
    procedures: list[Procedure]
    queues: list[Named]
    priorities: list[Coded]
    counters: list[Named]
    hours: list[Hours]


class BoardCall(Struct, frozen=True):
    call: str
    number: str
    counter: str
    at: Moment
    times: Annotated[int, Meta(ge=1)]


class BoardQueue(Struct, frozen=True):
    id: str
    name: str
    waiting: Count


class Board(Struct, frozen=True):
    """The wall, numbers only; calls newest first."""

    version: Count
    day: str
    at: Moment
    build: str
    hall: str
    open: bool
    calls: Annotated[list[BoardCall], Meta(max_length=8)]
    counters: list[Counter]
    queues: list[BoardQueue]
    message: str | None


class QueueLine(Struct, frozen=True):
    """`numbers` in the order they wait."""

    id: str
    waiting: Count
    wait: Wait | None
    numbers: list[str]


class Queues(Struct, frozen=True):
    queues: list[QueueLine]


class Track(Struct, frozen=True):
    """A citizen's own ticket. `counter` only while called or served."""

    number: str
    state: TicketState
    ahead: Count | None
    wait: Wait | None
    counter: str | None


class Me(Struct, frozen=True):
    """Who is asking. `csrf` for people, to be sent back as X-CSRF-Token; devices have none."""

    kind: str
    id: str
    name: str | None
    hall: str | None
    counter: str | None
    csrf: str | None
    ends_at: Moment | None


class LoggedOut(Struct, frozen=True):
    done: bool
