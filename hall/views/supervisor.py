"""The hall at a glance for who watches over it."""

from dataclasses import dataclass
from datetime import datetime

from hall.devices import Devices
from hall.model import Hall
from hall.views.parts import Load, Trouble, calls, counters, head, loads, troubles
from hall.views.wall import Board, gate


@dataclass(frozen=True, slots=True)
class Overview(Board):
    """The board, its queues with the longest wait, and what is wrong."""

    queues: tuple[Load, ...]
    troubles: tuple[Trouble, ...]


def overview(hall: Hall, now: datetime, build: str, devices: Devices) -> Overview:
    opens_at, closed_why, unattended, alone = gate(hall, now)
    return Overview(
        *head(hall, now, build),
        calls=calls(hall),
        counters=counters(hall),
        queues=loads(hall, now),
        message=hall.setup.message,
        opens_at=opens_at,
        closed_why=closed_why,
        unattended=unattended,
        unattended_queues=alone,
        troubles=troubles(hall, devices),
    )
