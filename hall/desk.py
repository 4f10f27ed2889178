"""Counters open, pause and close; and who may act at one."""

from datetime import datetime

from hall.actors import Actor
from hall.events import CounterClosed, CounterOpened, CounterPaused, Event
from hall.model import ENDED, Counter, Hall, Refused, Ticket
from hall.reasons import Reason
from hall.routing import may_call, may_resume


def counter_of(hall: Hall, by: Actor) -> str | None:
    """Where this actor works now: a pad at its own counter, an officer at the one held. None: nowhere."""
    if by.is_pad:
        return by.counter
    return next((each.id for each in hall.counters.values() if each.holder == by.id), None)


def desk_of(hall: Hall, by: Actor) -> str:
    """The counter this actor works at. Refuses `no_counter`."""
    counter = counter_of(hall, by)
    if counter is None:
        raise Refused("no_counter")
    return counter


def open_counter(hall: Hall, counter: str, *, take_over: bool, by: Actor, now: datetime) -> list[Event]:
    """Take a counter and open it; ends a pause. Without change where it is open for this officer already.

    Refuses `counter_taken` (another officer holds it) and `at_other_counter` (this one holds another):
    with `take_over` the first is taken over as it stands, the second closed. A pad opens for whoever holds
    the counter, and no officer has to take over from it. Refuses also `forbidden`, `not_your_counter`.
    """
    here = hall.counter(counter)
    _must_work_at(counter, by)
    holder, holder_kind = by.id, by.kind
    if by.is_pad and here.holder is not None:
        holder, holder_kind = here.holder, here.holder_kind
    taken = here.holder is not None and here.holder_kind != "counter"
    if taken and here.holder != holder and not take_over:
        raise Refused("counter_taken", counter=counter)
    events: list[Event] = []
    other = counter_of(hall, by)
    if other is not None and other != counter:
        if not take_over:
            raise Refused("at_other_counter", counter=other)
        events += close_counter(hall, other, reason="moved", by=by, now=now)
    if here.state == "open" and here.holder == holder:
        return events
    taken_over = here.holder if here.holder != holder else None
    return [
        *events,
        CounterOpened(
            at=now,
            by=by.id,
            counter=counter,
            holder=holder,
            holder_kind=holder_kind,
            taken_over_from=taken_over,
        ),
    ]


def pause_counter(hall: Hall, counter: str, reason: Reason, *, by: Actor, now: datetime) -> list[Event]:
    """No more calls until opened again. Refuses `counter_closed`, `not_your_counter`, `still_serving`."""
    here = _must_hold(hall, counter, by)
    if here.state == "paused" and here.pause_reason == reason:
        return []
    must_be_free(hall, here)
    return [CounterPaused(at=now, by=by.id, counter=counter, reason=reason.code, note=reason.note)]


def close_counter(
    hall: Hall, counter: str, reason: str | None = None, *, by: Actor, now: datetime
) -> list[Event]:
    """The officer leaves; a closed counter stays closed without an event.

    Refuses `not_your_counter`, `still_serving`.
    """
    if hall.counter(counter).state == "closed":
        return []
    must_be_free(hall, _must_hold(hall, counter, by))
    return [CounterClosed(at=now, by=by.id, counter=counter, reason=reason)]


def must_act_at(hall: Hall, counter: str, by: Actor) -> Counter:
    """The open counter this actor works at.

    Refuses `forbidden`, `counter_closed`, `counter_paused`, `not_your_counter`.
    """
    here = _must_hold(hall, counter, by)
    if here.state == "paused":
        raise Refused("counter_paused", counter=counter)
    return here


def must_be_free(hall: Hall, here: Counter) -> None:
    """Refuses `still_serving`: somebody stands at the counter."""
    if here.ticket is not None:
        raise Refused("still_serving", number=hall.tickets[here.ticket].number)


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


def must_have_in_hand(hall: Hall, ticket: str, by: Actor) -> Ticket:
    """The ticket, when this actor's counter has it or could call it. A supervisor has everybody in hand who
    stands at no counter.

    Refuses `unknown_ticket`, `forbidden`, `wrong_state`, `no_counter`, `not_your_ticket`.
    """
    wanted = hall.ticket(ticket)
    if not by.is_supervisor:
        _must_be_staff(by)
    if wanted.state in ENDED:
        raise Refused("wrong_state", state=wanted.state)
    if by.is_supervisor:
        mine = wanted.state in ("waiting", "held")
    else:
        counter = hall.counter(desk_of(hall, by)).id
        mine = wanted.counter == counter or _could_take(hall, wanted, counter)
    if not mine:
        raise Refused("not_your_ticket", number=wanted.number)
    return wanted


def _could_take(hall: Hall, wanted: Ticket, counter: str) -> bool:
    if wanted.state == "held":
        return may_resume(hall, wanted, counter)
    return wanted.state == "waiting" and may_call(hall, wanted, counter)


def _must_be_staff(by: Actor) -> None:
    """Kiosks and walls are devices too, and rating tablets even have a counter."""
    if by.kind != "staff" and not by.is_pad:
        raise Refused("forbidden")


def _must_work_at(counter: str, by: Actor) -> None:
    _must_be_staff(by)
    if by.is_pad and by.counter != counter:
        raise Refused("not_your_counter", counter=counter)


def _must_hold(hall: Hall, counter: str, by: Actor) -> Counter:
    here = hall.counter(counter)
    _must_work_at(counter, by)
    if here.state == "closed":
        raise Refused("counter_closed", counter=counter)
    if here.holder != by.id and not by.is_pad:
        raise Refused("not_your_counter", counter=counter)
    return here
