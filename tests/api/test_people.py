"""Accounts of officers on the command line: who is made there can enter, and who is changed cannot go on."""

import re
import sys
from itertools import count

import pytest

from tests.running import ROOT, Caller, RunningHall, run_command
from tests.terminal import typed

PASSWORD = "mot-cua-2026"
OK, FAILED, WRONG_USAGE = 0, 1, 2
numbers = count(1)


def made(hall: RunningHall, name: str, piped: str = f"{PASSWORD}\n") -> str:
    """The name of a new account."""
    added = hall.command("user", "add", name, "--role", "staff", "--password-stdin", input=piped)
    assert added.returncode == OK, added.stderr
    return name


def entered(hall: RunningHall, name: str, password: str = PASSWORD) -> Caller:
    caller = hall.caller()
    assert caller.log_in(name, password).status == 200
    return caller


@pytest.mark.parametrize("end", ["\r\n", "\n", "", "\r", "\r\n\r\n"], ids=repr)
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "with the mark of PowerShell"])
def test_an_account_made_by_a_script_can_enter(hall: RunningHall, mark: str, end: str) -> None:
    name = made(hall, f"script {next(numbers)}", f"{mark}{PASSWORD}{end}")

    entered(hall, name)


def test_a_blank_at_the_end_of_a_password_belongs_to_it(hall: RunningHall) -> None:
    name = made(hall, "blank", f"{PASSWORD} \r\n")

    entered(hall, name, f"{PASSWORD} ")
    assert hall.caller().log_in(name).code == "login_failed"


@pytest.mark.parametrize(
    "name", ["", " ", "a\nb", "a\tb", "a\u200bb", "a\u202eb", "..", "x" * 65, "\u00a0", "l\u0430n"], ids=repr
)
def test_a_name_that_nobody_can_type_makes_no_account(hall: RunningHall, name: str) -> None:
    before = hall.command("user", "list").stdout

    refused = hall.command(
        "user", "add", "--role", "staff", "--password-stdin", "--", name, input=f"{PASSWORD}\n"
    )
    device = hall.command("token", "create", "--role", "kiosk", "--hall", "thach-ha", f"--name={name}")

    assert (refused.returncode, device.returncode) == (WRONG_USAGE, WRONG_USAGE)
    assert "name" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert hall.command("user", "list").stdout == before


def test_blanks_around_a_name_are_nobodys(hall: RunningHall) -> None:
    made(hall, "  Nguyễn Thị Mận ")

    entered(hall, "Nguyễn Thị Mận")


def test_a_new_password_ends_what_the_old_one_opened(hall: RunningHall) -> None:
    name = made(hall, "passwd")
    officer = entered(hall, name)

    changed = hall.command("user", "passwd", name, "--password-stdin", input="another-2026\r\n")

    assert changed.returncode == OK, changed.stderr
    assert officer.get("/me").code == "session_ended"
    assert hall.caller().log_in(name).code == "login_failed"
    entered(hall, name, "another-2026")


def test_another_role_ends_what_the_old_one_opened(hall: RunningHall) -> None:
    name = made(hall, "role")
    officer = entered(hall, name)

    changed = hall.command("user", "role", name, "supervisor")

    assert changed.returncode == OK, changed.stderr
    assert officer.get("/me").code == "session_ended"
    assert re.search(rf"^{name}\tsupervisor\tactive$", hall.command("user", "list").stdout, re.MULTILINE)


def test_a_disabled_account_can_be_opened_again(hall: RunningHall) -> None:
    name = made(hall, "enable")
    hall.command("user", "disable", name)
    shut = hall.caller().log_in(name).code

    opened = [hall.command("user", "enable", name) for _ in range(2)]

    assert [each.returncode for each in opened] == [OK, FAILED]
    assert shut == "login_failed"
    entered(hall, name)


@pytest.mark.parametrize(
    "verb", [("passwd", "--password-stdin"), ("role", "staff"), ("enable",), ("disable",)]
)
def test_an_account_that_is_not_there_is_told_in_a_line(hall: RunningHall, verb: tuple[str, ...]) -> None:
    command, *more = verb
    ended = hall.command("user", command, "nobody", *more, input=f"{PASSWORD}\n")

    assert (ended.returncode, len(ended.stderr.strip().splitlines())) == (FAILED, 1)


@pytest.mark.parametrize("wrong", [("role", "x", "king"), ("role", "x"), ("passwd",), ("enable",)])
def test_a_command_that_is_not_whole_is_wrong_usage(hall: RunningHall, wrong: tuple[str, ...]) -> None:
    assert hall.command("user", *wrong).returncode == WRONG_USAGE


def test_a_terminal_without_vietnamese_letters_shows_the_rest(hall: RunningHall) -> None:
    name = made(hall, "Ngô Thị Hồng")
    ascii_only = hall.environ | {"PYTHONIOENCODING": "ascii"}

    listed = run_command("--config", str(hall.config), "user", "list", environ=ascii_only)

    assert listed.returncode == OK, listed.stderr
    assert f"{name.encode('ascii', 'replace').decode()}\tstaff\tactive" in listed.stdout


def test_whoever_stops_at_the_question_for_a_password_sees_no_traceback(hall: RunningHall) -> None:
    command = f"{sys.executable} server.py --config {hall.config} user add stopped --role staff"

    code, shown = typed(command, ROOT, hall.environ, "\x03")

    assert code != OK
    assert "Traceback" not in shown
