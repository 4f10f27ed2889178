"""What a screen and a door are is written where they are, and nowhere else."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from hall.actors import Role
from service.permissions import PERMISSIONS
from service.screens import SCREENS
from tests.test_layout import ROOT, part_of, sources
from web.permissions import HEARTBEAT, Door, pattern
from web.screens import Screen

ROLES = set(get_args(Role))
PRODUCT = [path for path in sources() if part_of(path) not in {"tests", "bench"}]


def texts(tree: ast.AST) -> Iterator[str]:
    """Every text of a program that is no docstring; the blanks of an f-string as {}."""
    inside = {
        id(part)
        for node in ast.walk(tree)
        for part in (node.values if isinstance(node, ast.JoinedStr) else ())
    }
    inside |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) in inside:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)


def role_lists(tree: ast.AST) -> Iterator[frozenset[str]]:
    """Every set, list or tuple of two roles and more."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Set | ast.List | ast.Tuple):
            names = [each.value for each in node.elts if isinstance(each, ast.Constant)]
            if len(names) == len(node.elts) > 1 and ROLES.issuperset(names):
                yield frozenset(map(str, names))


TREES = {path: ast.parse(path.read_text()) for path in PRODUCT}
TEXTS = {path: list(texts(tree)) for path, tree in TREES.items()}


def where(*wanted: str) -> list[str]:
    return [str(path.relative_to(ROOT)) for path, said in TEXTS.items() for each in said if each in wanted]


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_a_namespace_is_written_in_its_folder_alone(screen: Screen) -> None:
    scripts = [
        str(path.relative_to(ROOT))
        for path in ROOT.glob("*/static/**/*.js")
        for _ in re.findall(rf'"{screen.namespace}"', path.read_text())
    ]

    assert where(screen.namespace) == [f"{screen.name}/__init__.py"]
    assert len(scripts) <= 1
    assert all(script.startswith(f"{screen.name}/static/") for script in scripts)
    assert re.fullmatch("/[a-z_]{1,20}", screen.namespace), "the websocket would take it for no namespace"


@pytest.mark.parametrize("event", sorted({each.event for each in PERMISSIONS.sockets}))
def test_an_event_of_a_screen_is_declared_once(event: str) -> None:
    shared = event in {"connect", HEARTBEAT.event}  # what live/ itself must tell apart

    assert shared or len(where(event)) == 1


@pytest.mark.parametrize("door", PERMISSIONS.doors.values(), ids=lambda door: door.name)
def test_the_path_of_a_door_is_written_beside_its_handler_alone(door: Door) -> None:
    path = pattern(door.path)
    ends = {path} | {f"{{}}{path[at.start() :]}" for at in re.finditer("/", path) if at.start()}

    told = [
        file.relative_to(ROOT)
        for file, said in TEXTS.items()
        for each in said
        if (there := pattern(each)) in ends and re.search("[a-z]", there)
    ]

    assert len(told) <= 1, f"{door.path} is written in {told}"


def test_no_list_of_roles_is_written_twice() -> None:
    lists = Counter(each for tree in TREES.values() for each in role_lists(tree))

    assert lists, "nothing found: the search is broken"
    assert not [sorted(each) for each, times in lists.items() if times > 1]


def test_what_is_written_twice_would_be_seen() -> None:
    seen = list(texts(ast.parse('"""/kiosk"""\na = "/kiosk"\nb = f"{API}/halls/{hall}/board"')))

    assert seen == ["/kiosk", "{}/halls/{}/board"]
    assert list(role_lists(ast.parse('frozenset({"staff", "counter"}), ("kiosk", "x")'))) == [
        frozenset({"staff", "counter"})
    ]


def test_the_name_of_a_class_means_one_thing() -> None:
    """What an audience sees of a thing may have its name: it is read with its module, `kiosk.Printer`."""
    outward = {"web/answers.py", "web/schemas.py"}
    names = Counter(
        node.name
        for path, tree in TREES.items()
        if path.parent != ROOT / "hall/views" and path.relative_to(ROOT).as_posix() not in outward
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    )

    twice = {name for name, times in names.items() if times > 1}

    assert twice == {"Counter"}, "a counter as it is set up, and as it is now: hall.setup, hall.model"


def test_every_folder_of_a_screen_is_registered() -> None:
    exporting = {
        path.parent.name for path in Path(ROOT).glob("*/__init__.py") if "\nSCREEN = " in path.read_text()
    }

    assert exporting == {screen.name for screen in SCREENS}
