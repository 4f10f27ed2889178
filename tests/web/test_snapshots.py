"""The pages know what the hub sends: their types are written from the views."""

import json
from dataclasses import dataclass, fields
from pathlib import Path
from types import ModuleType

import pytest

from hall.setup import Rules
from hall.views.kiosk import Offer
from tools import snapshots

ROOT = Path(__file__).resolve().parents[2]


def test_the_types_of_the_pages_are_those_of_the_views() -> None:
    assert snapshots.FILE.read_text() == snapshots.written(), "run: .venv/bin/python -m tools.snapshots"


def test_a_field_that_json_has_no_one_shape_for_is_refused() -> None:
    @dataclass
    class Loose:
        more: dict[str, object]

    with pytest.raises(TypeError, match="a view may not have"):
        snapshots.interface(Loose)


def test_a_value_of_the_configuration_is_no_part_of_a_view() -> None:
    @dataclass
    class Careless:
        rules: Rules

    with pytest.raises(TypeError, match="a view may not have"):
        snapshots.interface(Careless)


def test_only_what_a_module_of_views_makes_itself_is_described() -> None:
    module = ModuleType("hall.views.empty")
    vars(module)["Offer"] = Offer

    assert snapshots.shapes_of(module) == []


def test_the_stand_in_of_the_kiosk_tests_sends_what_the_hub_sends() -> None:
    sent = json.loads((ROOT / "tests/screens/standin/kiosk.json").read_text())

    assert list(sent) == [each.name for each in fields(Offer)]
