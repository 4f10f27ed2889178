"""A disk that takes long for a commit holds up who wrote, and nobody who reads."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.running import HERE, ROOT, RunningHall, running, wait_for

# The server on a disk whose commits end when its gate is open. The gate is looked at as the driver waits for
# a disk: on the thread that commits, without a turn for the loop.
SERVER = """
import sqlite3, sys, time
from pathlib import Path
HERE, native_sleep, plain = Path(__file__).parent, time.sleep, sqlite3.connect
sys.path.insert(0, {root!r})
import server
class SlowDisk(sqlite3.Connection):
    def execute(self, sql, *params):
        if sql == "COMMIT":
            (HERE / "waits").touch()
            while (HERE / "gate").exists():
                native_sleep(0.01)
            (HERE / "waits").unlink(missing_ok=True)
        return super().execute(sql, *params)
sqlite3.connect = lambda *args, **more: plain(*args, factory=SlowDisk, **more)
sys.exit(server.main(sys.argv[1:]))
"""


class Gate:
    def __init__(self, folder: Path) -> None:
        self._gate = folder / "gate"
        self._waits = folder / "waits"

    def shut(self) -> None:
        self._gate.touch()

    def open(self) -> None:
        self._gate.unlink(missing_ok=True)

    def somebody_waits(self) -> bool:
        return self._waits.exists()


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[tuple[RunningHall, Gate]]:
    root = tmp_path / "root"
    root.mkdir()
    (root / "server.py").write_text(SERVER.format(root=str(ROOT)))
    gate = Gate(root)
    with running(tmp_path / "var", root=root) as hall:
        try:
            yield hall, gate
        finally:
            gate.open()


def test_while_a_commit_waits_for_the_disk_everybody_reads_what_is_committed(
    slow: tuple[RunningHall, Gate],
) -> None:
    hall, gate = slow
    kiosk, reader = hall.kiosk(), hall.caller()
    kept = kiosk.take("HT01", key="before").json
    assert wait_for(lambda: not hall.unprinted() and not gate.somebody_waits())
    before = reader.get(f"{HERE}/queues").json["queues"]
    with ThreadPoolExecutor(2) as people:
        gate.shut()
        touch = people.submit(kiosk.take, "HT01", key="touch")
        assert wait_for(gate.somebody_waits)
        other = people.submit(hall.kiosk().take, "CT01", key="other touch")

        for _ in range(20):
            assert reader.get(f"{HERE}/queues").json["queues"] == before
            assert reader.get(f"{HERE}/board").status == 200
            assert reader.get(f"/track/{kept['token']}").json["number"] == "B001"
            assert reader.get("/track/" + "A" * 22).code == "unknown_ticket", "also where the data is read"
        assert not touch.done()
        assert not other.done()

        gate.open()
        assert (touch.result().number, other.result().number) == ("B002", "A001")
    assert reader.get(f"{HERE}/queues").json["queues"] != before
    assert hall.command("verify").stdout == ""


def test_a_hub_killed_while_a_commit_waits_has_told_nobody_of_it(slow: tuple[RunningHall, Gate]) -> None:
    hall, gate = slow
    kiosk = hall.kiosk()
    kiosk.take(key="before")
    assert wait_for(lambda: not hall.unprinted() and not gate.somebody_waits())
    with ThreadPoolExecutor(1) as people:
        gate.shut()
        touch = people.submit(kiosk.take, key="touch")
        assert wait_for(gate.somebody_waits)
        assert hall.caller().get(f"{HERE}/board").json["version"] == 2
        hall.kill()
        assert touch.exception() is not None
    gate.open()
    hall.start()

    assert hall.kiosk().take(key="touch").number == "A002"
    assert hall.command("verify").stdout == ""


def test_a_disk_that_does_not_answer_is_told(slow: tuple[RunningHall, Gate]) -> None:
    hall, gate = slow
    kiosk, reader = hall.kiosk(), hall.caller()
    kiosk.take(key="before")
    assert wait_for(lambda: not hall.unprinted() and not gate.somebody_waits())
    with ThreadPoolExecutor(1) as people:
        gate.shut()
        touch = people.submit(kiosk.take, key="touch")

        assert wait_for(lambda: "the disk does not answer" in hall.log.read_text())
        health = reader.get("/healthz")
        assert (health.status, health.code) == (503, "cannot_store")

        gate.open()
        assert touch.result().number == "A002"
    assert wait_for(lambda: reader.get("/healthz").status == 200)
    assert hall.log.read_text().count("Cannot store now (the disk does not answer)") <= 2
