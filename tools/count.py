"""The figures the house is held to, counted in its source: `python -m tools.count`.

A way is the list of files that somebody new opens to follow one thing through the house, in this order. Each
stop is verified: its file defines the name, and shares the word that led there with a file opened before. So
a rename breaks the count. Not opened: what a name and its arguments say whole (dom, clock, escpos; the socket
on both of its sides, live/sockets.py and live.js), and how the parts were put together (service/build.py).
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONG = 40
PLAIN = ("recall", "start", "no_show")  # need nothing said: a test that names them all lists the verbs


@dataclass(frozen=True, slots=True)
class Stop:
    """`name` is defined in `file`; `word` led there, as an earlier file writes it. Empty: the name itself."""

    file: str
    name: str
    word: str = ""


FROM_TOUCH_TO_SLIP = (
    Stop("kiosk/static/kiosk.js", "take"),
    Stop("kiosk/static/taking.js", "createTaking"),
    Stop("web/static/wish.js", "untilAnswered"),
    Stop("api/tickets.py", "issue", "tickets"),
    Stop("hub/door.py", "change"),
    Stop("hall/issuing.py", "issue"),
    Stop("hall/numbering.py", "number"),
    Stop("hall/fold.py", "fold"),
    Stop("store/journal.py", "append"),
    Stop("store/print_jobs.py", "queue"),
    Stop("printing/slip.py", "facts"),
    Stop("printing/spool.py", "Spool", "PrintJobs"),
    Stop("printing/drawer.py", "draw"),
    Stop("printing/picture.py", "draw"),
    Stop("printing/transports.py", "send"),
)
FROM_NEXT_TO_WALL_AND_VOICE = (
    Stop("counter_panel/static/input/work.js", "do"),
    Stop("counter_panel/static/model/acts.js", "stepOf"),
    Stop("web/static/wish.js", "createWishes"),
    Stop("api/counters.py", "call_next", "next"),
    Stop("hub/door.py", "change"),
    Stop("hall/calling.py", "call_next"),
    Stop("hall/routing.py", "next_ticket"),
    Stop("hall/fold.py", "fold"),
    Stop("live/publisher.py", "changed"),
    Stop("service/screens.py", "draw", "Room"),
    Stop("hall/views/wall.py", "board", "Heading"),
    Stop("display/static/display.js", "heard", "snapshot"),
    Stop("display/static/stage.js", "arrive"),
    Stop("display/routes.py", "announcement"),
    Stop("voice/announcer.py", "announcement"),
)
DEFINED = (
    r"(?:\b(?:def|class|function)\s+{0}\b|^(?:export\s+)?(?:const\s+)?{0}\s*=|^\s+(?:async\s+)?{0}\(.*\{{$)"
)


def text_of(file: str) -> str:
    return (ROOT / file).read_text("utf-8") if (ROOT / file).is_file() else ""


def says(word: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", text) is not None


def faults(way: tuple[Stop, ...]) -> Iterator[str]:
    """The stops that nobody finds any more."""
    opened: list[str] = []
    for stop in way:
        text, word = text_of(stop.file), stop.word or stop.name
        if not re.search(DEFINED.format(re.escape(stop.name)), text, re.MULTILINE):
            yield f"{stop.file} does not define {stop.name}"
        if opened and not (says(word, text) and any(says(word, text_of(each)) for each in opened)):
            yield f"{word} does not lead to {stop.file}"
        opened.append(stop.file)


def sources(*endings: str) -> list[str]:
    """The project's files, tracked or about to be; without git all but folders of data and of npm."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    ).stdout.split()  # fmt: skip
    if not listed:
        tops = [each for each in ROOT.iterdir() if each.name not in {"node_modules", "var"}]
        found = [each for top in tops if top.name[0] != "." for each in (top, *top.rglob("*"))]
        listed = [each.relative_to(ROOT).as_posix() for each in found]
    return sorted(each for each in listed if each.endswith(endings) and (ROOT / each).is_file())


def is_product(file: str) -> bool:
    return not file.startswith(("tests/", "bench/", "tools/"))


def long_functions() -> dict[str, int]:
    """By file and name, outside tests and bench, with their lines."""
    return {
        f"{file}:{node.name}": lines
        for file in sources(".py")
        if not file.startswith(("tests/", "bench/"))
        for node in ast.walk(ast.parse(text_of(file)))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LONG
    }


def verbs() -> list[str]:
    """What can be done with one ticket, as its doors name it."""
    return re.findall(r'_door\(\s*"(\w+)"', text_of("api/tickets.py"))


def files_of_verb(verb: str) -> list[str]:
    """Where its event, rule, door, row of acts and words stand."""
    rules = ast.parse(text_of("hall/calling.py")).body
    named = [each for each in rules if isinstance(each, ast.FunctionDef) and each.name == verb]
    events = re.findall(r"^class (\w+)\(Event\)", text_of("hall/events.py"), re.MULTILINE)
    made = {each.id for rule in named for each in ast.walk(rule) if isinstance(each, ast.Name)} & set(events)
    signs = [rf"\b{each}\b" for each in sorted(made)]
    signs += [
        rf"\bcalling\.{verb}\b",
        rf'_door\(\s*"{verb}"',
        rf'act === "{verb}"',
        rf"^  {verb}: +\{{",
        rf'"done_{verb}"',
    ]
    sign = re.compile("|".join(signs), re.MULTILINE)
    return [
        each for each in sources(".py", ".js", ".json") if is_product(each) and sign.search(text_of(each))
    ]


def tests_of_verbs() -> list[str]:
    """The tests that list the verbs, and the rule's own: where a new one is written down."""
    listing = [
        file
        for file in sources(".py", ".js")
        if file.startswith("tests/") and all(f'"{verb}"' in text_of(file) for verb in PLAIN)
    ]
    return ["tests/rules/test_calling.py", *listing]


def registrations(screen: str) -> list[str]:
    """The files outside its folder that import a screen or name it among folders."""
    among = rf'FOLDERS = \((?:\n    "\w+",)*\n    "{screen}",'
    sign = re.compile(rf"^(?:import {screen}$|from {screen} import|{among})", re.MULTILINE)
    return [
        file
        for file in sources(".py")
        if is_product(file) and not file.startswith(f"{screen}/") and sign.search(text_of(file))
    ]


def screens() -> list[str]:
    return [each.split("/")[0] for each in sources("/__init__.py") if "\nSCREEN = " in text_of(each)]


def main() -> int:
    wrong = [*faults(FROM_TOUCH_TO_SLIP), *faults(FROM_NEXT_TO_WALL_AND_VOICE)]
    long = long_functions()
    print(f"files from a touch to the slip: {len(FROM_TOUCH_TO_SLIP)}")
    print(f"files from next to wall and voice: {len(FROM_NEXT_TO_WALL_AND_VOICE)}")
    told = ", ".join(f"{verb} {len(files_of_verb(verb))}" for verb in verbs())
    print(f"files of code a ticket verb stands in: {told}")
    print(f"tests it is written down in: {len(tests_of_verbs())} ({', '.join(tests_of_verbs())})")
    told = ", ".join(f"{screen} {len(registrations(screen))}" for screen in screens())
    print(f"registrations of a screen: {told}")
    print(
        f"functions over {LONG} lines: {len(long)} ({', '.join(f'{name} {at}' for name, at in long.items())})"
    )
    print("\n".join(wrong), file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
