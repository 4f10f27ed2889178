"""One engine today, two later: only its own folder knows it, and `store/engine.py` chooses."""

import ast
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from store.database import AlreadyThere
from tests.store.builders import opened
from tests.test_layout import ROOT, imports, part_of, sources

LOOK_INTO_THE_FILE = {"tests", "bench"}
OF_SQLITE = {"sqlite3", "sqlite_utils"}
# What SQLite says and PostgreSQL does not: in its own folder, nowhere else.
DIALECT = re.compile(
    r"\b(?:PRAGMA|lastrowid|rowid|INSERT OR|AUTOINCREMENT|IFNULL|GLOB|EXPLAIN|sqlite_master)\b"
)
KNOWS_ENGINES = "store.engine"


def product() -> list[Path]:
    return [path for path in sources() if part_of(path) not in LOOK_INTO_THE_FILE]


def of_the_engine(path: Path) -> bool:
    return path.is_relative_to(ROOT / "store" / "sqlite")


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def engine_faults(name: str, text: str) -> list[str]:
    """What ties a file outside the engine's folder to this engine."""
    imported = list(imports(ast.parse(text)))
    faults = [each for each in imported if each.partition(".")[0] in OF_SQLITE]
    if name != KNOWS_ENGINES:
        faults += [each for each in imported if each.startswith("store.sqlite")]
    return faults + DIALECT.findall(text)


def test_nobody_outside_its_folder_knows_which_engine_keeps_the_data() -> None:
    faults = {
        module(path): found
        for path in product()
        if not of_the_engine(path) and (found := engine_faults(module(path), path.read_text()))
    }

    assert not faults


@pytest.mark.parametrize(
    "text",
    [
        "import sqlite3",
        "from store.sqlite.connection import connect",
        "def late():\n    from store.sqlite import opening",
        "database.execute('PRAGMA synchronous = OFF')",
        "job = cursor.lastrowid",
    ],
)
def test_a_file_that_knows_the_engine_would_be_seen(text: str) -> None:
    assert engine_faults("store.accounts", text)


def test_no_two_files_of_the_store_need_each_other() -> None:
    """Imports inside functions too: that is how a circle hides."""
    files = {module(path): path for path in product() if part_of(path) == "store"}
    needs = {
        name: {each for each in imported_modules(path.read_text()) if each in files and each != name}
        for name, path in files.items()
    }

    try:
        TopologicalSorter(needs).prepare()
    except CycleError as circle:
        pytest.fail(" -> ".join(circle.args[1]))


def imported_modules(text: str) -> set[str]:
    """`from store import codec` names `store.codec` too."""
    found = {
        f"{node.module}.{alias.name}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return found | set(imports(ast.parse(text)))


def test_a_second_row_of_a_key_is_told_in_the_words_of_the_store(tmp_path: Path) -> None:
    row = "INSERT INTO staff (name, role, password_hash, created_at) VALUES (?, 'staff', '', '') RETURNING id"
    with opened(tmp_path) as journal:
        first = journal.database.value(row, ("Lan",))

        with pytest.raises(AlreadyThere):
            journal.database.value(row, ("Lan",))
        with pytest.raises(AlreadyThere):
            journal.database.execute("INSERT INTO meta (key, value) VALUES ('probe', 0)")

        assert isinstance(first, int)
        assert journal.database.rows("SELECT name FROM staff") == [("Lan",)]
