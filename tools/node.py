"""Finds Node: the machine's own when it is new enough, else the one in the virtual environment.

As a program: `python tools/node.py node --test FILES` runs a command with that Node first on the path;
tests are told where the addresses lie by which pages import each other's modules.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV_BIN = ROOT / ".venv" / "bin"
OLDEST = 20
TESTS = ["node", "--test"]
ADDRESSES = "./tests/js/addresses.js"


def node_folder() -> Path | None:
    """The folder that holds `node` and `npm`. None: this machine has none yet."""
    for folder in [*os.environ.get("PATH", "").split(os.pathsep), str(VENV_BIN)]:
        node = shutil.which("node", path=folder)
        if folder and node and shutil.which("npm", path=folder) and _major(node) >= OLDEST:
            return Path(folder)
    return None


def environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}


def _major(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.", answer)
    return int(found[1]) if found else 0


def main(command: list[str]) -> int:
    folder = node_folder()
    if folder is None:
        print("No Node here yet. Run: make setup", file=sys.stderr)
        return 1
    if command[:2] == TESTS:
        command = ["node", "--import", ADDRESSES, *command[1:]]
    environ = environment(folder)
    program = shutil.which(command[0], path=environ["PATH"]) or command[0]
    return subprocess.run([program, *command[1:]], env=environ, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
