"""The hub finds numbers, and says who sits where, to those who work at a counter."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.configs import changed
from tests.running import HERE, Caller, Reply, RunningHall, running


def find(caller: Caller, typed: str) -> Reply:
    return caller.get(f"{HERE}/tickets?number={quote(typed)}")


@pytest.fixture(scope="module")
def land(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    """The demo with a queue Đ instead of D, in which forty wait."""
    place = tmp_path_factory.mktemp("land")
    config = changed(place, ("[queue.D]", '[queue."Đ"]'), ('takes = ["C", "D"]', 'takes = ["C", "Đ"]'))
    with running(place / "var", config=config) as hall:
        kiosk = hall.kiosk()
        for number in range(40):
            assert kiosk.take("XD01", key=f"land {number}").number == f"Đ{number + 1:03d}"
        yield hall


@pytest.mark.parametrize("typed", ["12", "Đ12", "d12", "Đ012", "đ 012"])
def test_a_number_of_the_queue_with_a_mark_is_found(land: RunningHall, typed: str) -> None:
    reply = find(land.pad("5"), typed)

    assert reply.status == 200
    assert [(each["number"], each["state"]) for each in reply.json["tickets"]] == [("Đ012", "waiting")]
    assert set(reply.json) == {"tickets"}


def test_a_number_past_those_shown_is_found_and_called(land: RunningHall) -> None:
    pad = land.pad("5")
    pad.at("5", "open")

    (ticket,) = find(pad, "đ38").json["tickets"]
    called = pad.at("5", "call", {"ticket": ticket["id"], "reason": "urgent"})

    assert called.json["ticket"]["number"] == "Đ038"
    assert find(pad, "Đ038").json["tickets"][0]["state"] == "called"


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("", 400, "missing_key"),
        ("?number=", 400, "wrong_type"),
        ("?number=%20", 400, "wrong_type"),
        ("?number=A%00", 400, "bad_text"),
        ("?number=" + "9" * 33, 400, "too_long"),
        ("?number=A1&number=A2", 400, "malformed"),
        ("?number=A1&queue=A", 400, "unknown_key"),
    ],
)
def test_what_is_asked_wrongly_is_told(hall: RunningHall, query: str, status: int, code: str) -> None:
    reply = hall.pad("2").get(f"{HERE}/tickets{query}")

    assert (reply.status, reply.code) == (status, code)


def test_nobody_else_looks_numbers_up(hall: RunningHall) -> None:
    asked = [hall.caller(), hall.kiosk(), hall.caller(hall.tokens["display"])]

    assert [find(each, "A001").status for each in asked] == [401, 403, 403]
    assert [each.get(f"{HERE}/counters/2").status for each in asked] == [401, 403, 403]


def test_who_sits_there_since_when_and_with_whom(tmp_path: Path) -> None:
    with running(tmp_path / "var") as hall:
        officer = hall.caller()
        officer.log_in("canbo4")
        officer.at("4", "open")
        number = hall.kiosk().take("DD01", key="seat 1").number
        ticket = officer.at("4", "next").json["ticket"]["id"]
        officer.on(ticket, "start")
        colleague = hall.caller()
        colleague.log_in("canbo9")

        seat = colleague.get(f"{HERE}/counters/4").json

        assert (seat["name"], seat["state"]) == ("Quầy 4", "open")
        assert (seat["holder"]["name"], seat["holder"]["kind"]) == ("canbo4", "staff")
        assert (seat["number"], seat["number_state"]) == (number, "serving")
        assert seat["holder"]["since"] <= seat["number_since"]
        officer.on(ticket, "cancel", {"reason": "asked"})
        officer.at("4", "close")
        empty = colleague.get(f"{HERE}/counters/4").json
        assert (empty["holder"], empty["number"], empty["number_since"]) == (None, None, None)
        assert colleague.get(f"{HERE}/counters/99").status == 404
        assert hall.pad("9").get(f"{HERE}/counters/4").status == 403, "a pad is bound to its own"


def test_who_was_displaced_learns_by_whom_and_when(tmp_path: Path) -> None:
    with running(tmp_path / "var") as hall:
        first, second = hall.caller(), hall.caller()
        first.log_in("canbo1")
        second.log_in("canbo2")
        first.at("1", "open")
        before = second.get(f"{HERE}/counters/1").json["holder"]
        second.at("1", "open", {"take_over": True})

        after = first.get(f"{HERE}/counters/1").json["holder"]

        assert (before["name"], after["name"]) == ("canbo1", "canbo2")
        assert before["since"] < after["since"]
