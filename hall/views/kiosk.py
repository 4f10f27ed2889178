"""The kiosk: what it may offer now."""

from dataclasses import dataclass
from datetime import datetime

from hall.model import Hall
from hall.opening import ClosedWhy, opening
from hall.views.parts import Heading, Moment, head, iso
from hall.views.public import QueueNow, queues_now


@dataclass(frozen=True, slots=True)
class Printer:
    """The kiosk's own. `state` "none": it has none, "ok", or what is wrong with it."""

    state: str
    since: Moment | None


@dataclass(frozen=True, slots=True)
class Offer(Heading):
    """`closed_why` null: numbers are given out. `opens_at` null: open, or not within a month."""

    opens_at: Moment | None
    closed_why: ClosedWhy | None
    queues: tuple[QueueNow, ...]
    printer: Printer


def offer(hall: Hall, now: datetime, build: str, printer: Printer) -> Offer:
    gate = opening(hall.setup, now)
    return Offer(
        *head(hall, now, build),
        opens_at=iso(gate.opens_at),
        closed_why=gate.why,
        queues=queues_now(hall, now),
        printer=printer,
    )
