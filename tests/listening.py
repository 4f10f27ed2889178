"""The official client of Socket.IO under Node, at any namespace of any hall."""

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tools.node import environment, node_folder

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def listening(url: str, namespace: str, token: str) -> Iterator[Callable[[], list[Any]]]:
    """Gives the next thing the client was told: `[what, said]`."""
    folder = node_folder()
    assert folder
    command = [str(folder / "node"), "tests/js/listen.js", url, namespace, token]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, env=environment(folder)) as process:
        assert process.stdout is not None
        lines = process.stdout
        try:
            yield lambda: list(json.loads(lines.readline()))
        finally:
            process.kill()
