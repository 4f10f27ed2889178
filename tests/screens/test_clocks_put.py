"""The clock of a screen is put while people stand before it: nothing waits for it and nothing ends by it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.page_time import stand_still
from tests.rules.builders import MORNING
from tests.screens.kiosk_page import SAO_Y, KioskPage
from tests.screens.walls import NOW, MakeWall, a_hall, board, calling, number_at, served, walls

HOUR_BACK, TEN_MINUTES_ON = timedelta(hours=-1), timedelta(minutes=10)
PUT = pytest.mark.parametrize("by", [HOUR_BACK, TEN_MINUTES_ON], ids=["an hour back", "ten minutes on"])


@pytest.fixture
def make_wall(browser: Browser) -> Iterator[MakeWall]:
    with served() as (address, here), walls(browser, address, here) as make:
        yield make


@PUT
def test_a_kiosk_whose_clock_is_put_takes_touches_at_once_and_asks_after_who_has_gone(
    kiosk: KioskPage, by: timedelta
) -> None:
    kiosk.open()
    kiosk.page.clock.set_system_time(MORNING + by)

    kiosk.touch(SAO_Y)
    kiosk.at("procedure")

    warning = kiosk.page.locator("[data-warning]")
    kiosk.later(30)
    expect(warning).to_be_hidden()
    kiosk.later(11)
    expect(warning).to_be_visible()
    kiosk.page.clock.set_system_time(MORNING - by)
    expect(kiosk.page.locator("[data-warning-text]")).to_contain_text("19")
    kiosk.later(20)
    kiosk.at("start")


@PUT
def test_a_number_just_shown_stays_when_the_clock_of_the_kiosk_is_put(
    kiosk: KioskPage, by: timedelta
) -> None:
    kiosk.open()
    kiosk.touch(SAO_Y)
    kiosk.at("procedure")
    kiosk.touch("[data-ordinary]")
    kiosk.at("ticket")

    kiosk.page.clock.set_system_time(MORNING + by)
    kiosk.later(5)

    expect(kiosk.page.locator("[data-ticket-number]")).to_be_visible()
    expect(kiosk.page.locator("[data-warning]")).to_be_hidden()
    expect(kiosk.page.locator("[data-void]")).to_be_visible()
    kiosk.later(30)
    expect(kiosk.page.locator("[data-void]")).to_be_hidden()


@PUT
def test_a_call_is_in_gold_for_its_time_when_the_clock_of_the_wall_is_put(
    make_wall: MakeWall, by: timedelta
) -> None:
    hall = a_hall()
    wall = make_wall(still=True)
    wall.page.clock.install(time=NOW)
    wall.open(hall, board(hall), "?sound=off")
    stand_still(wall.page)
    hall = calling(hall, 2, 1, apart=1)
    wall.tell(hall, board(hall, version=2))
    assert wall.number == number_at(2)

    wall.page.clock.set_system_time(NOW + by)
    wall.page.clock.run_for(5_000)
    assert (wall.state, wall.number) == ("called", number_at(2)), "no eight seconds have passed"
    wall.page.clock.run_for(4_000)
    assert (wall.state, wall.number) == ("called", number_at(1)), "the next one has its turn"
    wall.page.clock.run_for(100_000)
    assert wall.state == "rest"
    expect(wall.page.locator("[data-time]")).to_have_text("08:32")


@PUT
def test_a_cut_off_wall_says_how_old_it_is_whatever_its_clock_says(
    make_wall: MakeWall, by: timedelta
) -> None:
    hall = calling(a_hall(), 1)
    wall = make_wall(still=True)
    wall.page.clock.install(time=NOW)
    wall.open(hall, board(hall))
    stand_still(wall.page)
    wall.page.evaluate("wishes.onState({ online: false, refused: null, lastAt: performance.now() })")
    wall.page.clock.set_system_time(NOW + by)
    wall.page.clock.run_for(4 * 60_000 + 1_000)

    expect(wall.page.locator("[data-banner]")).to_contain_text("4 phút trước")
