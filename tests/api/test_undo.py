"""The last act of a counter taken back over the wire, and what a counter may do with whom."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.running import HERE, Caller, Reply, RunningHall, running

COUNTER, OTHER = "7", "9"  # counter 7 takes F and G, counter 9 takes K alone
keys = count()


class Place:
    """Counter 7 and its kiosk."""

    def __init__(self, hall: RunningHall) -> None:
        self.hall = hall
        self.kiosk, self.pad, self.neighbour = hall.kiosk(), hall.pad(COUNTER), hall.pad(OTHER)
        assert self.pad.at(COUNTER, "open").status == self.neighbour.at(OTHER, "open").status == 200

    def come(self, procedure: str = "XH01") -> str:
        return str(self.kiosk.take(procedure, key=f"undo {next(keys)}").json["ticket"]["id"])

    def serving(self) -> str:
        ticket = self.come()
        assert self.pad.at(COUNTER, "next").json["ticket"]["id"] == ticket
        assert self.pad.on(ticket, "start").status == 200
        return ticket

    def undo(self, caller: Caller | None = None, key: str | None = None) -> Reply:
        return (caller or self.pad).at(COUNTER, "undo", key=key)

    def closed(self) -> str:
        """A counter where no other test of this hub has left anybody."""
        counters = self.hall.caller().get(f"{HERE}/board").json["counters"]
        return str(next(each["id"] for each in counters if each["state"] == "closed"))

    def empty(self) -> None:
        number = next(
            each["number"]
            for each in self.hall.caller().get(f"{HERE}/board").json["counters"]
            if each["id"] == COUNTER
        )
        day = self.hall.caller().get(f"{HERE}/board").json["day"][2:].replace("-", "")
        if number:
            self.pad.on(f"{day}-{number}", "cancel", {"reason": "asked"})
        for queue in self.hall.caller().get(f"{HERE}/queues").json["queues"]:
            for waiting in queue["numbers"] if queue["id"] in "FG" else ():
                self.pad.on(f"{day}-{waiting}", "cancel")


@pytest.fixture(scope="module")
def furnished(hall: RunningHall) -> Place:
    return Place(hall)


@pytest.fixture
def place(furnished: Place) -> Iterator[Place]:
    yield furnished
    furnished.empty()


@pytest.mark.parametrize(
    ("verb", "body", "before"),
    [
        ("finish", {"outcome": "left"}, "serving"),
        ("hold", {"reason": "papers"}, "serving"),
        ("transfer", {"procedure": "BH01"}, "serving"),
        ("cancel", {"reason": "twice"}, "serving"),
        ("start", {}, "called"),
        ("no_show", {}, "called"),
    ],
)
def test_a_wrong_key_is_taken_back(place: Place, verb: str, body: object, before: str) -> None:
    ticket = place.serving()
    if before == "called":
        assert place.undo().json["ticket"]["state"] == "called"
    was = place.hall.caller().get(f"{HERE}/queues").json
    assert place.pad.on(ticket, verb, body).status == 200

    reply = place.undo()
    again = place.undo()

    assert (reply.status, reply.json["undone"]) == (200, verb)
    assert (reply.json["ticket"]["id"], reply.json["ticket"]["state"]) == (ticket, before)
    assert set(reply.json) == {"ticket", "undone"}
    assert (again.status, again.code) == (409, "nothing_to_undo")
    assert place.hall.caller().get(f"{HERE}/queues").json == was
    board = place.hall.caller().get(f"{HERE}/board").json
    assert {each["number"] for each in board["counters"] if each["id"] == COUNTER} == {ticket[7:]}


def test_space_finished_and_called_the_next_one_and_both_are_as_before(place: Place) -> None:
    ticket, second = place.serving(), place.come()
    place.pad.on(ticket, "finish", {"outcome": "left"})
    assert place.pad.at(COUNTER, "next").json["ticket"]["id"] == second

    assert place.undo().json["ticket"]["state"] == "serving"

    place.pad.on(ticket, "finish", {"outcome": "left"})
    assert place.pad.at(COUNTER, "next").json["ticket"]["id"] == second


def test_a_retried_undo_takes_back_once(place: Place) -> None:
    place.serving()
    version = place.hall.version()

    first, retried = place.undo(key="back 1"), place.undo(key="back 1")

    assert first.json == retried.json
    assert place.hall.version() == version + 1


def test_nobody_takes_back_what_another_counter_did(place: Place) -> None:
    place.serving()

    foreign, unknown = place.undo(place.neighbour), place.undo(place.hall.caller())

    assert (foreign.status, foreign.code) == (403, "not_your_counter")
    assert unknown.status == 401
    assert place.undo(place.kiosk).status == 403
    assert place.undo().status == 200


def test_the_wrong_key_before_a_power_cut_is_taken_back_after_it(tmp_path: Path) -> None:
    with running(tmp_path / "var") as hall:
        place = Place(hall)
        ticket = place.serving()
        place.pad.on(ticket, "no_show")
        place.pad.on(ticket, "hold", {"reason": "papers"})
        hall.kill()
        hall.start()

        reply = place.undo()

        assert (reply.json["undone"], reply.json["ticket"]["state"]) == ("hold", "serving")
        hall.kill()
        assert hall.command("verify").returncode == 0


def test_somebody_in_service_is_cancelled_for_a_reason_only(place: Place) -> None:
    ticket = place.serving()

    silent = place.pad.on(ticket, "cancel")
    blank = place.pad.on(ticket, "cancel", {"reason": " "})
    said = place.pad.on(ticket, "cancel", {"reason": "other", "note": "lấy nhầm"})

    assert [(each.status, each.code) for each in (silent, blank)] == [(400, "reason_required")] * 2
    assert said.json["ticket"]["state"] == "cancelled"
    assert place.pad.on(place.come(), "cancel").status == 200, "one who waits goes without"


@pytest.mark.parametrize(
    ("verb", "body"),
    [("cancel", {}), ("set_priority", {"priority": "NCT"}), ("reprint", {}), ("transfer", {"queue": "K"})],
)
def test_the_pad_of_another_queue_touches_nobody_in_this_line(place: Place, verb: str, body: object) -> None:
    ticket = place.come()
    version = place.hall.version()

    stolen = place.neighbour.on(ticket, verb, body)

    assert (stolen.status, stolen.code) == (409, "not_your_ticket")
    assert place.hall.version() == version
    assert place.pad.on(ticket, verb, body).status == 200


def test_the_pad_of_another_queue_calls_nobody_from_this_line_and_an_officer_does(place: Place) -> None:
    """Called first, anybody in the hall could be cancelled by who picked a pad up."""
    ticket, officer = place.come(), place.hall.caller()
    officer.log_in("canbo1")
    free = place.closed()
    assert officer.at(free, "open", {"take_over": True}).status == 200

    stolen = place.neighbour.at(OTHER, "call", {"ticket": ticket})
    chosen = officer.at(free, "call", {"ticket": ticket, "reason": "supervisor"})

    assert (stolen.status, stolen.code) == (409, "not_your_ticket")
    assert chosen.status == 200, chosen.body
    assert chosen.json["ticket"]["state"] == "called"
    assert officer.on(ticket, "cancel").status == officer.at(free, "close").status == 200


def test_a_no_show_comes_back_where_the_queue_is_called_and_nowhere_else(place: Place) -> None:
    ticket = place.come()
    place.pad.at(COUNTER, "next")
    place.pad.on(ticket, "no_show")
    version = place.hall.version()

    foreign = place.neighbour.on(ticket, "resume")

    assert (foreign.status, foreign.code) == (409, "not_your_ticket")
    assert place.hall.version() == version
    assert place.pad.on(ticket, "resume").json["ticket"]["state"] == "waiting"


def test_an_officer_without_a_counter_touches_nobody(place: Place) -> None:
    ticket, nobody = place.come(), place.hall.caller()
    nobody.log_in("canbo10")

    tried = [
        nobody.on(ticket, "cancel"),
        nobody.on(ticket, "set_priority", {"priority": "NCT"}),
        nobody.on(ticket, "reprint"),
    ]

    assert [(each.status, each.code) for each in tried] == [(409, "no_counter")] * 3


def test_a_supervisor_needs_no_counter_for_those_who_wait(place: Place) -> None:
    password = "quay mot cua xa Thach Ha"
    command = ("user", "add", "truong-ca", "--role", "supervisor", "--password-stdin")
    assert place.hall.command(*command, input=f"{password}\n").returncode == 0
    supervisor = place.hall.caller()
    supervisor.log_in("truong-ca", password)
    served, waiting = place.serving(), place.come()

    corrected = supervisor.on(waiting, "set_priority", {"priority": "NCT"})
    cancelled = supervisor.on(waiting, "cancel")
    at_a_counter = supervisor.on(served, "cancel", {"reason": "asked"})

    assert corrected.json["ticket"]["priority"] == "NCT"
    assert cancelled.json["ticket"]["state"] == "cancelled"
    assert (at_a_counter.status, at_a_counter.code) == (409, "not_your_ticket")
    assert supervisor.get(f"{HERE}/tickets?number={waiting[7:]}").json["tickets"][0]["id"] == waiting
    assert place.undo().json["undone"] == "start", "what a supervisor did is no act of the counter"
