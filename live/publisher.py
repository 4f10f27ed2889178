"""Telling the screens: whole newest snapshots to the rooms of a hall, and a beacon every 10 s.

A screen's queue holds at most one snapshot and one beacon, and neither has content before it is written to
the wire: a slow screen gets the newest only, costs no memory, and holds nobody up.
"""

import json
import logging
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any, Literal

import msgspec
from engineio.packet import MESSAGE, Packet

from hall.actors import ANYONE, Actor
from hall.views.parts import Heading
from live.websocket import ClientSocket, Frame

log = logging.getLogger("live")

BEACON_SECONDS = 10.0
REST = 1.0  # telling that took t is followed by a rest of as much: 67 counters may not take the kiosks' time
SAME_SNAPSHOT_SECONDS = 1.0  # many who join at once are sent one drawing
REVOKED_KEPT_SECONDS = 60.0

MessageKind = Literal["snapshot", "beacon"]


@dataclass(frozen=True, slots=True)
class Room:
    """Those who are sent the same: a namespace of a hall, and a place where not all there see the same."""

    namespace: str
    hall: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Who was admitted. `session`: what an officer came in by; two log-ins of one officer end apart from each
    other.
    """

    room: Room
    actor: Actor
    session: str | None = None

    @property
    def let_in_by(self) -> str:
        """As "device:7", "session:MARK" or "anyone": when it is over, so is everything open by it."""
        return f"session:{self.session}" if self.session else self.actor.id


@dataclass(frozen=True, slots=True)
class Presence:
    """A connected screen. `heartbeat_seconds`: since its last heartbeat, None before the first."""

    member: Member
    heartbeat_seconds: float | None
    said: Mapping[str, object]


class LazyPacket(Packet):  # type: ignore[misc]
    """An Engine.IO packet which takes its content from the audience when it is written, not before."""

    def __init__(self, subscriber: "Subscriber", kind: MessageKind) -> None:
        super().__init__(MESSAGE)
        self.subscriber, self.kind = subscriber, kind
        self.queued = False

    def encode(self, b64: bool = False) -> Frame:
        self.queued = False  # first: a change from here on needs its own place in the queue
        return self.subscriber.audience.frames[self.kind]


class Subscriber:
    """One connected screen in its room."""

    def __init__(self, audience: "Audience", member: Member, client: ClientSocket) -> None:
        self.audience, self.member, self.client = audience, member, client
        self.heard_at: float | None = None
        self.said: Mapping[str, object] = {}
        self._packets: dict[MessageKind, LazyPacket] = {
            "snapshot": LazyPacket(self, "snapshot"),
            "beacon": LazyPacket(self, "beacon"),
        }

    def presence(self, now: float) -> Presence:
        heard_ago = None if self.heard_at is None else now - self.heard_at
        return Presence(self.member, heard_ago, self.said)

    def tell(self, kind: MessageKind) -> None:
        packet = self._packets[kind]
        if not packet.queued:
            packet.queued = True
            self.client.put(packet)

    def dismiss(self, code: str) -> None:
        """Says why. The connection is cut soon after, whether the screen heard it or not."""
        namespace = self.member.room.namespace
        self.client.put(Packet(MESSAGE, f'2{namespace},["closed",{json.dumps({"code": code})}]'))
        self.client.put(Packet(MESSAGE, f"1{namespace},"))
        self.client.leave()


class Audience:
    """A room with those who sit in it, and what they are sent, framed once for all."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.subscribers: dict[str, Subscriber] = {}
        self.frames: dict[MessageKind, Frame] = {}
        self.held: tuple[str, int] = ("", -1)
        self.drawn_at = float("-inf")
        self.look = self.told_look = 0  # of what is drawn, and of what all were sent; its moment aside
        self.undrawn = False  # it could not be drawn: what it has is of before

    def draw(self, render: Callable[[Room], Heading]) -> bool:
        """Takes the newest from the hub. True when its day or version is another than before."""
        snapshot = render(self.room)
        day, version = snapshot.day, snapshot.version
        frame = self._frame("snapshot", snapshot)
        self.look = hash(frame.data.replace(f'"at":"{snapshot.at}"'.encode(), b"", 1))
        self.frames = {
            "snapshot": frame,
            "beacon": self._frame("beacon", {"version": version, "day": day}),
        }
        changed = self.held != (day, version)
        self.held, self.drawn_at = (day, version), monotonic()
        return changed

    def tell(self, kind: MessageKind) -> None:
        if kind == "snapshot":
            self.told_look = self.look
        if self.frames and not self.undrawn:  # a screen that is told nothing says so to those who look at it
            for subscriber in list(self.subscribers.values()):
                subscriber.tell(kind)

    def _frame(self, kind: MessageKind, content: object) -> Frame:
        return Frame(f"42{self.room.namespace},{msgspec.json.encode([kind, content]).decode()}")


class Publisher:
    """`changed` may be called inside the hub's lock: it only notes the hall and wakes the teller.

    `render` draws the newest snapshot of a room (with `version`, `day`, `at`, `build`) and may be called at
    any moment. A first change goes out at once, those within `gather_seconds` after it together.
    """

    def __init__(
        self,
        socketio: Any,
        render: Callable[[Room], Heading],
        *,
        namespaces: Sequence[str],
        single: Collection[str] = (),
        gather_seconds: float = 0.05,
    ) -> None:
        self._clients = socketio.clients
        self._render = render
        self._namespaces = tuple(namespaces)
        self._single = frozenset(single)
        self._gather_seconds = gather_seconds
        self._audiences: dict[Room, Audience] = {}
        self._subscribers: dict[str, Subscriber] = {}
        self._revoked: dict[str, float] = {}
        self._changed: set[str] = set()
        self._wake = threading.Event()
        self._teller: threading.Thread | None = None

    def start(self) -> None:
        """Begins to tell, on a thread of its own (a greenlet in the server)."""
        if self._teller is None:
            self._teller = threading.Thread(target=self._tell, name="publisher", daemon=True)
            self._teller.start()

    def changed(self, hall: str) -> None:
        """The state of this hall is another one, or the trouble of a device."""
        self._changed.add(hall)
        self._wake.set()

    def beacon(self) -> None:
        """Each room learns the version of now; where a change was missed here, it is sent as well."""
        for audience in self._in_order():
            if self._draw(audience):
                audience.tell("snapshot")
            audience.tell("beacon")

    def refresh(self) -> None:
        """Drawn anew, and sent where the passing of time alone has changed what is shown."""
        for audience in self._in_order():
            self._draw(audience)
            if audience.look != audience.told_look:
                audience.tell("snapshot")

    def in_use(self) -> frozenset[str]:
        """By what those who have something open were let in."""
        return frozenset(subscriber.member.let_in_by for subscriber in self._subscribers.values())

    def close_all_of(self, let_in_by: str) -> None:
        """A token was revoked, a session ended: whatever is open by it closes within a second."""
        now = monotonic()
        self._revoked = {who: at for who, at in self._revoked.items() if now - at < REVOKED_KEPT_SECONDS}
        self._revoked[let_in_by] = now
        for sid, subscriber in list(self._subscribers.items()):
            if subscriber.member.let_in_by == let_in_by:
                self.dismiss(sid, "revoked")

    def let_go(self, hall: str, refusal: Callable[[Member], str | None]) -> None:
        """Closes what this hall lets in no more; `refusal`: the code of why, None for who stays."""
        for sid, subscriber in list(self._subscribers.items()):
            member = subscriber.member
            if member.room.hall == hall and (code := refusal(member)) is not None:
                self.dismiss(sid, code)

    def members(self, namespace: str, hall: str) -> list[Presence]:
        """Who is connected there, in the order of arrival."""
        now = monotonic()
        return [
            subscriber.presence(now)
            for subscriber in self._subscribers.values()
            if (subscriber.member.room.namespace, subscriber.member.room.hall) == (namespace, hall)
        ]

    def count(self, actor: Actor | None = None) -> int:
        return sum(actor in (None, subscriber.member.actor) for subscriber in self._subscribers.values())

    def join(self, sid: str, engine_sid: str, member: Member, *, asked_at: float) -> None:
        """Seats an admitted screen and sends it the newest. `asked_at`, monotonic: its token was read."""
        client = self._clients[engine_sid]
        audience = self._audiences.setdefault(member.room, Audience(member.room))
        self._subscribers[sid] = audience.subscribers[sid] = subscriber = Subscriber(audience, member, client)
        client.admitted(known=member.actor != ANYONE)
        if self._revoked.get(member.let_in_by, float("-inf")) >= asked_at:
            self.dismiss(sid, "revoked")
            return
        if member.room.namespace in self._single:
            self._dismiss_others(sid, member)
        # In the room before it is drawn, or a change between the two is lost.
        fresh = monotonic() - audience.drawn_at < SAME_SNAPSHOT_SECONDS
        if not fresh or member.room.hall in self._changed:
            self._draw(audience)
        if audience.frames and not audience.undrawn:
            subscriber.tell("snapshot")
            if len(audience.subscribers) == 1:
                audience.told_look = audience.look

    def leave(self, sid: str) -> None:
        subscriber = self._subscribers.pop(sid, None)
        if subscriber is None:
            return
        subscriber.client.left()
        subscriber.audience.subscribers.pop(sid, None)
        if not subscriber.audience.subscribers:
            self._audiences.pop(subscriber.audience.room, None)

    def dismiss(self, sid: str, code: str) -> None:
        """Tells a screen why, and cuts it; nothing where it has gone by itself."""
        if (subscriber := self._subscribers.get(sid)) is not None:
            subscriber.dismiss(code)
            self.leave(sid)

    def subscriber(self, sid: str) -> Subscriber | None:
        return self._subscribers.get(sid)

    def heard(self, subscriber: Subscriber, held: Mapping[str, object], said: Mapping[str, object]) -> None:
        """A heartbeat. A screen that holds an older `day` and `version` than its room is sent the newest."""
        subscriber.heard_at, subscriber.said = monotonic(), said
        match held.get("day"), held.get("version"):
            case str(day), int(version) if (day, version) < subscriber.audience.held:
                subscriber.tell("snapshot")
            case _:
                pass

    def _dismiss_others(self, sid: str, member: Member) -> None:
        """A kiosk has one live socket: the newest."""
        for other, subscriber in list(self._subscribers.items()):
            there = subscriber.member
            same = (there.actor, there.room.namespace) == (member.actor, member.room.namespace)
            if other != sid and same:
                self.dismiss(other, "replaced")

    def _in_order(self) -> list[Audience]:
        return sorted(self._audiences.values(), key=lambda each: self._namespaces.index(each.room.namespace))

    def _draw(self, audience: Audience) -> bool:
        try:
            changed = audience.draw(self._render) or audience.undrawn
        except Exception:  # one room that cannot be drawn must not silence the others
            log.exception("cannot draw %s of %s", audience.room.namespace, audience.room.hall)
            changed, audience.undrawn = False, True
        else:
            audience.undrawn = False
        return changed

    def _tell(self) -> None:
        beacon_at = monotonic() + BEACON_SECONDS
        while True:
            self._wake.wait(max(0.0, beacon_at - monotonic()))
            started = monotonic()
            try:
                if self._wake.is_set():
                    self._wake.clear()
                    self._tell_changes()
                if started >= beacon_at:
                    beacon_at = started + BEACON_SECONDS
                    self.beacon()
            except Exception:  # a teller that dies leaves every screen of the hall as it is
                log.exception("telling failed")
            time.sleep(max(self._gather_seconds, REST * (monotonic() - started)))

    def _tell_changes(self) -> None:
        halls, self._changed = self._changed, set()
        for audience in self._in_order():
            if audience.room.hall in halls:
                self._draw(audience)
                audience.tell("snapshot")
                time.sleep(0)  # between two rooms others have their turn
