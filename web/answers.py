"""What the hall answers beside views: the shape other programs may rely on. More keys may come with time."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from hall.actors import Role
from hall.model import CounterState, TicketState, Verb
from hall.views.parts import Ticket

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


class Found(Struct, frozen=True):
    """Today's tickets of a number, in the order of the queues."""

    tickets: list[Ticket]


class Holder(Struct, frozen=True):
    """`name`: of the account, or of the counter's call pad."""

    id: str
    kind: Role
    name: str
    since: Moment | None


class Seat(Struct, frozen=True):
    """Who works at a counter, and the number in front of it. `holder` null: nobody."""

    id: str
    name: str
    state: CounterState
    holder: Holder | None
    number: str | None
    number_state: TicketState | None
    number_since: Moment | None


class Undone(Struct, frozen=True):
    """`undone`: the verb that was taken back; the ticket stands as before it."""

    ticket: Ticket
    undone: Verb


class CallMade(Struct, frozen=True):
    id: str
    at: Moment


class Called(Struct, frozen=True):
    """`because` says in words why this citizen comes now."""

    ticket: Ticket
    call: CallMade
    because: str
    because_en: str


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
