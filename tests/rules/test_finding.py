"""A number is found as people write it, in whatever queue the configuration allows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hall.closing import continue_day
from hall.finding import find
from hall.fold import fold, fresh
from hall.model import Hall
from hall.setup import Field, Queue, Take
from tests.rules.builders import MORNING, a_counter, a_procedure, a_setup, call, day, issue, opened


@pytest.fixture(scope="module")
def hall() -> Hall:
    """Twelve numbers of A, one of B, and fourteen of a queue Đ."""
    setup = a_setup()
    setup = replace(
        setup,
        queues=setup.queues | {"Đ": Queue("Đ", "Đất đai", "Land", "#7A4B00")},
        fields=setup.fields | {"DD": Field("DD", "Đ", "Đất đai", "Land")},
        procedures=setup.procedures | {"D01": a_procedure("D01", "DD", "Đ", "Tách thửa")},
        counters=setup.counters | {"4": a_counter("4", Take("Đ"))},
    )
    steps = [issue("A01")] * 12 + [issue("B01")] + [issue("D01")] * 14
    return day(opened("4"), *steps, call("4", at=1), setup=setup)


def found(hall: Hall, typed: str) -> list[str]:
    return [each.number for each in find(hall, typed)]


@pytest.mark.parametrize(
    "typed",
    [
        "Đ012",
        "đ012",
        "Đ12",
        "đ12",
        "d12",
        "D012",
        " Đ 012 ",
        "Đ-12",
        "Ｄ１２",
        "#Đ12",
        "Đ/12",
        "đ_12",
        "Đ−12",
        "\u00d012",
    ],
)
def test_a_number_of_the_land_queue_is_found_however_it_is_typed(hall: Hall, typed: str) -> None:
    assert found(hall, typed) == ["Đ012"]


def test_figures_alone_find_that_number_of_every_queue(hall: Hall) -> None:
    assert found(hall, "12") == ["A012", "Đ012"]
    assert found(hall, "1") == ["A001", "B001", "Đ001"], "also one that is called already"


@pytest.mark.parametrize("typed", ["", "A", "A013", "A0", "Z1", "A1B2", "12A", "999999999999999999999", "٣٣"])
def test_what_is_no_number_of_today_finds_nobody(hall: Hall, typed: str) -> None:
    assert found(hall, typed) == []


def test_a_number_stays_that_of_its_letter_after_a_transfer(hall: Hall) -> None:
    (ticket,) = find(hall, "A003")
    moved = replace(hall, tickets={**hall.tickets, ticket.id: replace(ticket, queue="B")})

    assert found(moved, "A3") == ["A003"]
    assert found(moved, "B3") == []


def test_a_number_is_still_found_when_the_date_of_the_clock_was_put(hall: Hall) -> None:
    now = MORNING + timedelta(minutes=9)
    continued = continue_day(hall, boot="", booted_at=MORNING, now=now)
    assert continued is not None
    tomorrow = fold([continued], fresh(hall.setup, hall.day + timedelta(days=1)))

    assert found(tomorrow, "Đ12") == ["Đ012"]
    assert found(tomorrow, "12") == ["A012", "Đ012"]
