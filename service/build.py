"""The hubs of the configured halls with everything that stands around them, put together."""

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from flask import Flask

import api.counters
import api.public
import api.session
import api.tickets
import phone.routes
import printing.slip
from api.context import Context
from config import Config, Equipment
from hall.numbering import number_of
from hall.setup import Setup
from hub import Hub, Lasting, Steady
from hub.gap import end_lost
from live.health import DeviceHealth
from live.publisher import Publisher
from live.sockets import EACH, MEMBERS, HallSocketIO, attach
from printing.slip import Slip
from service.data import DataKeeper
from service.keeper import Keeper
from service.permissions import PERMISSIONS
from service.printers import Printers
from service.screens import EVENTS, SCREENS, Rooms, links
from store.accounts import Accounts, DeviceTokens
from store.database import Database
from store.journal import Journal
from store.print_jobs import PrintJob, PrintJobs
from store.printers import KnownPrinters
from store.second_place import SecondPlace
from store.secret import FILE as SECRET
from store.secret import read_secret
from voice.announcer import Announcer
from voice.speaker import Speaker
from web import front, pages
from web.front import Front
from web.guard import Guard, GuardSettings
from web.openapi import describe
from web.packing import pack
from web.proxy import behind
from web.screens import Site

GAP = "each queue goes on after a gap, so that none is given again"

log = logging.getLogger("service")


def secret_of(directory: Path, journal: Journal) -> bytes:
    """Of the hub. A new one where it was taken away: what was printed before still opens its own page."""
    file = directory / SECRET
    if not file.exists() and journal.halls():
        log.warning("%s is gone: a slip of before that is printed again leads nowhere, see docs", file)
    return read_secret(directory)


@dataclass(frozen=True, slots=True)
class Address:
    host: str
    port: int


class Service:
    """`clock` gives aware times. `demo`: always open, no rate limits, nothing on a hall's own paper."""

    def __init__(
        self,
        config: Config,
        version: str,
        address: Address,
        database: Database,
        accounts: Accounts,
        clock: Callable[[], datetime],
        steady: Steady,
        disk: Executor,
        *,
        demo: bool,
    ) -> None:
        self._settings = settings = config.settings
        self._version = version
        self._accounts = accounts
        self._second = SecondPlace(settings.store_dir, elsewhere=settings.store_second)
        self.data = self._data_keeper(database, disk, clock)
        self._base_url = settings.server.base_url(address.host, address.port)
        self._build = pages.build(screen.name for screen in SCREENS)
        self.app = Flask("motcua", static_folder=None)
        self.app.after_request(pack)
        self._reach = settings.server.reach(address.host, address.port)
        self.socketio = HallSocketIO(self.app, self._reach.welcome, EVENTS)
        self.publisher = Publisher(
            self.socketio,
            lambda room: self.rooms.draw(room),  # noqa: PLW0108 (made below)
            namespaces=[screen.namespace for screen in SCREENS],
            single=[screen.namespace for screen in SCREENS if screen.single],
        )
        jobs = PrintJobs(database)
        lasting = Lasting(clock, steady)  # nobody is thrown out by a clock that is put
        self.printers = self._printers(database, jobs, clock, lasting, all_virtual=demo)
        self.hubs = self._hubs(config, Journal(database), jobs, clock, steady, always_open=demo)
        self.health = self._device_health(lasting)
        self.keeper = Keeper(self.hubs, self.health, self.publisher, accounts, lasting)
        speaker = Speaker()
        self._announcers = {
            name: self._announcer(speaker, hub, settings.equipment[name]) for name, hub in self.hubs.items()
        }
        self.guard = self._guard(lasting, limits=settings.server.rate_limits and not demo)
        self.rooms = Rooms(self.hubs, self.guard, self.health, self.printers, self._build, self.keeper.look)

    def start(self, tokens: DeviceTokens | None) -> None:
        """Printers, pages, doors, and the thread that looks after all of them. `tokens`: of the demo."""
        proxied = behind(self.app.wsgi_app, self._settings.server.proxy)
        self.app.wsgi_app = proxied  # type: ignore[method-assign, assignment]
        for name, hub in self.hubs.items():
            if (gap := hub.missing) is not None:
                days = ", ".join(map(str, sorted(gap.days)))
                log.warning("%s: numbers of %s may be missing (%s): %s", name, days, gap.because, GAP)
        self.printers.start()
        self._open_doors(tokens)
        self.publisher.start()
        self.keeper.start()
        self.data.start()

    def set_up_anew(self, hall: str) -> None:
        """The hub has told all screens; a pad whose counter is no more leaves."""
        self.publisher.let_go(hall, self.rooms.refusal)

    def stop(self) -> None:
        self.keeper.stop()
        self.printers.stop()
        for announcer in self._announcers.values():
            announcer.stop()
        self.data.stop()

    def _data_keeper(self, database: Database, disk: Executor, clock: Callable[[], datetime]) -> DataKeeper:
        changed = lambda: self.keeper.look()  # noqa: E731, PLW0108 (made later)
        return DataKeeper(database, self._settings.store_dir, self._second, disk, clock, changed)

    def _device_health(self, lasting: Lasting) -> DeviceHealth:
        return DeviceHealth(
            self.publisher.members,
            self._device_names,
            self.printers.statuses,
            self.printers.doubts,
            lasting,
            as_put=lasting.as_put,
            watched={screen.namespace: screen.name for screen in SCREENS if screen.watched},
            speaking=[screen.namespace for screen in SCREENS if screen.speaks],
            data=lambda: self.data.trouble,
            clocks=lambda hall: self.hubs[hall].clock_trouble(),
        )

    def _printers(
        self,
        database: Database,
        jobs: PrintJobs,
        clock: Callable[[], datetime],
        lasting: Lasting,
        *,
        all_virtual: bool,
    ) -> Printers:
        return Printers(
            self._settings.equipment,
            self._accounts,
            jobs,
            KnownPrinters(database),
            self._settings.store_dir / "slips",
            self._slip_of,
            self._wanted,
            clock,
            lasting,
            on_change=lambda: self.keeper.look(),  # noqa: PLW0108 (made later)
            all_virtual=all_virtual,
        )

    def _hubs(
        self,
        config: Config,
        journal: Journal,
        jobs: PrintJobs,
        clock: Callable[[], datetime],
        steady: Steady,
        *,
        always_open: bool,
    ) -> dict[str, Hub]:
        for said in end_lost(journal, self._second):  # the hubs note where they begin now
            log.warning("%s", said)
        if others := journal.instead_of(config.setups):
            log.warning(
                "the data is of %s, the configuration of %s", ", ".join(others), ", ".join(config.setups)
            )
        secret = secret_of(config.settings.store_dir, journal)
        return {
            name: Hub(
                replace(setup, always_open=True) if always_open else setup,
                journal,
                jobs,
                secret,
                clock=clock,
                steady=steady,
                changed=self.publisher.changed,
                queued=self.printers.wake,
                second=self._second,
            )
            for name, setup in config.setups.items()
        }

    @staticmethod
    def _announcer(speaker: Speaker, hub: Hub, equipment: Equipment) -> Announcer:
        voice = equipment.voice
        return Announcer(
            speaker,
            recorded_set=voice.recorded,
            letters=sorted(hub.setup.queues),
            counters=sorted(hub.setup.counters),
            dialect=voice.dialect,
            times=voice.times,
        )

    def _guard(self, clock: Callable[[], datetime], *, limits: bool) -> Guard:
        reach, secure = self._reach, self._settings.server.secure
        pace = {hall: each.kiosk.tickets_per_minute for hall, each in self._settings.equipment.items()}
        halls = frozenset(self.hubs)
        settings = GuardSettings(halls, reach.answers, reach.ours, limits, secure, pace, self._setup)
        return Guard(self._accounts, settings, PERMISSIONS, clock, self.health.hastened)

    def _setup(self, hall: str | None) -> Setup | None:
        """Of the hall that is asked; where none is named, of the only one."""
        asked = [self.hubs[hall]] if hall in self.hubs else list(self.hubs.values())
        return asked[0].setup if len(asked) == 1 else None

    def _open_doors(self, tokens: DeviceTokens | None) -> None:
        context = Context(
            self.hubs,
            self._version,
            self._build,
            self._track_url,
            self.printers.of,
            printing.slip.facts,
            partial(describe, self._version, tuple(PERMISSIONS.doors.values())),
            self._accounts.names,
        )
        self.guard.install(
            self.app,
            api.public.doors.answered(context),
            api.session.doors.answered(self.guard),
            api.tickets.doors.answered(context),
            api.counters.doors.answered(context),
        )
        sites = {name: self._site(name, hub) for name, hub in self.hubs.items()}
        for screen in SCREENS:
            if screen.routes is not None:
                self.app.register_blueprint(screen.routes.blueprint(sites))
        shown = {name: links(name, tokens[name] if tokens else None) for name in self.hubs}
        halls = lambda: [(self.hubs[name].setup.name, each) for name, each in shown.items()]  # noqa: E731
        self.app.register_blueprint(front.pages.blueprint(Front(halls, demo=tokens is not None)))
        emblems = {name: each.emblem for name, each in self._settings.equipment.items() if each.emblem}
        files = pages.StaticFiles((screen.name for screen in SCREENS), emblems)
        self.app.register_blueprint(pages.pages.blueprint(files))
        self.guard.seal(self.app)
        each = EACH if self.guard.limits else MEMBERS
        attach(self.socketio, self.publisher, admit=self.rooms.admit, heard=self.rooms.heard, each=each)

    def _site(self, name: str, hub: Hub) -> Site:
        equipment = self._settings.equipment[name]
        spoken, emblem = equipment.voice.languages, pages.emblem_address(name, equipment.emblem)
        return Site(lambda: hub.hall, equipment.kiosk, self._announcers[name], spoken, emblem)

    def _device_names(self, hall: str) -> Mapping[int, str]:
        return {device.id: device.name for device in self._accounts.devices() if device.hall == hall}

    def _track_url(self, token: str) -> str:
        """What the QR of a slip holds."""
        return self._base_url + phone.routes.TRACK.format(token=token)

    def _slip_of(self, job: PrintJob) -> Slip:
        """The slip of a print job with the citizen's address, which only the hub can make. Raises ValueError
        where the job is damaged."""
        token = self.hubs[job.hall].token(job.ticket)
        emblem = self._settings.equipment[job.hall].emblem
        slip = printing.slip.read(
            job.slip, track_url=self._track_url(token), reprint=job.reprint, emblem=str(emblem or "")
        )
        if slip.number != number_of(job.ticket):
            raise ValueError(f"the slip says {slip.number}")  # no paper rather than another's number
        return slip

    def _wanted(self, job: PrintJob) -> bool:
        """Whether somebody may still want this slip: it is today's, and its number was not given back."""
        hub = self.hubs.get(job.hall)
        ticket = hub.hall.tickets.get(job.ticket) if hub else None
        return ticket is not None and ticket.state != "cancelled"
