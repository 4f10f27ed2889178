"""What an operator types on the command line."""

import argparse
import io
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

import demo
from commands import WrongUsage, _password, do, parser, port
from config import read
from tests.configs import ROOT, changed


def test_a_port_is_a_number_that_exists() -> None:
    assert port("0") == 0
    assert port("65535") == 65535


@pytest.mark.parametrize("typed", ["65536", "99999", "-1", "80a", "", "٨٠"])
def test_any_other_port_is_told_at_once(typed: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="from 0 to 65535"):
        port(typed)


@pytest.mark.parametrize(
    "piped",
    [
        "mot-cua-2026\r\n".encode("utf-16"),
        "mot-cua-2026\n".encode("utf-16-le"),
        b"m\xe2t-khau-2026\n",
        b"mot-cua\x00-2026\n",
        b"mot\rcua-2026\n",
        b"mot-cua-\x1b[A2026\n",
        "mot-cua\u200d-2026\n".encode(),
        "mot\xadcua-2026 xanh\n".encode(),
        "mot-cua-\ue000-2026\n".encode(),
        b"x" * 257,
        b"",
    ],
)
def test_a_password_that_no_log_in_takes_makes_no_account(
    monkeypatch: pytest.MonkeyPatch, piped: bytes
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(piped)))

    with pytest.raises(WrongUsage, match="password"):
        _password(argparse.Namespace(password_stdin=True, name="lan"))


def test_the_demo_says_how_to_take_another_port() -> None:
    assert "make run PORT=8001" in demo.addresses("http://127.0.0.1:8000", [("Kiosk", "/kiosk/thach-ha")])


ALONE = """
import runpy, sys
sys.argv[:] = ["server.py", "check-config"]
try:
    runpy.run_path("server.py", run_name="__main__")
except SystemExit as ended:
    print(ended.code, sorted({"flask", "socketio", "PIL", "serving"} & sys.modules.keys()))
"""


def test_a_command_beside_the_hub_does_not_wait_for_the_whole_house() -> None:
    ran = subprocess.run([sys.executable, "-c", ALONE], cwd=ROOT, capture_output=True, text=True, check=True)

    assert ran.stdout.splitlines()[-1] == "0 []"


def test_help_speaks_the_language_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = {}
    for locale in ("vi_VN.UTF-8", "en_US.UTF-8"):
        monkeypatch.setenv("LC_ALL", locale)
        shown[locale] = parser().format_help()

    assert "mã của thiết bị" in shown["vi_VN.UTF-8"]
    assert "tokens of devices" in shown["en_US.UTF-8"]


def test_no_word_of_a_wrong_usage_is_the_parsers_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    english = re.compile(r"usage|error|argument|required|invalid|choose|options|show this|expected|ignored")
    wrong = (
        *("chek-config", "token", "token create --role kiosk", "token create --role kiosc --hall a"),
        *("token revoke a", "run --port", "run --demo=1", "run x", "run --port 80a", "user add lan --role"),
    )
    for command in wrong:
        with pytest.raises(SystemExit) as ended:
            parser().parse_args(command.split())
        assert ended.value.code == 2

        said = capsys.readouterr().err
        assert said.startswith("cách dùng: server.py")
        assert not english.search(said), said
    assert not english.search(re.sub(r"--\S+", "", parser().format_help()))


def test_what_a_wrong_usage_is_stays_as_programs_know_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    with pytest.raises(SystemExit):
        parser().parse_args(["token", "create", "--role", "kiosk"])

    assert capsys.readouterr().err.endswith(
        "server.py token create: error: the following arguments are required: --hall\n"
    )


def test_the_lists_of_accounts_and_the_demo_speak_vietnamese(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    config = read(changed(tmp_path), {})
    now = datetime(2026, 11, 27, 8, tzinfo=UTC)

    def typed(command: str) -> str:
        assert do(parser().parse_args(command.split()), config, now, lambda *_: None) == 0
        return capsys.readouterr().out

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"rau muong nha la ngon\n")))
    typed("user add lan --role staff --password-stdin")
    typed("token create --role display --hall thach-ha")
    assert typed("user list").endswith("\tđang dùng\n")
    assert typed("token list").endswith("\tcòn hiệu lực\n")
    typed("user disable lan")
    typed("token revoke 1")
    assert typed("user list").endswith("\tđã khóa 2026-11-27 08:00\n")
    assert typed("token list").endswith("\tđã thu hồi 2026-11-27 08:00\n")
    assert "Mọi liên kết" in demo.addresses("http://127.0.0.1:8000", [])


AS_ROOT = """
import os, sys, server
os.geteuid = lambda: 0
server.files.hand_over = lambda *given: print(*given)
sys.exit(server.main(["user", "list"]))
"""


def test_what_root_did_to_the_data_is_given_to_whose_folder_it_is(tmp_path: Path) -> None:
    """`sudo server.py restore FILE`, and the service that runs as another user begins again."""
    environ = {**os.environ, "MOTCUA_STORE_DIR": str(tmp_path)}

    said = subprocess.run(
        [sys.executable, "-c", AS_ROOT], cwd=ROOT, env=environ, capture_output=True, text=True, check=True
    )

    assert said.stdout.split() == [str(tmp_path), str(os.getuid()), str(os.getgid())]
