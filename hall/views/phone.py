"""The citizen's own page: place, wait, and the counter when called."""

from dataclasses import dataclass
from datetime import datetime

from hall import model
from hall.model import Hall, TicketState
from hall.views.parts import Count, Moment, Unattended, Wait, iso, procedure_name, unattended_of, wait_of
from hall.waiting import place


@dataclass(frozen=True, slots=True)
class NowCalling:
    """The number a queue has come to, and where."""

    number: str
    counter: str
    counter_name: str
    counter_name_en: str


@dataclass(frozen=True, slots=True)
class Track:
    """A citizen's own ticket. `counter` and `called_at` only while called or served; `unattended` and
    `calling`, the newest call of its queue, only while it waits: the latter where somebody calls it."""

    number: str
    state: TicketState
    queue: str
    procedure: str
    procedure_en: str
    ahead: Count | None
    wait: Wait | None
    counter: str | None
    counter_name: str | None
    counter_name_en: str | None
    counter_place: str | None
    counter_place_en: str | None
    called_at: Moment | None
    issued_at: Moment
    hall: str
    hall_name: str
    hall_name_en: str
    day: str
    cancel: bool
    language: str
    unattended: Unattended | None
    calling: NowCalling | None


def track(hall: Hall, ticket: model.Ticket, now: datetime) -> Track:
    where = place(hall, ticket, now)
    at_counter = ticket.state in ("called", "serving") and ticket.counter is not None
    counter = hall.setup.counters.get(ticket.counter or "") if at_counter else None
    return Track(
        number=ticket.number,
        state=ticket.state,
        queue=ticket.queue,
        procedure=procedure_name(hall, ticket),
        procedure_en=procedure_name(hall, ticket, "en"),
        ahead=where.ahead,
        wait=wait_of(where.wait),
        counter=counter.id if counter else None,
        counter_name=counter.name if counter else None,
        counter_name_en=counter.name_en if counter else None,
        counter_place=counter.place if counter else None,
        counter_place_en=counter.place_en if counter else None,
        called_at=iso(ticket.called_at) if at_counter else None,
        issued_at=ticket.issued_at.isoformat(),
        hall=hall.setup.hall,
        hall_name=hall.setup.name,
        hall_name_en=hall.setup.name_en,
        day=hall.day.isoformat(),
        cancel=ticket.state in ("waiting", "called", "held"),
        language=ticket.language,
        unattended=unattended_of(where.unattended),
        calling=_calling(hall, ticket.queue) if ticket.state == "waiting" and not where.unattended else None,
    )


def _calling(hall: Hall, queue: str) -> NowCalling | None:
    """The newest call of the queue: of those in front of a counter now, else of the hall's last calls."""
    here = [hall.tickets[counter.ticket] for counter in hall.counters.values() if counter.ticket]
    called = [each for each in here if each.queue == queue and each.called_at]
    if called:
        newest = max(called, key=lambda each: each.called_at or each.since)
        return _named(hall, newest.number, newest.counter)
    last = next((each for each in hall.calls if hall.tickets[each.ticket].queue == queue), None)
    return _named(hall, last.number, last.counter) if last else None


def _named(hall: Hall, number: str, counter: str | None) -> NowCalling | None:
    there = hall.setup.counters.get(counter or "")
    return NowCalling(number, there.id, there.name, there.name_en) if there else None
