"""Print jobs as rows: queued with the ticket in one transaction, claimed by a conditional update."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, cast

from store.database import DamagedData, Database

JobState = Literal["queued", "sending", "confirmed", "sent", "uncertain", "failed"]

# A job moves along these only. An uncertain slip may lie in the tray, so it is never queued again:
# a second paper is asked for by people and marked.
MOVES: dict[JobState, tuple[JobState, ...]] = {
    "queued": ("failed",),
    "sending": ("queued", "confirmed", "sent", "uncertain", "failed"),
    "uncertain": ("confirmed",),
    "confirmed": (),
    "sent": (),
    "failed": (),
}
DAMAGED = "damaged"  # what is said of a job whose row cannot be read


@dataclass(frozen=True, slots=True)
class PrintJob:
    id: int
    hall: str
    day: date
    ticket: str
    printer: str
    state: JobState
    reprint: bool
    slip: str
    detail: str
    attempts: int
    queued_at: datetime
    changed_at: datetime


class PrintJobs:
    def __init__(self, database: Database) -> None:
        self._database = database

    def queue(
        self, hall: str, day: date, ticket: str, printer: str, slip: str, *, reprint: bool, now: datetime
    ) -> int:
        """The new job's id. `slip`: JSON of its facts, without the token. Joins the caller's transaction."""
        at = now.isoformat()
        with self._database.write():
            job = self._database.value(
                "INSERT INTO print_jobs (hall, day, ticket, printer, state, reprint, slip, detail, attempts,"
                " queued_at, changed_at) VALUES (?, ?, ?, ?, 'queued', ?, ?, '', 0, ?, ?) RETURNING id",
                (hall, day.isoformat(), ticket, printer, int(reprint), slip, at, at),
            )
        return cast(int, job)

    def claim(self, printer: str, now: datetime) -> PrintJob | None:
        """The oldest queued job of this printer, now `sending` and the caller alone has it; None: none."""
        # Mostly there is none, and looking needs no transaction; a backlog is not read whole for one job.
        waiting = "SELECT 1 FROM print_jobs WHERE printer = ? AND state = 'queued' LIMIT 1"
        if not self._database.rows(waiting, (printer,)):
            return None
        with self._database.write():
            rows = list(
                self._database.query(
                    "UPDATE print_jobs SET state = 'sending', attempts = attempts + 1, changed_at = ?"
                    " WHERE state = 'queued' AND id = (SELECT MIN(id) FROM print_jobs"
                    " WHERE printer = ? AND state = 'queued') RETURNING *",
                    (now.isoformat(), printer),
                )
            )
        try:
            return _job(rows[0]) if rows else None
        except DamagedData:  # told once; the next look is at the next job
            self.report(cast(int, rows[0]["id"]), "failed", DAMAGED, now)
            raise

    def report(self, job: int, state: JobState, detail: str, now: datetime) -> bool:
        """What became of a job. False: it is past that state already, nothing changed."""
        with self._database.write():
            before = self._database.value("SELECT state FROM print_jobs WHERE id = ?", (job,))
            if state not in MOVES.get(cast(JobState, before), ()):
                return False
            self._database.execute(
                "UPDATE print_jobs SET state = ?, detail = ?, changed_at = ? WHERE id = ?",
                (state, detail, now.isoformat(), job),
            )
            return True

    def give_up_orphans(self, printers: Collection[str], now: datetime) -> list[int]:
        """Slips queued for a printer that is not one of these. Their ids, now `failed`."""
        rows = self._database.rows("SELECT id, printer FROM print_jobs WHERE state = 'queued' ORDER BY id")
        orphans = [cast(int, job) for job, printer in rows if printer not in printers]
        return [job for job in orphans if self.report(job, "failed", "no such printer", now)]

    def give_up_damaged(self, now: datetime) -> list[int]:
        """At start: jobs still to be printed whose row cannot be read. Their ids, now `failed`."""
        found: list[int] = []
        unprinted = "SELECT * FROM print_jobs WHERE state IN ('queued', 'sending') ORDER BY id"
        for row in list(self._database.query(unprinted)):
            try:
                _job(row)
            except DamagedData:
                found.append(cast(int, row["id"]))
                self.report(found[-1], "failed", DAMAGED, now)
        return found

    def get(self, job: int) -> PrintJob | None:
        rows = list(self._database.query("SELECT * FROM print_jobs WHERE id = ?", (job,)))
        return _job(rows[0]) if rows else None

    def queued_ids(self, printer: str) -> list[int]:
        """Oldest first."""
        rows = self._database.rows(
            "SELECT id FROM print_jobs WHERE printer = ? AND state = 'queued' ORDER BY id", (printer,)
        )
        return [cast(int, job) for (job,) in rows]

    def queued(self, printer: str) -> list[PrintJob]:
        rows = self._database.query(
            "SELECT * FROM print_jobs WHERE printer = ? AND state = 'queued' ORDER BY id", (printer,)
        )
        return [_job(row) for row in rows]

    def of_ticket(self, hall: str, ticket: str) -> list[PrintJob]:
        """Oldest first; the last one is what the kiosk and the panel show."""
        rows = self._database.query(
            "SELECT * FROM print_jobs WHERE hall = ? AND ticket = ? ORDER BY id", (hall, ticket)
        )
        return [_job(row) for row in rows]

    def reset_after_crash(self, now: datetime) -> list[int]:
        """At start, before any spool: a job left `sending` may be on paper, so it becomes `uncertain`."""
        with self._database.write():
            rows = list(
                self._database.query(
                    "UPDATE print_jobs SET state = 'uncertain', detail = 'restart', changed_at = ?"
                    " WHERE state = 'sending' RETURNING id",
                    (now.isoformat(),),
                )
            )
        return [cast(int, row["id"]) for row in rows]


def _job(row: dict[str, object]) -> PrintJob:
    """Refuses DamagedData."""
    try:
        return PrintJob(
            id=cast(int, row["id"]),
            hall=str(row["hall"]),
            day=date.fromisoformat(str(row["day"])),
            ticket=str(row["ticket"]),
            printer=str(row["printer"]),
            state=_state(row["state"]),
            reprint=bool(row["reprint"]),
            slip=str(row["slip"]),
            detail=str(row["detail"] or ""),
            attempts=cast(int, row["attempts"]),
            queued_at=datetime.fromisoformat(str(row["queued_at"])),
            changed_at=datetime.fromisoformat(str(row["changed_at"])),
        )
    except ValueError as error:
        raise DamagedData(f"Phiếu in số {row['id']}", f"Print job {row['id']}", error) from error


def _state(said: object) -> JobState:
    if said not in MOVES:
        raise ValueError(f"state {said!r}")
    return said
