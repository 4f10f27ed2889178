"""Moments by a clock that was put: each is as long ago as before."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from hall.events import ClockStepped, Event
from hall.model import Act, Counter, Hall, Ticket


@dataclass(frozen=True, slots=True)
class Put:
    """The clock was put by so much, and shows the hall's time as in `zone` now. `told`: by its event."""

    by: timedelta
    zone: tzinfo | None
    told: bool = True

    def moved(self, moment: datetime) -> datetime:
        return (moment + self.by).astimezone(self.zone)

    def perhaps(self, moment: datetime | None) -> datetime | None:
        """None stays None."""
        return self.moved(moment) if moment is not None else None

    def visit(self, ticket: Ticket) -> Ticket:
        """A booked slot is no moment that has been, and stays."""
        at_slot = ticket.line_at == ticket.booked_at
        return replace(
            ticket,
            issued_at=self.moved(ticket.issued_at),
            arrived_at=self.moved(ticket.arrived_at),
            since=self.moved(ticket.since),
            intervals=tuple(
                replace(each, start=self.moved(each.start), end=self.perhaps(each.end))
                for each in ticket.intervals
            ),
            line_at=ticket.line_at if at_slot else self.moved(ticket.line_at),
            called_at=self.perhaps(ticket.called_at),
            hold_until=self.perhaps(ticket.hold_until),
        )

    def counter(self, counter: Counter) -> Counter:
        return replace(
            counter,
            since=self.perhaps(counter.since),
            held_since=self.perhaps(counter.held_since),
            last=self.act(counter.last),
            called=self.act(counter.called),
        )

    def act(self, act: Act | None) -> Act | None:
        if act is None:
            return None
        before, after = self.visit(act.before), self.visit(act.after)
        return replace(act, at=self.moved(act.at), before=before, after=after)

    def hall(self, hall: Hall) -> Hall:
        """All that happened, by the clock as it was put: how long ago it was stays as it is."""
        return replace(
            hall,
            at=self.perhaps(hall.at),
            booted_at=self.perhaps(hall.booted_at) if self.told else None,
            doubtful_at=self.perhaps(hall.doubtful_at),
            stepped_at=self.perhaps(hall.stepped_at),
            given_at=self.perhaps(hall.given_at),
            tickets={name: self.visit(ticket) for name, ticket in hall.tickets.items()},
            counters={name: self.counter(counter) for name, counter in hall.counters.items()},
            calls=tuple(replace(call, at=self.moved(call.at)) for call in hall.calls),
            services={
                queue: tuple(replace(each, ended_at=self.moved(each.ended_at)) for each in services)
                for queue, services in hall.services.items()
            },
        )


def puts(event: Event, at: datetime | None) -> Iterator[Put]:
    """How the clock was put just before this event, the one before it having been `at`. A time that goes back
    is that of a clock that was put back, and nobody said so."""
    if at is None:
        return
    if isinstance(event, ClockStepped):
        put = Put(timedelta(seconds=event.seconds), event.at.tzinfo)
        at = put.moved(at)
        yield put
    if event.at < at:
        yield Put(event.at - at, event.at.tzinfo, told=False)
