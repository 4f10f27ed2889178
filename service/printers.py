"""The printers of the halls: which slip comes out where, and how each printer is."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from config import Equipment, PrinterSettings
from hall.actors import Actor
from hall.views import kiosk
from hub import Lasting
from printing.drawer import Drawer
from printing.network import NetworkPrinter
from printing.slip import Slip
from printing.spool import Doubt, Printer, PrinterStatus, Spool
from printing.virtual_process import VirtualPrinter
from store.accounts import Accounts
from store.database import StoreUnavailable
from store.print_jobs import PrintJob, PrintJobs
from store.printers import Ability, KnownPrinters

log = logging.getLogger(__name__)

DOTS = {80: 576, 58: 384}


class Printers:
    """A printer of the same name in two halls is one printer. `wanted`: whether somebody still waits for a
    slip. `on_change()`: one of the printers is not as before."""

    def __init__(
        self,
        equipment: Mapping[str, Equipment],
        accounts: Accounts,
        jobs: PrintJobs,
        known: KnownPrinters,
        slips: Path,
        slip_of: Callable[[PrintJob], Slip],
        wanted: Callable[[PrintJob], bool],
        clock: Callable[[], datetime],
        lasting: Lasting,
        *,
        on_change: Callable[[], None],
        all_virtual: bool,
    ) -> None:
        self._equipment = equipment
        self._accounts = accounts
        self._jobs = jobs
        self._known = known
        self._slip_of = slip_of
        self._wanted = wanted
        self._clock = clock
        self._lasting = lasting
        self._on_change = on_change
        self._drawer = Drawer()
        self._configured = {name: each for hall in equipment.values() for name, each in hall.printers.items()}
        self._virtual = {
            name: VirtualPrinter(slips, DOTS[printer.width_mm])
            for name, printer in self._configured.items()
            if printer.kind == "virtual" or all_virtual
        }
        self._spool: Spool | None = None

    def start(self) -> None:
        for hall, equipment in self._equipment.items():
            for line in equipment.without_partner(self._accounts.kiosks(hall)):
                log.warning("%s: %s", hall, line)
        self._drawer.start()
        self._jobs.give_up_orphans(self._configured, self._clock())
        self._spool = Spool(
            self._jobs,
            [self._printer(name, printer) for name, printer in self._configured.items()],
            self._drawer,
            self._slip_of,
            self._clock,
            on_change=lambda _printer, _status: self._changed(),
            wanted=self._wanted,
            lasting=self._lasting,
        )
        self._spool.start()

    def stop(self) -> None:
        if self._spool is not None:
            self._spool.stop()
        self._drawer.stop()
        for printer in self._virtual.values():
            printer.stop()

    def of(self, hall: str, actor: Actor) -> str | None:
        """The printer of a kiosk by its name; staff print where kiosks without a printer of their own do."""
        name = self._accounts.device_name(actor.device) if actor.device is not None else ""
        return self._equipment[hall].printer_of(name)

    def wake(self, printer: str) -> None:
        if self._spool is not None:
            self._spool.wake(printer)

    def statuses(self, hall: str) -> Mapping[str, PrinterStatus]:
        """By printer of this hall; one not looked at yet is missing."""
        known = self._spool.statuses() if self._spool is not None else {}
        return {name: known[name] for name in self._equipment[hall].printers if name in known}

    def doubts(self, hall: str) -> Sequence[Doubt]:
        """Slips of this hall that may not be on paper, newest first."""
        known = self._spool.doubts() if self._spool is not None else []
        return [each for each in known if each.hall == hall]

    def as_shown(self, hall: str, printer: str | None) -> kiosk.Printer:
        """A kiosk's printer as the kiosk shows it. One not looked at yet is taken for well."""
        status = self.statuses(hall).get(printer or "")
        if printer is None or status is None:
            return kiosk.Printer("none" if printer is None else "ok", None)
        state = "ok" if status.state == "unknown" else status.state
        return kiosk.Printer(state, self._lasting.as_put(status.since).isoformat())

    def _changed(self) -> None:
        try:
            self._on_change()
        except StoreUnavailable:  # printing goes on; the keeper looks again in half a second
            log.warning("printers: the screens are told later")

    def _printer(self, name: str, wanted: PrinterSettings) -> Printer:
        host, port = wanted.host, wanted.port
        where = f"{host}:{port}"
        if name in self._virtual:
            virtual = self._virtual[name].start()
            host, port, where = virtual.host, virtual.port, "virtual"
        transport = NetworkPrinter(
            host,
            port,
            ability=self._known.ability(name, where),
            learnt=lambda ability: self._learnt(name, where, ability),
            one_way=not wanted.answers and where != "virtual",
        )
        return Printer(name, transport, DOTS[wanted.width_mm])

    def _learnt(self, name: str, where: str, ability: Ability) -> None:
        log.info("printer %s at %s: status %s, barrier %s", name, where, ability.status, ability.barrier)
        try:
            self._known.learn(name, where, ability, self._clock())
        except StoreUnavailable as trouble:  # found out again after the next start
            log.warning("printer %s: %s", name, trouble)
