"""The command line of the hall, and the hub it starts: the only file that knows all parts."""

from gevent import monkey

monkey.patch_all()  # before anything else is imported: code written for threads cooperates in the server

import argparse
import logging
import os
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask
from gevent.threadpool import ThreadPoolExecutor

import api.counters
import api.public
import api.session
import api.tickets
import commands
import counter_panel.routes
import demo
import display.routes
import kiosk.routes
import phone.routes
import printing.order
import printing.slip
from api.context import Context
from config import EVERYWHERE, Config, ConfigErrors, read
from hall import desk, views
from hall.actors import ANYONE, Actor
from hall.events import UnknownEvent
from hall.model import Refused
from hall.opening import opening
from hall.spoken import Language
from hub import Hub
from live.health import Health
from live.publisher import Member, Publisher, Room
from live.server import listener, serve
from live.sockets import HallSocketIO, attach
from printing.drawer import Drawer, DrawerFailed
from printing.slip import Slip
from printing.spool import Printer, PrinterStatus, Spool
from printing.transports import NetworkPrinter
from printing.virtual_process import VirtualPrinter, VirtualPrinterFailed
from service.permissions import PERMISSIONS
from store.accounts import Accounts
from store.database import AnotherHub, Database, NewerData, NotABackup, NotDurable, StoreUnavailable
from store.engine import open_store
from store.journal import Journal, UnknownSetup
from store.print_jobs import PrintJob, PrintJobs
from store.secret import read_secret
from voice.announcer import Announcer
from voice.speaker import Speaker
from web import front, logs, pages
from web.front import Front
from web.guard import Guard
from web.guard import Settings as GuardSettings
from web.openapi import describe
from web.screens import Site

WRONG_CONFIGURATION = 78  # EX_CONFIG of sysexits.h
VERSION = "0.1.0"
TICK_SECONDS = 0.5
REFRESH_SECONDS = 30.0  # waits grow and conditions such as "B over 30 min" come true without an event
DOTS = {80: 576, 58: 384}
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
# What ends a command with its own sentence, which says what to do.
CANNOT = (
    *(AnotherHub, NewerData, NotDurable, StoreUnavailable, UnknownEvent, UnknownSetup, NotABackup),
    *(DrawerFailed, VirtualPrinterFailed, OSError, commands.Failed),
)

log = logging.getLogger("server")


def parser() -> argparse.ArgumentParser:
    """Commands and their options, as --help shows them."""
    top = argparse.ArgumentParser(prog="server.py", description="Một Cửa: the queue of a public hall")
    top.add_argument("--config", type=Path, default=Path("config.toml"), help="default: config.toml")
    verbs = top.add_subparsers(dest="command", metavar="COMMAND")
    run = verbs.add_parser("run", help="serve the hall (also without a command)")
    run.add_argument("--host", help="address to listen at; default: [server] host, 127.0.0.1")
    run.add_argument("--port", type=commands.port, help="default: [server] port, 8000; 0: any free one")
    run.add_argument(
        "--demo",
        action="store_true",
        help="this machine only: demo accounts, virtual printer, always open, no quota, no rate limits",
    )
    commands.add_parsers(verbs)
    return top


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 done, 2 wrong usage, 78 wrong configuration, 1 anything else with a line on stderr."""
    asked = parser().parse_args(arguments)
    try:
        config = read(asked.config, os.environ)
        if asked.command in (None, "run"):
            host, port = getattr(asked, "host", None), getattr(asked, "port", None)
            return run(config, host, port, demo_hall=getattr(asked, "demo", False))
        return commands.do(asked, config, clock())
    except ConfigErrors as errors:
        print("\n".join(errors.lines), file=sys.stderr)
        return WRONG_CONFIGURATION
    except commands.WrongUsage as wrong:
        print(f"server.py: {wrong}", file=sys.stderr)
        return 2
    except CANNOT as failed:
        print(f"server.py: {failed}", file=sys.stderr)
        return 1


def run(config: Config, host: str | None, port: int | None, *, demo_hall: bool) -> int:
    """Serves until SIGTERM or SIGINT. Refuses the demo, or demo accounts, on an address others reach."""
    server = config.settings.server
    host, port = host or server.host, server.port if port is None else port
    logs.begin(config.settings.log_level)
    if demo_hall and host not in LOOPBACK:
        raise commands.WrongUsage(f"--demo serves this machine only; --host {host} is reached by others")
    database = open_store(config.settings.store_dir, lock=True)
    listening = listener(host, port)
    port = listening.getsockname()[1]
    # A native thread: hashing a password may not hold the loop. One: on two cores a flood of log-ins leaves
    # the other to the hall.
    pool = ThreadPoolExecutor(1)
    accounts = Accounts(database, pool, throttle=not demo_hall)
    if host not in LOOPBACK and (why := demo.keeps_here(accounts, host)):
        raise commands.Failed(why)
    if host in EVERYWHERE and not server.public_url:
        log.warning("[server] public_url is not set: the QR code of a slip leads nowhere, see docs")
    service = Service(config, host, port, database, accounts, demo_hall=demo_hall)
    tokens = demo.seed(accounts, config.settings.store_dir, config.setups, clock()) if demo_hall else None
    service.start(tokens)

    def ready(_port: int) -> None:
        base = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        print(f"ready {base}", flush=True)
        if tokens is not None:
            print(demo.addresses(base, tokens), flush=True)

    try:
        serve(service.app, service.socketio, listening, ready)
    finally:
        service.stop()
        database.close()
    return 0


class Service:
    """The hubs of the configured halls with everything that stands around them."""

    def __init__(
        self,
        config: Config,
        host: str,
        port: int,
        database: Database,
        accounts: Accounts,
        *,
        demo_hall: bool,
    ) -> None:
        settings = config.settings
        self.accounts = accounts
        self.settings = settings
        self.base_url = settings.server.base_url(host, port)
        self.build = pages.build()
        self.app = Flask("motcua", static_folder=None)
        self.socketio = HallSocketIO(self.app, settings.server.origins(host, port))
        self.publisher = Publisher(self.socketio, self.draw)
        jobs = PrintJobs(database)
        secret = read_secret(settings.store_dir)
        self.hubs = {
            name: Hub(
                replace(setup, always_open=True) if demo_hall else setup,
                Journal(database),
                jobs,
                secret,
                clock=clock,
                changed=self.publisher.changed,
                queued=self.wake_printer,
            )
            for name, setup in config.setups.items()
        }
        self.drawer = Drawer()
        self.virtual = {
            name: VirtualPrinter(settings.store_dir / "slips", DOTS[printer.width_mm])
            for name, printer in settings.printers.items()
            if printer.kind == "virtual" or demo_hall  # a demo puts nothing on a hall's own paper
        }
        self.jobs = jobs
        self.spool: Spool | None = None
        self.health = Health(self.publisher.members, self.device_names, self.printer_statuses, clock)
        self.announcer = Announcer(
            Speaker(),
            recorded_set=settings.voice.recorded,
            letters=sorted({queue for hub in self.hubs.values() for queue in hub.setup.queues}),
            counters=sorted({counter for hub in self.hubs.values() for counter in hub.setup.counters}),
            dialect=settings.voice.dialect,
            times=settings.voice.times,
        )
        self.guard = self._guard(host, limits=settings.server.rate_limits and not demo_hall)
        self.stopping = threading.Event()

    def start(self, tokens: demo.Tokens | None) -> None:
        """Printers, pages, doors, and the thread that looks after all of them."""
        self.drawer.start()
        self.spool = Spool(
            self.jobs,
            [self._printer(name) for name in self.settings.printers],
            self.drawer,
            self.slip_of,
            clock,
            on_change=lambda _printer, _status: self.look_after_halls(),
            on_job=lambda _job, _state: None,
        )
        self.spool.start()
        self._open_doors(tokens)
        self.publisher.start()
        threading.Thread(target=self.look_after, name="keeper", daemon=True).start()

    def stop(self) -> None:
        self.stopping.set()
        if self.spool is not None:
            self.spool.stop()
        self.announcer.stop()
        self.drawer.stop()
        for printer in self.virtual.values():
            printer.stop()

    def _guard(self, host: str, *, limits: bool) -> Guard:
        server = self.settings.server
        settings = GuardSettings(frozenset(self.hubs), server.hosts(host), limits, server.secure)
        return Guard(self.accounts, settings, PERMISSIONS, clock)

    def _printer(self, name: str) -> Printer:
        wanted = self.settings.printers[name]
        host, port = wanted.host, wanted.port
        if name in self.virtual:
            virtual = self.virtual[name].start()
            host, port = virtual.host, virtual.port
        return Printer(name, NetworkPrinter(host, port), DOTS[wanted.width_mm])

    def _open_doors(self, tokens: demo.Tokens | None) -> None:
        context = Context(
            self.hubs,
            VERSION,
            self.build,
            self.track_url,
            self.printer_at,
            printing.order.facts,
            partial(describe, VERSION, tuple(PERMISSIONS.doors.values())),
        )
        app = self.app
        self.guard.install(
            app,
            api.public.doors.answered(context),
            api.session.doors.answered(self.guard),
            api.tickets.doors.answered(context),
            api.counters.doors.answered(context),
        )
        site = Site(lambda hall: self.hubs[hall].hall, self.settings.kiosk, self.announcer, self.languages)
        for each in (kiosk.routes, display.routes, counter_panel.routes, phone.routes):
            app.register_blueprint(each.pages.blueprint(site))
        names = {name: hub.setup.name for name, hub in self.hubs.items()}
        app.register_blueprint(front.pages.blueprint(Front(names, demo.links(tokens) if tokens else None)))
        app.register_blueprint(pages.pages.blueprint(pages.StaticFiles()))
        self.guard.seal(app)
        attach(self.socketio, self.publisher, admit=self.admit, heard=self.heard)

    def draw(self, room: Room) -> views.parts.Heading:
        """The newest snapshot of a room."""
        hub = self.hubs[room.hall]
        hall, now, devices = hub.hall, hub.now(), self.health.devices(room.hall)
        match room.namespace:
            case "/display":
                return views.wall.board(hall, now, self.build)
            case "/kiosk":
                return views.kiosk.offer(hall, now, self.build, self.kiosk_printer(room.place))
            case "/counter" if room.place is not None:
                return views.counter.panel(hall, room.place, now, self.build, devices)
            case "/supervisor":
                return views.supervisor.overview(hall, now, self.build, devices)
            case _:
                return views.public.queues(hall, now, self.build)

    def admit(self, namespace: str, auth: dict[str, object] | None, _environ: dict[str, Any]) -> Member:
        """Who may sit in which room. Refuses as the guard does, and `no_counter` for an officer without."""
        said = auth or {}
        hall, token = str(said.get("hall", "")), said.get("token")
        identity = self.guard.at_socket(namespace, hall, token if isinstance(token, str) else None)
        actor = identity.actor
        place = None
        if namespace == "/counter":
            state = self.hubs[hall].hall
            place = desk.desk_of(state, actor)
            if place not in state.setup.counters:
                raise Refused("no_counter")
        elif namespace == "/kiosk":
            place = self.printer_of(actor)
        session = identity.session.mark if identity.session else None
        return Member(Room(namespace, hall, place), actor, session)

    def heard(self, member: Member, event: str, payload: dict[str, object]) -> dict[str, object] | None:
        """A heartbeat; a display learns whether it is the one that speaks in its zone."""
        namespace = member.room.namespace
        self.guard.at_event(member.actor, namespace, event, payload)
        if event == "heartbeat" and namespace == "/display":
            self.look_after_halls()
            return {"speak": self.health.speaks(member.room.hall, payload)}
        return {}

    def look_after(self) -> None:
        """Twice a second: days roll over, doors open and close, revoked actors leave, troubles are told."""
        refresh_at = 0
        was_open: dict[str, bool] = {}
        while not self.stopping.wait(TICK_SECONDS):
            refresh_at += 1
            try:
                for name, hub in self.hubs.items():
                    hub.roll()
                    is_open = opening(hub.setup, hub.now()).open
                    if was_open.setdefault(name, is_open) != is_open:
                        was_open[name] = is_open
                        self.publisher.changed(name)
                self.look_after_halls()
                self.dismiss_revoked()
                if refresh_at * TICK_SECONDS >= REFRESH_SECONDS:
                    refresh_at = 0
                    self.publisher.refresh("/counter", "/supervisor")
            except StoreUnavailable as trouble:
                log.warning("cannot keep now: %s", trouble)
            except Exception:  # the edge of the worker: the next look goes on
                log.exception("looking after the halls")

    def look_after_halls(self) -> None:
        for name in self.hubs:
            if self.health.look(name):
                self.publisher.changed(name)

    def dismiss_revoked(self) -> None:
        """Tokens revoked on the command line and sessions that ended take effect on open sockets."""
        present = self.accounts.present(now=clock())
        for let_in_by in self.publisher.in_use() - present - {ANYONE.id}:
            self.publisher.close_all_of(let_in_by)

    def printer_of(self, actor: Actor) -> str | None:
        """The printer of a kiosk by its name; staff print where kiosks without a printer of their own do."""
        name = self.accounts.device_name(actor.device) if actor.device is not None else ""
        return self.settings.printer_of(name)

    def device_names(self) -> Mapping[int, str]:
        return {device.id: device.name for device in self.accounts.devices()}

    def printer_statuses(self, _hall: str) -> Mapping[str, PrinterStatus]:
        return self.spool.statuses() if self.spool is not None else {}

    def kiosk_printer(self, printer: str | None) -> views.kiosk.Printer:
        """A kiosk's printer as the kiosk shows it. One not looked at yet is taken for well."""
        status = self.printer_statuses("").get(printer or "")
        if printer is None or status is None:
            return views.kiosk.Printer("none" if printer is None else "ok", None)
        state = "ok" if status.state == "unknown" else status.state
        return views.kiosk.Printer(state, status.since.isoformat())

    def printer_at(self, _hall: str, actor: Actor) -> str | None:
        return self.printer_of(actor)

    def track_url(self, token: str) -> str:
        """What the QR of a slip holds."""
        return self.base_url + phone.routes.TRACK.format(token=token)

    def wake_printer(self, printer: str) -> None:
        if self.spool is not None:
            self.spool.wake(printer)

    def slip_of(self, job: PrintJob) -> Slip:
        """The slip of a print job with the citizen's address, which only the hub can make."""
        token = self.hubs[job.hall].token(job.ticket)
        return printing.slip.read(job.slip, track_url=self.track_url(token), reprint=job.reprint)

    def languages(self, _hall: str) -> Sequence[Language]:
        return self.settings.voice.languages


def clock() -> datetime:
    """The only place where the time of the machine comes in."""
    return datetime.now(UTC)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
