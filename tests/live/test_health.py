"""Which display speaks, and what the staff are told of devices that fell silent."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from hall import actors, words
from live.health import AWAY_SECONDS, FRESH_SECONDS, HASTY_SECONDS, DeviceHealth
from live.publisher import Member, Presence, Room
from printing.spool import Doubt, PrinterStatus

HALL = "thach-ha"
Said = Mapping[str, object]
NOON = datetime(2026, 11, 24, 5, tzinfo=UTC)


class Devices:
    """The screens of a hall as the publisher knows them, and the moment."""

    def __init__(self) -> None:
        self.now = NOON
        self.put = timedelta(0)  # the machine's clock, by so much
        self.slips: list[Doubt] = []
        self.printers: dict[str, PrinterStatus] = {}
        self.connected: dict[str, list[Presence]] = {}
        self.health = DeviceHealth(
            self.members,
            lambda hall: {},
            lambda hall: self.printers,
            lambda hall: self.slips,
            lambda: self.now,
            as_put=lambda moment: moment + self.put,
            watched={"/display": "display", "/kiosk": "kiosk"},
            speaking=["/display"],
        )

    def members(self, namespace: str, hall: str) -> list[Presence]:
        return self.connected.get(namespace, []) if hall == HALL else []

    def display(self, device: int, said: Said, heartbeat_seconds: float | None = 1.0) -> Said:
        member = Member(Room("/display", HALL), actors.device(device, "display", HALL))
        self.connected.setdefault("/display", []).append(Presence(member, heartbeat_seconds, said))
        return said

    def troubles(self) -> list[tuple[str, str, str]]:
        self.health.look(HALL)
        return [(each.what, each.who, each.state) for each in self.health.devices(HALL).troubles]


def test_one_display_of_a_zone_speaks_and_it_is_one_with_sound() -> None:
    hall = Devices()
    mute = hall.display(1, {"sound": "off"})
    first = hall.display(2, {"sound": "on"})
    second = hall.display(3, {"sound": "on", "zone": "1"})
    upstairs = hall.display(4, {"sound": "on", "zone": "tang-2"})

    assert [hall.health.speaks(HALL, each) for each in (mute, first, second, upstairs)] == [
        False,
        True,
        False,
        True,
    ]


def test_of_two_windows_of_one_display_the_first_speaks() -> None:
    hall = Devices()
    there_first = hall.display(2, {"sound": "on"})
    opened_again = hall.display(2, {"sound": "on"})

    assert hall.health.speaks(HALL, there_first)
    assert not hall.health.speaks(HALL, opened_again)


def test_another_display_speaks_when_the_speaking_one_has_fallen_silent() -> None:
    hall = Devices()
    hall.display(1, {"sound": "on"}, heartbeat_seconds=FRESH_SECONDS + 1)
    second = hall.display(2, {"sound": "on"})

    assert hall.health.speaks(HALL, second)


def test_staff_are_told_of_a_zone_without_sound_only() -> None:
    hall = Devices()
    hall.display(1, {"sound": "on"})
    hall.display(2, {"sound": "off"})
    hall.display(3, {"sound": "off", "zone": "tang-2"})

    assert hall.troubles() == [("sound", "device:3", "off")]
    assert hall.health.devices(HALL).sound == "on"


def test_a_display_that_reloads_is_no_trouble_and_one_that_stays_away_is() -> None:
    hall = Devices()
    hall.display(1, {"sound": "on"})
    hall.health.look(HALL)
    hall.connected.clear()

    hall.health.look(HALL)

    hall.now = NOON + timedelta(seconds=AWAY_SECONDS - 1)
    assert hall.troubles() == []

    hall.now = NOON + timedelta(seconds=AWAY_SECONDS + 1)
    assert hall.troubles() == [("display", "device:1", "offline")]
    assert hall.health.devices(HALL).sound == "none"


def test_the_officers_are_told_of_a_device_that_asks_for_more_than_a_hall_can_need(
    caplog: pytest.LogCaptureFixture,
) -> None:
    hall = Devices()
    kiosk, pad = actors.device(5, "kiosk", HALL), actors.device(6, "counter", HALL, "3")

    for _ in range(90):
        hall.health.hastened(kiosk)
    hall.health.hastened(pad)
    hall.health.hastened(actors.officer(2))

    assert hall.troubles() == [("kiosk", "device:5", "hasty"), ("counter", "device:6", "hasty")]
    assert [record.getMessage() for record in caplog.records] == [
        f"{each} asks for more than a hall can need: refused"
        for each in ("device:5 (kiosk)", "device:6 (counter)", "staff:2 (staff)")
    ], "once each"
    for what in ("kiosk", "counter"):
        assert "bị từ chối" in words.trouble(what, "hasty", "kiosk-1").vi
    hall.now += timedelta(seconds=HASTY_SECONDS + 1)
    assert hall.troubles() == []


def test_staff_are_told_of_a_printer_that_is_silent_and_of_slips_that_may_not_be_on_paper() -> None:
    hall = Devices()
    hall.printers = {
        "front": PrinterStatus("silent", NOON),
        "back": PrinterStatus("waiting", NOON),
        "door": PrinterStatus("ok", NOON),
        "mute": PrinterStatus("unknown", NOON),
    }
    hall.slips = [Doubt(HALL, f"261124-A{n:03d}", "front", "uncertain", NOON) for n in range(9, 0, -1)]

    told = hall.troubles()

    assert told[:2] == [("printer", "back", "waiting"), ("printer", "front", "silent")]
    assert told[2:] == [("slip", f"A{n:03d}", "uncertain") for n in range(9, 4, -1)]


def test_since_when_a_screen_is_gone_moves_with_a_clock_that_is_put_and_is_no_news() -> None:
    hall = Devices()
    hall.display(1, {"sound": "on"})
    hall.health.look(HALL)
    hall.connected.clear()
    hall.health.look(HALL)
    hall.put = timedelta(hours=-7)
    hall.now += timedelta(seconds=AWAY_SECONDS + 1)

    assert hall.health.look(HALL)
    [gone] = hall.health.devices(HALL).troubles
    assert (gone.state, gone.since) == ("offline", NOON - timedelta(hours=7))
    hall.put = timedelta(hours=-8)
    assert not hall.health.look(HALL)
    assert hall.health.devices(HALL).troubles[0].since == NOON - timedelta(hours=8)
