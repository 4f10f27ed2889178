"""Whether somebody calls a queue now; if nobody does, why, and from when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from hall.model import Hall, Ticket
from hall.opening import ClosedWhy, working
from hall.routing import longest_wait

# Outside the hours why the hours say so; within them what the counters are.
UnattendedWhy = ClosedWhy | Literal["paused", "closed"]


@dataclass(frozen=True, slots=True)
class Unattended:
    """No counter calls. `opens_at`: when the hours begin again; None where only the officers know."""

    why: UnattendedWhy
    opens_at: datetime | None


def hall_unattended(hall: Hall, now: datetime) -> Unattended | None:
    """Why no counter of the hall calls; None: one is open."""
    return _unattended(hall, hall.setup.counters, now)


def queue_unattended(hall: Hall, queue: str, now: datetime) -> Unattended | None:
    """Why no counter calls this queue; None: one is open that takes it at this moment."""
    always: list[str] = []
    sometimes: list[int] = []
    for counter in hall.setup.counters.values():
        for take in counter.takes:
            if take.queue == queue and take.over_minutes is None:
                always.append(counter.id)
            elif take.queue == queue and take.over_minutes is not None and _is_open(hall, counter.id):
                sometimes.append(take.over_minutes)
    found = _unattended(hall, always, now)
    if found is None or not sometimes:
        return found
    longest = longest_wait(hall, queue, now)  # looks at the whole line: only where it decides
    return None if any(longest > timedelta(minutes=over) for over in sometimes) else found


def ticket_unattended(hall: Hall, ticket: Ticket, now: datetime) -> Unattended | None:
    """The same for one who waits: sent to one counter, only that one counts."""
    if ticket.only_counter is None:
        return queue_unattended(hall, ticket.queue, now)
    return _unattended(hall, (ticket.only_counter,), now)


def _unattended(hall: Hall, counters: Iterable[str], now: datetime) -> Unattended | None:
    names = [*counters]
    if any(_is_open(hall, each) for each in names):
        return None
    hours = working(hall.setup, now)
    if hours.why is not None:  # an officer who pauses at noon is at lunch
        return Unattended(hours.why, hours.opens_at)
    paused = any(each in hall.counters and hall.counters[each].state == "paused" for each in names)
    return Unattended("paused" if paused else "closed", None)


def _is_open(hall: Hall, counter: str) -> bool:
    return counter in hall.counters and hall.counters[counter].state == "open"
