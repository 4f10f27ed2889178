"""A screen more is its folder, the words of its link and one line: everything else walks the registry."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
import socketio

from tests.running import BOUND_SECONDS, HALL, ROOT, RunningHall, running, wait_for

NOT_COPIED = shutil.ignore_patterns(
    ".*", "__pycache__", "node_modules", "var", "pictures", "requirements", "bench"
)
FOLDER = {
    "__init__.py": '''"""A board of notices, made for this test."""

from hall import views
from notices.routes import pages
from web.permissions import EVERYBODY
from web.screens import Link, Screen

SCREEN = Screen(
    name="notices",
    namespace="/notices",
    roles=EVERYBODY,
    summary="What is on the board",
    view=lambda scene: views.wall.board(scene.hall, scene.now, scene.build),
    routes=pages,
    link=Link(4),
)
''',
    "routes.py": """from flask import render_template

from web.doors import Pages
from web.screens import Sites

pages = Pages[Sites]("notices", __name__)


@pages.page("/notices/{hall}", "The notices", described=True)
def board(sites: Sites, hall: str) -> str:
    return render_template("notices/board.html", hall=sites[hall].hall().setup)
""",
    "templates/notices/board.html": """{% extends "web/base.html" %}
{% block head %}<script type="module" src="/static/notices/board.js"></script>{% endblock %}
{% block body %}<h1>{{ hall.name }}</h1>{% endblock %}
""",
    "static/board.js": """import { kept } from "/static/web/keep.js";

/** @type {number} */
export const shown = kept ? 1 : 0;
""",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this project with the screen in it."""
    project = tmp_path_factory.mktemp("another") / "project"
    shutil.copytree(ROOT, project, ignore=NOT_COPIED)
    (project / "node_modules").symlink_to((ROOT / "node_modules").resolve())
    shutil.copytree(ROOT / "requirements", project / "requirements")
    for name, text in FOLDER.items():
        (project / "notices" / name).parent.mkdir(parents=True, exist_ok=True)
        (project / "notices" / name).write_text(text)
    for language, words in {"vi": "Bảng tin", "en": "Notices"}.items():
        front = project / "languages" / language / "front.json"
        front.write_text(json.dumps(json.loads(front.read_text()) | {"notices": words}))
    registry = project / "service/screens.py"
    registry.write_text(registry.read_text().replace('    "phone",\n', '    "phone",\n    "notices",\n'))
    assert ran(project, "-m", "service.permissions") == ""
    return project


def ran(project: Path, *arguments: str) -> str:
    """What a Python program of the copy complains of; empty: it has ended well."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=project, env=environ, capture_output=True, text=True
    )
    return (done.stdout + done.stderr or "failed") if done.returncode else ""


def types(project: Path) -> str:
    return ran(project, "tools/node.py", "node_modules/.bin/tsc", "--project", "tsconfig.json")


@contextmanager
def broken(file: Path, text: str) -> Iterator[None]:
    """The file as somebody would get it wrong, for a moment."""
    right = file.read_text()
    file.write_text(text + right)
    yield
    file.write_text(right)


def test_layout_permissions_and_openapi_see_the_screen(project: Path) -> None:
    table = (project / "docs/permissions.md").read_text()
    layout = ("-m", "pytest", "-q", "-x", "-n0", "tests/test_layout.py")
    doors = ("tests/web/test_openapi.py", "tests/web/test_guard.py", "-k", "not every_door")

    assert "| `GET /notices/{hall}` | anyone | 6000 per minute | The notices |" in table
    assert "| `/notices` | connect | anyone | 60 per minute | What is on the board |" in table
    assert ran(project, *layout, *doors) == ""
    with broken(project / "notices/routes.py", "import kiosk.routes\n"):
        assert "imports kiosk" in ran(project, *layout)


def test_its_scripts_are_type_checked(project: Path) -> None:
    assert types(project) == ""
    with broken(project / "notices/static/board.js", "/** @type {number} */\nconst wrong = 'one';\n"):
        assert "notices/static/board.js(2,7)" in types(project)


def test_a_hub_serves_it_links_to_it_and_tells_it(project: Path, tmp_path: Path) -> None:
    with running(tmp_path / "var", root=project) as hall:
        described = json.loads(page(hall, "/api/v1/openapi.json"))["paths"]

        assert "board.js" in page(hall, f"/notices/{HALL}")
        assert f'<a href="/notices/{HALL}">Bảng tin</a> <span lang="en">Notices</span>' in page(hall, "/")
        assert "kept" in page(hall, "/static/notices/board.js")
        assert "/notices/{hall}" in described
        assert snapshot(hall)["hall"] == HALL


def page(hall: RunningHall, path: str) -> str:
    with urlopen(f"{hall.base}{path}") as answer:
        return str(answer.read().decode())


def snapshot(hall: RunningHall) -> dict[str, object]:
    """The first that the screen's socket is told."""
    told: list[dict[str, object]] = []
    client = socketio.Client(reconnection=False, request_timeout=BOUND_SECONDS)
    client.on("snapshot", told.append, namespace="/notices")
    client.connect(
        hall.base, transports=["websocket"], namespaces=["/notices"], auth={"hall": HALL}, wait=False
    )
    assert wait_for(lambda: told)
    client.disconnect()
    return told[0]
