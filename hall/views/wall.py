"""The wall: the last calls, every counter, the waiting of each queue."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from hall.attending import hall_unattended, queue_unattended
from hall.model import Hall
from hall.opening import ClosedWhy, opening
from hall.views.parts import (
    BoardCall,
    Counter,
    Heading,
    Moment,
    QueueWaiting,
    Unattended,
    calls,
    counters,
    head,
    iso,
    unattended_of,
)


@dataclass(frozen=True, slots=True)
class Board(Heading):
    """Numbers only; calls newest first. `closed_why` and `opens_at` as the kiosk has them; `unattended`: why
    no counter of the hall calls; `unattended_queues`: those that none calls."""

    calls: Annotated[tuple[BoardCall, ...], ("maxItems", 8)]
    counters: tuple[Counter, ...]
    queues: tuple[QueueWaiting, ...]
    message: str | None
    opens_at: Moment | None
    closed_why: ClosedWhy | None
    unattended: Unattended | None
    unattended_queues: tuple[str, ...]


Gate = tuple[str | None, ClosedWhy | None, Unattended | None, tuple[str, ...]]


def gate(hall: Hall, now: datetime) -> Gate:
    """The last fields of a `Board`: from when, why not, why nobody calls, and which queues nobody calls."""
    hours = opening(hall.setup, now)
    alone = tuple(each for each in hall.setup.queues if queue_unattended(hall, each, now))
    return iso(hours.opens_at), hours.why, unattended_of(hall_unattended(hall, now)), alone


def board(hall: Hall, now: datetime, build: str) -> Board:
    opens_at, closed_why, unattended, alone = gate(hall, now)
    return Board(
        *head(hall, now, build),
        calls=calls(hall),
        counters=counters(hall),
        queues=tuple(
            QueueWaiting(queue.id, queue.name, len(hall.lines.get(queue.id, ())))
            for queue in hall.setup.queues.values()
        ),
        message=hall.setup.message,
        opens_at=opens_at,
        closed_why=closed_why,
        unattended=unattended,
        unattended_queues=alone,
    )
