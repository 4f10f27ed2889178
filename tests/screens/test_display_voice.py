"""The voice of the wall, heard in a real browser: chime, sentence twice, one call after the other."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, expect

from tests.screens.walls import NOW, Here, MakeWall, a_hall, board, calling, number_at, served, walls


@pytest.fixture(scope="module")
def site() -> Iterator[tuple[str, Here]]:
    with served() as opened:
        yield opened


@pytest.fixture
def make_wall(browser: Browser, site: tuple[str, Here]) -> Iterator[MakeWall]:
    with walls(browser, *site) as make:
        yield make


def test_a_call_is_announced_once_chime_then_the_sentence_twice(make_wall: MakeWall) -> None:
    wall = make_wall().open(a_hall(), board(a_hall())).touch()
    hall = calling(a_hall(), 1)

    wall.tell(hall, board(hall, version=2))
    wall.page.wait_for_function("() => window.announced.length === 1")
    wall.tell(hall, board(hall, version=3))
    hall = calling(a_hall(), 1, 2, apart=1)
    wall.tell(hall, board(hall, version=4, now=NOW + timedelta(seconds=9)))
    wall.page.wait_for_function("() => window.announced.length === 2")

    said, other = wall.spoken()
    assert (said["number"], other["number"]) == (number_at(1), number_at(2))
    chime, first, second = said["clips"]
    assert first == second != chime
    assert wall.sent("announced") == [{"call": "261124-100"}, {"call": "261124-101"}]


def test_a_wall_which_reloads_itself_does_not_announce_again(make_wall: MakeWall) -> None:
    hall = calling(a_hall(), 1)
    wall = make_wall(still=True).open(hall, board(hall))
    assert wall.state == "called"

    wall.page.reload()

    wall.page.locator("[data-wall][data-state=called]").wait_for()
    assert wall.number == number_at(1)
    expect(wall.page.locator(".is-entering")).to_have_count(0)


def test_a_recall_is_announced_again(make_wall: MakeWall) -> None:
    wall = make_wall().open(a_hall(), board(a_hall())).touch()
    hall = calling(a_hall(), 1)
    wall.tell(hall, board(hall, version=2))
    wall.page.wait_for_function("() => window.announced.length === 1")

    recalled = replace(hall.calls[0], times=2, at=NOW + timedelta(seconds=20))
    hall = replace(hall, calls=(recalled,))
    wall.tell(hall, board(hall, version=3, now=NOW + timedelta(seconds=21)))

    wall.page.wait_for_function("() => window.announced.length === 2")
    expect(wall.page.locator("[data-lead]")).to_have_text("Mời lần 2")


def test_two_calls_of_one_moment_are_never_spoken_at_the_same_time(make_wall: MakeWall) -> None:
    wall = make_wall().open(a_hall(), board(a_hall())).touch().listen()

    hall = calling(a_hall(), 2, 1, apart=1)
    wall.tell(hall, board(hall, version=2))
    wall.page.wait_for_function("() => window.played.length === 3")
    # The first has been shown for its time, and is still being spoken.
    wall.tell(hall, board(hall, version=3, now=NOW + timedelta(seconds=9)))

    wall.page.wait_for_function("() => window.announced.length === 2")

    played = sorted(wall.page.evaluate("window.played"))
    assert len(played) == 6
    assert all(before[1] <= after[0] + 0.01 for before, after in pairwise(played))
    for call in played[:3], played[3:]:
        assert all(abs(before[1] - after[0]) < 0.01 for before, after in pairwise(call))


def test_a_call_older_than_a_minute_is_shown_and_not_spoken(make_wall: MakeWall) -> None:
    wall = make_wall()
    wall.page.clock.install(time=NOW)
    wall.open(a_hall(), board(a_hall())).touch()

    hall = calling(a_hall(), 1, ago=61)
    wall.tell(hall, board(hall, version=2))
    wall.page.clock.run_for(20_000)

    assert wall.number == number_at(1)
    assert not any("announcement" in url for url in wall.asked)


def test_a_call_that_grew_old_while_it_waited_for_the_panel_is_not_spoken(make_wall: MakeWall) -> None:
    wall = make_wall()
    wall.page.clock.install(time=NOW)
    wall.open(a_hall(), board(a_hall()), speaks=False).touch()
    hall = calling(a_hall(), 3, 2, 1, ago=50, apart=1)
    wall.tell(hall, board(hall, version=2))
    wall.page.clock.run_for(8_500)

    wall.page.evaluate("window.speak = true; window.beat()")
    wall.page.clock.run_for(8_500)

    assert wall.number == number_at(1)
    assert not any("announcement" in url for url in wall.asked)


def test_a_display_that_is_not_the_speaking_one_of_its_zone_is_silent(make_wall: MakeWall) -> None:
    wall = make_wall()
    wall.page.clock.install(time=NOW)
    wall.open(a_hall(), board(a_hall()), "?zone=2", speaks=False).touch()

    hall = calling(a_hall(), 1)
    wall.tell(hall, board(hall, version=2))
    wall.page.clock.run_for(20_000)

    assert wall.number == number_at(1)
    assert not any("announcement" in url for url in wall.asked)
    assert wall.sent("heartbeat")[0]["zone"] == "2"


def test_without_sound_the_wall_asks_for_a_touch_and_reports_it(make_wall: MakeWall) -> None:
    wall = make_wall(still=True).open(a_hall(), board(a_hall()))
    button = wall.page.get_by_role("button", name="Bật âm thanh")
    expect(button).to_be_visible()
    wall.reports("blocked")

    button.click()

    expect(button).to_be_hidden()
    wall.reports("on")


def test_a_mute_display_asks_nobody_for_sound(make_wall: MakeWall) -> None:
    hall = a_hall()

    wall = make_wall(still=True).open(hall, board(hall), "?sound=off")

    expect(wall.page.get_by_role("button")).to_have_count(0)
    wall.reports("off")


def test_only_calls_on_the_wall_can_be_announced(site: tuple[str, Here], make_wall: MakeWall) -> None:
    address, here = site
    here.hall = calling(a_hall(), 1)
    request = make_wall().page.request

    answer = request.get(f"{address}/display/thach-ha/announcement/261124-100").json()
    sound = request.get(address + answer["clips"][0]["url"])

    assert answer["sentence_vi"].endswith("đến quầy số một.")
    assert answer["sentence_en"] is None
    assert sound.headers["content-type"] == "audio/wav"
    assert sound.body().startswith(b"RIFF")
    assert "immutable" in sound.headers["cache-control"]
    for wrong in ("thach-ha/announcement/261124-999", "clips/none.wav"):
        assert request.get(f"{address}/display/{wrong}").status == 404
