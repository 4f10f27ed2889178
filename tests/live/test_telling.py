"""What the screens of a hall are told, and when."""

from collections.abc import Callable

import pytest

from tests.live.conftest import BOUND_SECONDS, BareScreen, Client, Screen, SmallHall, wait_for

Connect = Callable[..., Screen]


def test_a_screen_that_joins_is_sent_the_hall_as_it_is_now(hall: SmallHall, screens: Connect) -> None:
    hall.post("/change")

    display = screens("/display", "display-1")

    wait_for(lambda: display.snapshots)
    assert display.versions() == [1]
    assert display.snapshots[0]["day"] == "2026-11-24"


def test_the_answer_to_the_connect_comes_before_the_snapshot(bare: Callable[..., BareScreen]) -> None:
    display = bare()

    display.join("/display", "display-1")

    messages = display.messages()
    opening, connected, snapshot = next(messages), next(messages), next(messages)
    assert opening.startswith("0{")
    assert connected.startswith("40/display,")
    assert snapshot.startswith('42/display,["snapshot",')


def test_a_change_reaches_every_screen_at_once(hall: SmallHall, screens: Connect) -> None:
    display, kiosk, anyone = screens("/display", "display-1"), screens("/kiosk", "kiosk-2"), screens("/queue")
    wait_for(lambda: display.snapshots and kiosk.snapshots and anyone.snapshots)

    hall.post("/change?mark=0.5")

    wait_for(lambda: display.marks and kiosk.marks and anyone.marks)
    assert display.versions() == kiosk.versions() == anyone.versions() == [0, 1]
    assert display.marks == kiosk.marks == anyone.marks == [2], "told later than half a second"


def test_each_counter_is_told_its_own(hall: SmallHall, screens: Connect) -> None:
    first, second = screens("/counter", "counter-1"), screens("/counter", "counter-2")

    hall.post("/change")

    wait_for(lambda: first.versions()[-1:] == second.versions()[-1:] == [1])
    assert {snapshot["counter"] for snapshot in first.snapshots} == {"1"}
    assert {snapshot["counter"] for snapshot in second.snapshots} == {"2"}


def test_changes_in_a_rush_are_gathered_into_the_newest(hall: SmallHall, screens: Connect) -> None:
    display = screens("/display", "display-1")
    wait_for(lambda: display.snapshots)

    seconds = hall.post("/change?times=300&pause=0.001")["seconds"]

    wait_for(lambda: display.versions()[-1] == 300)
    assert len(display.snapshots) <= 3 + seconds / 0.05
    assert display.versions() == sorted(display.versions())


def test_a_beacon_names_the_version_and_heals_what_nobody_was_told(hall: SmallHall, screens: Connect) -> None:
    display = screens("/display", "display-1")
    wait_for(lambda: display.snapshots)

    hall.post("/missed")
    hall.post("/beacon")

    wait_for(lambda: display.beacons)
    assert display.beacons == [{"version": 1, "day": "2026-11-24"}]
    assert display.versions() == [0, 1]


def test_every_screen_is_drawn_anew_as_time_passes(hall: SmallHall, screens: Connect) -> None:
    """A counter may take a queue only once somebody has waited long: no event says that this has come."""
    shown = [screens("/display", "display-1"), screens("/kiosk", "kiosk-2"), screens("/counter", "counter-3")]
    wait_for(lambda: all(screen.snapshots for screen in shown))

    hall.post("/refresh")
    hall.post("/beacon")
    wait_for(lambda: all(screen.beacons for screen in shown))
    assert all(len(screen.snapshots) == 1 for screen in shown), "but for its moment it is the same picture"

    hall.post("/refresh")

    wait_for(lambda: all(len(screen.snapshots) == 2 for screen in shown))


def test_a_heartbeat_that_holds_an_old_version_is_sent_the_newest(hall: SmallHall, screens: Connect) -> None:
    display = screens("/display", "display-1")
    wait_for(lambda: display.snapshots)
    hall.post("/change")
    wait_for(lambda: display.versions() == [0, 1])
    display.snapshots.clear()

    reply = display.ask("heartbeat", {"sound": "on", "day": "2026-11-24", "version": 0})

    wait_for(lambda: display.versions() == [1])
    assert reply == {"speak": True}
    assert hall.inside()["said"][-1]["payload"] == {"sound": "on"}


def test_a_heartbeat_that_holds_the_newest_is_only_acknowledged(hall: SmallHall, screens: Connect) -> None:
    display = screens("/display", "display-1")
    wait_for(lambda: display.snapshots)

    for _ in range(3):
        display.ask("heartbeat", {"day": "2026-11-24", "version": 0})

    assert display.versions() == [0]


def test_what_is_said_at_length_or_not_as_agreed_is_not_heard(hall: SmallHall, screens: Connect) -> None:
    display, kiosk = screens("/display", "display-1"), screens("/kiosk", "kiosk-2")

    display.ask("heartbeat", {"name": "x" * 3000})
    display.ask("heartbeat", ["sound", "on"])
    display.ask("heartbeat", None)
    display.ask("announced", {"call": "261124-1"})
    kiosk.client.emit("announced", {"call": "261124-1"}, namespace="/kiosk")
    kiosk.ask("heartbeat", {"paper": "low"})

    heard = [(said["actor"], said["event"]) for said in hall.inside()["said"]]
    assert heard == [("device:1", "announced"), ("device:2", "heartbeat")]


def test_a_refusal_of_the_hall_is_the_answer_to_a_message(screens: Connect) -> None:
    display = screens("/display", "display-1")

    reply = display.ask("heartbeat", {"sound": "broken"})

    assert reply == {"error": "wrong_state"}


@pytest.mark.parametrize(
    ("token", "hall_id", "code"),
    [
        ("kiosk-1", "thach-ha", "unauthorized"),
        ("", "thach-ha", "unauthorized"),
        ("display-1", "ha-tinh", "unknown_hall"),
    ],
)
def test_who_is_not_admitted_learns_the_code(hall: SmallHall, token: str, hall_id: str, code: str) -> None:
    refused: list[dict[str, str]] = []
    client = Client(reconnection=False, request_timeout=BOUND_SECONDS)
    client.on("connect_error", refused.append, namespace="/display")

    client.connect(
        hall.url,
        transports=["websocket"],
        namespaces=["/display"],
        auth={"hall": hall_id, "token": token},
        wait=False,
    )

    wait_for(lambda: refused)
    client.disconnect()
    assert refused == [{"message": code}]


def test_screens_that_come_and_go_leave_no_word_in_the_log_least_of_all_a_token(
    hall: SmallHall, screens: Connect
) -> None:
    for _ in range(20):
        display = screens("/display", "display-77")
        display.ask("heartbeat", {"sound": "on"})
        hall.post("/change")
        display.client.disconnect()

    wait_for(lambda: hall.inside()["lines"] == 0)
    hall.stop()
    assert hall.log.read_text() == ""


def test_a_revoked_token_closes_its_screens_within_a_second(hall: SmallHall, screens: Connect) -> None:
    stolen, own = screens("/display", "display-7"), screens("/display", "display-8")
    wait_for(lambda: stolen.snapshots and own.snapshots)

    hall.post("/revoke?token=display-7&mark=1")

    wait_for(lambda: hall.inside()["marks"])
    assert hall.inside()["marks"] == [1], "lines still open after a second"
    wait_for(lambda: stolen.closed == ["revoked"] and not stolen.client.connected)
    assert own.client.connected
    hall.post("/change")
    wait_for(lambda: own.versions()[-1] == 1)
    assert stolen.versions() == [0]


def test_a_revoked_screen_that_does_not_read_is_closed_as_well(
    hall: SmallHall, bare: Callable[..., BareScreen]
) -> None:
    deaf = bare(receive_buffer=4096)
    deaf.join("/display", "display-7")
    wait_for(lambda: hall.inside()["members"]["/display"] == 1)

    hall.post("/revoke?token=display-7&mark=1")

    wait_for(lambda: hall.inside()["marks"])
    assert hall.inside()["marks"] == [0], "lines still open after a second"


def test_a_kiosk_has_one_live_socket_the_newest(hall: SmallHall, screens: Connect) -> None:
    older = screens("/kiosk", "kiosk-2")
    other = screens("/kiosk", "kiosk-3")
    wait_for(lambda: older.snapshots and other.snapshots)

    newer = screens("/kiosk", "kiosk-2")

    wait_for(lambda: older.closed == ["replaced"] and not older.client.connected)
    wait_for(lambda: hall.inside()["members"]["/kiosk"] == 2)
    hall.post("/change")
    wait_for(lambda: newer.versions()[-1:] == other.versions()[-1:] == [1])
    assert older.versions() == [0]


def test_a_hub_that_stops_says_so_and_another_takes_the_screens(hall: SmallHall, screens: Connect) -> None:
    display = screens("/display", "display-1")
    wait_for(lambda: display.snapshots)

    hall.stop()

    assert hall.process.returncode == 0
    wait_for(lambda: not display.client.connected)
    hall.start()
    again = screens("/display", "display-1")
    wait_for(lambda: again.snapshots)
