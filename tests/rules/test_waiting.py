"""People ahead, and a wait that is said only where there is a ground for it."""

from hall.waiting import Wait, ahead, estimate
from tests.rules.builders import Step, call, day, issue, minute, named, opened, served


def a_served_hour(counter: str = "1", minutes: float = 6) -> list[Step]:
    steps: list[Step] = []
    for n in range(4):
        steps += [issue(at=n * 8), call(counter, at=n * 8 + 1)]
        steps.append(served(counter, f"A{n + 1:03d}", at=n * 8 + 1, minutes=minutes))
    return steps


def test_ahead_counts_those_called_before_me() -> None:
    hall = day(opened("1"), issue(at=0), issue(at=1), issue("B01", at=1), issue(at=2))

    assert [ahead(hall, named(hall, number).id, minute(3)) for number in ("A001", "A002", "A003")] == [
        0,
        1,
        2,
    ]


def test_ahead_follows_the_weighted_turns() -> None:
    hall = day(
        opened("1"), *[issue(at=n) for n in range(3)], *[issue(at=5, priority="NCT") for _ in range(3)]
    )

    order = ["A004", "A005", "A001", "A006", "A002", "A003"]
    assert [ahead(hall, named(hall, number).id, minute(6)) for number in order] == [0, 1, 2, 3, 4, 5]


def test_without_a_ground_no_wait_is_said() -> None:
    assert estimate(day(opened("1"), issue()), "A", 3, minute(2)) is None
    two_services = day(opened("1"), *a_served_hour()[:6])
    assert estimate(two_services, "A", 3, minute(20)) is None


def test_the_wait_is_a_range_from_the_last_hours_services() -> None:
    hall = day(opened("1"), *a_served_hour(minutes=6))

    assert estimate(hall, "A", 3, minute(40)) == Wait(21, 21, 24)
    assert estimate(hall, "A", 0, minute(40)) == Wait(0, 0, 3)  # the counter is free
    assert estimate(hall, "A", 3, minute(120)) is None  # nobody was served in the last hour


def test_more_counters_make_a_shorter_wait() -> None:
    one = day(opened("1"), *a_served_hour())
    two = day(opened("1", "2"), *a_served_hour())

    wait_one, wait_two = (estimate(hall, "A", 6, minute(40)) for hall in (one, two))

    assert wait_one is not None
    assert wait_two is not None
    assert wait_two.likely_minutes * 2 in range(wait_one.likely_minutes - 1, wait_one.likely_minutes + 2)
