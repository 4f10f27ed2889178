"""A wrong date as the clerk meets it: the doctor names it, one word leaves it."""

import pytest

from service import doctor
from service.dates import to_todays_date
from tests.hub.conftest import Start, clock, start_hub
from tests.hub.opened import HALL, Clock, Working

__all__ = ["clock", "start_hub"]


def told(hub: Working) -> list[str]:
    return [str(each) for each in doctor.clock_of(hub.database, HALL, hub.clock())]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


def test_the_doctor_names_a_clock_that_was_put_and_a_date_that_is_not_the_halls(
    start_hub: Start, clock: Clock
) -> None:
    clock.jump(days=65)
    hub = start_hub()
    hub.issue()
    assert told(hub) == [f"ok  {HALL}: it is 28/01/2027 08:00"]

    clock.jump(days=-65)
    assert told(hub)[0].startswith("!!  ")
    hub.hub.roll()

    lines = told(hub)
    assert any("numbers are those of 28/01/2027" in line and "server.py day" in line for line in lines)
    assert any("put from 28/01/2027 08:00 to 24/11/2026 08:00" in line for line in lines)


def test_one_word_leaves_the_wrong_date(start_hub: Start, clock: Clock) -> None:
    clock.jump(days=65)
    hub = start_hub()
    hub.issue()
    clock.jump(days=-65)

    assert to_todays_date({HALL: hub.hub}).lines == [f"{HALL}: 2027-01-28 -> 2026-11-24"]
    assert to_todays_date({HALL: hub.hub}).lines == [f"{HALL}: 2026-11-24"]
    assert hub.issue() == "261124-A002"
    assert told(hub) == [f"ok  {HALL}: it is 24/11/2026 08:00"]
