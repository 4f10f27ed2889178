"""Print jobs outlive everything and are never claimed twice."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store.database import Database
from store.engine import open_store
from store.print_jobs import JobState, PrintJobs

NOW = datetime(2026, 11, 24, 1, 31, tzinfo=UTC)
SLIP = '{"number": "A025"}'


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database = open_store(tmp_path, lock=False)
    yield database
    database.close()


def queued(jobs: PrintJobs, ticket: str = "261124-A025", printer: str = "kiosk", minute: int = 0) -> int:
    return jobs.queue(
        "thach-ha", NOW.date(), ticket, printer, SLIP, reprint=False, now=NOW + timedelta(minutes=minute)
    )


def state(jobs: PrintJobs, job: int) -> JobState:
    found = jobs.get(job)
    assert found is not None
    return found.state


def test_a_queued_job_holds_what_the_slip_needs(db: Database) -> None:
    jobs = PrintJobs(db)

    job = jobs.get(queued(jobs))

    assert job is not None
    assert (job.hall, job.day, job.ticket, job.printer) == ("thach-ha", NOW.date(), "261124-A025", "kiosk")
    assert (job.state, job.reprint, job.slip, job.attempts) == ("queued", False, SLIP, 0)
    assert (job.queued_at, job.changed_at) == (NOW, NOW)


def test_a_ticket_that_could_not_be_kept_leaves_no_print_job(db: Database) -> None:
    jobs = PrintJobs(db)

    def issue() -> None:
        with db.write():
            queued(jobs)
            raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        issue()

    assert jobs.queued("kiosk") == []


def test_slips_are_claimed_in_the_order_of_the_tickets_each_printer_its_own(db: Database) -> None:
    jobs = PrintJobs(db)
    first, other, second = queued(jobs), queued(jobs, printer="door"), queued(jobs)

    claimed = [jobs.claim("kiosk", NOW) for _ in range(3)]

    assert [job.id if job else None for job in claimed] == [first, second, None]
    assert claimed[0] is not None
    assert (claimed[0].state, claimed[0].attempts) == ("sending", 1)
    assert [job.id for job in jobs.queued("door")] == [other]


def test_two_spools_at_once_never_print_the_same_slip(tmp_path: Path) -> None:
    both = [open_store(tmp_path, lock=False) for _ in range(2)]
    numbers = {queued(PrintJobs(both[0])) for _ in range(40)}
    claimed: list[list[int]] = [[], []]
    together = threading.Barrier(2)

    def work(which: int) -> None:
        jobs = PrintJobs(both[which])
        together.wait()
        while job := jobs.claim("kiosk", NOW):
            claimed[which].append(job.id)

    workers = [threading.Thread(target=work, args=(which,)) for which in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)

    assert sorted(claimed[0] + claimed[1]) == sorted(numbers)
    for database in both:
        database.close()


@pytest.mark.parametrize("end", ["confirmed", "sent", "failed"])
def test_what_is_over_stays_over(db: Database, end: JobState) -> None:
    jobs = PrintJobs(db)
    job = queued(jobs)
    jobs.claim("kiosk", NOW)
    assert jobs.report(job, end, "", NOW)

    for state_after in ("queued", "sending", "uncertain", "confirmed", "failed"):
        assert not jobs.report(job, state_after, "", NOW)

    assert state(jobs, job) == end


def test_an_uncertain_slip_is_never_queued_again_but_may_turn_out_printed(db: Database) -> None:
    jobs = PrintJobs(db)
    job = queued(jobs)
    jobs.claim("kiosk", NOW)
    jobs.report(job, "uncertain", "paper_out", NOW)

    assert not jobs.report(job, "queued", "", NOW)
    assert jobs.claim("kiosk", NOW) is None
    assert jobs.report(job, "confirmed", "printed late", NOW)


def test_after_a_crash_a_half_sent_slip_is_uncertain_and_the_others_are_printed(db: Database) -> None:
    jobs = PrintJobs(db)
    sending, waiting = queued(jobs), queued(jobs)
    jobs.claim("kiosk", NOW)

    assert jobs.reset_after_crash(NOW) == [sending]

    assert (state(jobs, sending), state(jobs, waiting)) == ("uncertain", "queued")
    assert jobs.reset_after_crash(NOW) == []


def test_the_slips_of_a_printer_that_is_no_more_are_given_up(db: Database) -> None:
    jobs = PrintJobs(db)
    mine, orphan = queued(jobs), queued(jobs, printer="sold")

    assert jobs.give_up_orphans({"kiosk"}, NOW) == [orphan]

    assert (state(jobs, mine), state(jobs, orphan)) == ("queued", "failed")


def test_the_jobs_of_a_ticket_are_those_of_its_hall_oldest_first(db: Database) -> None:
    jobs = PrintJobs(db)
    first, _, again = queued(jobs), queued(jobs, ticket="261124-A026"), queued(jobs)
    jobs.queue("cam-xuyen", NOW.date(), "261124-A025", "kiosk", SLIP, reprint=False, now=NOW)

    assert [job.id for job in jobs.of_ticket("thach-ha", "261124-A025")] == [first, again]
    assert jobs.get(99) is None
