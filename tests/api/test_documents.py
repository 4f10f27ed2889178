"""Every command of README and docs/ is run as it is written, or stands on a short list with the reason."""

import os
import re
import shlex
import socket
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from commands import parser
from tests.running import RunningHall, running
from tests.terminal import typed

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "rau muong nha la ngon"
HUB = "server.py "
# What a command begins with that is not run here, and why not.
NOT_RUN = {
    "make test": "it is what runs this",
    "make run": "runs for ever: the last test of this file ends it",
    ".venv/bin/python server.py run --host 0.0.0.0": "listens on every network card, for ever",
    "python3 tools/setup.py": "installs libraries from the network",
    "apt ": "installs packages of the system",
    "adduser ": "makes a user of the system",
    "install -d -o motcua": "wants the user motcua",
    "git clone": "fetches the project",
    "git pull": "fetches the newest release, and sets it up",
    "systemctl ": "starts a service of the system",
    "journalctl ": "wants the service of the system, and follows it for ever",
    ".venv/bin/python -m tests.phrasings": "its figures are held by the tests of the search",
    "echo '{": "speaks to the printer of a demo at its own port",
}
ENDS_WITH = {"-m voice.recorded": 1}  # the folder of the example is empty, and each clip is told as missing


@dataclass(frozen=True)
class Written:
    """One command of a document."""

    document: str
    line: int
    command: str

    def __str__(self) -> str:
        return f"{self.document}:{self.line}: {self.command}"


def blocks(document: Path) -> Iterator[tuple[int, str, str]]:
    """The line, the kind and the text of each block that is fenced off."""
    text = document.read_text(encoding="utf-8")
    for found in re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        yield text.count("\n", 0, found.start()) + 2, found[1], found[2]


def typed_in(*documents: Path) -> list[Written]:
    """What a reader types, and what the table of a clock runs."""
    found = []
    for document in documents:
        for first, kind, text in blocks(document):
            assert kind in ("", "sh", "cron", "ini", "text"), f"{document.name}:{first}: what is {kind}?"
            for line, each in enumerate(text.splitlines(), first):
                said = each.split(maxsplit=5)[5].replace("\\%", "%") if kind == "cron" else each
                if kind in ("", "sh", "cron") and said.strip():
                    found.append(Written(document.name, line, said.strip()))
    return found


DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
EVERY = typed_in(*DOCUMENTS)


def is_run(written: Written) -> bool:
    return not any(written.command.startswith(each) for each in NOT_RUN)


def without_note(command: str) -> list[str]:
    return shlex.split(command, comments=True)


def of_the_hub(command: str) -> list[str]:
    """The arguments of each server.py in a line."""
    return re.findall(r"\.venv/bin/python server\.py ([^&|;#\n]*)", command)


@pytest.fixture(scope="module")
def pc(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The folders of the PC of a hall, by those of this test."""
    place = tmp_path_factory.mktemp("pc")
    for name in ("backup", "empty"):
        (place / name).mkdir()
    return {
        "/opt/motcua/app": str(ROOT),
        "/etc/motcua": str(place / "etc"),
        "/var/lib/motcua": str(place / "data"),
        "/mnt/backup": str(place / "backup"),
        "FOLDER": str(place / "empty"),
    }


def run(written: Written, pc: dict[str, str], store: Path | None = None) -> str:
    """What is shown; the exit code must be right."""
    command = written.command
    for there, here in pc.items():
        command = command.replace(there, here)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    environ = clean | {"EDITOR": "true", "LC_ALL": "C.UTF-8"}
    if store:
        environ["MOTCUA_STORE_DIR"] = str(store)
    code, shown = typed(command, ROOT, environ, PASSWORD)
    right = next((code for part, code in ENDS_WITH.items() if part in command), 0)
    assert code == right, f"{written}\n{shown}"
    assert "Traceback" not in shown
    return shown


def test_the_commands_of_the_readme_do_what_it_says(pc: dict[str, str], tmp_path: Path) -> None:
    readme = [each for each in typed_in(ROOT / "README.md") if is_run(each)]

    shown = "\n".join(run(each, pc, tmp_path / "var") for each in readme)

    assert len(readme) >= 4, "the search is broken"
    assert "hall thach-ha" in shown
    assert "#token=" in shown


def test_a_hall_is_set_up_and_run_as_the_document_says(pc: dict[str, str]) -> None:
    """In the order of the document; the hub of this test stands in for the service of the PC."""
    shown: dict[str, str] = {}
    with ExitStack() as service:
        for written in typed_in(ROOT / "docs/running-a-hall.md"):
            if written.command.startswith("systemctl daemon-reload"):
                hub = service.enter_context(the_service(pc))
                pc["127.0.0.1:8000"] = f"127.0.0.1:{hub.port}"
            if is_run(written):
                shown[written.command.partition("    #")[0]] = run(written, pc)

    assert len(shown) >= 15, "the search is broken"
    assert '"status":"ok"' in "".join(text for command, text in shown.items() if command.startswith("curl"))
    assert list(Path(pc["/mnt/backup"]).glob("motcua-[1-7].tar"))


def the_service(pc: dict[str, str]) -> AbstractContextManager[RunningHall]:
    config = Path(pc["/etc/motcua"]) / "config.toml"
    return running(Path(pc["/var/lib/motcua"]), "--host", "127.0.0.1", config=config)


def test_the_other_documents_commands_run(pc: dict[str, str]) -> None:
    told = {"README.md", "running-a-hall.md"}
    others = [each for each in EVERY if each.document not in told and is_run(each)]

    for each in others:
        run(each, pc)

    assert any("voice.recorded" in each.command for each in others), "the search is broken"


@pytest.mark.parametrize("written", [each for each in EVERY if HUB in each.command], ids=str)
def test_a_command_of_the_hub_is_written_so_that_it_is_found(written: Written) -> None:
    told = of_the_hub(written.command)

    assert len(told) == written.command.count(HUB), "server.py alone is not found: .venv/bin/python server.py"
    for arguments in told:
        parser().parse_args(shlex.split(arguments.replace("$(date +%u)", "1")))


def test_a_command_inside_a_sentence_is_one_too() -> None:
    """`token revoke ID`, but not `user add NAME [--password-stdin]`, which shows what may be left out."""
    verbs = ("user ", "token ", "backup ", "restore ", "run ", "reload", "verify", "check-config", "new-hall")
    manual = [ROOT / "README.md", ROOT / "docs/running-a-hall.md", *(ROOT / "docs/vi").glob("*.md")]
    spans = [span for each in manual for span in re.findall(r"`([^`\n]+)`", each.read_text())]
    told = [span for span in spans if span.startswith((*verbs, ".venv/bin/python server.py "))]

    wrong = [span for span in spans if span.startswith("server.py ")]
    for span in told:
        if not set("[|…") & set(span) and "..." not in span:
            words = (
                span.removeprefix(".venv/bin/python server.py ").replace("ID", "7").replace("ROLE", "staff")
            )
            parser().parse_args(shlex.split(words))

    assert len(told) > 8, "the search is broken"
    assert wrong == []


def test_a_command_in_an_error_is_one_that_is_found() -> None:
    """What an operator reads in trouble is typed as it stands: `server.py restore` alone is not found."""
    places = [
        *ROOT.glob("store/**/*.py"),
        *ROOT.glob("service/*.py"),
        *ROOT.glob("languages/*/commands.json"),
    ]
    told = [
        line for each in places for line in each.read_text().splitlines() if re.search(r"server\.py\b", line)
    ]

    assert len(told) >= 4, "the search is broken"
    assert [line for line in told if ".venv/bin/python server.py" not in line] == []


@pytest.mark.parametrize("start", NOT_RUN)
def test_no_reason_is_kept_for_a_command_that_is_gone(start: str) -> None:
    assert any(each.command.startswith(start) for each in EVERY)


def test_the_unit_of_the_service_starts_what_there_is() -> None:
    (unit,) = [text for _, kind, text in blocks(ROOT / "docs/running-a-hall.md") if kind == "ini"]

    told = re.findall(r"^Exec\w+=/opt/motcua/app/\.venv/bin/python server\.py (.*)$", unit, re.MULTILINE)

    assert [parser().parse_args(shlex.split(each)).command for each in told] == ["run", "reload"]


def test_make_run_takes_another_port(tmp_path: Path) -> None:
    alone = {name: value for name, value in os.environ.items() if "MAKE" not in name}  # `make test` runs us
    with socket.socket() as bound:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(("127.0.0.1", 0))
        port = bound.getsockname()[1]
        said = subprocess.run(
            ["make", "--dry-run", "run", f"PORT={port}"],
            cwd=ROOT, env=alone, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        told = next(line for line in said.splitlines() if "server.py run" in line)
        with running(tmp_path / "var", *without_note(told)[3:]) as hall:
            assert hall.caller().get("/healthz").status == 200

    assert without_note(told)[:2] == [".venv/bin/python", "server.py"]
    assert without_note(told)[-2:] == ["--port", str(port)]
