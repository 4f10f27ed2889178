"""What the doctor says of a machine, and of printers as they are."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

import config
from service.doctor import findings
from store.secret import read_secret
from tests.configs import changed
from tests.faults.printers import odd_printer
from tests.running import RunningHall, run_command, running, wait_for

Doctor = Callable[[int], tuple[int, list[str]]]


@pytest.fixture
def doctor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Doctor:
    """Its exit code and lines in English, with a network printer at this port and no hub running."""

    def asked(port: int) -> tuple[int, list[str]]:
        where = f'kind = "network"\nhost = "127.0.0.1"\nport = {port}'
        config = changed(
            tmp_path, ('kind = "virtual"', where), ('dir = "var"', f'dir = "{tmp_path / "var"}"')
        )
        said = run_command("--config", str(config), "doctor")
        assert not said.stderr
        return said.returncode, said.stdout.splitlines()

    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    return asked


def of_printer(lines: list[str]) -> list[str]:
    return [line.replace("127.0.0.1", "HOST") for line in lines if "front" in line]


def test_a_machine_on_which_all_works_is_well(doctor: Doctor) -> None:
    with odd_printer() as (_, port):
        code, lines = doctor(port)

    assert code == 0
    assert all(line.startswith("ok  ") for line in lines)
    assert of_printer(lines) == [
        "ok  front: ready",
        f"ok  front (HOST:{port}): confirms each slip by its own mark",
    ]


@pytest.mark.parametrize(
    ("can", "told"),
    [
        (
            {"marks": False},
            ["ok  front: ready", "ok  front (HOST:PORT): confirms slips by one byte in its turn"],
        ),
        (
            {"marks": False, "turns": False},
            [
                "ok  front: ready",
                "!!  front (HOST:PORT): confirms nothing, so every slip is only “perhaps printed”",
            ],
        ),
        (
            {"reads": False},
            [
                "!!  front: does not answer, please switch it off and on and check the cable.",
                "ok  front (HOST:PORT): has not shown yet whether it confirms slips",
            ],
        ),
    ],
    ids=["one byte", "no barrier", "hung"],
)
def test_a_printer_is_said_to_be_what_it_is(doctor: Doctor, can: dict[str, bool], told: list[str]) -> None:
    with odd_printer(**can) as (_, port):
        code, lines = doctor(port)

    assert of_printer(lines) == [line.replace("PORT", str(port)) for line in told]
    assert code == int(any(line.startswith("!!") for line in lines))


def test_beside_a_running_hub_the_printer_s_line_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    with odd_printer() as (printer, port):
        where = f'kind = "network"\nhost = "127.0.0.1"\nport = {port}'
        config = changed(tmp_path, ('kind = "virtual"', where))
        with running(tmp_path / "var", "--host", "127.0.0.1", config=config) as hall:
            assert wait_for(lambda: any("bằng mã riêng của phiếu" in line for line in told(hall)))
            lines = told(hall)

    assert any("máy chủ đang giữ đường dây" in line for line in lines)
    assert printer.dialled == 1


def told(hall: RunningHall) -> list[str]:
    return hall.command("doctor").stdout.splitlines()


def test_data_that_is_gone_is_not_said_to_be_a_first_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    hall = config.read(changed(tmp_path, ('dir = "var"', 'dir = "var"\nsecond = "stick"')), {})
    here = hall.settings.store_dir
    here.mkdir()

    def said_of_the_data() -> list[str]:
        return [str(each) for each in islice(findings(hall, datetime.now(UTC)), 2, 4)]

    fresh, no_stick = said_of_the_data()
    read_secret(here)  # a hall was begun
    gone, _ = said_of_the_data()

    assert fresh == "ok  no data yet: the first run makes it"
    assert no_stick.startswith(f"!!  the second place {tmp_path / 'stick'} is not there")
    assert gone.startswith("!!  ")
    assert "that was begun here is gone" in gone
