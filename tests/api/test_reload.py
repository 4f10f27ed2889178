"""`reload`: the running hub takes the configuration, by the command or by SIGHUP, or says why not."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from service.keeper import REFRESH_SECONDS
from tests.configs import AT_NOON, ROOT, changed
from tests.listening import listening
from tests.running import BOUND_SECONDS, HALL, HERE, RunningHall, running, wait_for

AT_ONCE = REFRESH_SECONDS / 3  # on a machine however busy; whom nobody tells has it by the refresh
OK, FAILED, WRONG_CONFIGURATION = 0, 1, 78
MESSAGE = ('message = "Lấy', 'message = "Chiều nay nghỉ. Lấy')
COUNTER_11 = """[counter.11]
name = "Quầy 11"
name_en = "Counter 11"
place = "Cuối sảnh"
place_en = "At the end of the hall"
takes = ["A"]

"""
NEW_COUNTER = ("[counter.1]", f"{COUNTER_11}[counter.1]")
WITHOUT_COUNTER_10 = ("[counter.10]", "[counter.12]")
BROKEN = ("mark_minutes", "mark_minuets")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[RunningHall]:
    """The demo on a file of its own."""
    with running(tmp_path / "var", "--demo", config=changed(tmp_path, AT_NOON)) as hub:
        yield hub


def edit(hall: RunningHall, *changes: tuple[str, str]) -> None:
    changed(hall.config.parent, AT_NOON, *changes)


def message_of(hall: RunningHall) -> str:
    return str(hall.caller(hall.tokens["display"]).get(f"{HERE}/board").json["message"])


def counters_of(hall: RunningHall) -> list[str]:
    return [each["id"] for each in hall.caller().get(HERE).json["counters"]]


def test_an_edit_is_taken_while_citizens_wait_and_nobody_is_sent_away(hall: RunningHall) -> None:
    kiosk, pad = hall.kiosk(), hall.pad("10")
    pad.at("10", "open")
    waiting = kiosk.take("TK01", key="before the edit")
    called = pad.at("10", "next")
    edit(hall, MESSAGE, NEW_COUNTER, WITHOUT_COUNTER_10)

    ended = hall.command("reload")

    assert (ended.returncode, ended.stderr) == (OK, "")
    assert ended.stdout == f"{HALL}: taken\n"
    assert message_of(hall).startswith("Chiều nay nghỉ.")
    assert {"10", "11", "12"} <= set(counters_of(hall)), "somebody stands at counter 10"
    assert called.json["ticket"]["id"] == waiting.json["ticket"]["id"]
    ticket = called.json["ticket"]["id"]
    assert pad.on(ticket, "start").status == 200
    assert pad.on(ticket, "finish", {"outcome": "guided"}).status == 200
    assert hall.pad("11").at("11", "open").status == 200
    assert hall.command("verify").stdout == ""


def test_a_hub_in_the_right_date_stays_there_on_the_word_day(hall: RunningHall) -> None:
    day = hall.caller().get(f"{HERE}/board").json["day"]

    ended = hall.command("day")

    assert (ended.returncode, ended.stdout, ended.stderr) == (OK, f"{HALL}: {day}\n", "")


def test_only_the_message_changed_is_no_event_of_the_day(hall: RunningHall) -> None:
    hall.kiosk().take(key="so that the day has begun")
    version = hall.version()
    edit(hall, MESSAGE)

    assert hall.command("reload").returncode == OK

    assert message_of(hall).startswith("Chiều nay nghỉ.")
    assert hall.version() == version


def snapshot_of(told: Callable[[], list[Any]]) -> dict[str, Any]:
    """The next one; what else the client is told meanwhile is passed over."""
    while True:
        what, said = told()
        if what == "snapshot":
            return dict(said)


def test_an_open_wall_has_the_new_message_at_once_and_keeps_its_page(hall: RunningHall) -> None:
    with listening(hall.base, "/display", hall.tokens["display"]) as told:
        before = snapshot_of(told)
        edit(hall, MESSAGE)

        hall.signal(signal.SIGHUP)
        begun = monotonic()
        after = snapshot_of(told)
        while after["message"] == before["message"]:  # a snapshot that was on its way
            after = snapshot_of(told)

        assert monotonic() - begun < AT_ONCE
        assert (after["version"], after["build"]) == (before["version"], before["build"])


def test_another_catalogue_lets_the_pages_load_anew_and_a_pad_without_its_counter_leaves(
    hall: RunningHall,
) -> None:
    pad = hall.command("token", "create", "--role", "counter", "--hall", HALL, "--counter", "10")
    with (
        listening(hall.base, "/display", hall.tokens["display"]) as wall,
        listening(hall.base, "/counter", pad.stdout.strip()) as pad_of_10,
    ):
        before = snapshot_of(wall)
        snapshot_of(pad_of_10)
        edit(hall, WITHOUT_COUNTER_10)

        assert hall.command("reload").returncode == OK

        after = snapshot_of(wall)
        while after["build"] == before["build"]:
            after = snapshot_of(wall)
        said = pad_of_10()
        while said[0] != "closed":
            said = pad_of_10()
        assert said == ["closed", {"code": "no_counter"}]
    assert "Traceback" not in hall.log.read_text()


def test_a_broken_file_is_refused_with_its_lines_in_the_answer_and_in_the_log(hall: RunningHall) -> None:
    before = message_of(hall)
    edit(hall, MESSAGE, BROKEN, (AT_NOON[1], 'timezone = "Asia/Hanoi"'))

    ended = hall.command("reload")

    assert (ended.returncode, ended.stdout) == (WRONG_CONFIGURATION, "")
    lines = ended.stderr.strip().splitlines()
    assert len(lines) == 2, ended.stderr
    assert all(line.startswith(f"{hall.config}:") for line in lines)
    log = hall.log.read_text()
    assert all(line in log for line in lines)
    assert "Traceback" not in log
    assert message_of(hall) == before
    assert hall.kiosk().take(key="it goes on").status == 201


def test_a_file_that_is_no_toml_any_more_reaches_the_log_too(hall: RunningHall) -> None:
    edit(hall, ("[queue.A]", "[queue.A"))

    ended = hall.command("reload")

    assert ended.returncode == WRONG_CONFIGURATION
    assert ended.stderr.strip() in hall.log.read_text()


def test_what_needs_a_restart_is_told(hall: RunningHall) -> None:
    edit(hall, MESSAGE, ("port = 8000", "port = 8123"), ("idle_seconds = 20", "idle_seconds = 30"))

    ended = hall.command("reload")

    assert ended.returncode == OK
    assert ended.stdout.splitlines() == [
        f"{HALL}: taken",
        "needs a restart: [server] port",
        "needs a restart: [kiosk] idle_seconds",
    ]


def test_two_reloads_at_once_both_end_well(hall: RunningHall) -> None:
    edit(hall, MESSAGE)
    command = [sys.executable, "server.py", "--config", str(hall.config), "reload"]

    started = [
        subprocess.Popen(command, cwd=ROOT, env=hall.environ, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [each.communicate(timeout=BOUND_SECONDS)[0] for each in started]

    assert [each.returncode for each in started] == [OK, OK]
    assert sorted(said) == [f"{HALL}: nothing has changed\n", f"{HALL}: taken\n"]


def test_a_hangup_takes_the_configuration_and_ends_nothing(hall: RunningHall) -> None:
    edit(hall, MESSAGE)
    hall.signal(signal.SIGHUP)
    assert wait_for(lambda: message_of(hall).startswith("Chiều nay nghỉ."))

    edit(hall, BROKEN)
    hall.signal(signal.SIGHUP)
    assert wait_for(lambda: "mark_minuets" in hall.log.read_text())
    assert message_of(hall).startswith("Chiều nay nghỉ.")


def test_a_hub_that_was_started_at_a_terminal_ends_with_it(tmp_path: Path) -> None:
    ours, terminal = os.openpty()
    command = [sys.executable, "server.py", "run", "--demo", "--port", "0"]
    environ = RunningHall(tmp_path / "var").environ
    hub = subprocess.Popen(command, cwd=ROOT, env=environ, stdin=terminal, stdout=subprocess.PIPE, text=True)
    os.close(terminal)
    try:
        assert hub.stdout is not None
        assert hub.stdout.readline().startswith("ready")

        os.close(ours)  # the window is closed, and the shell tells what runs in it
        hub.send_signal(signal.SIGHUP)

        hub.communicate(timeout=BOUND_SECONDS)
        assert hub.returncode == OK
    finally:
        hub.kill()
        hub.communicate()


def test_where_no_hub_runs_that_is_told_in_a_line(tmp_path: Path) -> None:
    closed = RunningHall(tmp_path / "var", config=changed(tmp_path))

    ended = closed.command("reload")
    changed(tmp_path, BROKEN)
    broken = closed.command("reload")

    assert ended.returncode == FAILED
    assert len(ended.stderr.strip().splitlines()) == 1, ended.stderr
    assert str(tmp_path / "var") in ended.stderr
    assert broken.returncode == WRONG_CONFIGURATION
    assert "mark_minuets" in broken.stderr


def test_a_killed_hub_is_not_asked_and_the_next_one_is(hall: RunningHall) -> None:
    hall.kill()
    assert hall.command("reload").returncode == FAILED

    hall.start()

    assert hall.command("reload").returncode == OK
