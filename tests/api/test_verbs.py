"""Every verb of the counter over the wire: where it may be said, where not, and what then holds."""

from collections.abc import Iterator
from itertools import count

import pytest

from tests.running import HERE, Caller, Reply, RunningHall

COUNTER, OTHER = "3", "5"  # counter 3 takes B alone, counter 5 takes C and D
PROCEDURE = "HT01"
keys = count()


class Desk:
    """Counter 3 with nobody in front of it, the kiosk that sends it people, and a neighbour."""

    def __init__(self, hall: RunningHall) -> None:
        self.hall = hall
        self.given: list[str] = []
        self.kiosk, self.pad, self.neighbour = hall.kiosk(), hall.pad(COUNTER), hall.pad(OTHER)
        assert self.pad.at(COUNTER, "open").json["state"] == "open"
        assert self.neighbour.at(OTHER, "open").status == 200

    def citizen(self, state: str = "waiting") -> str:
        """The id of a new ticket that has come to this state at counter 3."""
        ticket = str(self.take().json["ticket"]["id"])
        for verb in WAYS[state]:
            reply = self.next() if verb == "next" else self.on(ticket, verb)
            assert reply.status == 200, reply.body
            assert reply.json["ticket"]["id"] == ticket
        return ticket

    def take(self, procedure: str = PROCEDURE, **more: object) -> Reply:
        reply = self.kiosk.take(procedure, key=f"verbs {next(keys)}", **more)
        self.given.append(reply.json["ticket"]["id"])
        return reply

    def next(self) -> Reply:
        return self.pad.at(COUNTER, "next", key=f"next {next(keys)}")

    def on(self, ticket: str, verb: str, caller: Caller | None = None) -> Reply:
        return (caller or self.pad).on(ticket, verb, BODIES.get(verb), f"{verb} {next(keys)}")

    def track(self, token: str) -> dict[str, object]:
        return dict(self.hall.caller().get(f"/track/{token}").json)

    def everybody_goes_home(self) -> None:
        """The hall is empty again, whatever state the tickets were left in."""
        for ticket in self.given:
            if self.on(ticket, "cancel").code == "not_your_ticket":
                self.on(ticket, "cancel", self.neighbour)
        self.given.clear()


WAYS: dict[str, list[str]] = {
    "waiting": [],
    "called": ["next"],
    "serving": ["next", "start"],
    "held": ["next", "start", "hold"],
    "done": ["next", "start", "finish"],
    "no_show": ["next", "no_show"],
    "cancelled": ["cancel"],
}
BODIES: dict[str, object] = {
    "finish": {"outcome": "accepted"},
    "hold": {"reason": "Bổ sung bản sao giấy khai sinh"},
    "transfer": {"queue": "C"},
    "cancel": {"reason": "asked"},
    "set_priority": {"priority": None},
}
# Where a verb may be said, and the state after it.
AFTER: dict[str, dict[str, str]] = {
    "recall": {"called": "called"},
    "start": {"called": "serving"},
    "no_show": {"called": "no_show"},
    "finish": {"serving": "done"},
    "hold": {"called": "held", "serving": "held"},
    "resume": {"held": "serving", "no_show": "waiting"},
    "transfer": dict.fromkeys(("waiting", "called", "serving", "held"), "waiting"),
    "cancel": dict.fromkeys(("waiting", "called", "serving", "held"), "cancelled"),
    "set_priority": {state: state for state in ("waiting", "called", "serving", "held")},
    "reprint": {state: state for state in ("waiting", "called", "serving", "held")},
}


@pytest.fixture(scope="module")
def equipped(hall: RunningHall) -> Desk:
    return Desk(hall)


@pytest.fixture
def desk(equipped: Desk) -> Iterator[Desk]:
    yield equipped
    equipped.everybody_goes_home()


@pytest.mark.parametrize("state", WAYS)
@pytest.mark.parametrize("verb", AFTER)
def test_a_verb_is_taken_in_its_states_and_refused_in_all_others(desk: Desk, verb: str, state: str) -> None:
    ticket = desk.citizen(state)
    version = desk.hall.version()

    reply = desk.on(ticket, verb)

    if (after := AFTER[verb].get(state)) is not None:
        assert (reply.status, reply.json["ticket"]["state"]) == (200, after)
        assert reply.json["ticket"]["id"] == ticket
    else:
        assert (reply.status, reply.code) == (409, "wrong_state")
        assert desk.hall.version() == version


@pytest.mark.parametrize("verb", ["recall", "start", "no_show", "finish", "hold", "transfer", "cancel"])
def test_a_neighbour_cannot_act_on_my_citizen(desk: Desk, verb: str) -> None:
    ticket = desk.citizen("serving" if verb == "finish" else "called")
    version = desk.hall.version()

    reply = desk.on(ticket, verb, desk.neighbour)

    assert (reply.status, reply.code) == (409, "not_your_ticket")
    assert desk.hall.version() == version


def test_next_calls_the_first_who_waits_and_says_why(desk: Desk) -> None:
    first, second = desk.citizen(), desk.citizen()

    called = desk.next()
    while_serving = desk.next()

    assert called.json["ticket"]["id"] == first
    assert called.json["ticket"]["state"] == "called"
    assert called.json["because"]
    assert called.json["call"]["id"].startswith(first[:7])
    assert (while_serving.status, while_serving.code) == (409, "still_serving")
    assert desk.on(first, "cancel").status == desk.on(second, "cancel").status == 200
    assert desk.next().code == "queue_empty"


def test_a_call_is_on_the_board_and_a_recall_is_the_same_call_again(desk: Desk) -> None:
    ticket = desk.citizen("called")

    recalled = [desk.on(ticket, "recall") for _ in range(2)]

    call = desk.hall.caller().get(f"{HERE}/board").json["calls"][0]
    assert (call["number"], call["counter"], call["times"]) == (ticket[7:], COUNTER, 2)
    assert [(each.status, each.code if each.status == 409 else None) for each in recalled] == [
        (200, None),
        (409, "recall_limit"),  # too soon
    ]


def test_an_officer_may_call_somebody_out_of_turn(desk: Desk) -> None:
    first, chosen = desk.citizen(), desk.citizen()

    called = desk.pad.at(COUNTER, "call", {"ticket": chosen, "reason": "frail", "note": "đi nạng"})
    twice = desk.pad.at(COUNTER, "call", {"ticket": first})
    desk.on(chosen, "no_show")
    gone = desk.pad.at(COUNTER, "call", {"ticket": chosen})

    assert called.json["ticket"]["id"] == chosen
    assert called.json["because"].startswith("cán bộ chọn: Người yếu, người bệnh, trẻ nhỏ (đi nạng)")
    assert (twice.status, twice.code) == (409, "still_serving")
    assert (gone.status, gone.code) == (409, "wrong_state")


def test_a_transferred_citizen_keeps_number_and_arrival(desk: Desk) -> None:
    ticket = desk.citizen("serving")
    before = desk.on(ticket, "set_priority").json["ticket"]

    moved = desk.pad.on(ticket, "transfer", {"procedure": "DD01", "position": "first"}).json["ticket"]
    called = desk.neighbour.at(OTHER, "next").json["ticket"]

    assert (moved["queue"], moved["procedure"], moved["number"]) == ("C", "DD01", before["number"])
    assert moved["issued_at"] == before["issued_at"]
    assert called["id"] == ticket
    assert desk.on(ticket, "cancel", desk.neighbour).status == 200


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"procedure": "CT99"}, "unknown_procedure"),
        ({"queue": "Z"}, "unknown_queue"),
        ({"counter": "99"}, "unknown_counter"),
        ({"queue": "B"}, "same_place"),
    ],
)
def test_a_transfer_to_nowhere_is_refused(desk: Desk, body: object, code: str) -> None:
    ticket = desk.citizen()

    reply = desk.pad.on(ticket, "transfer", body)

    assert reply.code == code


def test_a_visit_ends_with_its_outcome_and_dossier(desk: Desk) -> None:
    taken = desk.take()
    ticket, token = taken.json["ticket"]["id"], taken.json["token"]
    desk.next()
    desk.on(ticket, "start")

    misspelt = desk.pad.on(ticket, "finish", {"outcome": "accepted", "dossier": "=1+1"})
    done = desk.pad.on(
        ticket, "finish", {"outcome": "accepted", "dossier": "H27.10-261124-0001", "due": "2026-12-01"}
    )

    assert (misspelt.status, misspelt.code) == (409, "bad_dossier")
    assert done.json["ticket"]["state"] == "done"
    assert desk.track(token)["state"] == "done"


def test_a_paused_and_a_closed_counter_call_nobody(desk: Desk) -> None:
    desk.citizen()

    paused = desk.pad.at(COUNTER, "pause", {"reason": "meeting", "note": "Giao ban"})
    while_paused = desk.next()
    closed = desk.pad.at(COUNTER, "close")
    while_closed = desk.next()
    opened = desk.pad.at(COUNTER, "open")

    assert [each.json["state"] for each in (paused, closed, opened)] == ["paused", "closed", "open"]
    assert (while_paused.code, while_closed.code) == ("counter_paused", "counter_closed")


def test_who_is_at_the_counter_keeps_it_open(desk: Desk) -> None:
    desk.citizen("called")

    refused = [desk.pad.at(COUNTER, "pause", {"reason": "Nghỉ"}), desk.pad.at(COUNTER, "close")]

    assert [each.code for each in refused] == ["still_serving"] * 2


def test_a_kiosk_takes_back_its_own_number_and_no_other(desk: Desk) -> None:
    mistaken = desk.citizen()
    other = desk.hall.caller(desk.hall.new_token("kiosk"))

    foreign = desk.on(mistaken, "cancel", other)
    voided = desk.on(mistaken, "cancel", desk.kiosk)
    twice = desk.on(mistaken, "cancel", desk.kiosk)

    assert (foreign.status, foreign.code) == (409, "not_your_ticket")
    assert voided.json["ticket"]["state"] == "cancelled"
    assert twice.code == "wrong_state"
    assert desk.take().number != mistaken[7:], "a voided number was given again"


def test_a_citizen_follows_the_visit_and_gives_it_up(desk: Desk) -> None:
    taken = desk.take(language="en")
    token = taken.json["token"]

    waiting = desk.track(token)
    desk.next()
    called = desk.track(token)
    cancelled = desk.hall.caller().post(f"/track/{token}/cancel")
    again = desk.hall.caller().post(f"/track/{token}/cancel")

    assert (waiting["state"], waiting["ahead"], waiting["counter"]) == ("waiting", 0, None)
    assert (called["state"], called["counter"]) == ("called", COUNTER)
    assert cancelled.json["state"] == "cancelled"
    assert (again.status, again.code) == (409, "wrong_state")
    assert desk.next().code == "queue_empty"


def test_a_declared_priority_can_be_corrected_at_the_counter(desk: Desk) -> None:
    elder = desk.take(priority="NCT").json["ticket"]

    unknown = desk.pad.on(elder["id"], "set_priority", {"priority": "VIP"})
    called = desk.next().json["ticket"]
    corrected = desk.pad.on(called["id"], "set_priority", {"priority": None}).json["ticket"]

    assert elder["priority"] == "NCT"
    assert (unknown.status, unknown.code) == (404, "unknown_priority")
    assert called["priority"] == "NCT"
    assert corrected["priority"] is None


def test_a_slip_is_printed_again_and_marked(desk: Desk) -> None:
    ticket = desk.citizen()
    first = desk.kiosk.get(f"{HERE}/tickets/{ticket}/print").json["print"]["job"]

    desk.on(ticket, "reprint")

    assert desk.kiosk.get(f"{HERE}/tickets/{ticket}/print").json["print"]["job"] > first
