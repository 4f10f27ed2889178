"""A request sent twice is done once: the same key gives the same answer, to whoever sent it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.running import AT_REST, HERE, RunningHall, running, wait_for


def test_a_retried_touch_gets_the_same_ticket_and_one_slip(hall: RunningHall) -> None:
    kiosk = hall.kiosk()
    first = kiosk.take("KD01", key="touch")
    version = hall.version()

    again = hall.kiosk().post(
        f"{HERE}/tickets", b'{ "language":"vi" , "procedure" : "KD01", "priority": null}', "touch"
    )

    assert (again.status, again.body) == (201, first.body)
    assert hall.version() == version
    where = f"{HERE}/tickets/{first.json['ticket']['id']}/print"
    assert kiosk.get(where).json["print"]["job"] == first.json["print"]["job"]


def test_one_key_for_another_request_is_refused(hall: RunningHall) -> None:
    kiosk = hall.kiosk()
    kiosk.take("KD01", key="once")
    version = hall.version()

    other = kiosk.take("KD02", key="once")

    assert (other.status, other.code) == (422, "key_reused")
    assert hall.version() == version


def test_two_kiosks_may_use_the_same_key(hall: RunningHall) -> None:
    kiosks = hall.kiosk(), hall.caller(hall.new_token("kiosk"))

    numbers = {each.take("KD01", key="mine").number for each in kiosks}

    assert len(numbers) == 2


def test_two_citizens_may_use_the_same_key(hall: RunningHall) -> None:
    kiosk, phone = hall.kiosk(), hall.caller()
    tokens = [kiosk.take("KD01", key=f"citizen {each}").json["token"] for each in range(2)]

    given_up = [phone.post(f"/track/{token}/cancel", {}, "cancel") for token in tokens]
    version = hall.version()
    again = phone.post(f"/track/{tokens[0]}/cancel", {}, "cancel")

    assert [each.status for each in given_up] == [200, 200]
    assert (again.status, again.body) == (200, given_up[0].body)
    assert hall.version() == version


def test_a_key_may_be_in_any_script(hall: RunningHall) -> None:
    kiosk = hall.kiosk()
    key = ("ồ" * 64).encode().decode("latin-1")

    first, again = (kiosk.take("KD01", key=key) for _ in range(2))

    assert first.number == again.number


def test_a_touch_sent_by_eight_hands_at_once_is_one_ticket(hall: RunningHall) -> None:
    version = hall.version()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: hall.kiosk().take("KD01", key="all at once").body, range(8)))

    assert len(set(answers)) == 1
    assert hall.version() == version + 1


def test_two_officers_press_next_together_and_get_two_citizens(hall: RunningHall) -> None:
    pads = {counter: hall.pad(counter) for counter in ("1", "2")}
    kiosk = hall.kiosk()
    taken = {kiosk.take(key=f"for two {each}").number for each in range(2)}
    for counter, pad in pads.items():
        pad.at(counter, "open")

    with ThreadPoolExecutor(2) as pool:
        called = list(pool.map(lambda counter: pads[counter].at(counter, "next").number, pads))

    assert set(called) == taken


@pytest.mark.parametrize("verb", ["next", "finish"])
def test_a_retried_press_is_one_press(hall: RunningHall, verb: str) -> None:
    kiosk, pad = hall.kiosk(), hall.pad("6")
    pad.at("6", "open")
    for each in range(2):
        kiosk.take("KD03", key=f"{verb} {each}")
    first = pad.at("6", "next", key=f"{verb} next")
    ticket = first.json["ticket"]["id"]

    if verb == "next":
        again = pad.at("6", "next", key="next next")
    else:
        pad.on(ticket, "start")
        first, again = (pad.on(ticket, "finish", {"outcome": "guided"}, "the end") for _ in range(2))

    assert (again.status, again.body) == (200, first.body)
    pad.on(ticket, "cancel")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    """A hub that may be stopped: the tests of other files go on with theirs."""
    with running(tmp_path_factory.mktemp("keys") / "var") as hub:
        yield hub


def test_keys_and_sessions_outlive_a_restart(own: RunningHall) -> None:
    hall = own
    kiosk, officer = hall.kiosk(), hall.caller()
    first = kiosk.take("KD01", key="before the restart")
    officer.log_in("canbo7")
    assert officer.at("7", "open").status == 200

    assert hall.stop() == 0
    hall.hang_up()
    hall.start()

    assert kiosk.take("KD01", key="before the restart").body == first.body
    assert officer.at("7", "pause", {"reason": "Nghỉ trưa"}).json["state"] == "paused"
    assert officer.at("7", "close").json["state"] == "closed"


def test_a_slip_in_the_works_at_a_restart_is_told_and_not_printed_twice(own: RunningHall) -> None:
    hall = own
    kiosk = hall.kiosk()
    tickets = [kiosk.take("BH01", key=f"slip {each}").json["ticket"]["id"] for each in range(6)]

    hall.stop()
    hall.hang_up()
    hall.start()

    def states() -> list[str]:
        return [kiosk.get(f"{HERE}/tickets/{each}/print").json["print"]["state"] for each in tickets]

    assert wait_for(lambda: set(states()) <= AT_REST), states()
