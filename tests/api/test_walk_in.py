"""Somebody sits down at a counter without a number, over the wire."""

from collections.abc import Iterator

import pytest

from tests.running import HERE, Caller, RunningHall

COUNTER = "7"  # takes F and G


@pytest.fixture
def pad(hall: RunningHall) -> Iterator[Caller]:
    pad = hall.pad(COUNTER)
    assert pad.at(COUNTER, "open").status == 200
    yield pad
    pad.at(COUNTER, "close")


def test_who_sits_down_gets_number_call_and_service_in_one_answer(hall: RunningHall, pad: Caller) -> None:
    given = pad.at(COUNTER, "serve", {"procedure": "XH01"}, key="sits down")

    again = pad.at(COUNTER, "serve", {"procedure": "XH01"}, key="sits down")
    ticket = given.json["ticket"]
    assert (given.status, ticket["state"], given.json["print"]) == (201, "serving", None)
    assert again.json == given.json
    assert hall.caller().get(f"/api/v1/track/{given.json['token']}").json["number"] == ticket["number"]
    board = hall.caller().get(f"{HERE}/board").json
    assert ticket["number"] in [each["number"] for each in board["counters"] if each["id"] == COUNTER]
    assert ticket["number"] not in [each["number"] for each in board["calls"]]
    assert pad.at(COUNTER, "serve", {"procedure": "XH01"}).code == "still_serving"
    assert pad.on(ticket["id"], "finish", {"outcome": "guided"}).status == 200


def test_where_walls_shall_call_they_do(hall: RunningHall, pad: Caller) -> None:
    given = pad.at(COUNTER, "serve", {"procedure": "XH01", "announce": True}).json["ticket"]

    board = hall.caller().get(f"{HERE}/board").json
    assert board["calls"][0]["number"] == given["number"]
    assert pad.on(given["id"], "finish", {"outcome": "guided"}).status == 200


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"procedure": "XX99"}, 404, "unknown_procedure"),
        ({"procedure": "XH01", "priority": "VIP"}, 404, "unknown_priority"),
        ({"procedure": "XH01", "slip": True}, 400, "unknown_key"),
        ({}, 400, "missing_key"),
    ],
)
def test_what_cannot_be_served_gives_no_number(
    pad: Caller, body: dict[str, object], status: int, code: str
) -> None:
    said = pad.at(COUNTER, "serve", body)

    assert (said.status, said.code) == (status, code)


def test_nobody_is_served_where_nobody_works(hall: RunningHall, pad: Caller) -> None:
    assert hall.kiosk().at(COUNTER, "serve", {"procedure": "XH01"}).status == 403
    assert hall.pad("9").at(COUNTER, "serve", {"procedure": "XH01"}).code == "not_your_counter"
    pad.at(COUNTER, "close")
    assert pad.at(COUNTER, "serve", {"procedure": "XH01"}).code == "counter_closed"
