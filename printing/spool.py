"""Brings queued slips to paper: one worker a printer, and what is wrong with it told at once."""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from printing.drawer import DrawerFailed
from printing.slip import Slip
from printing.transports import PrinterReading, PrinterState, Transport
from store.database import StoreUnavailable
from store.print_jobs import JobState, PrintJob, PrintJobs

log = logging.getLogger(__name__)

# A citizen has the number by heart or in a photo after so long; the slip would find nobody at the kiosk.
PATIENCE = timedelta(minutes=5)
LOOK_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    state: PrinterState
    since: datetime
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Printer:
    name: str
    transport: Transport
    width_dots: int = 576


class Draws(Protocol):
    def draw(self, slip: Slip, width_dots: int) -> bytes: ...


@dataclass(slots=True)
class _Worker:
    printer: Printer
    woken: threading.Event = field(default_factory=threading.Event)
    status: PrinterStatus | None = None
    # What became of jobs and could not be kept yet, such as while the disk is full.
    unreported: list[tuple[int, JobState, str]] = field(default_factory=list)
    full: bool = False  # the disk; said once, not at every look
    thread: threading.Thread | None = None


class Spool:
    """`on_change` is called from a worker's thread and must not raise."""

    def __init__(
        self,
        jobs: PrintJobs,
        printers: Iterable[Printer],
        drawer: Draws,
        slip_of: Callable[[PrintJob], Slip],
        clock: Callable[[], datetime],
        *,
        on_change: Callable[[str, PrinterStatus], None],
        patience: timedelta = PATIENCE,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._jobs = jobs
        self._drawer = drawer
        self._slip_of = slip_of
        self._clock = clock
        self._on_change = on_change
        self._patience = patience
        self._look_seconds = look_seconds
        self._workers = {printer.name: _Worker(printer) for printer in printers}
        self._stopping = threading.Event()

    def start(self) -> None:
        """Jobs a crash left half sent become uncertain; then each printer gets its worker."""
        self._jobs.reset_after_crash(self._clock())
        for worker in self._workers.values():
            worker.woken.set()
            worker.thread = threading.Thread(
                target=self._work, args=(worker,), name=f"spool-{worker.printer.name}", daemon=True
            )
            worker.thread.start()

    def wake(self, printer: str) -> None:
        """A job was queued; without this it is found at the next look."""
        if worker := self._workers.get(printer):
            worker.woken.set()

    def stop(self, seconds: float = 5.0) -> None:
        self._stopping.set()
        for worker in self._workers.values():
            worker.woken.set()
        for worker in self._workers.values():
            if worker.thread is not None:
                worker.thread.join(seconds)

    def statuses(self) -> dict[str, PrinterStatus]:
        """By printer; one not looked at yet is missing."""
        return {name: worker.status for name, worker in self._workers.items() if worker.status is not None}

    def _work(self, worker: _Worker) -> None:
        while not self._stopping.is_set():
            worker.woken.wait(self._look_seconds)
            worker.woken.clear()
            try:
                self._look(worker)
                worker.full = False
            except StoreUnavailable as trouble:
                if not worker.full:
                    log.warning("printer %s: %s", worker.printer.name, trouble)
                worker.full = True
            except Exception:  # the edge of the worker: the next look goes on
                log.exception("printer %s", worker.printer.name)
        worker.printer.transport.close()

    def _look(self, worker: _Worker) -> None:
        self._report(worker)
        while not self._stopping.is_set():
            reading = worker.printer.transport.status()
            for late in worker.printer.transport.printed_late():
                self._became(worker, late, "confirmed", "printed late")
            self._tell(worker, reading)
            if not reading.ready:
                self._give_up(worker, reading)
                return
            job = self._jobs.claim(worker.printer.name, self._clock())
            if job is None:
                return
            self._print(worker, job)

    def _print(self, worker: _Worker, job: PrintJob) -> None:
        try:
            data = self._drawer.draw(self._slip_of(job), worker.printer.width_dots)
        except DrawerFailed:
            log.exception("job %s cannot be drawn", job.id)
            self._became(worker, job.id, "failed", "not drawn")
            return
        except Exception:
            self._became(worker, job.id, "failed", "not drawn")
            raise
        delivery = worker.printer.transport.send(job.id, data)
        self._became(worker, job.id, delivery.outcome, delivery.detail)

    def _give_up(self, worker: _Worker, reading: PrinterReading) -> None:
        now = self._clock()
        self._jobs.give_up(worker.printer.name, now - self._patience, reading.state, now)

    def _tell(self, worker: _Worker, reading: PrinterReading) -> None:
        before = worker.status
        if before and (before.state, before.detail) == (reading.state, reading.detail):
            return
        since = before.since if before and before.state == reading.state else self._clock()
        worker.status = PrinterStatus(reading.state, since, reading.detail)
        self._on_change(worker.printer.name, worker.status)

    def _became(self, worker: _Worker, job: int, state: JobState, detail: str) -> None:
        worker.unreported.append((job, state, detail))
        self._report(worker)

    def _report(self, worker: _Worker) -> None:
        while worker.unreported:
            job, state, detail = worker.unreported[0]
            self._jobs.report(job, state, detail, self._clock())
            del worker.unreported[0]
