"""Whether the devices of a hall are alive: what they report, what is missing, and which display speaks."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from hall.actors import Actor
from hall.devices import Devices, SoundState, Trouble
from hall.numbering import number_of
from live.publisher import Presence

AWAY_SECONDS = 15.0  # a display that reloads itself is back sooner
FRESH_SECONDS = 65.0  # two heartbeats missed and a little
HASTY_SECONDS = 300.0  # so long the staff are told, and the log is told once
SLIPS_TOLD = 5  # a morning without a printer is one trouble, not fifty
log = logging.getLogger(__name__)
DEFAULT_ZONE = "1"  # as the page of the wall says where its address names none


class SeenPrinter(Protocol):
    """What a spool knows of a printer."""

    @property
    def state(self) -> str: ...
    @property
    def since(self) -> datetime: ...


class DoubtedSlip(Protocol):
    """A slip that may not be on paper."""

    @property
    def ticket(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def since(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Seen:
    """A device that was connected in this run of the hub, and since when, by the lasting clock, it is gone
    (None: connected)."""

    kind: str
    name: str
    gone_since: datetime | None


class DeviceHealth:
    """`members(namespace, hall)`: who is connected; `names(hall)`: a device's name by its id;
    `printers(hall)`: by the name people call the printer. `slips(hall)`: those in doubt, newest first.
    `watched`: by namespace what a device there is called; `speaking`: the namespaces of those that speak;
    `data()`: the trouble of the hub's own disk; `clocks(hall)`: of its clock. `lasting` only goes forward;
    by it all this is reckoned, and printers and slips say since when. `as_put`: such a moment as it is shown.
    Asked twice a second and at every snapshot; keeps nothing on disk."""

    def __init__(
        self,
        members: Callable[[str, str], Iterable[Presence]],
        names: Callable[[str], Mapping[int, str]],
        printers: Callable[[str], Mapping[str, SeenPrinter]],
        slips: Callable[[str], Sequence[DoubtedSlip]],
        lasting: Callable[[], datetime],
        *,
        as_put: Callable[[datetime], datetime] = lambda moment: moment,
        watched: Mapping[str, str],
        speaking: Sequence[str],
        data: Callable[[], Trouble | None] = lambda: None,
        clocks: Callable[[str], Trouble | None] = lambda hall: None,
    ) -> None:
        self._members = members
        self._names = names
        self._printers = printers
        self._slips = slips
        self._lasting = lasting
        self._as_put = as_put
        self._watched = watched
        self._speaking = speaking
        self._data = data
        self._clocks = clocks
        self._seen: dict[tuple[str, int], Seen] = {}
        self._hasty: dict[str, tuple[Actor, datetime]] = {}  # by actor, and since when
        self._told: dict[str, Devices] = {}

    def devices(self, hall: str) -> Devices:
        """The newest state, as `look` saw it."""
        return self._told.get(hall, Devices())

    def look(self, hall: str) -> bool:
        """Looks again; True when the staff should be told something new."""
        devices = Devices(tuple(self._troubles(hall)), self._sound(hall))
        changed = self._told.get(hall) != devices
        self._told[hall] = devices
        return changed

    def speaks(self, hall: str, said: Mapping[str, object]) -> bool:
        """Whether the display that just said this speaks in its zone: of those with sound the first by id,
        of several windows of one display the one that was there first."""
        audible = [
            presence
            for presence in self._displays(hall)
            if _audible(presence) and _zone(presence.said) == _zone(said)
        ]
        first = min(audible, key=lambda each: each.member.actor.device or 0, default=None)
        return first is not None and first.said is said

    def hastened(self, actor: Actor) -> None:
        """Somebody asked for more than a hall can need: a token or an account may be in wrong hands."""
        now = self._lasting()
        told = self._hasty.get(actor.id)
        if told is None or not _lately(told[1], now):
            self._hasty[actor.id] = (actor, now)
            log.warning("%s (%s) asks for more than a hall can need: refused", actor.id, actor.kind)

    def _troubles(self, hall: str) -> Iterable[Trouble]:
        if (data := self._data()) is not None:
            yield data
        if (clock := self._clocks(hall)) is not None:
            yield clock
        for printer, status in sorted(self._printers(hall).items()):
            if status.state not in ("ok", "unknown"):
                yield Trouble("printer", printer, status.state, self._as_put(status.since))
        for slip in self._slips(hall)[:SLIPS_TOLD]:
            yield Trouble("slip", number_of(slip.ticket), slip.state, self._as_put(slip.since))
        self._note_devices(hall)
        now = self._lasting()
        for (where, _), seen in sorted(self._seen.items()):
            gone = seen.gone_since
            if where == hall and gone is not None and (now - gone).total_seconds() > AWAY_SECONDS:
                yield Trouble(seen.kind, seen.name, "offline", self._as_put(gone))
        for _, (actor, at) in sorted(self._hasty.items()):
            if actor.device is not None and hall in (actor.halls or ()) and _lately(at, now):
                name = self._names(hall).get(actor.device) or actor.id
                yield Trouble(actor.kind, name, "hasty", self._as_put(at))
        silent = [each for each in self._displays(hall) if not _audible(each)]
        heard = {_zone(each.said) for each in self._displays(hall) if _audible(each)}
        for presence in silent:
            if presence.heartbeat_seconds is not None and _zone(presence.said) not in heard:
                yield Trouble("sound", self._name(hall, presence), "off", None)

    def _note_devices(self, hall: str) -> None:
        """Who is here, and since when somebody who was is not."""
        here: set[int] = set()
        for namespace, kind in self._watched.items():
            for presence in self._members(namespace, hall):
                if (device := presence.member.actor.device) is not None:
                    here.add(device)
                    self._seen[hall, device] = Seen(kind, self._name(hall, presence), None)
        for (where, device), seen in self._seen.items():
            if where == hall and device not in here and seen.gone_since is None:
                self._seen[where, device] = Seen(seen.kind, seen.name, self._lasting())

    def _displays(self, hall: str) -> list[Presence]:
        return [each for namespace in self._speaking for each in self._members(namespace, hall)]

    def _sound(self, hall: str) -> SoundState:
        displays = self._displays(hall)
        if not displays:
            return "none"
        return "on" if any(_audible(each) for each in displays) else "off"

    def _name(self, hall: str, presence: Presence) -> str:
        device = presence.member.actor.device
        return self._names(hall).get(device or 0) or presence.member.actor.id


def _lately(moment: datetime, now: datetime) -> bool:
    return (now - moment).total_seconds() <= HASTY_SECONDS


def _audible(presence: Presence) -> bool:
    fresh = presence.heartbeat_seconds is not None and presence.heartbeat_seconds < FRESH_SECONDS
    return fresh and presence.said.get("sound") == "on"


def _zone(said: Mapping[str, object]) -> str:
    return str(said.get("zone") or DEFAULT_ZONE)[:32]
