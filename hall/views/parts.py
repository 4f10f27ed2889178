"""What several audiences see alike."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from hall import attending, model, trade, waiting, words
from hall.attending import UnattendedWhy
from hall.devices import Devices
from hall.model import CounterState, Hall, TicketState
from hall.opening import opening
from hall.routing import longest_wait

# What a type does not say is said as JSON Schema does: the API's description takes it from here.
Count = Annotated[int, ("minimum", 0)]
Moment = Annotated[str, ("format", "date-time")]
Head = tuple[int, str, str, str, str, bool]


@dataclass(frozen=True, slots=True)
class Heading:
    """What every snapshot begins with. `version` and `day` order them, `build` makes pages reload."""

    version: Count
    day: str
    at: Moment
    build: str
    hall: str
    open: bool


def head(hall: Hall, now: datetime, build: str) -> Head:
    """The fields of a `Heading`: `Board(*head(hall, now, build), calls=...)`."""
    is_open = opening(hall.setup, now).open
    return hall.version, hall.day.isoformat(), now.isoformat(), build, hall.setup.hall, is_open


@dataclass(frozen=True, slots=True)
class Wait:
    low_minutes: Count
    likely_minutes: Count
    high_minutes: Count


def wait_of(wait: waiting.Wait | None) -> Wait | None:
    return None if wait is None else Wait(wait.low_minutes, wait.likely_minutes, wait.high_minutes)


@dataclass(frozen=True, slots=True)
class BoardCall:
    """A recall is the same call with more `times`."""

    call: str
    number: str
    counter: str
    at: Moment
    times: Annotated[int, ("minimum", 1)]


@dataclass(frozen=True, slots=True)
class Unattended:
    """No counter calls now. `opens_at` null: only the officers know."""

    why: UnattendedWhy
    opens_at: Moment | None


def unattended_of(found: attending.Unattended | None) -> Unattended | None:
    return None if found is None else Unattended(found.why, iso(found.opens_at))


def calls(hall: Hall) -> tuple[BoardCall, ...]:
    """Newest first."""
    return tuple(
        BoardCall(each.id, each.number, each.counter, each.at.isoformat(), each.times) for each in hall.calls
    )


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter as everybody may see it. `number`: the ticket in front of it."""

    id: str
    name: str
    state: CounterState
    number: str | None


def counter_state(hall: Hall, counter: str) -> Counter:
    here = hall.counter(counter)
    number = hall.tickets[here.ticket].number if here.ticket else None
    return Counter(counter, hall.setup.counters[counter].name, here.state, number)


def counters(hall: Hall) -> tuple[Counter, ...]:
    return tuple(counter_state(hall, each) for each in hall.setup.counters)


@dataclass(frozen=True, slots=True)
class QueueWaiting:
    id: str
    name: str
    waiting: Count


@dataclass(frozen=True, slots=True)
class Load(QueueWaiting):
    """A queue as the staff see it: also the longest wait in it."""

    longest_minutes: Count


def loads(hall: Hall, now: datetime) -> tuple[Load, ...]:
    return tuple(
        Load(
            queue.id,
            queue.name,
            len(hall.lines.get(queue.id, ())),
            int(longest_wait(hall, queue.id, now) / timedelta(minutes=1)),
        )
        for queue in hall.setup.queues.values()
    )


@dataclass(frozen=True, slots=True)
class Trouble:
    """A device's trouble with its sentence for the staff."""

    what: str
    who: str
    state: str
    since: Moment | None
    text_vi: str
    text_en: str


def troubles(hall: Hall, devices: Devices) -> tuple[Trouble, ...]:
    rows: list[Trouble] = []
    for each in devices.troubles:
        text = trade.text(hall.setup.trade, words.trouble(each.what, each.state, each.who))
        rows.append(Trouble(each.what, each.who, each.state, iso(each.since), text.vi, text.en))
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as its kiosk and its officer get it in answers.

    `wait` null: there is no ground for a figure. `ahead` null: it waits no more. `unattended` null: somebody
    calls its queue, or it waits no more.
    """

    id: str
    number: str
    procedure: str
    queue: str
    priority: str | None
    state: TicketState
    issued_at: Moment
    ahead: Count | None
    wait: Wait | None
    counters: tuple[str, ...]
    unattended: Unattended | None


def issued(hall: Hall, ticket: model.Ticket, now: datetime, where: waiting.Place | None = None) -> Ticket:
    """`where`: the ticket's place, when known already."""
    where = where or waiting.place(hall, ticket, now)
    return Ticket(
        id=ticket.id,
        number=ticket.number,
        procedure=ticket.procedure,
        queue=ticket.queue,
        priority=ticket.priority,
        state=ticket.state,
        issued_at=ticket.issued_at.isoformat(),
        ahead=where.ahead,
        wait=wait_of(where.wait),
        counters=where.counters,
        unattended=unattended_of(where.unattended),
    )


def procedure_name(hall: Hall, ticket: model.Ticket, language: str = "vi") -> str:
    procedure = hall.setup.procedures.get(ticket.procedure)
    if procedure is None:  # gone from the catalogue since: its code stays
        return ticket.procedure
    return procedure.short_en or procedure.name_en if language == "en" else procedure.short


def iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None
