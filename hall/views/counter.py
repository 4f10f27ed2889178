"""The officer's panel: the citizen in front, the line and why, and whether everything is alive."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from statistics import median
from typing import Literal, TypedDict

from hall import model, trade
from hall.calling import recall_at
from hall.devices import Devices, SoundState
from hall.model import Class, CounterState, Hall, TicketState, Verb
from hall.reasons import Kind, Reason, told
from hall.routing import Pick, class_of, may_resume, takes_now, upcoming
from hall.undoing import goes_back, last_act, undo_until
from hall.views.parts import (
    Count,
    Counter,
    Heading,
    Load,
    Moment,
    Trouble,
    counters,
    head,
    iso,
    loads,
    procedure_name,
    troubles,
)
from hall.views.public import Take, takes_of
from hall.views.why import because, why_called

LINE_SHOWN = 30  # a panel of a hall with 67 counters stays under 16 kB
NO_SHOWS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Here:
    """The counter itself. `holder`: the actor who opened it. `pause_reason` is a code; the words for it, with
    the note, are beside it."""

    id: str
    name: str
    state: CounterState
    since: Moment | None
    holder: str | None
    pause_reason: str | None
    pause_note: str | None
    pause_reason_vi: str | None
    pause_reason_en: str | None
    takes: tuple[Take, ...]


@dataclass(frozen=True, slots=True)
class Stay:
    """One stretch of a visit; `end` null while it lasts."""

    state: TicketState
    start: Moment
    end: Moment | None
    counter: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """The citizen in front of the counter."""

    id: str
    number: str
    queue: str
    procedure: str
    procedure_name: str
    papers: tuple[str, ...]
    fee: str
    time: str
    priority: str | None
    priority_name: str | None
    ground: str | None
    state: Literal["called", "serving"]
    since: Moment
    issued_at: Moment
    waited_minutes: Count
    called_at: Moment | None
    calls: Count
    recalls_left: Count
    recall_at: Moment | None
    history: tuple[Stay, ...]
    because_vi: str
    because_en: str
    channel: str
    language: str


@dataclass(frozen=True, slots=True)
class Next:
    id: str
    number: str
    because_vi: str
    because_en: str


Note = Literal["returning", "returned", "transferred", "booked"]
InLine = TypedDict(  # one of those who wait; `class` is a word of Python's own and so no field of a dataclass
    "InLine",
    {
        "id": str,
        "number": str,
        "procedure_short": str,
        "priority": str | None,
        "class": Class,
        "waited_minutes": Count,
        "arrived_at": Moment,
        "note": Note | None,
    },
)


@dataclass(frozen=True, slots=True)
class Brief:
    id: str
    number: str
    procedure_short: str


@dataclass(frozen=True, slots=True)
class Held(Brief):
    """`reason` is a code; the words for it, with the note, are beside it."""

    reason: str | None
    note: str | None
    reason_vi: str | None
    reason_en: str | None
    until: Moment | None
    since: Moment


@dataclass(frozen=True, slots=True)
class Missed(Brief):
    since: Moment


@dataclass(frozen=True, slots=True)
class MyDay:
    served: Count
    median_wait_minutes: Count | None
    no_shows: Count


@dataclass(frozen=True, slots=True)
class Undo:
    """What the counter did last and may take back until then. `back`: the number that goes back to its place
    in the line with it, as it was called since."""

    verb: Verb
    ticket: str
    number: str
    back: str | None
    until: Moment


@dataclass(frozen=True, slots=True)
class Panel(Heading):
    """`line`: the first of `line_total` in the order they would be called here. `undo` null: nothing can be
    taken back."""

    counter: Here
    ticket: Card | None
    next: Next | None
    line: tuple[InLine, ...]
    line_total: Count
    queues: tuple[Load, ...]
    held: tuple[Held, ...]
    no_shows: tuple[Missed, ...]
    counters: tuple[Counter, ...]
    troubles: tuple[Trouble, ...]
    sound: SoundState
    my_day: MyDay
    undo: Undo | None


def panel(hall: Hall, counter: str, now: datetime, build: str, devices: Devices) -> Panel:
    here = hall.counter(counter)
    picks = list(islice(upcoming(hall, counter, now), LINE_SHOWN))
    return Panel(
        *head(hall, now, build),
        counter=_here(hall, here),
        ticket=_card(hall, hall.tickets[here.ticket], now) if here.ticket else None,
        next=_next(hall, picks[0]) if picks else None,
        line=tuple(_in_line(hall, pick, now) for pick in picks),
        line_total=sum(len(hall.lines.get(queue, ())) for queue in takes_now(hall, counter, now)),
        queues=loads(hall, now),
        held=_held(hall, counter),
        no_shows=_no_shows(hall, (take.queue for take in hall.setup.counters[counter].takes)),
        counters=counters(hall),
        troubles=troubles(hall, devices),
        sound=devices.sound,
        my_day=MyDay(
            served=here.served,
            median_wait_minutes=round(median(here.waits) / 60) if here.waits else None,
            no_shows=here.no_shows,
        ),
        undo=_undo(hall, here, now),
    )


def _here(hall: Hall, here: model.Counter) -> Here:
    setup = hall.setup.counters[here.id]
    return Here(
        here.id,
        setup.name,
        here.state,
        iso(here.since),
        here.holder,
        *_reason(hall, "pause", here.pause_reason),
        takes=takes_of(setup),
    )


def _card(hall: Hall, ticket: model.Ticket, now: datetime) -> Card:
    procedure = hall.setup.procedures.get(ticket.procedure)
    group = hall.setup.priorities.get(ticket.priority or "")
    rules = hall.setup.rules
    first_call = next((each.start for each in ticket.intervals if each.state == "called"), now)
    waited = first_call - ticket.waits_since
    why = why_called(hall, ticket)
    return Card(
        id=ticket.id,
        number=ticket.number,
        queue=ticket.queue,
        procedure=ticket.procedure,
        procedure_name=procedure.name if procedure else ticket.procedure,
        papers=procedure.papers if procedure else (),
        fee=procedure.fee if procedure else "",
        time=procedure.time if procedure else "",
        priority=ticket.priority,
        priority_name=group.name if group else None,
        ground=group.ground if group else None,
        state="serving" if ticket.state == "serving" else "called",  # nobody else stands at a counter
        since=ticket.since.isoformat(),
        issued_at=ticket.issued_at.isoformat(),
        waited_minutes=int(max(waited.total_seconds(), 0) // 60),
        called_at=iso(ticket.called_at),
        calls=ticket.calls,
        recalls_left=max(0, rules.recall_limit + 1 - ticket.calls),
        recall_at=iso(recall_at(ticket, rules.recall_cool_down_seconds)),
        history=tuple(
            Stay(each.state, each.start.isoformat(), iso(each.end), each.counter) for each in ticket.intervals
        ),
        because_vi=why.vi,
        because_en=why.en,
        channel=ticket.channel,
        language=ticket.language,
    )


def _undo(hall: Hall, here: model.Counter, now: datetime) -> Undo | None:
    act = last_act(hall, here, now)
    if act is None or here.state != "open":
        return None
    called = goes_back(here, act)
    return Undo(
        verb=act.verb,
        ticket=act.before.id,
        number=act.before.number,
        back=called.before.number if called else None,
        until=undo_until(hall, act).isoformat(),
    )


def _next(hall: Hall, pick: Pick) -> Next:
    text = because(hall, pick)
    return Next(pick.ticket.id, pick.ticket.number, text.vi, text.en)


def _in_line(hall: Hall, pick: Pick, now: datetime) -> InLine:
    ticket = pick.ticket
    return {
        "id": ticket.id,
        "number": ticket.number,
        "procedure_short": procedure_name(hall, ticket),
        "priority": ticket.priority,
        "class": pick.as_class if pick.as_class == "returning" else class_of(ticket, hall.setup.rules, now),
        "waited_minutes": pick.waited_seconds // 60,
        "arrived_at": ticket.arrived_at.isoformat(),
        "note": _note(pick),
    }


def _note(pick: Pick) -> Note | None:
    ticket = pick.ticket
    if pick.as_class == "returning" or ticket.returning:
        return "returning"
    if ticket.missed:
        return "returned"
    if len(ticket.intervals) > 1 or ticket.only_counter:
        return "transferred"
    return "booked" if ticket.booked_at else None


def _brief(hall: Hall, ticket: model.Ticket) -> tuple[str, str, str]:
    return ticket.id, ticket.number, procedure_name(hall, ticket)


def _held(hall: Hall, counter: str) -> tuple[Held, ...]:
    return tuple(
        Held(
            *_brief(hall, ticket),
            *_reason(hall, "hold", ticket.hold_reason),
            until=iso(ticket.hold_until),
            since=ticket.since.isoformat(),
        )
        for ticket in (hall.tickets[each] for each in hall.held)
        if may_resume(hall, ticket, counter)
    )


def _reason(
    hall: Hall, kind: Kind, reason: Reason | None
) -> tuple[str | None, str | None, str | None, str | None]:
    """Code, note, and both in Vietnamese and in English."""
    if reason is None:
        return None, None, None, None
    text = trade.text(hall.setup.trade, told(kind, reason))
    return reason.code, reason.note, text.vi, text.en


def _no_shows(hall: Hall, queues: Iterable[str]) -> tuple[Missed, ...]:
    """Only those whose queue this counter takes, newest first."""
    reachable = set(queues)
    newest_first = (hall.tickets[each] for each in reversed(hall.missed))
    mine = islice((each for each in newest_first if each.queue in reachable), NO_SHOWS_SHOWN)
    return tuple(Missed(*_brief(hall, each), since=each.since.isoformat()) for each in mine)
