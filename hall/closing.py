"""The end of the day: what is still open is closed, with a reason."""

from datetime import datetime

from hall.actors import HUB
from hall.events import CounterClosed, DayClosed, Event, TicketCancelled, TicketFinished
from hall.model import ENDED, Hall

DAY_END = "day_end"


def close_day(hall: Hall, *, now: datetime) -> list[Event]:
    """Events that end the day: waiting, called and held are cancelled, services end without an outcome,
    counters close. Nothing for a day that is closed already."""
    if hall.closed:
        return []
    events: list[Event] = []
    for ticket in hall.tickets.values():
        if ticket.state == "serving" and ticket.counter is not None:
            events.append(
                TicketFinished(
                    at=now,
                    by=HUB.id,
                    ticket=ticket.id,
                    counter=ticket.counter,
                    outcome=None,
                    dossier=None,
                    due=None,
                    reason=DAY_END,
                )
            )
        elif ticket.state not in ENDED:
            events.append(TicketCancelled(at=now, by=HUB.id, ticket=ticket.id, reason=DAY_END))
    closing = [
        CounterClosed(at=now, by=HUB.id, counter=counter.id, reason=DAY_END)
        for counter in hall.counters.values()
        if counter.state != "closed"
    ]
    return [*events, *closing, DayClosed(at=now, by=HUB.id, reason=DAY_END)]
