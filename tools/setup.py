"""Sets the project up: `python3 tools/setup.py run` for the hall, `... test` for all that checks it as well.

What is installed is remembered by the digest of its lock file; nothing changed means nothing is called, so
it works with the network cable out.
"""

import sys

OLDEST = (3, 11)
if sys.version_info < OLDEST:
    sys.exit(
        "This is Python %d.%d; the hall needs 3.11 or newer. Say which: make run PYTHON=python3.12"
        % sys.version_info[:2]
    )

import fcntl
import hashlib
import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run as a file, before anything is installed

from tools import chromium, node

VENV = ROOT / ".venv"
MODULES = ROOT / "node_modules"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements"
PURPOSES = {"run": "run.txt", "test": "dev.txt"}


class SetupFailed(Exception):
    """A step that did not work; the text says what to do now."""


def digest(*files: Path) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def done(stamp: Path, mark: str) -> bool:
    return stamp.is_file() and stamp.read_text() == mark


def call(*command: str | Path, advice: str, env: dict[str, str] | None = None) -> None:
    if subprocess.run(command, cwd=ROOT, env=env, check=False).returncode:
        raise SetupFailed(f"This did not work: {' '.join(map(str, command))}\n{advice}")


def make_venv() -> None:
    if PYTHON.exists() and (VENV / "bin" / "pip").exists():
        return
    print("Making the virtual environment .venv", flush=True)
    call(
        sys.executable, "-m", "venv", "--clear", VENV,
        advice="On Debian and Ubuntu Python's venv is a package of its own: apt install python3-venv",
    )  # fmt: skip


def install_locked(requirements: str) -> None:
    """Exactly the versions and hashes of the list. By uv, for speed; pip knows mirrors that uv does not."""
    stamp, mark = VENV / f".{requirements}.stamp", digest(REQUIREMENTS / requirements)
    if done(stamp, mark):
        return
    print(f"Installing requirements/{requirements}", flush=True)
    wanted = ["install", "--quiet", "--require-hashes", "-r", str(REQUIREMENTS / requirements)]
    pip = [str(PYTHON), "-m", "pip", *wanted]
    advice = "Setting up needs the Python package index once; afterwards the hall needs no network."
    if requirements == "tools.txt":
        call(*pip, advice=advice)
    else:
        uv = [str(PYTHON), "-m", "uv", "pip", *wanted, "--python", str(PYTHON)]
        if subprocess.run(uv, cwd=ROOT, check=False).returncode:
            call(*pip, advice=advice)
    stamp.write_text(mark)


def install_python(purpose: str) -> None:
    list_name = PURPOSES[purpose]
    if done(VENV / f".{list_name}.stamp", digest(REQUIREMENTS / list_name)):
        return
    install_locked("tools.txt")
    install_locked(list_name)


def install_pages(purpose: str) -> None:
    """The browser libraries, from npm; for the tests also what checks the pages."""
    stamp, mark = MODULES / f".{purpose}.stamp", digest(ROOT / "package-lock.json")
    if done(stamp, mark) or done(MODULES / ".test.stamp", mark):
        return
    folder = node.node_folder()
    if folder is None:
        install_locked("node.txt")
        folder = node.node_folder()
    if folder is None:
        raise SetupFailed(f"No Node for this machine was found. Install Node {node.OLDEST} or newer.")
    print("Installing the browser libraries", flush=True)
    only = ["--omit=dev"] if purpose == "run" else []
    call(
        folder / "npm", "ci", "--ignore-scripts", "--loglevel=error", *only,
        env=node.environment(folder),
        advice="Setting up needs the npm registry once; afterwards the hall needs no network.",
    )  # fmt: skip
    stamp.write_text(mark)


def find_browser() -> None:
    """The best there is for the tests; where it cannot be had another does, and is asked for no more."""
    asked = VENV / "asked-for-browser"
    if "CHROMIUM" not in os.environ and not asked.exists():
        chromium.install()
        asked.touch()
    if chromium.chromium() is None and chromium.install() is None:
        raise SetupFailed("The tests need Chromium: apt install chromium, or set CHROMIUM to its path.")


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in PURPOSES:
        print("usage: python3 tools/setup.py run|test", file=sys.stderr)
        return 2
    purpose = arguments[0]
    os.environ.pop("VIRTUAL_ENV", None)  # a reader's own environment is not ours to fill
    with (ROOT / ".setup-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # make run beside make test: one after the other
        try:
            make_venv()
            install_python(purpose)
            install_pages(purpose)
            if purpose == "test":
                find_browser()
        except SetupFailed as failed:
            print(failed, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
