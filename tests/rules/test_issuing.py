"""Numbers: given out in order, once a day, in opening hours."""

from datetime import timedelta

import pytest

from hall import issuing
from hall.actors import Actor
from hall.fold import fold
from hall.opening import opening
from hall.setup import Queue
from tests.rules.builders import KIOSK, MORNING, a_setup, code_of, day, issue, kiosk_of, minute, named


def test_each_queue_counts_for_itself_from_001() -> None:
    hall = day(issue("A01"), issue("B01"), issue("A02"))

    assert [ticket.number for ticket in hall.tickets.values()] == ["A001", "B001", "A002"]


def test_above_999_a_number_grows_to_four_digits() -> None:
    hall = day(*[issue("A01", at=n / 100) for n in range(1001)])

    assert list(hall.issued.values()) == [1001]
    assert [each.number for each in list(hall.tickets.values())[-3:]] == ["A999", "A1000", "A1001"]


def test_a_voided_number_is_never_given_again() -> None:
    hall = day(issue())

    events = issuing.void(hall, named(hall, "A001").id, by=KIOSK, now=minute(0.4))
    hall = day(issue(), lambda before: fold(events, before), issue(at=1))

    assert [ticket.number for ticket in hall.tickets.values()] == ["A001", "A002"]
    assert named(hall, "A001").state == "cancelled"
    assert named(hall, "A001").end_reason == "voided"


@pytest.mark.parametrize(
    ("by", "seconds", "code"),
    [(KIOSK, 31, "void_too_late"), (kiosk_of(2), 5, "not_your_ticket")],
)
def test_only_the_same_kiosk_voids_and_only_within_30_seconds(by: Actor, seconds: int, code: str) -> None:
    hall = day(issue())
    ticket = named(hall, "A001").id

    assert (
        code_of(lambda: issuing.void(hall, ticket, by=by, now=MORNING + timedelta(seconds=seconds))) == code
    )


@pytest.mark.parametrize(
    ("hour", "open_", "why"),
    [
        (6.9, False, "before_hours"),
        (7.0, True, None),  # 30 minutes before 07:30
        (11.4, True, None),
        (11.6, False, "lunch"),
        (13.0, True, None),
        (17.0, False, "after_hours"),
    ],
)
def test_numbers_are_given_from_30_minutes_before_opening(hour: float, open_: bool, why: str | None) -> None:
    gate = opening(a_setup(), minute((hour - 8) * 60))

    assert (gate.open, gate.why) == (open_, why)


def test_a_closed_hall_says_when_it_opens_again() -> None:
    friday_evening = minute(3 * 24 * 60 + 10 * 60)

    gate = opening(a_setup(), friday_evening)

    assert gate.opens_at == minute(6 * 24 * 60 - 60)  # Monday 07:00
    assert opening(a_setup(closed_days=("2026-11-30",)), friday_evening).opens_at == minute(7 * 24 * 60 - 60)


def test_outside_the_hours_no_number_is_given() -> None:
    assert code_of(lambda: day(issue(at=-120))) == "hall_closed"


def test_the_quota_of_a_queue_ends_its_numbers_and_no_other() -> None:
    queues = a_setup().queues | {"A": Queue("A", "Chứng thực", "Certification", "#A01D17", daily_quota=2)}
    setup = a_setup(queues=queues)

    assert code_of(lambda: day(issue(), issue(), issue(), setup=setup)) == "quota_reached"
    assert named(day(issue(), issue(), issue("B01"), setup=setup), "B001").state == "waiting"


def test_unknown_procedures_and_groups_are_refused() -> None:
    assert code_of(lambda: day(issue("Z99"))) == "unknown_procedure"
    assert code_of(lambda: day(issue("A01", priority="VIP"))) == "unknown_priority"


def test_a_priority_is_kept_with_its_ground() -> None:
    events = issuing.issue(
        day(),
        procedure="A01",
        priority="NCT",
        language="vi",
        channel="kiosk",
        booked_at=None,
        token_hash=str.upper,
        by=KIOSK,
        now=MORNING,
    )

    assert getattr(events[0], "ground") == "Luật 39/2009/QH12"  # noqa: B009
