"""What of the configuration reaches whom. A key of the configuration is nobody's until a view names it."""

from collections.abc import Callable, Iterator
from dataclasses import field, fields, is_dataclass, make_dataclass, replace
from itertools import count
from typing import Any

import msgspec
import pytest

from hall.model import Hall
from hall.setup import Setup
from tests.rules.builders import a_setup
from tests.rules.every_view import eventful, every_view

# What other values refer to, or what is a time: known to everybody by other names, or reckoned with.
UNMARKED = {"id", "code", "queue", "field", "hall", "timezone", "days", "opens", "closes"}
NAMES = {"Queue.name", "Counter.name"}
STAFF = NAMES | {"Procedure.short"}
REACHES = {
    "wall": NAMES | {"Setup.message"},
    "kiosk": set(),
    "supervisor": NAMES | {"Setup.message"},
    "anyone": set(),
    "lines": set(),
    "ticket": set(),
    "phone": {
        "Counter.name", "Counter.name_en", "Counter.place", "Counter.place_en", "Procedure.short",
        "Procedure.short_en", "Setup.name", "Setup.name_en",
    },
    "counter": STAFF | {
        "PriorityGroup.ground", "PriorityGroup.name", "Procedure.fee", "Procedure.name", "Procedure.papers",
        "Procedure.time", "Rules.recall_limit", "Take.over_minutes",
    },
}  # fmt: skip
EVERYTHING_BUT = {
    "Queue.daily_quota",
    "Setup.closed_days",
    "Trade.guidance",
    "Trade.result",
}  # in what anybody may ask of a hall


@pytest.fixture(scope="module")
def hall() -> Hall:
    full = a_setup(always_open=True, message="", closed_days=("",))
    queues = {name: replace(each, daily_quota=0) for name, each in full.queues.items()}
    return replace(eventful(full), setup=replace(full, queues=queues))


def rebuilt(value: Any, make: Callable[[Any, dict[str, Any]], Any]) -> Any:
    """The value with each dataclass in it made anew, from the inside out."""
    if is_dataclass(value) and not isinstance(value, type):
        return make(value, {each.name: rebuilt(getattr(value, each.name), make) for each in fields(value)})
    if isinstance(value, dict):
        return {key: rebuilt(each, make) for key, each in value.items()}
    if isinstance(value, tuple):
        return tuple(rebuilt(each, make) for each in value)
    return value


def marked(setup: Setup) -> tuple[Setup, dict[object, str]]:
    """The set-up with a value in each field that stands nowhere else; the mark and its field."""
    marks: dict[object, str] = {}
    numbers = count(7_001, 10)

    def mark(of: str, value: object) -> object:
        if isinstance(value, tuple) and value and isinstance(value[0], str):
            return (mark(of, value[0]),)
        made = next(numbers) if isinstance(value, int) else f"<{of}>"
        if isinstance(value, bool) or not isinstance(value, int | str):
            return value
        marks[made] = of
        return made

    def make(value: Any, inside: dict[str, Any]) -> Any:
        name = type(value).__name__
        changes = {key: mark(f"{name}.{key}", each) for key, each in inside.items() if key not in UNMARKED}
        return type(value)(**(inside | changes))

    return rebuilt(setup, make), marks


def leaves(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from leaves(each)
    else:
        yield value


def reached(hall: Hall) -> dict[str, set[str]]:
    setup, marks = marked(hall.setup)
    found: dict[str, set[str]] = {}
    for name, view in every_view(replace(hall, setup=setup)):
        shown = leaves(msgspec.json.decode(msgspec.json.encode(view)))
        found.setdefault(name.split()[0], set()).update(marks[each] for each in shown if each in marks)
    return found


def test_of_the_configuration_each_audience_sees_what_is_listed_here(hall: Hall) -> None:
    found = reached(hall)

    told = found.pop("hall")
    assert found == REACHES
    assert set(marked(hall.setup)[1].values()) - told == EVERYTHING_BUT


def test_a_new_key_of_the_configuration_reaches_nobody(hall: Hall) -> None:
    def with_a_key(value: Any, inside: dict[str, Any]) -> Any:
        new_key = ("new_key", str, field(default="the new key"))
        return make_dataclass(type(value).__name__, [new_key], bases=(type(value),), frozen=True)(**inside)

    setup = rebuilt(hall.setup, with_a_key)

    assert setup.rules.new_key == setup.procedures["A01"].new_key == "the new key"
    for name, view in every_view(replace(hall, setup=setup)):
        shown = msgspec.json.encode(view)
        assert b"new_key" not in shown, name
        assert b"the new key" not in shown, name
