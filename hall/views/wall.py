"""The wall: the last calls, every counter, the waiting of each queue."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from hall.model import Hall
from hall.views.parts import BoardCall, Counter, Heading, QueueWaiting, calls, counters, head


@dataclass(frozen=True, slots=True)
class Board(Heading):
    """Numbers only; calls newest first."""

    calls: Annotated[tuple[BoardCall, ...], ("maxItems", 8)]
    counters: tuple[Counter, ...]
    queues: tuple[QueueWaiting, ...]
    message: str | None


def board(hall: Hall, now: datetime, build: str) -> Board:
    return Board(
        *head(hall, now, build),
        calls=calls(hall),
        counters=counters(hall),
        queues=tuple(
            QueueWaiting(queue.id, queue.name, len(hall.lines.get(queue.id, ())))
            for queue in hall.setup.queues.values()
        ),
        message=hall.setup.message,
    )
