"""The command line as other programs rely on it: what it prints, its exit codes, beside a running hub."""

import re
import sqlite3
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hall.setup import WEEKDAYS
from store.chain import link
from store.sqlite.files import FILE
from tests.configs import changed
from tests.photographed import read_in_terminal
from tests.running import HALL, HERE, RunningHall, run_command, running

OK, FAILED, WRONG_USAGE, WRONG_CONFIGURATION = 0, 1, 2, 78
TRUSTED = ('# trusted_hosts = ["hub.lan", "192.168.1.10"]', 'trusted_hosts = ["192.168.1.10"]')


@pytest.fixture
def closed(tmp_path: Path) -> RunningHall:
    """A hall whose hub does not run."""
    return RunningHall(tmp_path / "var")


@pytest.mark.parametrize(
    "arguments",
    [
        ("explode",),
        ("token", "create", "--role", "king", "--hall", HALL),
        ("token", "create", "--role", "kiosk", "--hall", "ha-noi"),
        ("token", "create", "--role", "counter", "--hall", HALL),
        ("token", "create", "--role", "counter", "--hall", HALL, "--counter", "99"),
        ("token", "create", "--role", "kiosk", "--hall", HALL, "--counter", "1"),
        ("user", "add", "lan", "--role", "staff"),
        ("run", "--demo", "--host", "0.0.0.0"),
        ("backup",),
    ],
)
def test_wrong_usage_ends_with_2_and_a_sentence(closed: RunningHall, arguments: tuple[str, ...]) -> None:
    ended = closed.command(*arguments, stdin=subprocess.DEVNULL, start_new_session=True)

    assert ended.returncode == WRONG_USAGE
    assert ended.stderr.strip()
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""


def test_help_is_everywhere() -> None:
    for arguments in ((), ("run",), ("token", "create")):
        ended = run_command(*arguments, "--help")
        assert (ended.returncode, ended.stderr) == (OK, "")
        assert "usage: server.py" in ended.stdout


def test_the_configuration_is_told_as_understood_and_all_its_errors_at_once(tmp_path: Path) -> None:
    well = run_command("check-config")
    wrong = changed(
        tmp_path, ('timezone = "Asia/Ho_Chi_Minh"', 'timezone = "Asia/Hanoi"'), ("port = 8000", "prot = 1")
    )
    environ = {"MOTCUA_SERVER_HOST": "127.0.0.1", "PATH": ""}

    answers = [run_command("--config", str(wrong), each, environ=environ) for each in ("check-config", "run")]

    assert well.returncode == OK
    assert "Thạch Hà" in well.stdout
    for ended in answers:
        assert ended.returncode == WRONG_CONFIGURATION
        assert ended.stdout == ""
        lines = ended.stderr.strip().splitlines()
        assert len(lines) == 2, ended.stderr
        assert all(re.match(r".*config\.toml:\d+: ", line) for line in lines), lines


def test_a_configuration_that_is_not_there_is_told(closed: RunningHall, tmp_path: Path) -> None:
    ended = run_command("--config", str(tmp_path / "none.toml"), "check-config")

    assert ended.returncode in (FAILED, WRONG_CONFIGURATION)
    assert len(ended.stderr.strip().splitlines()) == 1, ended.stderr


@pytest.mark.parametrize("role", ["kiosk", "counter", "supervisor"])
def test_a_token_is_printed_alone_on_a_line(closed: RunningHall, role: str) -> None:
    bound = ("--counter", "1") if role == "counter" else ()

    made = closed.command("token", "create", "--role", role, "--hall", HALL, *bound, "--name", "Cửa vào")
    listed = closed.command("token", "list")

    assert made.returncode == OK
    assert re.fullmatch(r"[\w-]{43}\n", made.stdout)
    assert made.stdout.strip() not in listed.stdout
    assert listed.stdout.split("\t")[1:5] == [role, HALL, "1" if bound else "-", "Cửa vào"]


@pytest.mark.parametrize(
    ("role", "page"),
    [("kiosk", "kiosk"), ("display", "display"), ("counter", "counter"), ("supervisor", None)],
)
def test_a_new_token_comes_with_the_link_of_its_device(
    closed: RunningHall, role: str, page: str | None
) -> None:
    bound = ("--counter", "1") if role == "counter" else ()

    made = closed.command("token", "create", "--role", role, "--hall", HALL, *bound)

    token = made.stdout.strip()
    link = f"http://127.0.0.1:8000/{page}/{HALL}#token={token}"
    assert (made.stderr.splitlines()[-1:] or [""])[0].endswith(link if page else "")
    assert ("#token=" in made.stderr) == (page is not None)


def test_a_link_can_be_photographed_from_the_terminal(closed: RunningHall, tmp_path: Path) -> None:
    config = changed(tmp_path, ('host = "127.0.0.1"', 'host = "0.0.0.0"'), TRUSTED)
    made = run_command(
        *("--config", str(config), "token", "create", "--role", "kiosk", "--hall", HALL, "--qr"),
        environ=closed.environ,
    )

    token, link, *code = made.stdout.splitlines()
    assert re.fullmatch(r"[\w-]{43}", token)
    assert link.endswith(f"http://192.168.1.10:8000/kiosk/{HALL}#token={token}")
    assert read_in_terminal(code) == [link.split()[-1]]


def test_a_hub_that_does_not_know_its_address_says_what_to_put_into_the_link(closed: RunningHall) -> None:
    asked = closed.environ | {"MOTCUA_SERVER_HOST": "0.0.0.0", "LC_ALL": "vi_VN.UTF-8"}
    made = run_command("token", "create", "--role", "kiosk", "--hall", HALL, environ=asked)

    assert "thay 0.0.0.0 bằng địa chỉ của máy này" in made.stderr


def test_accounts_and_tokens_from_their_making_to_their_end(closed: RunningHall) -> None:
    lan = ("user", "add", "Nguyễn Thị Lan", "--role", "staff", "--password-stdin")

    steps = [
        closed.command(*lan, input="ngắn\n"),
        closed.command(*lan, input="mot-cua-2026\n"),
        closed.command(*lan, input="mot-cua-2026\n"),
        closed.command("user", "disable", "Nguyễn Thị Lan"),
        closed.command("user", "disable", "Nguyễn Thị Lan"),
        closed.command("token", "create", "--role", "kiosk", "--hall", HALL),
        closed.command("token", "revoke", "1"),
        closed.command("token", "revoke", "1"),
        closed.command("token", "revoke", "77"),
    ]
    people, tokens = closed.command("user", "list").stdout, closed.command("token", "list").stdout

    assert [each.returncode for each in steps] == [2, 0, 1, 0, 1, 0, 0, 1, 1]
    assert all(len(each.stderr.strip().splitlines()) == 1 for each in steps if each.returncode)
    assert re.fullmatch(r"Nguyễn Thị Lan\tstaff\tdisabled .*\n", people)
    assert re.search(r"\trevoked .*\n$", tokens)


def test_a_second_hub_on_the_same_data_refuses(hall: RunningHall) -> None:
    second = hall.command("run", "--demo", "--port", "0")

    assert second.returncode == FAILED
    assert len(second.stderr.strip().splitlines()) == 1, second.stderr
    assert "Another hub" in second.stderr
    assert hall.caller().get("/healthz").status == 200


def test_a_port_in_use_is_told_in_a_line(hall: RunningHall, closed: RunningHall) -> None:
    ended = closed.command("run", "--port", str(hall.port))

    assert ended.returncode == FAILED
    assert len(ended.stderr.strip().splitlines()) == 1, ended.stderr
    assert f"127.0.0.1:{hall.port} is in use" in ended.stderr
    assert f"process {hall.pid}" in ended.stderr
    assert f"--port {hall.port + 1}" in ended.stderr


def test_an_address_that_this_machine_does_not_have_is_told_in_a_line(closed: RunningHall) -> None:
    ended = closed.command("run", "--host", "192.0.2.1", "--port", "0")

    assert (ended.returncode, len(ended.stderr.strip().splitlines())) == (FAILED, 1), ended.stderr
    assert "192.0.2.1:0: this machine has no network card of that address" in ended.stderr


def test_with_demo_accounts_the_hub_serves_this_machine_only(closed: RunningHall) -> None:
    with running(closed.store):
        pass

    ended = closed.command("run", "--host", "0.0.0.0", "--port", "0")

    assert ended.returncode == FAILED
    assert len(ended.stderr.strip().splitlines()) == 1, ended.stderr
    assert "canbo1" in ended.stderr


def test_with_demo_accounts_no_proxy_leads_others_to_the_hub(
    closed: RunningHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(closed.store):
        pass
    monkeypatch.setitem(closed.environ, "MOTCUA_SERVER_PROXY", "127.0.0.1")

    ended = closed.command("run", "--port", "0")

    assert (ended.returncode, len(ended.stderr.strip().splitlines())) == (FAILED, 1), ended.stderr
    assert "canbo1" in ended.stderr
    assert "[server] proxy" in ended.stderr


def test_what_was_backed_up_while_running_comes_back(
    hall: RunningHall, closed: RunningHall, tmp_path: Path
) -> None:
    kiosk = hall.kiosk()
    taken = kiosk.take("GD01", key="kept")

    kept = hall.command("backup", str(tmp_path / "kept.tar"))
    kiosk.take("GD01", key="after the backup")
    while_running = hall.command("restore", str(tmp_path / "kept.tar"))
    closed.store.mkdir()
    back = closed.command("restore", str(tmp_path / "kept.tar"))

    assert (kept.returncode, while_running.returncode, back.returncode) == (OK, FAILED, OK), back.stderr
    assert closed.command("verify").returncode == OK
    with running(closed.store) as restored:
        token = taken.json["token"]
        assert restored.caller().get(f"/track/{token}").json["number"] == taken.number
        lines = restored.caller().get(f"{HERE}/queues").json["queues"]
        assert next(line["numbers"] for line in lines if line["id"] == "G")[-1] == taken.number


def test_a_spoilt_backup_is_refused_and_nothing_is_touched(
    hall: RunningHall, closed: RunningHall, tmp_path: Path
) -> None:
    file = tmp_path / "kept.tar"
    hall.command("backup", str(file))
    spoilt = bytearray(file.read_bytes())
    spoilt[len(spoilt) // 2] ^= 0xFF
    file.write_bytes(spoilt)
    closed.command("token", "create", "--role", "kiosk", "--hall", HALL)

    refused = closed.command("restore", str(file))
    none = closed.command("restore", str(tmp_path / "none.tar"))

    assert (refused.returncode, none.returncode) == (FAILED, FAILED)
    assert len(refused.stderr.strip().splitlines()) == len(none.stderr.strip().splitlines()) == 1
    assert closed.command("token", "list").stdout.startswith("1\tkiosk")


def test_verify_is_silent_for_whole_data_and_names_each_fault(hall: RunningHall, tmp_path: Path) -> None:
    copy = RunningHall(tmp_path / "copy")
    copy.store.mkdir()
    hall.kiosk().take("GD02", key="to be spoilt")
    hall.command("backup", str(tmp_path / "kept.tar"))
    copy.command("restore", str(tmp_path / "kept.tar"))

    whole = [hall.command("verify"), copy.command("verify")]
    with sqlite3.connect(copy.store / FILE) as database:
        database.execute("DELETE FROM journal WHERE seq = 2")
    database.close()
    damaged = copy.command("verify")

    assert [(each.returncode, each.stdout) for each in whole] == [(OK, "")] * 2
    assert damaged.returncode == FAILED
    assert "seq 2 is not there" in damaged.stdout


def test_an_event_of_a_later_release_is_told_by_day_and_seq(closed: RunningHall) -> None:
    with running(closed.store) as hall:
        hall.kiosk().take("GD01", key="the last one")
    with sqlite3.connect(closed.store / FILE) as database:
        newest = "SELECT hall, day, seq, at, body, chain FROM journal ORDER BY day DESC, seq DESC LIMIT 1"
        where, day, last, at, body, chain = database.execute(newest).fetchone()
        row = (where, day, last + 1, at, "rating_given", 1, body, link(chain, at, "rating_given", 1, body))
        database.execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    database.close()

    started, verified = closed.command("run", "--port", "0"), closed.command("verify")

    assert (started.returncode, verified.returncode) == (FAILED, FAILED)
    assert len(started.stderr.strip().splitlines()) == 1, started.stderr
    assert f"{day}, seq {last + 1}, holds an event 'rating_given'" in started.stderr
    assert verified.stdout.startswith(f"{HALL} {day}: seq {last + 1}: "), verified.stdout
    assert "Traceback" not in started.stderr + verified.stderr


def test_a_damaged_file_is_refused_with_the_way_back(hall: RunningHall, tmp_path: Path) -> None:
    copy = RunningHall(tmp_path / "copy")
    copy.store.mkdir()
    hall.command("backup", str(tmp_path / "kept.tar"))
    copy.command("restore", str(tmp_path / "kept.tar"))
    with (copy.store / FILE).open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)

    started, verified = copy.command("run", "--port", "0"), copy.command("verify")

    assert started.returncode == verified.returncode == FAILED
    assert len(started.stderr.strip().splitlines()) == 1, started.stderr
    assert "restore" in started.stderr


def test_the_hub_ends_well_when_asked_to(closed: RunningHall) -> None:
    with running(closed.store) as hall:
        assert hall.caller().get("/halls/thach-ha").status == 200
        assert hall.stop() == OK
        assert "Traceback" not in hall.log.read_text()


def test_a_real_hall_keeps_its_hours_and_knows_no_demo_accounts(tmp_path: Path) -> None:
    in_three_days = WEEKDAYS[(datetime.now(UTC).weekday() + 3) % 7]
    working_days = 'days = ["mon", "tue", "wed", "thu", "fri"]'
    config = changed(tmp_path, *[(working_days, f'days = ["{in_three_days}"]')] * 2)

    with running(tmp_path / "var", "--host", "127.0.0.1", config=config) as hall:
        kiosk = hall.caller(hall.command("token", "create", "--role", "kiosk", "--hall", HALL).stdout.strip())
        taken = kiosk.take(key="too early")
        guessed = hall.caller().log_in("canbo1")

    assert (taken.status, taken.code) == (409, "hall_closed")
    assert guessed.code == "login_failed"


def test_a_kiosk_that_prints_nowhere_is_told_by_token_create_and_check_config(tmp_path: Path) -> None:
    config = changed(tmp_path, ("# kiosks = [", "kiosks = ["))
    environ = {"MOTCUA_STORE_DIR": str(tmp_path / "var"), "LANG": "en_US.UTF-8"}

    def asked(*arguments: str) -> subprocess.CompletedProcess[str]:
        return run_command("--config", str(config), *arguments, environ=environ)

    strange = asked("token", "create", "--role", "kiosk", "--hall", HALL, "--name", "Cua-truoc")
    told = asked("check-config")
    found = asked("token", "create", "--role", "kiosk", "--hall", HALL, "--name", "Kiosk-1")

    nowhere = 'note: kiosk "Cua-truoc" prints nowhere: name it in the kiosks of a [printer.NAME]'
    assert nowhere in strange.stderr
    assert nowhere in told.stdout
    assert 'kiosks: no kiosk token is named "kiosk-1"; the kiosks are named Cua-truoc' in told.stdout
    assert "no kiosk token is named" not in found.stderr + asked("check-config").stdout
