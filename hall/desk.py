"""Counters open, pause and close; and who may act at one."""

from datetime import datetime

from hall.events import CounterClosed, CounterOpened, CounterPaused, Event
from hall.model import Counter, Hall, Refused, Ticket
from hall.routing import may_resume


def held_by(hall: Hall, by: str) -> str | None:
    """The counter this officer or pad holds now; one at most."""
    return next((each.id for each in hall.counters.values() if each.holder == by), None)


def open_counter(hall: Hall, counter: str, *, take_over: bool, by: str, now: datetime) -> list[Event]:
    """Take a counter and open it; ends a pause. Without change where it is open for this officer already.

    Refuses `counter_taken` (another officer holds it) and `at_other_counter` (this one holds another):
    with `take_over` the first is taken over as it stands, the second closed. A pad belongs to its
    counter and not to a person: it opens for whoever holds it, and no officer has to take over from it.
    """
    here = hall.counter(counter)
    holder = here.holder if is_pad(by) and here.holder is not None else by
    if here.holder is not None and here.holder != holder and not is_pad(here.holder) and not take_over:
        raise Refused("counter_taken", counter=counter)
    events: list[Event] = []
    other = held_by(hall, by)
    if other is not None and other != counter:
        if not take_over:
            raise Refused("at_other_counter", counter=other)
        events += close_counter(hall, other, reason="moved", by=by, now=now)
    if here.state == "open" and here.holder == holder:
        return events
    taken_over = here.holder if here.holder != holder else None
    return [
        *events,
        CounterOpened(at=now, by=by, counter=counter, holder=holder, taken_over_from=taken_over),
    ]


def pause_counter(hall: Hall, counter: str, reason: str, *, by: str, now: datetime) -> list[Event]:
    """No more calls until opened again. Refuses `counter_closed`, `not_your_counter`, `still_serving`."""
    here = _must_hold(hall, counter, by)
    if here.state == "paused" and here.pause_reason == reason:
        return []
    _must_be_free(hall, here)
    return [CounterPaused(at=now, by=by, counter=counter, reason=reason)]


def close_counter(
    hall: Hall, counter: str, reason: str | None = None, *, by: str, now: datetime
) -> list[Event]:
    """The officer leaves; a closed counter stays closed without an event.

    Refuses `not_your_counter`, `still_serving`.
    """
    if hall.counter(counter).state == "closed":
        return []
    _must_be_free(hall, _must_hold(hall, counter, by))
    return [CounterClosed(at=now, by=by, counter=counter, reason=reason)]


def is_pad(actor: str) -> bool:
    """A call pad, bound to its counter by its token: the guard lets it act nowhere else."""
    return actor.startswith("device:")


def must_act_at(hall: Hall, counter: str, by: str) -> Counter:
    """The open counter this actor works at.

    Refuses `counter_closed`, `counter_paused`, `not_your_counter`.
    """
    here = _must_hold(hall, counter, by)
    if here.state == "paused":
        raise Refused("counter_paused", counter=counter)
    return here


def must_serve(hall: Hall, counter: str, ticket: str, *states: str) -> Ticket:
    """The ticket, when it stands at this counter (or was left behind by one that closed) in such a state.

    Refuses `unknown_ticket`, `wrong_state`, `not_your_ticket`.
    """
    wanted = hall.ticket(ticket)
    if wanted.state not in states:
        raise Refused("wrong_state", state=wanted.state)
    if wanted.counter != counter and not (wanted.state == "held" and may_resume(hall, wanted, counter)):
        raise Refused("not_your_ticket", number=wanted.number)
    return wanted


def _must_hold(hall: Hall, counter: str, by: str) -> Counter:
    here = hall.counter(counter)
    if here.state == "closed":
        raise Refused("counter_closed", counter=counter)
    if here.holder != by and not is_pad(by):
        raise Refused("not_your_counter", counter=counter)
    return here


def _must_be_free(hall: Hall, here: Counter) -> None:
    if here.ticket is not None:
        raise Refused("still_serving", number=hall.tickets[here.ticket].number)
