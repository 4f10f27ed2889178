"""The layout of the project, held by its own source: who may import whom, how long a page of code may be."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.screens import SCREENS as REGISTERED

ROOT = Path(__file__).resolve().parent.parent
SCREENS = {screen.name for screen in REGISTERED}
# What a part may import of this project, besides itself. A part that is not here is refused.
MAY_IMPORT: dict[str, set[str]] = {
    "languages": set(),
    "hall": {"languages"},
    "store": {"hall"},
    "config": {"hall", "languages"},
    "usage": {"languages"},
    "commands": {"config", "hall", "hub", "languages", "store", "usage"},
    "demo": {"store", "usage"},
    "live": {"hall", "store"},
    "printing": {"hall", "languages", "store", "worker"},
    "voice": {"hall", "store", "worker"},
    "worker": set(),
    "web": {"hall", "languages", "store"},
    "hub": {"hall", "store"},
    **{screen: {"hub", "hall", "languages", "web", "live"} for screen in {"api", *SCREENS}},
    "service": {
        "api",
        "config",
        "hall",
        "hub",
        "languages",
        "live",
        "printing",
        "store",
        "voice",
        "web",
        *SCREENS,
    },
    "tools": {"hall"},  # the types of the pages are written from the views
}
# The composition root, and those who look at the whole from outside.
KNOW_ALL = {"server", "serving", "tests", "bench"}
OTHER_FOLDERS = {"catalogue", "docs", "examples", "requirements"}
# hall/ reckons, it does not do: no clock, no files, no threads, no network.
HALL_MAY_NOT = {
    "asyncio",
    "io",
    "logging",
    "os",
    "pathlib",
    "random",
    "socket",
    "sqlite3",
    "subprocess",
    "threading",
}
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}
FUNCTION_LINES, FILE_LINES, TEST_LINES = 55, 400, 500


def sources() -> list[Path]:
    """Every Python file of the project, tracked or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    ).stdout.split()  # fmt: skip
    names = listed or [str(path.relative_to(ROOT)) for top in ROOT.iterdir() for path in python_below(top)]
    return sorted(path for name in names if (path := ROOT / name).is_file())


def python_below(top: Path) -> list[Path]:
    """For a copy without git. Folders with a dot, of npm and of data are not sources."""
    if top.is_file():
        return [top] if top.suffix == ".py" else []
    return [] if top.name.startswith(".") or top.name in {"node_modules", "var"} else list(top.rglob("*.py"))


def part_of(path: Path) -> str:
    """The top-level name a file belongs to: `hall` of hall/model.py, `hub` of hub/door.py."""
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def parts() -> set[str]:
    return {part_of(path) for path in sources()}


def faults_of(part: str, tree: ast.AST) -> list[str]:
    """What this file imports and may not."""
    if part in KNOW_ALL:
        return []
    ours = parts() | MAY_IMPORT.keys() | KNOW_ALL
    tops = {name.partition(".")[0] for name in imports(tree)}
    faults = [
        f"imports {top}" for top in tops & ours if top != part and top not in MAY_IMPORT.get(part, set())
    ]
    if part in {"hall", "tools"}:
        faults += [f"imports {top}" for top in tops - ours if top not in sys.stdlib_module_names]
    if part == "hall":
        faults += [f"imports {top}" for top in tops & HALL_MAY_NOT]
    return faults


def test_every_part_of_the_project_has_its_place() -> None:
    known = MAY_IMPORT.keys() | KNOW_ALL

    strangers = parts() - known

    assert not strangers, f"say in MAY_IMPORT what {sorted(strangers)} may import"


def test_no_folder_shadows_a_module_of_python() -> None:
    assert not parts() & {"queue", "calendar", "code", "test", *sys.builtin_module_names}


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_part_imports_only_what_lies_below_it(path: Path) -> None:
    assert not faults_of(part_of(path), ast.parse(path.read_text()))


def test_a_screen_that_imports_another_screen_would_be_seen() -> None:
    assert faults_of("kiosk", ast.parse("from display.routes import board"))
    assert faults_of("hall", ast.parse("import flask"))
    assert faults_of("store", ast.parse("import hub"))
    assert faults_of("web", ast.parse("import kiosk"))
    assert faults_of("live", ast.parse("from web.screens import Screen"))
    assert faults_of("hub", ast.parse("from service.build import Service"))
    assert faults_of("commands", ast.parse("from service.build import Service"))
    assert not faults_of("kiosk", ast.parse("import flask\nfrom hub import Hub\nfrom web.guard import door"))


@pytest.mark.parametrize("part", sorted(MAY_IMPORT))
def test_nobody_but_the_entry_point_reads_the_clock(part: str) -> None:
    reads = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources()
        if part_of(path) == part
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name | ast.Attribute)
        and (last_name(node.func.value), node.func.attr) in CLOCKS
    ]

    assert not reads, "`now` is an argument"


def last_name(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_code_stays_short_enough_to_read(path: Path) -> None:
    text = path.read_text()

    long_functions = [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= FUNCTION_LINES
    ]

    assert not long_functions
    assert text.count("\n") <= (TEST_LINES if part_of(path) == "tests" else FILE_LINES)


def test_the_folders_at_the_top_are_the_ones_we_know() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}

    assert folders - {"node_modules", "var", "__pycache__"} <= MAY_IMPORT.keys() | KNOW_ALL | OTHER_FOLDERS


def test_what_an_actor_is_stands_in_no_text() -> None:
    """The shape of an id is written in one place and read in one: where old days are decoded."""
    shape = re.compile(r"^(device|staff|citizen):")

    elsewhere = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources()
        if path.relative_to(ROOT).parts[0] not in ("tests", "bench")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and shape.match(node.value)
        if path.relative_to(ROOT).as_posix() not in ("hall/actors.py", "store/earlier.py")
    ]

    assert not elsewhere


def test_a_screen_keeps_its_templates_under_its_own_name() -> None:
    """Flask's blueprints share one namespace of templates: kiosk/templates/kiosk/..."""
    wrong = [
        template
        for folder in ROOT.glob("*/templates")
        for template in folder.iterdir()
        if template.name != folder.parent.name
    ]

    assert not [path for path in wrong if path.parent.parent.name != "web"]


def test_no_page_needs_script_or_style_of_its_own_lines() -> None:
    """The guard's Content-Security-Policy would leave it out, and only on the real hub."""
    inline = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\s(?:style|on\w+)=[\"']", re.IGNORECASE)

    wrong = [
        f"{page.relative_to(ROOT)}: {found[0]}"
        for folder in ("web", *sorted(SCREENS))
        for page in (ROOT / folder / "templates").rglob("*.html")
        for found in inline.finditer(page.read_text())
        if "application/json" not in found[0]
    ]

    assert not wrong


def test_the_hall_and_its_tests_run_on_the_same_versions() -> None:
    pinned = {
        name: dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements" / name).read_text(), re.MULTILINE))
        for name in ("run.txt", "dev.txt")
    }

    assert pinned["run.txt"].items() <= pinned["dev.txt"].items()
    assert pinned["run.txt"]
