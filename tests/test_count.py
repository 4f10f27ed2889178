"""The figures of `python -m tools.count`: what somebody new opens, in how many places one thing stands."""

from dataclasses import replace

import pytest

from tools import count

WAYS = {
    "from a touch to the slip": (count.FROM_TOUCH_TO_SLIP, 15),
    "from next to wall and voice": (count.FROM_NEXT_TO_WALL_AND_VOICE, 15),
}


@pytest.mark.parametrize("way", sorted(WAYS))
def test_each_stop_of_a_way_is_there_and_the_one_before_leads_to_it(way: str) -> None:
    stops, most = WAYS[way]

    assert not list(count.faults(stops))
    assert len({stop.file for stop in stops}) == len(stops) <= most


@pytest.mark.parametrize("at", range(1, 15))
def test_a_stop_that_was_renamed_breaks_the_count(at: int) -> None:
    stops = list(count.FROM_TOUCH_TO_SLIP)
    stops[at] = replace(stops[at], name="renamed", word="renamed")

    assert len(list(count.faults(tuple(stops)))) == 2


def test_a_verb_stands_in_seven_files_of_code() -> None:
    """Its event, its fold, its rule, its door, its row of acts, its words in each language. More have only:
    start, with which somebody without a number is served at once; hold, of which days of 0.1.0 are read;
    finish, that has an outcome; finish and cancel, by which days end.
    """
    files = {verb: len(count.files_of_verb(verb)) for verb in count.verbs()}

    more = {verb: many for verb, many in files.items() if many > 7}
    assert more == {"start": 8, "hold": 8, "finish": 9, "cancel": 9}
    assert len(count.tests_of_verbs()) <= 3


def test_a_screen_is_registered_once() -> None:
    assert {screen: len(count.registrations(screen)) for screen in count.screens()} == dict.fromkeys(
        ("counter_panel", "display", "kiosk", "phone", "supervisor"), 1
    )


def test_three_functions_are_longer_than_forty_lines() -> None:
    assert len(count.long_functions()) <= 3
