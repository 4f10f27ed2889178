"""Nobody is told that it is nearly their turn while no counter calls them."""

from datetime import datetime, timedelta

import pytest

from hall import desk, views, words
from hall.attending import Unattended, hall_unattended, queue_unattended
from hall.fold import fold
from hall.model import Hall
from hall.opening import opening
from hall.reasons import Reason
from tests.rules.builders import (
    MORNING,
    Step,
    a_setup,
    call,
    day,
    issue,
    minute,
    named,
    opened,
    plain,
    served,
    staff_at,
)

TUESDAY = MORNING.date()


def at(hour: int, minutes: int, days: int = 0) -> datetime:
    return MORNING.replace(hour=hour, minute=minutes) + timedelta(days=days)


def paused(*counters: str, minutes: float = 1) -> Step:
    def step(hall: Hall) -> Hall:
        for counter in counters:
            by, why = staff_at(counter), Reason("meeting")
            hall = fold(desk.pause_counter(hall, counter, why, by=by, now=minute(minutes)), hall)
        return hall

    return step


@pytest.mark.parametrize(
    ("now", "found"),
    [
        (at(7, 10), Unattended("before_hours", at(7, 30))),
        (at(8, 0), Unattended("closed", None)),
        (at(11, 30), Unattended("lunch", at(13, 30))),
        (at(17, 0), Unattended("after_hours", at(7, 30, days=1))),
        (at(9, 0, days=4), Unattended("day_off", at(7, 30, days=6))),
    ],
)
def test_while_every_counter_is_closed_nobody_calls_and_the_hours_say_from_when(
    now: datetime, found: Unattended
) -> None:
    hall = day(issue())

    assert queue_unattended(hall, "A", now) == found
    assert hall_unattended(hall, now) == found


def test_a_paused_counter_calls_nobody_and_at_noon_it_is_at_lunch() -> None:
    hall = day(opened("1", "2"), issue(), paused("1", "2"))

    assert queue_unattended(hall, "A", minute(2)) == Unattended("paused", None)
    assert queue_unattended(hall, "A", at(12, 0)) == Unattended("lunch", at(13, 30))


def test_an_open_counter_calls_also_outside_the_hours() -> None:
    hall = day(opened("2"), issue())

    assert queue_unattended(hall, "A", at(7, 10)) is None
    assert queue_unattended(hall, "A", at(17, 20)) is None


def test_a_queue_whose_counter_is_closed_is_not_called_by_the_counters_of_others() -> None:
    hall = day(opened("2"), issue("B01"))

    assert queue_unattended(hall, "A", minute(1)) is None
    assert queue_unattended(hall, "B", minute(1)) == Unattended("closed", None)
    assert hall_unattended(hall, minute(1)) is None


def test_a_counter_that_takes_the_queue_under_a_condition_calls_it_while_the_condition_holds() -> None:
    hall = day(opened("1"), issue("B01"))

    assert queue_unattended(hall, "B", minute(30)) == Unattended("closed", None)
    assert queue_unattended(hall, "B", minute(31)) is None


def test_in_a_hall_without_hours_only_the_counters_say_so() -> None:
    hall = day(setup=a_setup(always_open=True))

    assert queue_unattended(hall, "A", at(3, 0)) == Unattended("closed", None)


def test_the_wall_says_the_time_the_kiosk_says() -> None:
    """One rule: numbers are given out from half an hour before the counters work."""
    hall = day()

    for now in (at(6, 0), at(12, 0), at(18, 0), at(9, 0, days=4)):
        wall = plain(views.wall.board(hall, now, "b"))
        kiosk = plain(views.kiosk.offer(hall, now, "b", views.kiosk.Printer("ok", None)))
        assert (wall["opens_at"], wall["closed_why"]) == (kiosk["opens_at"], kiosk["closed_why"])
        assert wall["opens_at"] is not None
    assert opening(hall.setup, at(6, 0)).opens_at == at(7, 0)


def test_ticket_phone_kiosk_and_wall_know_that_nobody_calls() -> None:
    hall = day(issue(), opened("3"))
    ticket = named(hall, "A001")
    nobody = {"why": "closed", "opens_at": None}

    assert plain(views.parts.issued(hall, ticket, minute(1)))["unattended"] == nobody
    assert plain(views.phone.track(hall, ticket, minute(1)))["unattended"] == nobody
    queues = plain(views.public.queues(hall, minute(1), "b"))["queues"]
    assert [each["unattended"] for each in queues] == [nobody, None]
    wall = plain(views.wall.board(hall, minute(1), "b"))
    assert (wall["unattended"], wall["unattended_queues"]) == (None, ["A"])


@pytest.mark.parametrize(
    ("why", "opens_at", "said"),
    [
        ("before_hours", at(7, 30), ("Chưa có quầy nào mở", "Các quầy gọi số từ 07:30.")),
        (
            "after_hours",
            at(7, 30, days=1),
            (
                "Hôm nay các quầy đã đóng",
                "Các quầy mở lại từ 07:30 Thứ Tư, 25/11; khi đó mời ông bà lấy số mới.",
            ),
        ),
    ],
)
def test_it_is_said_with_its_time(why: str, opens_at: datetime, said: tuple[str, str]) -> None:
    assert words.unattended(why, opens_at, TUESDAY, "vi") == said


def test_without_a_time_nobody_is_promised_one() -> None:
    for why in ("paused", "closed"):
        title, text = words.unattended(why, None, TUESDAY, "vi")
        assert "quầy" in title.lower()
        assert "cán bộ" in text
        assert ":" not in text


def test_nobody_is_said_to_be_called_now_once_the_counters_are_closed() -> None:
    hall = day(opened("1"), issue("A01"), issue("A01"), call("1"), served("1", "A001", at=1, minutes=4))
    ticket = named(hall, "A002")
    last = plain(views.phone.track(hall, ticket, minute(6)))["calling"]

    closed = plain(views.phone.track(paused("1", minutes=7)(hall), ticket, minute(8)))

    assert (last["number"], last["counter"]) == ("A001", "1")
    assert (closed["unattended"]["why"], closed["calling"]) == ("paused", None)
