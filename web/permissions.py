"""What a door is, who may pass, and how the doors of all modules become one table.

A module declares its doors beside their handlers (doors.py), a screen its socket (screens.py). The table
drives enforcement (guard.py), the description (openapi.py), docs/permissions.md and the tests. What is not
in it is shut.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from msgspec import Struct

from hall.actors import SUPERVISORS, Actor, Role
from web import schemas

Key = Literal["required", "taken"]
Rate = str | None  # "120 per minute", by device or person, by address where nobody is known

EVERYBODY: frozenset[Role] = frozenset({"anyone"})
AT_A_COUNTER: frozenset[Role] = frozenset({"staff", "counter"})
TICKET_GIVERS: frozenset[Role] = AT_A_COUNTER | {"kiosk"}
PEOPLE: frozenset[Role] = SUPERVISORS | {"staff"}
KNOWN: frozenset[Role] = PEOPLE | {"kiosk", "display", "counter", "rating", "printer"}

ACT, READ, LOOK = "120 per minute", "600 per minute", "6000 per minute"  # LOOK: many phones share an address
SELDOM = "30 per minute"  # more than an officer does it in earnest
CONNECT = "60 per minute"
API = "/api/v1"
IN_HALL = f"{API}/halls/{{hall}}"
HEALTH = "/healthz"


@dataclass(frozen=True, slots=True)
class Door:
    """One HTTP route. `who` holding "anyone" is open to all; `key` is about Idempotency-Key.

    `body`: of a POST; of a GET what may stand behind the "?". `csrf` off: asked before there is a session.
    `gives_numbers`: a kiosk does it as often as its hall says. Pages and files have no `answer`; a page
    `described` is in openapi.json.
    """

    name: str
    method: Literal["GET", "POST"]
    path: str
    who: frozenset[Role]
    summary: str
    rate: Rate = ACT
    body: type[schemas.Body] = schemas.Nothing
    answer: type | None = None
    status: int = 200
    key: Key = "taken"
    csrf: bool = True
    refusals: tuple[str, ...] = ()
    described: bool = False
    gives_numbers: bool = False

    @property
    def is_api(self) -> bool:
        return is_api(self.path)

    @property
    def public(self) -> bool:
        return "anyone" in self.who

    def admits(self, actor: Actor) -> bool:
        return self.public or actor.kind in self.who


@dataclass(frozen=True, slots=True)
class SocketEvent:
    """What a client may send on a namespace, "*" on all; `connect` is the first of all."""

    namespace: str
    event: str
    who: frozenset[Role]
    summary: str
    rate: Rate
    payload: type[Struct] | None = None


HEARTBEAT = SocketEvent(
    "*", "heartbeat", KNOWN | EVERYBODY, "What a device knows of itself", ACT, schemas.Heartbeat
)


class Permissions:
    """The one table. Raises ValueError where two doors are the same door or have the same name."""

    def __init__(self, doors: Iterable[Door], sockets: Iterable[SocketEvent]) -> None:
        listed = tuple(doors)
        self.doors: Mapping[str, Door] = MappingProxyType({door.name: door for door in listed})
        self.by_pattern: Mapping[tuple[str, str], Door] = MappingProxyType(
            {(door.method, pattern(door.path)): door for door in listed}
        )
        self.sockets = tuple(sockets)
        if not len(listed) == len(self.doors) == len(self.by_pattern):
            names = [door.name for door in listed if self.by_pattern[door.method, pattern(door.path)] != door]
            raise ValueError(f"declared twice: {names or [door.name for door in listed]}")

    def socket_event(self, namespace: str, event: str) -> SocketEvent | None:
        """Its line in the table; None: nobody may."""
        return next(
            (each for each in self.sockets if each.event == event and each.namespace in ("*", namespace)),
            None,
        )

    def may(self, actor: Actor, namespace: str, event: str) -> bool:
        """Whether a client on a socket may do this; what is not in the table it may not."""
        listed = self.socket_event(namespace, event)
        return listed is not None and bool({"anyone", actor.kind} & listed.who)


def is_api(path: str) -> bool:
    """Whether other programs ask here, which are answered in JSON."""
    return path.startswith(("/api/", HEALTH))


def pattern(path: str) -> str:
    """A path with its variable parts alike: "/kiosk/{hall}" and Flask's "/kiosk/<hall>" are the same door."""
    return re.sub(r"\{\w+\}|<[^>]+>", "{}", path)
