"""A hall of one number behind the real sockets, as a process: what the tests of live/ talk to.

Takes PORT from its environment and prints `ready PORT`. The number is the version; POST /change raises it.
Tokens are `ROLE-DEVICE`.
"""

# ruff: noqa: E402 (gevent patches the standard library before anyone imports it)

from gevent import monkey

monkey.patch_all()

import json
import logging
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import gevent
from flask import Flask, Response, request, send_from_directory

import live.publisher
import live.server
import live.sockets
import live.websocket
from hall import actors
from hall.actors import ANYONE, Role
from hall.model import Refused
from hall.views.parts import Heading
from live.listener import listener
from live.publisher import Member, Publisher, Room
from live.server import serve
from live.sockets import HallSocketIO, attach

logging.basicConfig(level=logging.INFO)
ROOT = Path(__file__).resolve().parents[2]
settings = json.loads(sys.argv[1]) if len(sys.argv) > 1 else {}
live.server.CONNECTIONS = int(settings.get("connections", live.server.CONNECTIONS))
live.server.PLAIN_CONNECTIONS = int(settings.get("plain", live.server.PLAIN_CONNECTIONS))
# Longer than a test waits: whoever is cut off was refused. The test of the patience itself sets another.
live.websocket.UNADMITTED_SECONDS = live.server.HEAD_SECONDS = float(settings.get("patience", 300))
live.websocket.PING_SECONDS = float(settings.get("ping", 45))
live.websocket.PONG_SECONDS = float(settings.get("pong", 20))
live.sockets.STRANGERS = int(settings.get("strangers", live.sockets.STRANGERS))
live.server.IDLE_SECONDS = 300.0
live.server.BODY_SECONDS = float(settings.get("body", 300))
live.publisher.BEACON_SECONDS = 300.0  # the tests ask for beacons
app = Flask(__name__, static_folder=None)
app.config["MAX_CONTENT_LENGTH"] = 64 * 1024  # as the guard has it
origins = ["http://hall.example"]
NAMESPACES = ("/display", "/kiosk", "/counter", "/supervisor", "/queue")
events = {each: frozenset({"heartbeat"}) for each in NAMESPACES}
events["/display"] |= {"announced"}
socketio = HallSocketIO(app, lambda origin, _host: origin in (None, *origins), events)
version, build = int(settings.get("version", 0)), "1"
minutes = 0
filler = "ạ" * int(settings.get("filler", 0))
said: list[dict[str, object]] = []
marks: list[int] = []
revoked: set[str] = set()


@dataclass(frozen=True)
class Shown(Heading):
    counter: str | None
    message: str
    waited: int


def render(room: Room) -> Shown:
    head = (version, "2026-11-24", f"2026-11-24T08:{minutes:02}:00+07:00", build, room.hall, True)
    return Shown(*head, counter=room.place, message=filler, waited=minutes // 2)


publisher = Publisher(
    socketio,
    render,
    namespaces=NAMESPACES,
    single=["/kiosk"],
    gather_seconds=float(settings.get("gather", 0.05)),
)


def admit(namespace: str, auth: dict[str, object] | None, environ: dict[str, object]) -> Member | None:
    assert environ["REQUEST_METHOD"] == "GET"
    hall = str((auth or {}).get("hall"))
    token = str((auth or {}).get("token", ""))
    if hall != "thach-ha":
        raise Refused("unknown_hall")
    if namespace == "/queue":
        return Member(Room(namespace, hall), ANYONE)
    role, _, device = token.partition("-")
    if "/" + role != namespace or token in revoked:
        return None
    counter = device if namespace == "/counter" else None
    return Member(Room(namespace, hall, counter), actors.device(int(device), cast(Role, role), hall, counter))


def heard(member: Member, event: str, payload: dict[str, object]) -> dict[str, object] | None:
    said.append({"actor": member.actor.id, "event": event, "payload": payload})
    if payload.get("sound") == "broken":
        raise Refused("wrong_state")
    return {"speak": True} if event == "heartbeat" else None


attach(socketio, publisher, admit=admit, heard=heard)


def mark_the_time() -> None:
    """So many seconds from now every screen is sent a mark, and the open lines are counted. What was due
    before it comes before it, however slow the machine is."""

    def strike() -> None:
        marks.append(len(socketio.clients))
        for namespace in NAMESPACES:
            socketio.emit("mark", namespace=namespace)

    if seconds := request.args.get("mark"):
        gevent.spawn_later(float(seconds), strike)


@app.post("/mark")
def mark() -> dict[str, object]:
    mark_the_time()
    return {}


@app.post("/read")
def read() -> dict[str, int]:
    return {"bytes": len(request.get_data())}


@app.post("/change")
def change() -> dict[str, float]:
    global version
    mark_the_time()
    began = time.monotonic()
    for _ in range(int(request.args.get("times", 1))):
        version += 1
        publisher.changed("thach-ha")
        time.sleep(float(request.args.get("pause", 0)))
    return {"version": version, "seconds": time.monotonic() - began}


@app.post("/missed")
def missed() -> dict[str, int]:
    """Another worker changed the hall and nobody told this one."""
    global version, build
    version += 1
    build = request.args.get("build", build)
    return {"version": version}


@app.post("/beacon")
def beacon() -> dict[str, int]:
    publisher.beacon()
    return {"version": version}


@app.post("/refresh")
def refresh() -> dict[str, int]:
    """A minute later."""
    global minutes
    minutes += 1
    publisher.refresh()
    return {"version": version}


@app.post("/revoke")
def revoke() -> dict[str, object]:
    mark_the_time()
    revoked.add(request.args["token"])
    publisher.close_all_of("device:" + request.args["token"].partition("-")[2])
    return {}


@app.get("/inside")
def inside() -> dict[str, object]:
    engines = socketio.server.eio.sockets.values()
    return {
        "lines": len(socketio.clients),
        "engines": len(engines),
        "members": {space: len(publisher.members(space, "thach-ha")) for space in NAMESPACES},
        "longest_queue": max((engine.queue.qsize() for engine in engines), default=0),
        "said": said,
        "marks": marks,
    }


@app.get("/healthz")
def healthz() -> dict[str, str]:
    return {"status": "ok"}


@app.get("/chunks")
def chunks() -> Response:
    return Response(iter(["một ", "cửa"]))


@app.post("/guess")
def guess() -> dict[str, str]:
    for number in range(1000):
        logging.getLogger("web.refused").warning("log-in from 10.0.%d.1: login_failed", number)
    return {}


@app.get("/broken")
def broken() -> Response:
    return Response(str(1 // left) for left in (1, 0))


@app.get("/static/<any(live, web):folder>/<path:name>")
def page_file(folder: str, name: str) -> Response:
    return send_from_directory(ROOT / folder / "static", name)


@app.get("/vendor/socket.io.esm.min.js")
def vendor() -> Response:
    return send_from_directory(ROOT / "node_modules/socket.io-client/dist", "socket.io.esm.min.js")


@app.get("/page")
def page() -> str:
    return "<!doctype html><title>hall</title><link rel=icon href=data:,>"


def ready(port: int) -> None:
    origins.append(f"http://127.0.0.1:{port}")
    print(f"ready {port}", flush=True)


publisher.start()
serve(app, socketio, listener("127.0.0.1", int(os.environ["PORT"])), ready, lambda: None)
