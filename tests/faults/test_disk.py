"""The disk is full: nobody gets a number that is not kept, everybody is told so, and room heals it."""

import resource
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from store.sqlite.files import FILE
from tests.running import AT_REST, HERE, Caller, RunningHall, running, wait_for

WITHOUT_LIMIT = resource.RLIM_INFINITY


class Disk:
    """Of the hub and its helpers: `fill` and no file can grow any more, as for a user whose quota is used up;
    works for root too, who may write where others may not."""

    def __init__(self, hall: RunningHall) -> None:
        self._hall = hall

    def fill(self, room: int = 0) -> None:
        """`room` bytes are left at the end of the write-ahead log."""
        log = self._hall.store / f"{FILE}-wal"
        self._limit(log.stat().st_size + room)

    def free(self) -> None:
        self._limit(WITHOUT_LIMIT)

    def _limit(self, most: int) -> None:
        hub = psutil.Process(self._hall.pid)
        for each in (hub, *hub.children(recursive=True)):
            resource.prlimit(each.pid, resource.RLIMIT_FSIZE, (most, WITHOUT_LIMIT))


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    """One hub for all: each test has a queue of its own."""
    with running(tmp_path_factory.mktemp("disk") / "var") as hub:
        yield hub


def told_the_disk_is_full(kiosk: Caller, key: str) -> bool:
    return kiosk.take("DD01", key=key).code == "cannot_store"


def test_on_a_full_disk_nothing_is_half_done_and_room_heals_it(hall: RunningHall) -> None:
    kiosk, pad, disk = hall.kiosk(), hall.pad("1"), Disk(hall)
    pad.at("1", "open")
    before_it = kiosk.take(key="before")
    there, version = hall.kept(), hall.version()
    board = {key: value for key, value in hall.caller().get(f"{HERE}/board").json.items() if key != "at"}

    disk.fill()
    refused = [kiosk.take(key="touch"), kiosk.take(key="touch"), pad.at("1", "next", key="press")]
    health = hall.caller().get("/healthz")
    same_answer = kiosk.take(key="before")
    same_board = hall.caller().get(f"{HERE}/board").json

    assert [(each.status, each.code) for each in [*refused, health]] == [(503, "cannot_store")] * 4
    assert same_answer.body == before_it.body
    assert {key: value for key, value in same_board.items() if key != "at"} == board
    assert hall.kept() == there

    disk.free()
    assert wait_for(lambda: hall.caller().get("/healthz").status == 200)
    taken, again, called = kiosk.take(key="touch"), kiosk.take(key="touch"), pad.at("1", "next", key="press")

    assert (taken.number, again.body, called.number) == ("A002", taken.body, "A001")
    assert hall.version() == version + 2
    assert hall.command("verify").stdout == ""


def test_a_disk_that_fills_up_in_the_middle_of_a_ticket_keeps_whole_tickets_only(hall: RunningHall) -> None:
    kiosk, disk = hall.kiosk(), Disk(hall)
    given = 0
    kiosk.take("HT01", key="first")

    for room in range(0, 40_000, 4_000):
        assert wait_for(lambda: not hall.unprinted()), "what becomes of a slip takes room too"
        disk.fill(room)
        touch = 0
        while kiosk.take("HT01", key=f"{room}-{touch}").status == 201:
            touch += 1
        disk.free()
        assert wait_for(lambda: hall.caller().get("/healthz").status == 200)
        assert kiosk.take("HT01", key=f"{room}-{touch}").status == 201
        given += touch

    numbers = hall.caller().get(f"{HERE}/queues").json["queues"][1]["numbers"]
    assert given, "the room never sufficed for a ticket: nothing was tried"
    assert numbers == [f"B{each:03d}" for each in range(1, given + 12)]
    assert hall.command("verify").stdout == ""


def test_where_no_ticket_fits_the_health_is_not_good(tmp_path: Path) -> None:
    """What fits on the last pages of a disk is less than a ticket. On a hall of its own, whose log is short:
    a long one is written over from its beginning, where there is room for thousands."""
    with running(tmp_path / "var") as hall:
        kiosk, disk, looked_at = hall.kiosk(), Disk(hall), hall.caller()
        kiosk.take(key="first")

        for room in range(0, 60_000, 6_000):
            assert wait_for(lambda: not hall.unprinted()), "what becomes of a slip takes room too"
            disk.fill(room)
            touch = 0
            while (reply := kiosk.take(key=f"{room}-{touch}")).status == 201:
                touch += 1
            assert reply.code == "cannot_store", reply.body
            health = [looked_at.get("/healthz").status for _ in range(3)]
            disk.free()
            assert health == [503] * 3, f"{room} bytes left, of which {touch} tickets were kept"
            assert wait_for(lambda: looked_at.get("/healthz").status == 200)


def test_the_log_of_a_full_disk_stays_short_and_no_slip_is_lost(hall: RunningHall) -> None:
    kiosk, disk = hall.kiosk(), Disk(hall)
    log = len(hall.log.read_text())

    ticket = kiosk.take("DD01", key="slip").json["ticket"]["id"]
    disk.fill()
    assert all(told_the_disk_is_full(kiosk, f"touch {each}") for each in range(50))
    disk.free()

    def at_rest() -> bool:
        return slip_state(kiosk, ticket) in AT_REST

    assert wait_for(at_rest)
    assert wait_for(lambda: len(hall.slips()) == hall.kept()[2])
    written = hall.log.read_text()[log:]
    assert written.count("web cannot store") <= 1
    assert written.count("printer front: ") <= 1
    assert "Traceback" not in written


def slip_state(kiosk: Caller, ticket: str) -> str:
    return str(kiosk.get(f"{HERE}/tickets/{ticket}/print").json["print"]["state"])


def test_a_hub_that_cannot_write_at_all_does_not_start_and_says_why(tmp_path: Path) -> None:
    file = tmp_path / "var"
    file.write_text("where the folder should be is a file")

    refused = RunningHall(file).command("run", "--demo", "--port", "0")

    assert refused.returncode == 78
    assert len(refused.stderr.splitlines()) == 1, refused.stderr
    assert "cannot be the folder of the data" in refused.stderr
