"""Brings queued slips to paper: one worker a printer, and what is wrong with it told at once."""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from printing.drawer import DrawerFailed
from printing.slip import Slip
from printing.transports import PrinterState, Reading, Transport
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
class _Line:
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
        self._lines = {printer.name: _Line(printer) for printer in printers}
        self._stopping = threading.Event()

    def start(self) -> None:
        """Jobs a crash left half sent become uncertain; then each printer gets its worker."""
        self._jobs.reset_after_crash(self._clock())
        for line in self._lines.values():
            line.woken.set()
            line.thread = threading.Thread(
                target=self._work, args=(line,), name=f"spool-{line.printer.name}", daemon=True
            )
            line.thread.start()

    def wake(self, printer: str) -> None:
        """A job was queued; without this it is found at the next look."""
        if line := self._lines.get(printer):
            line.woken.set()

    def stop(self, seconds: float = 5.0) -> None:
        self._stopping.set()
        for line in self._lines.values():
            line.woken.set()
        for line in self._lines.values():
            if line.thread is not None:
                line.thread.join(seconds)

    def statuses(self) -> dict[str, PrinterStatus]:
        """By printer; one not looked at yet is missing."""
        return {name: line.status for name, line in self._lines.items() if line.status is not None}

    def _work(self, line: _Line) -> None:
        while not self._stopping.is_set():
            line.woken.wait(self._look_seconds)
            line.woken.clear()
            try:
                self._look(line)
                line.full = False
            except StoreUnavailable as trouble:
                if not line.full:
                    log.warning("printer %s: %s", line.printer.name, trouble)
                line.full = True
            except Exception:  # the edge of the worker: the next look goes on
                log.exception("printer %s", line.printer.name)
        line.printer.transport.close()

    def _look(self, line: _Line) -> None:
        self._report(line)
        while not self._stopping.is_set():
            reading = line.printer.transport.status()
            for late in line.printer.transport.printed_late():
                self._became(line, late, "confirmed", "printed late")
            self._tell(line, reading)
            if not reading.ready:
                self._give_up(line, reading)
                return
            job = self._jobs.claim(line.printer.name, self._clock())
            if job is None:
                return
            self._print(line, job)

    def _print(self, line: _Line, job: PrintJob) -> None:
        try:
            data = self._drawer.draw(self._slip_of(job), line.printer.width_dots)
        except DrawerFailed:
            log.exception("job %s cannot be drawn", job.id)
            self._became(line, job.id, "failed", "not drawn")
            return
        except Exception:
            self._became(line, job.id, "failed", "not drawn")
            raise
        delivery = line.printer.transport.send(job.id, data)
        self._became(line, job.id, delivery.outcome, delivery.detail)

    def _give_up(self, line: _Line, reading: Reading) -> None:
        now = self._clock()
        self._jobs.give_up(line.printer.name, now - self._patience, reading.state, now)

    def _tell(self, line: _Line, reading: Reading) -> None:
        before = line.status
        if before and (before.state, before.detail) == (reading.state, reading.detail):
            return
        since = before.since if before and before.state == reading.state else self._clock()
        line.status = PrinterStatus(reading.state, since, reading.detail)
        self._on_change(line.printer.name, line.status)

    def _became(self, line: _Line, job: int, state: JobState, detail: str) -> None:
        line.unreported.append((job, state, detail))
        self._report(line)

    def _report(self, line: _Line) -> None:
        while line.unreported:
            job, state, detail = line.unreported[0]
            self._jobs.report(job, state, detail, self._clock())
            del line.unreported[0]
