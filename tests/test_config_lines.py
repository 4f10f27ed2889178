"""The line of each key, whatever the TOML around it looks like."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.source import KeyPath, locate

TRICKY = (Path(__file__).parent / "data" / "tricky.toml").read_text(encoding="utf-8")
LINES: dict[KeyPath, str] = {
    ("top",): "top = ",
    ("hall",): "[hall]",
    ("hall", "text"): "text = ",
    ("hall", "after"): "after = ",
    ("hall", "list"): "list = [",
    ("hall", "list", 1, "inner"): "list = [",
    ("hall", "list", 1, "other key", 0): "list = [",
    ("hall", "quoted.key"): '"quoted.key"',
    ("hall", "dotted", "key"): "dotted.key",
    ("hall", "indented"): "  indented",
    ("hours", 0, "days"): "days = 1",
    ("hours", 0, "more", "deep"): "  deep = 1",
    ("hours", 1): "[[hours]]",
    ("hours", 1, "days"): "days = 2",
    ("hours", 1, "more"): "[hours.more]",
    ("hours", 1, "more", "deep"): "deep = 2",
    ("a", "b"): "[a.b.c]",
    ("a", "b", "c", "d", "e", "f"): "d = ",
}


@pytest.mark.parametrize("place", LINES, ids=str)
def test_a_key_is_found_on_its_line(place: KeyPath) -> None:
    line = locate(TRICKY)[place]

    assert TRICKY.split("\n")[line - 1].startswith(LINES[place])


def places(value: object, place: KeyPath = ()) -> Iterator[KeyPath]:
    yield place
    inside = value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    for key, inner in inside:
        yield from places(inner, (*place, key))


def test_every_key_of_the_text_has_a_line() -> None:
    everything = set(places(tomllib.loads(TRICKY))) - {()}

    assert everything <= locate(TRICKY).keys()


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=20)


@given(st.lists(TEXTS, min_size=1, max_size=5), st.integers(0, 3))
def test_the_key_after_a_text_of_several_lines_has_its_line(lines: list[str], blank: int) -> None:
    content = "\n".join(line.replace("'''", "") for line in lines)
    text = "\n" * blank + f"[t]\nlong = '''\n{content.rstrip(chr(39))}\n'''\nlast = 1\n"

    assert locate(text)[("t", "last")] == text.count("\n")
