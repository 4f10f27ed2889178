"""What the tests of the printing share: a slip, a clock, people who listen, eyes that read paper."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import zxingcpp
from PIL import Image

from printing.commands import EscPosCommand, Reader
from printing.slip import Slip
from printing.spool import PrinterStatus
from store.database import Database
from store.print_jobs import JobState, PrintJob, PrintJobs

VIETNAM = timezone(timedelta(hours=7))
MORNING = datetime(2026, 11, 24, 8, 31, tzinfo=VIETNAM)
TRACK_URL = "http://192.168.10.20:8000/t/mXq2vB0kT5yZ1aWc9LrNfQ"

# The two longest of the commune catalogue; the first names the law in full.
LONGEST = (
    "Chứng thực chữ ký trong các giấy tờ, văn bản (áp dụng cho cả trường hợp chứng thực điểm chỉ và trường "
    "hợp người yêu cầu chứng thực không thể ký, không thể điểm chỉ được)"
)
LONG = (
    "Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan, tổ chức có thẩm quyền của Việt Nam cấp "
    "hoặc chứng nhận"
)


def a_slip(number: str = "A025", **changes: Any) -> Slip:
    slip = Slip(
        authority="ỦY BAN NHÂN DÂN XÃ THẠCH HÀ",
        centre="TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
        number=number,
        procedure="Chứng thực bản sao từ bản chính (sao y)",
        counters=("1", "2"),
        ahead=12,
        wait=(15, 25),
        issued_at=MORNING,
        track_url=TRACK_URL,
        foot="Vui lòng giữ phiếu và chờ gọi số. Xin cảm ơn!",
    )
    return replace(slip, **changes)


def codes_on(picture: Image.Image) -> list[str]:
    """The QR codes on a piece of paper, read by another program than the one that drew them."""
    return [found.text for found in zxingcpp.read_barcodes(picture.convert("L"))]


def commands_in(data: bytes) -> list[EscPosCommand]:
    reader = Reader()
    commands = list(reader.feed(data))
    assert b"".join(command.raw for command in commands) == data, "bytes left over"
    return commands


class Clock:
    def __init__(self, now: datetime = MORNING) -> None:
        self.now = now
        self.seconds = 0.0

    def __call__(self) -> datetime:
        return self.now

    def pass_minutes(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)
        self.seconds += minutes * 60

    def lasting(self) -> datetime:
        """The clock that is not put."""
        return MORNING + timedelta(seconds=self.seconds)

    def put(self, by: timedelta) -> None:
        """Somebody, or a time service, puts the machine's clock."""
        self.now += by


class Listener:
    """Hears what the spool tells the staff and writes of its jobs, and waits for it, with a bound."""

    def __init__(self) -> None:
        self._heard = threading.Condition()
        self.jobs: dict[int, list[JobState]] = {}
        self.printers: dict[str, list[PrinterStatus]] = {}

    def on_job(self, job: int, state: JobState) -> None:
        with self._heard:
            self.jobs.setdefault(job, []).append(state)
            self._heard.notify_all()

    def on_change(self, printer: str, status: PrinterStatus) -> None:
        with self._heard:
            self.printers.setdefault(printer, []).append(status)
            self._heard.notify_all()

    def hears_job(self, job: int, state: JobState, seconds: float = 60) -> bool:
        return self._hears(lambda: state in self.jobs.get(job, []), seconds)

    def hears_printer(self, printer: str, state: str, seconds: float = 60) -> bool:
        return self._hears(lambda: self._last(printer) == state, seconds)

    def _last(self, printer: str) -> str | None:
        told = self.printers.get(printer)
        return told[-1].state if told else None

    def _hears(self, condition: Callable[[], bool], seconds: float) -> bool:
        with self._heard:
            return self._heard.wait_for(condition, seconds)


class HeardJobs(PrintJobs):
    """The real print jobs; each change of state is heard once it is kept."""

    def __init__(self, database: Database, listener: Listener) -> None:
        super().__init__(database)
        self._listener = listener

    def claim(self, printer: str, now: datetime) -> PrintJob | None:
        job = super().claim(printer, now)
        if job is not None:
            self._listener.on_job(job.id, "sending")
        return job

    def report(self, job: int, state: JobState, detail: str, now: datetime) -> bool:
        moved = super().report(job, state, detail, now)
        if moved:
            self._listener.on_job(job, state)
        return moved

    def reset_after_crash(self, now: datetime) -> list[int]:
        jobs = super().reset_after_crash(now)
        for job in jobs:
            self._listener.on_job(job, "uncertain")
        return jobs
