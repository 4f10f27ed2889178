"""The screens of the house: which there are, who is let in to them, and what they are sent."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from hall.actors import Actor
from hall.model import Refused
from hall.views.parts import Heading
from hub import Hub
from live.health import DeviceHealth
from live.publisher import Member, Room
from service.printers import Printers
from web.front import Shown
from web.guard import Guard
from web.permissions import HEARTBEAT
from web.screens import Arrival, Scene, Screen

# A folder a screen, each with its SCREEN. When a hall changes they are told in this order.
FOLDERS = (
    "display",
    "kiosk",
    "counter_panel",
    "supervisor",
    "phone",
)


def registered() -> tuple[Screen, ...]:
    """Raises TypeError for a folder that exports no screen."""
    screens = [import_module(folder).SCREEN for folder in FOLDERS]
    wrong = [folder for folder, each in zip(FOLDERS, screens, strict=True) if not isinstance(each, Screen)]
    if wrong:
        raise TypeError(f"{wrong}: SCREEN is no Screen")
    return tuple(screens)


SCREENS = registered()
EVENTS = {
    screen.namespace: frozenset({HEARTBEAT.event, *(said.event for said in screen.events)})
    for screen in SCREENS
}
DEVICES = {
    screen.link.device: screen.link.device_name for screen in SCREENS if screen.link and screen.link.device
}


def page_of(role: str, hall: str, token: str) -> str | None:
    """The path of the page that a device of this role opens with its token. None: it has no page."""
    pages = (screen for screen in SCREENS if screen.routes and screen.link and role in screen.roles)
    return next((screen.address(hall, token) for screen in pages), None)


def links(hall: str, tokens: Mapping[str, str] | None) -> list[Shown]:
    """What can be opened from the front page; the screens of devices where there are tokens for them."""
    shown = []
    for screen in sorted(SCREENS, key=lambda each: each.link.rank if each.link else 0):
        link = screen.link
        if link is None or (link.device and tokens is None):
            continue
        token = tokens[link.device] if tokens and link.device else None
        shown.append(Shown(screen.name, screen.address(hall, token), window=token is not None))
    return shown


class Rooms:
    """Lets in at the sockets and draws what each room is sent. `look()`: sees after the devices at once."""

    def __init__(
        self,
        hubs: Mapping[str, Hub],
        guard: Guard,
        health: DeviceHealth,
        printers: Printers,
        build: str,
        look: Callable[[], None],
    ) -> None:
        self._hubs = hubs
        self._guard = guard
        self._health = health
        self._printers = printers
        self._build = build
        self._look = look
        self._screens = {screen.namespace: screen for screen in SCREENS}

    def draw(self, room: Room) -> Heading:
        """The newest snapshot of a room."""
        hub = self._hubs[room.hall]
        scene = Scene(
            hall=hub.hall,
            now=hub.now(),
            build=hub.mark(self._build),
            place=room.place,
            devices=self._health.devices(room.hall),
            printer=lambda: self._printers.as_shown(room.hall, room.place),
        )
        return self._screens[room.namespace].view(scene)

    def admit(self, namespace: str, auth: dict[str, object] | None, _environ: dict[str, Any]) -> Member:
        """Who may sit in which room. Refuses as the guard does, and as the screen that has places."""
        said = auth or {}
        hall, token = str(said.get("hall", "")), said.get("token")
        identity = self._guard.at_socket(namespace, hall, token if isinstance(token, str) else None)
        actor = identity.actor
        place = self._place(namespace, hall, actor)
        session = identity.session.mark if identity.session else None
        return Member(Room(namespace, hall, place), actor, session)

    def refusal(self, member: Member) -> str | None:
        """Why somebody who sits in a room would not be let in to it now: its counter is no more."""
        try:
            self._place(member.room.namespace, member.room.hall, member.actor)
        except Refused as refused:
            return refused.code
        return None

    def _place(self, namespace: str, hall: str, actor: Actor) -> str | None:
        arrival = Arrival(self._hubs[hall].hall, actor, lambda: self._printers.of(hall, actor))
        return self._screens[namespace].place(arrival)

    def heard(self, member: Member, event: str, payload: dict[str, object]) -> dict[str, object] | None:
        """A heartbeat; a screen that speaks learns whether it is the one that does in its zone."""
        room = member.room
        self._guard.at_event(member.actor, room.namespace, event, payload)
        if event == HEARTBEAT.event and self._screens[room.namespace].speaks:
            self._look()
            return {"speak": self._health.speaks(room.hall, payload)}
        return {}
