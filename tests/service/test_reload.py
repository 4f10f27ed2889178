"""What a running hub takes of a changed configuration, what it says needs a restart, what it refuses."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Barrier

import pytest

from config import read
from hall.events import SetupTaken
from service.control import ReloadAnswer, ReloadWish
from service.reload import Reload
from tests.configs import changed
from tests.hub.opened import HALL, Clock, Working, events_of, start
from tests.hub.test_failing_store import a_read_only_disk
from tests.hub.test_new_setups import every_view, on_the_wall

ANOTHER_MESSAGE = ('message = "Lấy', 'message = "Chiều nay nghỉ. Lấy')


@dataclass
class Hall:
    """A hub at work on a configuration file that is edited."""

    working: Working
    folder: Path
    reload: Reload
    taken: list[str] = field(default_factory=list)

    def edit(self, *changes: tuple[str, str]) -> None:
        changed(self.folder, *changes)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    file = changed(tmp_path)
    running = read(file, {})
    open_hall = replace(running.setups[HALL], always_open=True)
    (tmp_path / "var").mkdir()
    working = start(tmp_path / "var", Clock(), open_hall)
    taken: list[str] = []
    reload = Reload(
        file,
        running,
        lambda environ: read(file, {"LC_ALL": environ.get("LC_ALL", "")}),
        {HALL: working.hub},
        taken.append,
        always_open=True,
    )
    yield Hall(working, tmp_path, reload, taken)
    every_view(working)
    working.database.close()


def test_a_file_that_says_the_same_changes_nothing(hall: Hall) -> None:
    hall.working.issue("CT01")

    assert hall.reload.take() == ReloadAnswer(0, [f"{HALL}: nothing has changed"])
    assert hall.taken == []


def test_whoever_reloads_in_vietnamese_is_answered_in_it(hall: Hall) -> None:
    """The hub is a service without a language of its own."""
    hall.working.issue("CT01")
    vietnamese = ReloadWish(str(hall.folder / "config.toml"), language="vi")
    same = hall.reload.wished(vietnamese)
    hall.edit(("port = 8000", "port = 8001"))
    moved = hall.reload.wished(vietnamese)
    hall.edit(("port = 8000", "port = 80000"))
    wrong = hall.reload.wished(vietnamese)

    assert same.lines == [f"{HALL}: không có gì thay đổi"]
    assert moved.lines[-1] == "cần khởi động lại máy chủ: [server] port"
    assert wrong.code == 78
    assert "phải từ 0 đến 65535" in wrong.lines[0]
    assert "must be from 0 to 65535" in hall.reload.take().lines[0]


def test_a_new_message_is_taken_and_is_on_the_wall(hall: Hall) -> None:
    hall.edit(ANOTHER_MESSAGE)

    assert hall.reload.take() == ReloadAnswer(0, [f"{HALL}: taken"])
    assert hall.taken == [HALL]
    assert str(on_the_wall(hall.working)).startswith("Chiều nay nghỉ.")


def test_a_broken_file_is_refused_with_its_lines_and_the_one_before_goes_on(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    before = hall.working.hub.setup
    hall.edit(("mark_minutes", "mark_minuets"), ANOTHER_MESSAGE)

    with caplog.at_level(logging.ERROR):
        answer = hall.reload.take()

    assert answer.code == 78
    assert len(answer.lines) == 1
    assert ":" in answer.lines[0]
    assert "mark_minuets" in answer.lines[0]
    assert answer.lines[0] in caplog.text
    assert hall.working.hub.setup == before
    hall.working.issue("CT01")


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (("port = 8000", "port = 8001"), "[server] port"),
        (('dir = "var"', 'dir = "elsewhere"'), "[store] dir"),
        (("width_mm = 80", "width_mm = 58"), "[printer.front] width_mm"),
        (("[printer.front]", "[printer.back]"), "[printer.front]"),
        (("idle_seconds = 20", "idle_seconds = 30"), "[kiosk] idle_seconds"),
        (("times = 2", "times = 1"), "[voice] times"),
        (('level = "info"', 'level = "debug"'), "[log] level"),
        (('timezone = "Asia/Ho_Chi_Minh"', 'timezone = "Asia/Tokyo"'), "[hall] timezone"),
    ],
)
def test_what_holds_until_the_hub_ends_is_told_and_the_rest_is_taken(
    hall: Hall, change: tuple[str, str], line: str
) -> None:
    hall.edit(ANOTHER_MESSAGE, change)

    for first in ("taken", "nothing has changed"):
        answer = hall.reload.take()

        assert answer.code == 0
        assert answer.lines[0] == f"{HALL}: {first}"
        assert f"needs a restart: {line}" in answer.lines[1:]
    assert str(on_the_wall(hall.working)).startswith("Chiều nay nghỉ.")


def test_a_new_counter_is_not_in_the_recorded_voice_before_a_restart(tmp_path: Path) -> None:
    (tmp_path / "lan").mkdir()
    with_voice = ('# recorded = "voice-set"', 'recorded = "lan"')
    running = read(changed(tmp_path, with_voice), {})
    working = start(tmp_path / "var", Clock(), running.setups[HALL])
    edited = read(changed(tmp_path, with_voice, ("[counter.1]", "[counter.11]")), {})
    reload = Reload(
        tmp_path, running, lambda _environ: edited, {HALL: working.hub}, lambda hall: None, always_open=False
    )

    assert reload.take().lines == [f"{HALL}: taken", "needs a restart: [voice] recorded, for 11"]
    working.database.close()


def test_another_hall_in_the_file_needs_a_restart(hall: Hall) -> None:
    before = hall.working.hub.setup
    hall.edit(ANOTHER_MESSAGE, (f'id = "{HALL}"', 'id = "loc-ha"'))

    answer = hall.reload.take()

    told = ["needs a restart: hall loc-ha is new", f"needs a restart: hall {HALL} has gone"]
    assert answer == ReloadAnswer(0, told)
    assert hall.working.hub.setup == before


def test_a_disk_that_keeps_nothing_leaves_everything_as_it_was(hall: Hall) -> None:
    before = hall.working.hub.setup
    hall.edit(("[counter.1]", "[counter.11]"))

    with a_read_only_disk(hall.working.database):
        answer = hall.reload.take()

    assert answer.code == 1
    assert len(answer.lines) == 1
    assert hall.working.hub.setup == before


def test_two_at_once_are_taken_one_after_the_other(hall: Hall) -> None:
    hall.working.issue("CT01")
    hall.edit(("[counter.1]", "[counter.11]"))
    together = Barrier(2)

    def take() -> ReloadAnswer:
        together.wait(timeout=10)
        return hall.reload.take()

    with ThreadPoolExecutor(2) as pool:
        answers = [each.result(timeout=60) for each in [pool.submit(take), pool.submit(take)]]

    assert sorted(each.lines[0] for each in answers) == [f"{HALL}: nothing has changed", f"{HALL}: taken"]
    assert len(events_of(SetupTaken, hall.working.journal())) == 2


def test_the_file_of_another_hub_is_not_taken(hall: Hall) -> None:
    answer = hall.reload.wished(ReloadWish("/etc/other.toml"))

    assert answer.code == 1
    assert str(hall.folder) in answer.lines[0]
    assert hall.reload.wished(ReloadWish(str(hall.folder / "config.toml"))).code == 0
