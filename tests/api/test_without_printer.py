"""A hall without any printer works with numbers on the screen alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.configs import AT_NOON, OURS, changed
from tests.running import HERE, RunningHall, running


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    folder = tmp_path_factory.mktemp("without")
    text = OURS.read_text(encoding="utf-8")
    printer = text[text.index("# [printer.NAME]") : text.index("[voice]")]
    with running(folder / "var", config=changed(folder, AT_NOON, (printer, ""))) as hall:
        yield hall


def test_the_number_is_given_and_no_slip_is_promised(hall: RunningHall) -> None:
    kiosk = hall.kiosk()

    reply = kiosk.take("CT01", key="one")

    assert reply.status == 201
    assert reply.json["print"] is None
    printed = kiosk.get(f"{HERE}/tickets/{reply.json['ticket']['id']}/print")
    assert printed.json == {"print": None}


def test_a_reprint_says_that_there_is_no_printer(hall: RunningHall) -> None:
    ticket = hall.kiosk().take("CT01", key="two").json["ticket"]["id"]

    reply = hall.pad("1").on(ticket, "reprint")

    assert (reply.status, reply.code) == (409, "no_printer")


def test_the_hall_calls_and_serves_as_ever(hall: RunningHall) -> None:
    hall.kiosk().take("CT01", key="three")
    pad = hall.pad("2")
    assert pad.at("2", "open").status == 200

    called = pad.at("2", "next").json["ticket"]["id"]

    assert pad.on(called, "start").status == 200
    assert pad.on(called, "finish", {"outcome": "guided"}).status == 200


def test_nothing_is_drawn(hall: RunningHall) -> None:
    assert not list(Path(hall.store).glob("slips/*"))
