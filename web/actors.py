"""Who is asking."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "anyone", "citizen", "kiosk", "display", "counter", "rating", "printer", "staff", "supervisor", "admin"
]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody at a door. `id` goes into the journal: "device:7", "staff:3" or "anyone", never a name.

    `hall` is None for people, who are not bound to one; `counter` is that of a bound device.
    """

    kind: Kind
    id: str
    hall: str | None = None
    counter: str | None = None


ANYONE = Actor("anyone", "anyone")
