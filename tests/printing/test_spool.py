"""From the queued job to the paper in the citizen's hand, with everything that goes wrong in between."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from printing.drawer import Drawer, DrawerFailed
from printing.network import NetworkPrinter, Pace
from printing.slip import Slip, read
from printing.spool import Printer, Spool
from printing.transports import Delivery, Tell
from printing.virtual_process import VirtualPrinter
from store.database import StoreUnavailable
from store.engine import open_store
from store.print_jobs import JobState, PrintJob, PrintJobs
from tests.printing.paper import MORNING, Clock, HeardJobs, Listener, codes_on


@pytest.fixture(scope="module")
def drawer() -> Iterator[Drawer]:
    drawer = Drawer()
    drawer.start()
    yield drawer
    drawer.stop()


class Room:
    """A hall's printing: a store, printers of software, and a spool that is started by each test."""

    def __init__(self, folder: Path, drawer: Drawer) -> None:
        self.db = open_store(folder / "data", lock=False)
        self.jobs = PrintJobs(self.db)
        self.clock = Clock()
        self.told = Listener()
        self.drawer = drawer
        self.folder = folder
        self.void: set[str] = set()
        self.transport: type[NetworkPrinter] = NetworkPrinter
        self.printers = {name: VirtualPrinter(folder / name).start() for name in ("kiosk", "door")}

    @contextmanager
    def spool(
        self, jobs: PrintJobs | None = None, patience: timedelta = timedelta(hours=1)
    ) -> Iterator[Spool]:
        spool = Spool(
            jobs or HeardJobs(self.db, self.told),
            [
                Printer(name, self.transport(each.host, each.port, pace=Pace(answer=4, notice=9, print=60)))
                for name, each in self.printers.items()
            ],
            self.drawer,
            self.slip_of,
            self.clock,
            on_change=self.told.on_change,
            wanted=lambda job: job.ticket not in self.void,
            lasting=self.clock.lasting,
            patience=patience,
            look_seconds=0.05,
        )
        spool.start()
        try:
            yield spool
        finally:
            spool.stop()

    def slip_of(self, job: PrintJob) -> Slip:
        return read(job.slip, track_url=f"http://10.0.0.2:8000/t/{job.ticket}", reprint=job.reprint)

    def ticket(self, number: str, printer: str = "kiosk", *, reprint: bool = False) -> int:
        facts = {
            "authority": "ỦY BAN NHÂN DÂN XÃ THẠCH HÀ",
            "centre": "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
            "number": number,
            "procedure": "Chứng thực chữ ký",
            "counters": ["1", "2"],
            "ahead": 2,
            "wait": None,
            "issued_at": MORNING.isoformat(),
        }
        return self.jobs.queue(
            "thach-ha",
            MORNING.date(),
            f"261124-{number}",
            printer,
            json.dumps(facts),
            reprint=reprint,
            now=self.clock(),
        )

    def papers(self, printer: str = "kiosk") -> list[str]:
        """The tickets on the slips in the tray, in order."""
        codes = []
        for picture in sorted((self.folder / printer).glob("*.png")):
            with Image.open(picture) as paper:
                codes += [code.rsplit("-", 1)[1] for code in codes_on(paper)]
        return codes

    def state(self, job: int) -> tuple[JobState, str]:
        found = self.jobs.get(job)
        assert found is not None
        return found.state, found.detail

    def close(self) -> None:
        for each in self.printers.values():
            each.stop()
        self.db.close()


@pytest.fixture
def room(tmp_path: Path, drawer: Drawer) -> Iterator[Room]:
    room = Room(tmp_path, drawer)
    yield room
    room.close()


def test_a_ticket_becomes_paper_and_everybody_knows(room: Room) -> None:
    with room.spool() as spool:
        job = room.ticket("A025")
        spool.wake("kiosk")

        assert room.told.hears_job(job, "confirmed")

        assert room.told.jobs[job] == ["sending", "confirmed"]
        assert room.papers() == ["A025"]
        assert room.told.hears_printer("door", "ok")
        assert {name: status.state for name, status in spool.statuses().items()} == {
            "kiosk": "ok",
            "door": "ok",
        }


def test_slips_come_out_in_the_order_of_the_numbers(room: Room) -> None:
    jobs = [room.ticket(f"A{n:03d}") for n in range(1, 9)]

    with room.spool():
        assert room.told.hears_job(jobs[-1], "confirmed")

    assert room.papers() == [f"A{n:03d}" for n in range(1, 9)]


def test_without_paper_the_hall_is_told_and_the_slip_comes_once_after_the_refill(room: Room) -> None:
    room.printers["kiosk"].tell("paper_out")
    with room.spool() as spool:
        assert room.told.hears_printer("kiosk", "paper_out")
        job = room.ticket("A025")
        spool.wake("kiosk")
        room.clock.pass_minutes(2)

        room.printers["kiosk"].tell("refill")

        assert room.told.hears_job(job, "confirmed")
        assert room.told.hears_printer("kiosk", "ok")
        assert room.told.jobs[job] == ["sending", "confirmed"]
        assert room.papers() == ["A025"]
        assert [status.since for status in room.told.printers["kiosk"]] == [MORNING, room.clock()]


def test_paper_that_ends_in_a_slip_never_gives_two_papers(room: Room) -> None:
    with room.spool() as spool:
        assert room.told.hears_printer("kiosk", "ok")
        room.printers["kiosk"].tell("paper_out", after_rows=300)
        torn, next_one = room.ticket("A025"), room.ticket("A026")
        spool.wake("kiosk")
        assert room.told.hears_job(torn, "uncertain")
        assert room.told.hears_printer("kiosk", "paper_out")
        assert room.state(torn) == ("uncertain", "paper_out")

        room.printers["kiosk"].tell("refill")

        assert room.told.hears_job(torn, "confirmed")
        assert room.told.hears_job(next_one, "confirmed")
    assert room.papers() == ["A025", "A026"]


def test_a_slip_cut_off_by_the_cable_is_not_printed_again_by_itself(room: Room) -> None:
    with room.spool() as spool:
        assert room.told.hears_printer("kiosk", "ok")
        room.printers["kiosk"].tell("slow", rows_per_second=20)
        job = room.ticket("A025")
        queued = room.jobs.get(job)
        assert queued is not None
        whole = len(room.drawer.draw(room.slip_of(queued), 576))
        spool.wake("kiosk")
        assert room.told.hears_job(job, "sending")
        while room.printers["kiosk"].tell("state")["state"]["waiting_bytes"] < whole - 100:
            pass
        room.printers["kiosk"].tell("unplug")
        assert room.told.hears_job(job, "uncertain")
        room.printers["kiosk"].tell("fast")
        room.printers["kiosk"].tell("plug")
        assert room.told.hears_printer("kiosk", "ok")
        later = room.ticket("A026")
        assert room.told.hears_job(later, "confirmed")

    assert room.state(job)[0] == "uncertain"
    assert room.papers() == ["A025", "A026"]


def test_after_a_crash_a_half_sent_slip_waits_for_people_and_the_rest_is_printed(room: Room) -> None:
    half, waiting = room.ticket("A025"), room.ticket("A026")
    assert room.jobs.claim("kiosk", MORNING) is not None

    with room.spool():
        assert room.told.hears_job(waiting, "confirmed")

    assert room.told.jobs[half] == ["uncertain"]
    assert room.papers() == ["A026"]


def test_a_second_paper_asked_for_is_marked(room: Room) -> None:
    with room.spool():
        first = room.ticket("A025")
        assert room.told.hears_job(first, "confirmed")
        again = room.ticket("A025", reprint=True)
        assert room.told.hears_job(again, "confirmed")

    plain, marked = sorted((room.folder / "kiosk").glob("*.png"))
    with Image.open(plain) as one, Image.open(marked) as other:
        assert other.height > one.height
    assert room.papers() == ["A025", "A025"]


def test_one_printer_s_trouble_does_not_hold_up_the_other(room: Room) -> None:
    room.printers["kiosk"].tell("cover_open")
    with room.spool():
        stuck, free = room.ticket("A025"), room.ticket("B001", "door")

        assert room.told.hears_job(free, "confirmed")
        assert room.told.hears_printer("kiosk", "cover_open")

    assert room.state(stuck)[0] == "queued"
    assert room.papers("door") == ["B001"]


def test_a_slip_whose_citizen_has_gone_is_given_up_and_said_so(room: Room) -> None:
    room.printers["kiosk"].tell("paper_out")
    with room.spool(patience=timedelta(minutes=5)):
        job = room.ticket("A025")
        assert room.told.hears_printer("kiosk", "paper_out")
        while not room.told.hears_job(job, "failed", seconds=0.1):  # however late it is looked at first
            room.clock.pass_minutes(6)
        room.printers["kiosk"].tell("refill")
        later = room.ticket("A026")
        assert room.told.hears_job(later, "confirmed")

    assert room.state(job) == ("failed", "paper_out")
    assert room.papers() == ["A026"]


def test_a_slip_that_cannot_be_drawn_fails_and_the_next_is_printed(room: Room) -> None:
    class Clumsy:
        def draw(self, slip: Slip, width_dots: int) -> bytes:
            if slip.number == "A025":
                raise DrawerFailed("no such letter")
            return room.drawer.draw(slip, width_dots)

    whole = room.drawer
    room.drawer = Clumsy()  # type: ignore[assignment]
    with room.spool():
        room.drawer = whole
        bad, good = room.ticket("A025"), room.ticket("A026")
        assert room.told.hears_job(good, "confirmed")

    assert room.state(bad) == ("failed", "not drawn")
    assert room.papers() == ["A026"]


def test_a_slip_printed_while_the_disk_was_full_is_recorded_later_and_not_printed_twice(room: Room) -> None:
    full = threading.Event()

    class FullDisk(HeardJobs):
        def report(self, job: int, state: JobState, detail: str, now: datetime) -> bool:
            if not full.is_set():
                full.set()
                raise StoreUnavailable("full")
            return super().report(job, state, detail, now)

    job = room.ticket("A025")
    with room.spool(FullDisk(room.db, room.told)) as spool:
        assert room.told.hears_job(job, "confirmed")
        doubts = spool.doubts()

    assert full.is_set()
    assert (room.state(job)[0], doubts) == ("confirmed", [])
    assert room.papers() == ["A025"]


def test_slips_queued_hours_ago_are_not_printed_when_the_hub_starts_and_staff_are_told(room: Room) -> None:
    old = room.ticket("A025")
    room.clock.pass_minutes(240)
    fresh = room.ticket("A026")

    with room.spool() as spool:
        assert room.told.hears_job(fresh, "confirmed")
        doubts = spool.doubts()

    assert room.state(old) == ("failed", "too late")
    assert room.papers() == ["A026"]
    assert [(each.ticket, each.state) for each in doubts] == [("261124-A025", "failed")]


def test_a_slip_queued_at_a_time_still_to_come_is_not_printed_after_a_start(room: Room) -> None:
    """The PC's clock stood ahead, or begins years back: nobody knows how old the slip is."""
    room.clock.pass_minutes(600)
    old = room.ticket("A025")
    room.clock.pass_minutes(-600)

    with room.spool():
        assert room.told.hears_job(old, "failed")

    assert room.papers() == []


def test_a_clock_put_right_just_after_the_start_loses_no_slip_of_a_moment_ago(room: Room) -> None:
    room.printers["kiosk"].tell("paper_out")
    job = room.ticket("A025")
    with room.spool(patience=timedelta(minutes=5)):
        assert room.told.hears_printer("kiosk", "paper_out")
        room.clock.put(timedelta(days=2))
        room.printers["kiosk"].tell("refill")
        assert room.told.hears_job(job, "confirmed")


@pytest.mark.parametrize("hours", [24 * 365 * 53, -7])
def test_staff_are_told_of_a_doubted_slip_for_ten_minutes_whatever_the_clock_is_put_to(
    room: Room, hours: int
) -> None:
    room.ticket("A025")
    room.clock.pass_minutes(240)
    with room.spool() as spool:
        assert room.told.hears_job(1, "failed")
        room.clock.put(timedelta(hours=hours))
        room.clock.pass_minutes(9)
        assert len(spool.doubts()) == 1
        room.clock.pass_minutes(2)
        assert spool.doubts() == []


def test_a_clock_put_right_while_a_slip_waits_for_paper_loses_it_to_nobody(room: Room) -> None:
    room.printers["kiosk"].tell("paper_out")
    with room.spool(patience=timedelta(minutes=5)):
        jobs = [room.ticket("A025")]
        assert room.told.hears_printer("kiosk", "paper_out")
        for hours in (24, -31):
            room.clock.put(timedelta(hours=hours))
            jobs.append(room.ticket(f"A{26 + len(jobs)}"))
        room.printers["kiosk"].tell("refill")
        for job in jobs:
            assert room.told.hears_job(job, "confirmed")


def test_the_slip_of_a_voided_ticket_is_not_printed_and_nobody_is_troubled(room: Room) -> None:
    voided, kept = room.ticket("A025"), room.ticket("A026")
    room.void.add("261124-A025")

    with room.spool() as spool:
        assert room.told.hears_job(kept, "confirmed")
        doubts = spool.doubts()

    assert room.state(voided) == ("failed", "void")
    assert room.papers() == ["A026"]
    assert doubts == []


def test_a_ticket_voided_while_the_printer_is_out_of_paper_gets_no_slip_after_the_refill(room: Room) -> None:
    room.printers["kiosk"].tell("paper_out")
    with room.spool():
        voided = room.ticket("A025")
        assert room.told.hears_printer("kiosk", "paper_out")
        room.void.add("261124-A025")
        assert room.told.hears_job(voided, "failed")
        room.printers["kiosk"].tell("refill")
        assert room.told.hears_printer("kiosk", "ok")

    assert room.papers() == []


def test_staff_are_told_of_a_slip_in_doubt_until_the_citizen_has_another(room: Room) -> None:
    half = room.ticket("A025")
    assert room.jobs.claim("kiosk", room.clock()) is not None

    with room.spool() as spool:
        assert [(each.ticket, each.state) for each in spool.doubts()] == [("261124-A025", "uncertain")]
        again = room.ticket("A025", reprint=True)
        assert room.told.hears_job(again, "confirmed")
        assert spool.doubts() == []

    assert room.state(half)[0] == "uncertain"


def test_a_doubt_is_forgotten_after_a_while(room: Room) -> None:
    room.ticket("A025")
    assert room.jobs.claim("kiosk", room.clock()) is not None

    with room.spool() as spool:
        assert len(spool.doubts()) == 1
        room.void.add("261124-A025")
        assert spool.doubts() == [], "given back at the kiosk"
        room.void.clear()
        room.clock.pass_minutes(11)
        assert spool.doubts() == []


def test_a_fault_of_the_program_over_one_slip_is_told_and_the_next_one_is_printed(room: Room) -> None:
    class Faulty(NetworkPrinter):
        def send(self, job: int, data: bytes, tell: Tell) -> Delivery:
            if job == bad:
                raise TypeError("takes 4 positional arguments but 5 were given")
            return super().send(job, data, tell)

    room.transport = Faulty
    bad, good = room.ticket("A025"), room.ticket("A026")
    with room.spool() as spool:
        assert room.told.hears_job(good, "confirmed")
        doubts = [each.ticket for each in spool.doubts()]

    assert room.state(bad) == ("uncertain", "fault of the program")
    assert "offline" in [status.state for status in room.told.printers["kiosk"]]
    assert doubts == ["261124-A025"]
    assert room.papers() == ["A026"]


def test_a_hall_without_any_printer_still_starts_and_stops() -> None:
    class NoJobs:
        def reset_after_crash(self, now: object) -> list[int]:
            return []

        def give_up_damaged(self, now: object) -> list[int]:
            return []

    spool = Spool(
        NoJobs(), [], Drawer(), lambda job: None, Clock(),  # type: ignore[arg-type, return-value]
        on_change=lambda name, status: None,
    )  # fmt: skip

    spool.start()
    spool.wake("kiosk")

    assert spool.statuses() == {}
    spool.stop()
