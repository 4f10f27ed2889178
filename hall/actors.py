"""Who acts in a hall."""

from dataclasses import dataclass
from typing import Literal

Role = Literal[
    "anyone",
    "citizen",
    "kiosk",
    "display",
    "counter",
    "rating",
    "printer",
    "staff",
    "supervisor",
    "admin",
    "hub",
]

SUPERVISORS: frozenset[Role] = frozenset({"supervisor", "admin"})


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks something of the hall; a rule reads who it is from `kind`, never from the `id`.

    Events keep the `id` alone: "device:7", "staff:3", never a name. `halls` is None for people, who are bound
    to none; `counter` is that of a bound device, `device` its number.
    """

    kind: Role
    id: str
    halls: frozenset[str] | None = None
    counter: str | None = None
    device: int | None = None

    @property
    def is_pad(self) -> bool:
        """A call pad: it belongs to its counter and not to a person, and may do what staff may do there."""
        return self.kind == "counter"

    @property
    def is_supervisor(self) -> bool:
        """A person who needs no counter for what is done with those who wait; their screens only look."""
        return self.kind in SUPERVISORS and self.device is None

    def may_enter(self, hall: str) -> bool:
        return self.halls is None or hall in self.halls


ANYONE = Actor("anyone", "anyone")
HUB = Actor("hub", "hub")  # ends the day and names its configuration


def officer(staff: int, kind: Role = "staff") -> Actor:
    """Somebody who logged in."""
    return Actor(kind, f"staff:{staff}")


def device(number: int, kind: Role, hall: str, counter: str | None = None) -> Actor:
    return Actor(kind, device_id(number), frozenset({hall}), counter, number)


def device_id(number: int) -> str:
    return f"device:{number}"


def citizen(ticket: str) -> Actor:
    """Who holds the track token of this ticket."""
    return Actor("citizen", f"citizen:{ticket}")
