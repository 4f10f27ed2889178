"""Counters open, pause and close; and who may act at one."""

from datetime import datetime

from hall.events import CounterClosed, CounterOpened, CounterPaused, Event
from hall.model import Counter, Hall, Refused, Ticket


def held_by(hall: Hall, by: str) -> str | None:
    """The counter this officer or pad holds now; one at most."""
    return next((each.id for each in hall.counters.values() if each.holder == by), None)


def open_counter(hall: Hall, counter: str, *, take_over: bool, by: str, now: datetime) -> list[Event]:
    """Take a counter and open it; ends a pause. Without change for the officer who has it open already.

    Refuses `counter_taken` (another holds it) and `at_other_counter` (this officer holds another):
    with `take_over` the first is taken over as it stands, the second closed.
    """
    here = hall.counter(counter)
    other = held_by(hall, by)
    events: list[Event] = []
    if here.holder not in (None, by) and not take_over:
        raise Refused("counter_taken", counter=counter)
    if other is not None and other != counter:
        if not take_over:
            raise Refused("at_other_counter", counter=other)
        events += close_counter(hall, other, reason="moved", by=by, now=now)
    if here.state == "open" and here.holder == by:
        return events
    taken_over = here.holder if here.holder != by else None
    return [*events, CounterOpened(at=now, by=by, counter=counter, taken_over_from=taken_over)]


def pause_counter(hall: Hall, counter: str, reason: str, *, by: str, now: datetime) -> list[Event]:
    """No more calls until opened again. Refuses `counter_closed`, `still_serving`."""
    here = _free(hall, counter)
    if here.state == "closed":
        raise Refused("counter_closed", counter=counter)
    if here.state == "paused" and here.pause_reason == reason:
        return []
    return [CounterPaused(at=now, by=by, counter=counter, reason=reason)]


def close_counter(
    hall: Hall, counter: str, reason: str | None = None, *, by: str, now: datetime
) -> list[Event]:
    """The officer leaves. Refuses `still_serving`; a closed counter stays closed without an event."""
    if _free(hall, counter).state == "closed":
        return []
    return [CounterClosed(at=now, by=by, counter=counter, reason=reason)]


def must_act_at(hall: Hall, counter: str, by: str) -> Counter:
    """The open counter this actor works at. A pad ("device:7") is bound to its counter by its token.

    Refuses `counter_closed`, `counter_paused`, `not_your_counter`.
    """
    here = hall.counter(counter)
    if here.state == "closed":
        raise Refused("counter_closed", counter=counter)
    if here.holder != by and not by.startswith("device:"):
        raise Refused("not_your_counter", counter=counter)
    if here.state == "paused":
        raise Refused("counter_paused", counter=counter)
    return here


def must_serve(hall: Hall, counter: str, ticket: str, *states: str) -> Ticket:
    """The ticket, when it stands at this counter in one of these states.

    Refuses `unknown_ticket`, `wrong_state`, `not_your_ticket`.
    """
    wanted = hall.ticket(ticket)
    if wanted.state not in states:
        raise Refused("wrong_state", state=wanted.state)
    if wanted.counter != counter:
        raise Refused("not_your_ticket", number=wanted.number)
    return wanted


def _free(hall: Hall, counter: str) -> Counter:
    here = hall.counter(counter)
    if here.ticket is not None:
        raise Refused("still_serving", number=hall.tickets[here.ticket].number)
    return here
