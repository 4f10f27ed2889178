"""The search of the kiosk by what people say; `python -m tests.phrasings` prints its rate."""

from functools import cache

import pytest

from tests import phrasings
from tests.phrasings import Found, Phrasing

ENOUGH = 0.95


@cache
def answers() -> tuple[Found, ...]:
    return tuple(phrasings.ask(phrasings.read(), phrasings.facts()))


def test_what_people_say_finds_their_procedure_among_the_first_three() -> None:
    found = [each for each in answers() if each.phrasing.codes]

    assert len(found) >= 200
    for part in {each.phrasing.part for each in found}:
        here = [each for each in found if each.phrasing.part == part]
        lost = [each for each in here if not each.right]
        assert len(lost) <= (1 - ENOUGH) * len(here), [each.phrasing.said for each in lost]


def test_what_the_hall_does_not_do_finds_nothing_rather_than_nonsense() -> None:
    nothing = [each for each in answers() if not each.phrasing.codes]

    assert len(nothing) >= 20
    wrong = [each.phrasing.said for each in nothing if not each.right]
    assert len(wrong) <= (1 - ENOUGH) * len(nothing), wrong


def test_what_the_catalogue_says_that_people_say_finds_its_procedure() -> None:
    facts = phrasings.facts()
    said = [
        Phrasing(each.code, words, frozenset({each.code}))
        for each in facts.procedures
        for words in each.words
    ]

    lost = [each.phrasing for each in phrasings.ask(said, facts) if not each.right]

    assert len(said) > 500
    assert lost == []


@pytest.mark.parametrize(
    ("said", "code"),
    [("ho", "BAN01"), ("con toi bi sot", "BAN01"), ("mua thuốc huyết áp", "DON02"), ("don thuoc", "DON01")],
)
def test_another_hall_is_searched_by_its_own_words(said: str, code: str) -> None:
    pharmacy = phrasings.facts(phrasings.ROOT / "examples/pharmacy/config.toml")

    [found] = phrasings.ask([Phrasing("pharmacy", said, frozenset({code}))], pharmacy)

    assert found.codes[0] == code


@pytest.mark.parametrize("hall", ["config.toml", "examples/pharmacy/config.toml"])
def test_what_the_tile_of_a_field_promises_is_found_in_that_field(hall: str) -> None:
    facts = phrasings.facts(phrasings.ROOT / hall)
    promised = [
        Phrasing(
            field.code,
            words,
            frozenset(each.code for each in facts.procedures if each.field == field.code),
        )
        for field in facts.fields
        for examples in (field.examples, field.examples_en)
        for words in examples.split(", ")
    ]

    lost = [each for each in phrasings.ask(promised, facts) if not each.right]

    assert len(promised) > 10
    assert [(each.phrasing.said, each.codes[:3]) for each in lost] == []
