"""Screens are told when the hours change what is true, though nobody in the hall does anything."""

from collections.abc import Iterator
from datetime import datetime
from threading import Event
from typing import Any, cast

import pytest

from hall.setup import Setup
from service.keeper import Keeper
from store.database import StoreUnavailable
from tests.rules.builders import MORNING, a_setup

HALL = "thach-ha"
BOUND_SECONDS = 20


class Quiet:
    """A hub without anybody, and the rest of what a keeper looks after: nothing ever happens there."""

    def __init__(self) -> None:
        self.setup: Setup = a_setup()
        self.at: datetime = MORNING.replace(hour=7, minute=10)
        self.looked, self.told = Event(), Event()

    def roll(self) -> None:
        self.looked.set()

    def now(self) -> datetime:
        return self.at

    def look(self, _hall: str) -> bool:
        return False

    def present(self, **_now: datetime) -> set[str]:
        return set()

    def in_use(self) -> set[str]:
        return set()

    def refresh(self) -> None:
        """Waits that grow are no change."""

    def changed(self, _hall: str) -> None:
        self.told.set()

    def looks_again(self) -> None:
        for _ in range(2):  # the first may have begun before
            self.looked.clear()
            assert self.looked.wait(BOUND_SECONDS)


@pytest.fixture
def quiet() -> Iterator[Quiet]:
    hall = Quiet()
    part = cast(Any, hall)
    keeper = Keeper({HALL: part}, part, part, part, hall.now)
    keeper.start()
    yield hall
    keeper.stop()


@pytest.mark.parametrize(("hour", "minute"), [(7, 30), (11, 30), (6, 0)])
def test_the_screens_are_told_at_the_minute_in_which_counters_should_open_or_close(
    quiet: Quiet, hour: int, minute: int
) -> None:
    quiet.looks_again()
    assert not quiet.told.is_set()

    quiet.at = MORNING.replace(hour=hour, minute=minute)

    assert quiet.told.wait(BOUND_SECONDS)


def test_nothing_is_told_while_the_hours_stay_what_they_are(quiet: Quiet) -> None:
    quiet.looks_again()

    quiet.at = MORNING.replace(hour=7, minute=29)
    quiet.looks_again()

    assert not quiet.told.is_set()


class Damaged(Quiet):
    """What the devices say cannot be read."""

    def look(self, _hall: str) -> bool:
        raise StoreUnavailable("damaged")


def test_what_cannot_be_read_of_the_devices_keeps_no_day_from_its_end_and_nobody_in_who_was_revoked(
    caplog: pytest.LogCaptureFixture,
) -> None:
    hall = Damaged()
    part = cast(Any, hall)
    hall.in_use = lambda: {"device:7"}  # type: ignore[method-assign]
    closed = Event()
    part.close_all_of = lambda let_in_by: closed.set()
    keeper = Keeper({HALL: part}, part, part, part, hall.now)
    keeper.start()
    try:
        hall.looks_again()
        assert closed.wait(BOUND_SECONDS)
        hall.looks_again()
    finally:
        keeper.stop()

    assert [record.getMessage() for record in caplog.records] == ["cannot keep now: damaged"], "once"
