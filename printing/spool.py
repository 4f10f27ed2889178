"""Brings queued slips to paper: one worker a printer, and what is wrong with it or a slip told at once."""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, Protocol

from printing.drawer import DrawerFailed
from printing.slip import Slip
from printing.transports import PrinterReading, PrinterState, Transport
from store.database import StoreUnavailable
from store.print_jobs import JobState, PrintJob, PrintJobs

log = logging.getLogger(__name__)

# A citizen has the number by heart or in a photo after so long; the slip would find nobody at the kiosk.
PATIENCE = timedelta(minutes=5)
LOOK_SECONDS = 2.0  # with the time for an answer, a printer that fell silent is told within five seconds
DOUBT_LIFE = timedelta(minutes=10)  # so long staff are told of a slip that may not be on paper
DOUBTS = 20  # the newest of one printer


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """`since`, as of a doubt: by the lasting clock."""

    state: PrinterState
    since: datetime
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A slip that may not be on paper, or is not: somebody should look after the citizen."""

    hall: str
    ticket: str
    printer: str
    state: Literal["uncertain", "failed"]
    since: datetime


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
    job: PrintJob | None = None  # in hand
    # What became of jobs and could not be kept yet, such as while the disk is full.
    unreported: list[tuple[int, JobState, str]] = field(default_factory=list)
    doubts: dict[int, tuple[PrintJob, Doubt]] = field(default_factory=dict)  # by job
    # Since when jobs are queued, by the lasting clock.
    seen: dict[int, datetime] = field(default_factory=dict)
    full: bool = False  # the disk; said once, not at every look
    thread: threading.Thread | None = None


class Spool:
    """`on_change` is called from a worker's thread and must not raise. `wanted`: whether somebody still waits
    for this slip; its ticket may have been voided, or its day be over. `lasting`: a clock that only goes
    forward; the other one may be put while slips wait."""

    def __init__(
        self,
        jobs: PrintJobs,
        printers: Iterable[Printer],
        drawer: Draws,
        slip_of: Callable[[PrintJob], Slip],
        clock: Callable[[], datetime],
        *,
        on_change: Callable[[str, PrinterStatus], None],
        wanted: Callable[[PrintJob], bool] = lambda job: True,
        lasting: Callable[[], datetime] | None = None,
        patience: timedelta = PATIENCE,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._jobs = jobs
        self._drawer = drawer
        self._slip_of = slip_of
        self._clock = clock
        self._on_change = on_change
        self._wanted = wanted
        self._lasting = lasting or clock
        self._patience = patience
        self._look_seconds = look_seconds
        self._workers = {printer.name: _Worker(printer) for printer in printers}
        self._stopping = threading.Event()

    def start(self) -> None:
        """Jobs a crash left half sent become uncertain; then each printer gets its worker."""
        for damaged in self._jobs.give_up_damaged(self._clock()):
            log.warning("the print job %s is damaged and given up", damaged)
        for half_sent in self._jobs.reset_after_crash(self._clock()):
            if (job := self._jobs.get(half_sent)) is not None:
                self._doubt(job, "uncertain")
        for name, worker in self._workers.items():
            worker.seen = {job.id: self._queued_before(job) for job in self._jobs.queued(name)}
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

    def doubts(self) -> list[Doubt]:
        """The slips of the last minutes that somebody should look after, newest first."""
        since = self._lasting() - DOUBT_LIFE
        kept = [each for worker in self._workers.values() for each in list(worker.doubts.values())]
        known = [doubt for job, doubt in kept if doubt.since > since and self._wanted(job)]
        return sorted(known, key=lambda each: each.since, reverse=True)

    def _work(self, worker: _Worker) -> None:
        while not self._stopping.is_set():
            worker.woken.wait(self._look_seconds)
            worker.woken.clear()
            self.look(worker.printer.name)
        worker.printer.transport.close()

    def look(self, printer: str) -> None:
        """At one printer, and at what is queued for it; as its worker does again and again. Never raises."""
        worker = self._workers[printer]
        try:
            self._look(worker)
            worker.full = False
        except StoreUnavailable as trouble:
            if not worker.full:
                log.warning("printer %s: %s", worker.printer.name, trouble)
            worker.full = True
            self._drop(worker, "not kept")
        except Exception:  # the edge of the worker: a fault of one slip is told, the next one is tried
            log.exception("printer %s", worker.printer.name)
            self._drop(worker, "fault of the program")
            worker.printer.transport.close()
            self._tell(worker, PrinterReading("offline", "fault of the program"))

    def _look(self, worker: _Worker) -> None:
        self._report(worker)
        while not self._stopping.is_set():
            reading = worker.printer.transport.status()
            for late in worker.printer.transport.printed_late():
                worker.doubts.pop(late, None)
                worker.unreported.append((late, "confirmed", "printed late"))
            self._report(worker)
            self._tell(worker, reading)
            self._note_queued(worker)
            if not reading.ready:
                self._give_up(worker, reading)
                return
            worker.job = self._jobs.claim(worker.printer.name, self._clock())
            if worker.job is None:
                return
            sent = self._print(worker, worker.job)
            worker.job = None
            if not sent:
                return

    def _print(self, worker: _Worker, job: PrintJob) -> bool:
        """False: the line was gone before the first byte, so the slip is as it was."""
        if (why := self._in_vain(worker, job)) is not None:
            self._failed(worker, job, why)
            return True
        try:
            data = self._drawer.draw(self._slip_of(job), worker.printer.width_dots)
        except (DrawerFailed, LookupError, ValueError):  # its hall is no more, its facts are not a slip's
            log.exception("job %s cannot be drawn", job.id)
            self._failed(worker, job, "not drawn")
            return True
        delivery = worker.printer.transport.send(job.id, data, lambda reading: self._tell(worker, reading))
        if delivery.outcome == "unsent":
            self._became(worker, job.id, "queued", delivery.detail)
            return False
        if delivery.outcome == "uncertain":
            self._doubt(job, "uncertain")
        else:
            self._settle(worker, job)
        self._became(worker, job.id, delivery.outcome, delivery.detail)
        return True

    def _drop(self, worker: _Worker, why: str) -> None:
        """A slip in whose midst something failed may be on paper; how another ended is only not kept yet."""
        job, worker.job = worker.job, None
        if job is not None and all(reported != job.id for reported, _, _ in worker.unreported):
            self._doubt(job, "uncertain")
            worker.unreported.append((job.id, "uncertain", why))

    def _give_up(self, worker: _Worker, reading: PrinterReading) -> None:
        for job in self._jobs.queued(worker.printer.name):
            if (why := self._in_vain(worker, job)) is not None:
                self._failed(worker, job, reading.state if why == "too late" else why)

    def _in_vain(self, worker: _Worker, job: PrintJob) -> str | None:
        """Why nobody waits for this slip any more; None: somebody does."""
        if not self._wanted(job):
            return "void"
        now = self._lasting()
        return "too late" if now - worker.seen.get(job.id, now) > self._patience else None

    def _queued_before(self, job: PrintJob) -> datetime:
        """Since when, by the lasting clock, a job waits that was there at this start. At a time that is still
        to come: nobody knows how long ago."""
        return self._lasting() - abs(self._clock() - job.queued_at)

    def _note_queued(self, worker: _Worker) -> None:
        now = self._lasting()
        worker.seen = {job: worker.seen.get(job, now) for job in self._jobs.queued_ids(worker.printer.name)}

    def _failed(self, worker: _Worker, job: PrintJob, why: str) -> None:
        if why != "void":
            log.warning("printer %s: slip %s given up: %s", worker.printer.name, job.ticket, why)
            self._doubt(job, "failed")
        self._became(worker, job.id, "failed", why)

    def _doubt(self, job: PrintJob, state: Literal["uncertain", "failed"]) -> None:
        worker = self._workers.get(job.printer)
        if worker is not None:
            doubt = Doubt(job.hall, job.ticket, job.printer, state, self._lasting())
            worker.doubts[job.id] = (job, doubt)
            while len(worker.doubts) > DOUBTS:
                del worker.doubts[next(iter(worker.doubts))]

    @staticmethod
    def _settle(worker: _Worker, job: PrintJob) -> None:
        """The citizen has a slip: what was doubted of the same ticket before is settled."""
        for earlier, (doubted, _) in list(worker.doubts.items()):
            if (doubted.hall, doubted.ticket) == (job.hall, job.ticket):
                del worker.doubts[earlier]

    def _tell(self, worker: _Worker, reading: PrinterReading) -> None:
        before = worker.status
        if before and (before.state, before.detail) == (reading.state, reading.detail):
            return
        since = before.since if before and before.state == reading.state else self._lasting()
        worker.status = PrinterStatus(reading.state, since, reading.detail)
        self._on_change(worker.printer.name, worker.status)

    def _became(self, worker: _Worker, job: int, state: JobState, detail: str) -> None:
        worker.unreported.append((job, state, detail))
        self._report(worker)

    def _report(self, worker: _Worker) -> None:
        while worker.unreported:
            job, state, detail = worker.unreported.pop(0)
            try:
                self._jobs.report(job, state, detail, self._clock())
            except StoreUnavailable:
                worker.unreported.insert(0, (job, state, detail))
                raise
