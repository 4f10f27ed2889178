"""A screen is one value: who may open it, where in a hall they sit, what they see there, and its pages.

A folder exports its SCREEN and is registered in service/screens.py; nothing else names it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from hall.actors import Actor, Role
from hall.devices import Devices
from hall.model import Hall
from hall.setup import Trade
from hall.spoken import Announcement, Language
from hall.views import kiosk
from hall.views.parts import Heading
from store.accounts import DeviceRole
from web.doors import Pages
from web.permissions import ACT, CONNECT, Door, Rate, SocketEvent


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who was let in at a screen's socket. `printer()`: where their slips come out."""

    hall: Hall
    actor: Actor
    printer: Callable[[], str | None]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a snapshot is drawn from. `place`: where those who see it sit; `printer()`: how its printer is."""

    hall: Hall
    now: datetime
    build: str
    place: str | None
    devices: Devices
    printer: Callable[[], kiosk.Printer]


@dataclass(frozen=True, slots=True)
class Said:
    """What a screen may say on its socket, besides that it is alive."""

    event: str
    summary: str
    payload: type[Struct]
    rate: Rate = ACT


@dataclass(frozen=True, slots=True)
class Link:
    """Its line on the front page, the lowest `rank` first; the words of it are that page's. Where the screen
    needs the token of a `device` only the demo shows it, with a device of that name."""

    rank: int
    device: DeviceRole | None = None
    device_name: str = ""


def nowhere(_arrival: Arrival) -> None:
    """All who see this screen see the same."""


@dataclass(frozen=True, slots=True)
class Screen:
    """`name` is its folder. `place` may refuse; whoever sits in the same place is sent the same snapshot.

    `single`: a device has one live socket, the newest. `speaks`: one device of a zone speaks, and learns by
    its heartbeats whether it does. `watched`: staff are told of a device that is gone.
    """

    name: str
    namespace: str
    roles: frozenset[Role]
    summary: str
    view: Callable[[Scene], Heading]
    place: Callable[[Arrival], str | None] = nowhere
    events: tuple[Said, ...] = ()
    routes: Pages["Sites"] | None = None
    link: Link | None = None
    rate: Rate = CONNECT
    single: bool = False
    speaks: bool = False
    watched: bool = False

    @property
    def doors(self) -> Sequence[Door]:
        return self.routes.declared if self.routes else ()

    @property
    def sockets(self) -> Sequence[SocketEvent]:
        connect = SocketEvent(self.namespace, "connect", self.roles, self.summary, self.rate)
        said = [
            SocketEvent(self.namespace, each.event, self.roles, each.summary, each.rate, each.payload)
            for each in self.events
        ]
        return (connect, *said)

    def address(self, hall: str, token: str | None = None) -> str:
        """The path of its page. The token stands in the fragment: it never reaches a server or a log."""
        path = self.doors[0].path.format(hall=hall)
        return f"{path}#token={token}" if token else path


class Announces(Protocol):
    """Turns a call into clips. May take some milliseconds the first time a number is said."""

    def announcement(
        self,
        number: str,
        counter: str,
        names: Mapping[Language, str],
        languages: Iterable[Language],
        trade: Trade,
        /,
    ) -> Announcement: ...
    def clip_bytes(self, clip: str, /) -> bytes | None: ...


class Manners(Protocol):
    """Of a kiosk: after `idle_seconds` without a touch it asks, `warn_seconds` later it begins anew."""

    @property
    def idle_seconds(self) -> int: ...
    @property
    def warn_seconds(self) -> int: ...
    @property
    def languages(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages of a hall may ask of the house. `languages`: in which its calls are spoken; `emblem`:
    the address of its picture.
    """

    hall: Callable[[], Hall]
    kiosk: Manners
    announcer: Announces
    languages: Sequence[Language]
    emblem: str = ""


Sites = Mapping[str, Site]  # by hall; the guard has seen that there is one
