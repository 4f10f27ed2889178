"""A hall's mappings while events are applied: how its people stand in lines, at counters, among the held."""

from bisect import insort
from dataclasses import replace
from datetime import datetime
from typing import Any

from hall.model import ENDED, Act, Counter, Hall, Interval, ServiceTime, Ticket, TicketState


def line_key(ticket: Ticket) -> tuple[bool, datetime, int]:
    """Order of the waiting line: those an officer put first, then by time, then by issue."""
    return (not ticket.first, ticket.line_at, ticket.seq)


def service_of(done: Ticket, counter: str) -> ServiceTime:
    """How long the counter that finished it served it, all its stays there together."""
    served = [each for each in done.intervals if each.state == "serving" and each.counter == counter]
    seconds = sum((each.end - each.start).total_seconds() for each in served if each.end)
    return ServiceTime(done.since, seconds / 60)


class Draft:
    """Mutable copies of a hall's mappings."""

    def __init__(self, hall: Hall) -> None:
        self.base = hall
        self.digest = hall.digest
        self.version = hall.version
        self.at = hall.at
        self.closed = hall.closed
        self.boot = hall.boot
        self.booted_at = hall.booted_at
        self.doubtful_at = hall.doubtful_at
        self.stepped = hall.stepped
        self.stepped_at = hall.stepped_at
        self.given_at = hall.given_at
        self.came_from = hall.came_from
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
            boot=self.boot,
            booted_at=self.booted_at,
            doubtful_at=self.doubtful_at,
            stepped=self.stepped,
            stepped_at=self.stepped_at,
            given_at=self.given_at,
            came_from=self.came_from,
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

    def _at(self, counter: str) -> Counter:
        return self.counters.get(counter) or Counter(counter)

    def _counter(self, counter: str, **changes: Any) -> None:
        self.counters[counter] = replace(self._at(counter), **changes)

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

    def _put_back(self, ticket: Ticket) -> None:
        """Where it stood: in its line, among the held in order, or at its counter."""
        self.tickets[ticket.id] = ticket
        if ticket.state == "waiting":
            self._line_up(ticket)
        elif ticket.state == "held":
            self.held = tuple(sorted((*self.held, ticket.id), key=lambda each: self.tickets[each].since))
        elif ticket.counter is not None:
            self._counter(ticket.counter, ticket=ticket.id)

    def _unserve(self, done: Ticket, counter: str) -> None:
        kept, service = list(self.services[done.queue]), service_of(done, counter)
        if service in kept:  # of the kept ones no more where forty have been served since
            kept.remove(service)
        self.services[done.queue] = tuple(kept)

    def _uncall(self, act: Act) -> None:
        """The call was never made: the turn it took, unless others were called since, and its steps for those
        who came back."""
        queue = act.before.queue
        before, after = act.turns
        if self.turns[queue] == after:
            self.turns[queue] = before
        for other in (self.tickets[each] for each in act.passed):
            if other.state == "waiting":
                self.tickets[other.id] = replace(other, passes_left=other.passes_left + 1)
        self.calls = tuple(each for each in self.calls if each.id != act.after.call)
