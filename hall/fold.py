"""The state of a hall is the fold of its day's events, and nothing else."""

from bisect import insort
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from hall.events import (
    CounterClosed,
    CounterOpened,
    CounterPaused,
    DayClosed,
    Event,
    NumbersSkipped,
    PriorityChanged,
    ServiceStarted,
    SetupTaken,
    SlipReprinted,
    TicketCalled,
    TicketCancelled,
    TicketFinished,
    TicketHeld,
    TicketIssued,
    TicketMissed,
    TicketRecalled,
    TicketResumed,
    TicketReturned,
    TicketTransferred,
    UnknownEvent,
)
from hall.model import (
    ENDED,
    Call,
    Counter,
    CounterState,
    Hall,
    Interval,
    ServiceTime,
    Ticket,
    TicketState,
    Why,
)
from hall.reasons import Reason
from hall.setup import Setup

SHOWN_CALLS = 8
SERVICES_KEPT = 30  # a queue's newest: enough for quartiles, and the cost stays flat


def fresh(setup: Setup, day: date) -> Hall:
    """The hall before its first event of `day`."""
    return Hall(setup=setup, day=day)


def fold(events: Iterable[Event], hall: Hall) -> Hall:
    """The hall after `events`; `hall` itself is unchanged. One copy of each mapping, however many events.

    Refuses UnknownEvent, with its day and seq.
    """
    draft = _Draft(hall)
    for event in events:
        draft.apply(event)
    return draft.hall()


def line_key(ticket: Ticket) -> tuple[bool, datetime, int]:
    """Order of the waiting line: those an officer put first, then by time, then by issue."""
    return (not ticket.first, ticket.line_at, ticket.seq)


def _own_choice(event: TicketCalled) -> Reason | None:
    return Reason(event.own_choice, event.note) if event.own_choice is not None else None


class _Draft:
    """Mutable copies of a hall's mappings while events are applied."""

    def __init__(self, hall: Hall) -> None:
        self.base = hall
        self.digest = hall.digest
        self.version = hall.version
        self.at = hall.at
        self.closed = hall.closed
        self.tickets = dict(hall.tickets)
        self.lines = dict(hall.lines)
        self.held = hall.held
        self.missed = hall.missed
        self.counters = dict(hall.counters)
        self.issued = dict(hall.issued)
        self.skipped = hall.skipped
        self.era = hall.era
        self.turns = dict(hall.turns)
        self.calls = hall.calls
        self.services = dict(hall.services)
        self.tokens = dict(hall.tokens)

    def hall(self) -> Hall:
        return Hall(  # not `replace`, which asks each field whether it was meant
            setup=self.base.setup,
            day=self.base.day,
            digest=self.digest,
            version=self.version,
            at=self.at,
            closed=self.closed,
            tickets=self.tickets,
            lines=self.lines,
            held=self.held,
            missed=self.missed,
            counters=self.counters,
            issued=self.issued,
            skipped=self.skipped,
            era=self.era,
            turns=self.turns,
            calls=self.calls,
            services=self.services,
            tokens=self.tokens,
        )

    def apply(self, event: Event) -> None:
        self.version += 1
        self.at = event.at
        self.closed = isinstance(event, DayClosed)
        match event:
            case TicketIssued():
                self._issue(event)
            case TicketCalled():
                self._call(event)
            case TicketRecalled():
                self._recall(event)
            case ServiceStarted():
                self._move(self.tickets[event.ticket], "serving", event.at)
            case TicketHeld():
                self._hold(event)
            case TicketResumed():
                self._resume(event)
            case TicketReturned():
                self.missed = tuple(other for other in self.missed if other != event.ticket)
                ticket = self._move(self.tickets[event.ticket], "waiting", event.at)
                self._queue_up(replace(ticket, passes_left=event.passes))
            case TicketTransferred():
                self._transfer(event)
            case TicketFinished():
                self._finish(event)
            case TicketMissed():
                self._leave(self.tickets[event.ticket])
                ticket = self.tickets[event.ticket]
                self._end(ticket, "no_show", event.at, missed=ticket.missed + 1)
                self.missed = (*self.missed, event.ticket)
                self._counter(event.counter, no_shows=self._at(event.counter).no_shows + 1)
            case TicketCancelled():
                self._leave(self.tickets[event.ticket])
                self._end(self.tickets[event.ticket], "cancelled", event.at, end_reason=event.reason)
            case PriorityChanged():
                ticket = self.tickets[event.ticket]
                self.tickets[ticket.id] = replace(ticket, priority=event.priority)
            case CounterOpened() | CounterPaused() | CounterClosed():
                self._counter_state(event)
            case SetupTaken():
                self.digest = event.digest
            case NumbersSkipped():
                self._skip(event)
            case SlipReprinted() | DayClosed():
                pass  # kept for the record, the state is the same
            case _:
                raise self._unknown(event, "no rule says what it does")

    def _unknown(self, event: Event, why: str) -> UnknownEvent:
        return UnknownEvent(type(event).__name__, why, self.base.day, self.version)

    def _at(self, counter: str) -> Counter:
        return self.counters.get(counter) or Counter(counter)

    def _counter(self, counter: str, **changes: Any) -> None:
        self.counters[counter] = replace(self._at(counter), **changes)

    def _counter_state(self, event: CounterOpened | CounterPaused | CounterClosed) -> None:
        state: CounterState
        here = self._at(event.counter)
        match event:
            case CounterOpened():
                here = replace(here, holder=event.holder, holder_kind=event.holder_kind)
                state, reason = "open", None
            case CounterPaused():
                state, reason = "paused", Reason(event.reason, event.note)
            case CounterClosed():
                here = replace(here, holder=None)
                state, reason = "closed", None
        self.counters[here.id] = replace(here, state=state, pause_reason=reason, since=event.at)

    def _issue(self, event: TicketIssued) -> None:
        ticket = Ticket(
            id=event.ticket,
            number=event.number,
            queue=event.queue,
            procedure=event.procedure,
            priority=event.priority,
            language=event.language,
            channel=event.channel,
            issued_by=event.by,
            issued_at=event.at,
            arrived_at=event.at,
            seq=self.version,
            state="waiting",
            since=event.at,
            intervals=(Interval("waiting", event.at, None, None),),
            line_at=event.booked_at or event.at,
            booked_at=event.booked_at,
            token_hash=event.token_hash,
        )
        self.issued[event.queue] = event.ordinal
        self.tokens[event.token_hash] = event.ticket
        self._line_up(ticket)

    def _skip(self, event: NumbersSkipped) -> None:
        skipped = dict(self.skipped)
        for queue, last in event.last.items():
            skipped[queue] = skipped.get(queue, 0) + last - self.issued.get(queue, 0)
            self.issued[queue] = last
        self.skipped, self.era = skipped, event.era

    def _queue_up(self, ticket: Ticket) -> None:
        """Back into its queue's line, away from any counter."""
        self._line_up(replace(ticket, counter=None, call=None, calls=0))

    def _line_up(self, ticket: Ticket) -> None:
        """Into its queue's line, in order."""
        self.tickets[ticket.id] = ticket
        line = self.lines.get(ticket.queue, ())
        if line and line_key(self.tickets[line[-1]]) > line_key(ticket):
            tickets = [self.tickets[other] for other in line]
            insort(tickets, ticket, key=line_key)
            self.lines[ticket.queue] = tuple(each.id for each in tickets)
        else:
            self.lines[ticket.queue] = (*line, ticket.id)

    def _leave(self, ticket: Ticket) -> None:
        """Out of wherever it stands: line, hold, counter."""
        if ticket.state == "waiting":
            line = self.lines.get(ticket.queue, ())
            self.lines[ticket.queue] = tuple(other for other in line if other != ticket.id)
        elif ticket.state == "held":
            self.held = tuple(other for other in self.held if other != ticket.id)
        elif ticket.counter is not None and self._at(ticket.counter).ticket == ticket.id:
            self._counter(ticket.counter, ticket=None)

    def _move(self, ticket: Ticket, state: TicketState, at: datetime, counter: str | None = None) -> Ticket:
        """The visit's next interval begins; the last one ends at the same moment."""
        counter = counter if counter is not None else ticket.counter
        intervals = ticket.intervals
        if intervals and intervals[-1].end is None:
            intervals = (*intervals[:-1], replace(intervals[-1], end=at))
        if state not in ENDED:
            intervals = (*intervals, Interval(state, at, None, None if state == "waiting" else counter))
        ticket = replace(ticket, state=state, since=at, intervals=intervals, counter=counter)
        self.tickets[ticket.id] = ticket
        return ticket

    def _end(self, ticket: Ticket, state: TicketState, at: datetime, **facts: Any) -> None:
        ticket = self._move(ticket, state, at)
        self.tickets[ticket.id] = replace(ticket, **facts)

    def _call(self, event: TicketCalled) -> None:
        ticket = self.tickets[event.ticket]
        self._leave(ticket)
        self._count_passed(event)
        self.turns[event.queue] = event.turn
        ticket = self._move(ticket, "called", event.at, event.counter)
        self.tickets[ticket.id] = replace(
            ticket,
            call=event.call,
            calls=1,
            called_at=event.at,
            why=Why(event.as_class, event.waited_seconds, event.passed_over, _own_choice(event)),
            first=False,
            passes_left=0,
            only_counter=None,
            returning=False,
            hold_reason=None,
            hold_until=None,
        )
        here = self._at(event.counter)
        self._counter(event.counter, ticket=ticket.id, waits=(*here.waits, event.waited_seconds))
        self._show(Call(event.call, ticket.id, ticket.number, event.counter, event.at, 1))

    def _count_passed(self, event: TicketCalled) -> None:
        if event.passed is None:
            raise self._unknown(event, "whom it passed is not said")
        for other in event.passed:
            waiting = self.tickets[other]
            self.tickets[other] = replace(waiting, passes_left=waiting.passes_left - 1)

    def _recall(self, event: TicketRecalled) -> None:
        ticket = self.tickets[event.ticket]
        self.tickets[ticket.id] = replace(ticket, calls=event.times, called_at=event.at)
        self._show(Call(ticket.call or "", ticket.id, ticket.number, event.counter, event.at, event.times))

    def _show(self, call: Call) -> None:
        others = tuple(other for other in self.calls if other.id != call.id)
        self.calls = (call, *others)[:SHOWN_CALLS]

    def _hold(self, event: TicketHeld) -> None:
        ticket = self.tickets[event.ticket]
        self._leave(ticket)
        ticket = self._move(ticket, "held", event.at)
        reason = Reason(event.reason, event.note)
        self.tickets[ticket.id] = replace(ticket, hold_reason=reason, hold_until=event.until)
        self.held = (*self.held, ticket.id)

    def _resume(self, event: TicketResumed) -> None:
        ticket = self.tickets[event.ticket]
        self._leave(ticket)
        ticket = replace(ticket, hold_reason=None, hold_until=None)
        if event.in_service:
            self._move(ticket, "serving", event.at, event.counter)
            self._counter(event.counter, ticket=ticket.id)
        else:
            ticket = self._move(ticket, "waiting", event.at)
            self._queue_up(replace(ticket, only_counter=event.counter, returning=True))

    def _transfer(self, event: TicketTransferred) -> None:
        ticket = self.tickets[event.ticket]
        self._leave(ticket)
        if ticket.state != "waiting":
            ticket = self._move(ticket, "waiting", event.at)
        line_at = event.at if event.position == "last" else ticket.booked_at or ticket.arrived_at
        self._queue_up(
            replace(
                ticket,
                queue=event.queue,
                procedure=event.procedure,
                only_counter=event.counter,
                first=event.position == "first",
                line_at=line_at,
                passes_left=0,
                returning=False,
                hold_reason=None,
                hold_until=None,
            )
        )

    def _finish(self, event: TicketFinished) -> None:
        ticket = self.tickets[event.ticket]
        self._leave(ticket)
        facts = {"outcome": event.outcome, "dossier": event.dossier, "due": event.due}
        self._end(ticket, "done", event.at, end_reason=event.reason, **facts)
        visit = self.tickets[ticket.id].intervals
        served = [each for each in visit if each.state == "serving" and each.counter == event.counter]
        seconds = sum((each.end - each.start).total_seconds() for each in served if each.end)
        here = self._at(event.counter)
        self._counter(event.counter, served=here.served + 1)
        recent = (*self.services.get(ticket.queue, ()), ServiceTime(event.at, seconds / 60))
        self.services[ticket.queue] = recent[-SERVICES_KEPT:]
