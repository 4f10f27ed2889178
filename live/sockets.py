"""Socket.IO of the hall: who may come in, what they may say, and nothing else."""

import json
import logging
from collections import Counter
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any

from engineio.socket import Socket as EngineSocket
from flask import Flask
from flask_socketio import SocketIO
from socketio import Manager
from socketio.exceptions import ConnectionRefusedError as NotAdmitted

from hall.actors import ANYONE
from hall.model import Refused
from live.publisher import Member, Publisher
from live.upgrades import Welcome, only_upgrades
from live.websocket import (
    MAX_MESSAGE_BYTES,
    PING_SECONDS,
    PONG_SECONDS,
    ClientSockets,
    websocket_for,
)

# The libraries' own words. At INFO they write down each packet, and the first one carries a token.
library_log = logging.getLogger("live.libraries")
library_log.setLevel(logging.WARNING)

PATH = "socket.io"
PAYLOAD_BYTES = 2048
# Bounds the memory of the hub: a connected screen costs about 50 KiB, strangers 50 MiB together.
MEMBERS, STRANGERS = 4000, 1000
EACH = 100  # of one address, device or person; a house behind a router has less than this many open pages

Admit = Callable[[str, dict[str, object] | None, dict[str, Any]], Member | None]
Heard = Callable[[Member, str, dict[str, object]], dict[str, object] | None]


class ClientRegister(Manager):  # type: ignore[misc]
    """python-socketio's register, which says when a client has been told that it is connected."""

    joined: Callable[[str, str], None] = staticmethod(lambda _namespace, _sid: None)

    def connect(self, sid: str, namespace: str) -> str:
        connected: str = super().connect(sid, namespace)
        # Not in the connect handler: what is sent there overtakes the answer to the connect.
        self.joined(namespace, connected)
        return connected


class HallSocketIO(SocketIO):  # type: ignore[misc]
    """Flask-SocketIO on the mended websocket. `clients` are its open websockets; `welcome`: whether a page of
    this Origin, asking at this Host, may open one; `events`, by namespace: what a screen may say there.
    """

    def __init__(self, app: Flask, welcome: Welcome, events: Mapping[str, frozenset[str]]) -> None:
        self.flask_app = app
        self.events = events
        self.clients = ClientSockets(frozenset[str]().union(*events.values()))
        super().__init__(
            app,
            async_mode="gevent",
            client_manager=ClientRegister(),
            cors_allowed_origins=[],  # not Engine.IO's affair: `welcome` was asked before
            transports=["websocket"],
            allow_upgrades=False,
            namespaces=list(events),
            async_handlers=False,  # one message of a client at a time
            http_compression=False,
            max_http_buffer_size=MAX_MESSAGE_BYTES,
            ping_interval=int(PING_SECONDS),
            ping_timeout=int(PONG_SECONDS),
            manage_session=False,
            path=PATH,
            logger=library_log,
            engineio_logger=library_log,
        )
        app.wsgi_app = only_upgrades(app.wsgi_app, f"/{PATH}", welcome)  # type: ignore[method-assign]
        engine = self.server.eio
        engine.start_background_task = _without_pings(engine.start_background_task)
        # A copy: Engine.IO keeps one such table for the whole process.
        engine._async = {**engine._async, "websocket": websocket_for(self.clients)}


def attach(
    socketio: HallSocketIO, publisher: Publisher, *, admit: Admit, heard: Heard, each: int = EACH
) -> None:
    """Opens the namespaces. `admit` may raise Refused: its code is what the client is told. `each`: how many
    sockets one device or person may have open, and the strangers of one address.

    `admit` runs in a request context of the connecting request. What `heard` returns is the
    acknowledgement of the message.
    """
    entrance = _Entrance(socketio, publisher, admit, heard, each)
    server = socketio.server
    server.manager.joined = entrance.joined
    for namespace, events in socketio.events.items():
        server.on("connect", _in(namespace, entrance.connect), namespace=namespace)
        server.on("disconnect", entrance.disconnect, namespace=namespace)
        for event in events:
            server.on(event, _in(event, entrance.message), namespace=namespace)


def _without_pings(start: Callable[..., Any]) -> Callable[..., Any]:
    """Engine.IO's pings sleep for 45 s beside each socket, hold what a flood leaves so long, and
    wait for the pong by the clock on the wall. The reaper of the websockets pings instead.
    """

    def started(target: Callable[..., Any], *args: Any, **more: Any) -> Any:
        is_ping = getattr(target, "__func__", None) is EngineSocket._send_ping
        return None if is_ping else start(target, *args, **more)

    return started


class _Entrance:
    """What happens to a client from its connect to its disconnect."""

    def __init__(
        self, socketio: HallSocketIO, publisher: Publisher, admit: Admit, heard: Heard, each: int
    ) -> None:
        self._app = socketio.flask_app
        self._register = socketio.server.manager
        self._publisher = publisher
        self._admit = admit
        self._heard = heard
        self._each = each
        self._admitted: dict[str, tuple[Member, float]] = {}  # and not yet told so
        self._strangers: dict[str, str] = {}  # by socket the address

    def connect(self, namespace: str, sid: str, environ: dict[str, Any], auth: object) -> None:
        asked_at = monotonic()
        try:
            with self._app.request_context(environ):
                member = self._admit(namespace, auth if isinstance(auth, dict) else None, environ)
        except Refused as refused:
            raise NotAdmitted(refused.code) from refused
        if member is None or member.room.namespace != namespace:
            raise NotAdmitted("unauthorized")
        count = self._publisher.count
        if count() >= MEMBERS:
            raise NotAdmitted("too_many")
        if member.actor == ANYONE:
            address = str(environ.get("REMOTE_ADDR", ""))
            self._make_room(address)
            self._strangers[sid] = address
        elif count(member.actor) >= self._each:
            raise NotAdmitted("too_many")
        self._admitted[sid] = (member, asked_at)

    def _make_room(self, address: str) -> None:
        """Where strangers are too many, the address that holds the most gives up its oldest place: whoever
        takes all places from ten addresses shuts out no phone of an eleventh."""
        held = Counter(self._strangers.values())
        if held[address] >= self._each:
            raise NotAdmitted("too_many")
        if len(self._strangers) < STRANGERS:
            return
        most, places = held.most_common(1)[0]
        if places <= held[address] + 1:
            raise NotAdmitted("too_many")
        oldest = next(sid for sid, each in self._strangers.items() if each == most)
        del self._strangers[oldest]
        self._publisher.dismiss(oldest, "too_many")

    def joined(self, namespace: str, sid: str) -> None:
        member, asked_at = self._admitted.pop(sid)
        engine_sid = self._register.eio_sid_from_sid(sid, namespace)
        self._publisher.join(sid, engine_sid, member, asked_at=asked_at)

    def disconnect(self, sid: str, _reason: str) -> None:
        self._admitted.pop(sid, None)
        self._strangers.pop(sid, None)
        self._publisher.leave(sid)

    def message(
        self, event: str, sid: str, payload: object = None, *_more: object
    ) -> dict[str, object] | None:
        subscriber = self._publisher.subscriber(sid)
        if subscriber is None or not isinstance(payload, dict) or len(json.dumps(payload)) > PAYLOAD_BYTES:
            return None
        if event == "heartbeat":
            held = {key: payload.pop(key) for key in ("day", "version") if key in payload}
            self._publisher.heard(subscriber, held, payload)
        try:
            return self._heard(subscriber.member, event, payload)
        except Refused as refused:
            return {"error": refused.code}


def _in(first: str, handler: Callable[..., Any]) -> Callable[..., Any]:
    """The handler with its first argument given (python-socketio calls it by position)."""
    return lambda *args: handler(first, *args)
