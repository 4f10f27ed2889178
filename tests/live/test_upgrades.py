"""A flood takes what is there for floods: no screen's way in, and no disk."""

import pytest

from live import websocket
from live.server import REFUSED_LINES
from live.upgrades import OFTEN, PATIENCE_SECONDS, SELDOM_EACH, Upgrades
from tests.live.conftest import SmallHall


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """No time passes."""
    monkeypatch.setattr(websocket, "monotonic", lambda: 100.0)


def flood(upgrades: Upgrades, address: str) -> int:
    taken = 0
    while upgrades.take(address) is not None:
        taken += 1
    return taken


@pytest.mark.usefixtures("still")
def test_a_flood_of_one_address_shuts_no_screen_of_another_out() -> None:
    upgrades = Upgrades()
    flooded = flood(upgrades, "10.0.0.66")

    assert flooded == SELDOM_EACH[0] + OFTEN[0] + OFTEN[1] * PATIENCE_SECONDS
    assert upgrades.take("10.0.0.66") is None
    assert upgrades.take("10.0.0.7") == 0, "at once"


@pytest.mark.usefixtures("still")
def test_the_screens_of_a_house_behind_one_address_come_in_together() -> None:
    upgrades = Upgrades()

    waits = [upgrades.take("10.0.0.1") for _ in range(1000)]

    assert None not in waits


def test_a_flood_of_ever_new_addresses_keeps_nothing_for_ever() -> None:
    upgrades = Upgrades()
    for number in range(5000):
        upgrades.take(f"10.0.{number // 250}.{number % 250}")

    assert len(upgrades._each) <= 1000


def test_guesses_from_a_thousand_addresses_fill_no_disk(hall: SmallHall) -> None:
    hall.post("/guess")

    assert hall.log.read_text().count("login_failed") == REFUSED_LINES
