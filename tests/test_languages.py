"""The words of the hall: the same in every language, each said somewhere, none said that is not there."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.request import urlopen

import pytest

import languages
from hall.reasons import CODES, UNCHOSEN
from hall.setup import WEEKDAYS
from hall.words import REFUSALS
from service.screens import SCREENS

ROOT = Path(__file__).resolve().parent.parent
OUTSIDE = {"tests", "bench", "tools", "node_modules", "var"}
VIETNAMESE = re.compile(r"[À-ỹ]")
# What people type, names of counters.
READ_VIETNAMESE = {"search.js", "typing.js", "syllable.js", "names.js", "plain.js"}
SAYING = {"say", "_known"}  # (language or slip, [subject,] key): the strings among what they are given
PAGE = re.compile(r"""\bsay\("?\w+"?, "(\w+)", "(\w+)"\)""")


def sources(kind: str) -> Iterator[Path]:
    for path in ROOT.rglob(f"*.{kind}"):
        top = path.relative_to(ROOT).parts[0]
        if top not in OUTSIDE and not top.startswith("."):
            yield path


def calls(*names: str) -> Iterator[tuple[Path, ast.Call]]:
    for path in sources("py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in names:
                yield path, node


def strings(node: ast.AST) -> set[str]:
    """The constants of an expression; "state_*" for f"state_{...}"."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
            return {f"{text}*"}
        case ast.IfExp(body=body, orelse=orelse):
            return strings(body) | strings(orelse)
        case ast.BoolOp(values=values):
            return set[str]().union(*map(strings, values))
    return set()


def said() -> dict[str, set[str]]:
    """By subject the keys, or beginnings of keys, that the source says."""
    found: dict[str, set[str]] = defaultdict(set)
    for path, call in calls(*SAYING):
        texts = [strings(each) for each in call.args]
        if "printing" in path.parts and len(texts) == 2:
            found["slip"] |= texts[1]
        elif ast.unparse(call.func) == "_known":
            found[min(texts[0])] |= texts[1] | texts[2]
        elif len(texts) == 3 and texts[1]:
            found[min(texts[1])] |= texts[2]
    for page in sources("html"):
        for subject, key in PAGE.findall(page.read_text()):
            found[subject].add(key)
    return found


@dataclass(frozen=True)
class Screen:
    """A page that has a block of words: its template, its scripts and those that pages share."""

    name: str
    subjects: tuple[str, ...]
    source: str

    @property
    def phrases(self) -> set[str]:
        return {key for subject in self.subjects for key in languages.WORDS["vi"][subject]}

    def says(self, key: str) -> bool:
        """Whether the key stands in the source: "back", or "closed" and "lunch" for `closed_${why}`."""
        literal = {*re.findall(r'"(\w+)"', self.source), *re.findall(r"^  (\w+): +\{", self.source, re.M)}
        before = set(re.findall(r"`(\w+_)\$\{[^}]*\}`", self.source))
        after = set(re.findall(r"`\$\{[^}]*\}(_\w+)`", self.source))
        parts = {key.removeprefix(each) for each in before} | {key.removesuffix(each) for each in after}
        return key in literal or bool((literal | named_in_source()) & (parts - {key}))

    def said(self) -> set[str]:
        """The keys that the page says for certain."""
        found = set(re.findall(r'data-word="(\w+)"', self.source))
        for given in re.findall(r"\bsay\w*\(((?:[^()]|\([^()]*\))*)\)", self.source):
            texts = re.sub(r'[!=]== "\w+"|\{.*\}|\w+\.\w+\(.*?\)', "", given, flags=re.DOTALL)
            found |= set(re.findall(r'"(\w+)"', texts))
        return found - {"vi", "en"}


def screens() -> list[Screen]:
    shared = {path.name: path.read_text() for path in (ROOT / "web/static").glob("*.js")}
    found = []
    for page in sorted(sources("html")):
        if block := re.search(r"words_block\((?:\(.*?\)|\w+), (.*?)\)", page.read_text()):
            folder = page.relative_to(ROOT).parts[0]
            own = [*(ROOT / folder / "static").rglob("*.js"), *page.parent.glob("*.html")]
            source = re.sub(PAGE, "", "".join(path.read_text() for path in own))
            subjects = ("language", *re.findall(r'"(\w+)"', block[1]))
            loaded = [text for name, text in shared.items() if f"/static/web/{name}" in source]
            found.append(Screen(folder, subjects, source.replace(block[0], "") + "".join(loaded)))
    return found


def codes_raised() -> dict[str, list[set[str]]]:
    """Every code the source names when it refuses, with the facts it gives each time."""
    raised: dict[str, list[set[str]]] = defaultdict(list)
    for _, call in calls("Refused"):
        for code in ast.walk(call.args[0]) if call.args else ():
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                raised[code.value].append({each.arg for each in call.keywords if each.arg})
    return raised


@cache
def named_in_source() -> set[str]:
    return {text for path in sources("py") for text in re.findall(r'"(\w+)"', path.read_text())}


def test_every_language_says_the_same() -> None:
    assert languages.KNOWN[:2] == ("vi", "en")
    assert not languages.FAULTS


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"title": "Giấy", "left": "còn {count}"}', None),
        ('{"title": "Giấy", "left": {"one": "{count} left", "other": "{count} left"}}', None),
        ('{"title": "Giấy"}', "left: is missing"),
        ('{"title": "Giấy", "left": "{count}", "more": "x"}', "more: is not in vi/slip.json"),
        ('{"title": "Giấy", "left": "còn {number}"}', "left: must have these blanks and no others: count"),
        ('{"title": "", "left": "{count}"}', f"title: {languages.NOT_SOUND}"),
        ('{"title": "Gi\\u0061\\u0302\\u0301y", "left": "{count}"}', f"title: {languages.NOT_SOUND}"),
        ('{"title": "Giấy", "left": {"one": "{count}"}}', f"left: {languages.NOT_SOUND}"),
        ('{"title": "Giấy", "left": {"other": "{count}", "few": "x"}}', f"left: {languages.NOT_SOUND}"),
        ('{"title": 7, "left": "{count}"}', f"title: {languages.NOT_SOUND}"),
        ('{"title": "Giấy",', "Expecting"),
        ("[]", "left: is missing"),
    ],
)
def test_a_language_that_is_not_whole_is_told_by_file_and_key(
    tmp_path: Path, text: str, fault: str | None
) -> None:
    for language, content in {"vi": '{"title": "Giấy", "left": "còn {count}"}', "xx": text}.items():
        (tmp_path / language).mkdir()
        (tmp_path / language / "slip.json").write_text(content)
    faults: list[languages.Fault] = []

    faults += languages.unlike(languages.read(tmp_path, faults))

    told = [what for file, what in faults if file == "languages/xx/slip.json"]
    assert len(told) == len(faults)
    assert any(what.startswith(fault) for what in told) if fault else not told


def test_the_form_is_chosen_by_the_count() -> None:
    assert languages.say("en", "slip", "ahead", count=1) == "person before you"
    assert languages.say("en", "slip", "ahead", count=2) == "people before you"
    assert languages.say("vi", "slip", "ahead", count=1) == "người chờ trước"


def test_who_speaks_a_language_we_do_not_know_reads_vietnamese() -> None:
    assert languages.say("kl", "slip", "or") == "hoặc"


def test_every_phrase_is_said_somewhere_and_every_phrase_said_is_there() -> None:
    used = said()
    used["refusals"] = set(languages.WORDS["vi"]["refusals"])
    used["search"] = set(languages.WORDS["vi"]["search"])  # lists, read whole by the search of the kiosk
    used["calendar"] = set(WEEKDAYS)
    for subject in ("config", "commands"):
        used[subject] = languages.WORDS["vi"][subject].keys() & named_in_source()
    used["front"] |= {screen.name for screen in SCREENS if screen.link}
    for screen in screens():
        for subject in screen.subjects:
            used[subject] |= {key for key in languages.WORDS["vi"][subject] if screen.says(key)}
    troubles, named = languages.WORDS["vi"]["troubles"], named_in_source()  # "printer_paper_out"
    used["troubles"] |= {each for each in troubles if set(each.split("_", 1)) <= named}
    for kinds in (CODES, UNCHOSEN):
        used["reasons"] |= {f"{kind}_{code}" for kind, codes in kinds.items() for code in codes}
    assert used["tickets"] >= {"state_*", "chosen"}, "the search is broken"

    for subject, phrases in languages.WORDS["vi"].items():
        exact = {key for key in used[subject] if key and not key.endswith("*")}
        begun = tuple(key[:-1] for key in used[subject] if key.endswith("*"))
        assert exact <= phrases.keys(), subject
        assert {key for key in phrases if key not in exact and not key.startswith(begun)} == set(), subject


@pytest.mark.parametrize("screen", screens(), ids=lambda screen: str(screen.name))
def test_a_page_has_every_word_it_says(screen: Screen) -> None:
    assert len(screen.said()) > 10, "the search is broken"

    assert screen.said() <= screen.phrases
    twice = [key for subject in screen.subjects for key in languages.WORDS["vi"][subject]]
    assert len(set(twice)) == len(twice), "one subject would hide the other"


@pytest.mark.parametrize("path", [*sources("html"), *sources("js")], ids=lambda path: path.name)
def test_no_page_says_a_word_of_its_own(path: Path) -> None:
    """Vietnamese stands in no template and in no script; comments, and code that reads Vietnamese, may."""
    text = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(), flags=re.DOTALL)

    assert path.name in READ_VIETNAMESE or not re.search(VIETNAMESE, text)


def test_every_code_that_is_raised_has_its_sentences_and_no_sentence_is_without_its_code() -> None:
    raised = codes_raised()
    named = named_in_source()

    assert raised, "nothing found: the search is broken"
    assert raised.keys() <= REFUSALS
    assert named >= REFUSALS


def test_every_sentence_of_a_refusal_is_said_and_every_fact_is_in_a_sentence() -> None:
    detailed = [
        (code, set(facts))
        for code, *facts in (key.split(".") for key in languages.WORDS["vi"]["refusals"])
        if facts
    ]
    raised = codes_raised()
    # web/reading.py says the key of what it cannot read, whatever the code
    by_reading = [{"key"}, {"key", "did_you_mean"}]

    def said(code: str, given: set[str]) -> set[str] | None:
        return next((facts for each, facts in detailed if each == code and facts <= given), None)

    silent = [
        (code, facts)
        for code, facts in detailed
        if facts not in (said(code, given) for given in [*raised[code], *by_reading])
    ]
    idle = [
        (code, given)
        for code, times in raised.items()
        for given in times
        if given - {"key"} - {fact for each, facts in detailed if each == code for fact in facts}
    ]

    assert not silent, "nobody gives these facts with this code"
    assert not idle, "no sentence has this fact"


def with_a_third_language(folder: Path) -> Path:
    """This project with Tày beside Vietnamese and English: files, and no code."""
    for each in ROOT.iterdir():
        if each.name not in {"languages", "server.py", "config.toml", "var", ".git"}:
            (folder / each.name).symlink_to(each)
    shutil.copy(ROOT / "server.py", folder)
    shutil.copytree(ROOT / "languages", folder / "languages", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(folder / "languages/en", folder / "languages/tyz")
    for file in (folder / "languages/tyz").iterdir():
        marked = {key: mark(phrase) for key, phrase in json.loads(file.read_text()).items()}
        file.write_text(json.dumps(marked))
    known, offered = 'languages = ["vi", "en"]', 'languages = ["vi", "en", "tyz"]'
    (folder / "config.toml").write_text((ROOT / "config.toml").read_text().replace(known, offered))
    return folder


def mark(phrase: languages.Phrase) -> languages.Phrase:
    if isinstance(phrase, str):
        return f"Tày: {phrase}"
    return {form: f"Tày: {text}" for form, text in phrase.items()}


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, capture_output=True, text=True, timeout=60
    )


THIRD = """
import json, sys
from pathlib import Path
sys.path.insert(0, ".")
import config, languages, msgspec
from hall import words
from web import schemas
from web.errors import refusal
kiosk = config.read(Path("config.toml"), {}).settings.equipment["thach-ha"].kiosk
issue = msgspec.json.decode(b'{"procedure": "CT01", "language": "tyz"}', type=schemas.Issue)
described = msgspec.json.schema(schemas.Issue)["$defs"]["Issue"]["properties"]["language"]
told = json.loads(refusal("hall_closed", {}, as_page=False).data)["error"]
print(json.dumps([kiosk.languages, issue.language, described["enum"], languages.say("tyz", "slip", "or"),
    told["message_tyz"], words.trouble("printer", "paper_low", "1").said["tyz"]]))
"""


def test_a_third_language_is_files_and_no_code(tmp_path: Path) -> None:
    ran = run(with_a_third_language(tmp_path), "-c", THIRD)

    assert not ran.stderr
    offered, asked, described, word, refused, trouble = json.loads(ran.stdout)
    assert offered == ["vi", "en", "tyz"]
    assert asked == "tyz"
    assert sorted(described) == ["en", "tyz", "vi"]
    assert word == "Tày: or"
    assert refused.startswith("Tày: No numbers are given out now.")
    assert trouble == "Tày: 1: paper runs low."


def test_a_third_language_is_offered_on_every_page(tmp_path: Path) -> None:
    folder = with_a_third_language(tmp_path)
    hub = subprocess.Popen(
        [sys.executable, "server.py", "run", "--demo", "--port", "0"],
        cwd=folder, env=os.environ | {"MOTCUA_STORE_DIR": str(tmp_path / "var")},
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        assert hub.stdout is not None
        base = hub.stdout.readline().removeprefix("ready ").strip()
        for page in ("/kiosk/thach-ha", "/t/a-token-nobody-has", "/counter/thach-ha"):
            with urlopen(base + page, timeout=20) as answer:  # pages and their blocks of words
                text = answer.read().decode()
            block = re.search(r'<script type="application/json" data-phrases>(.*?)</script>', text)
            assert block, page
            assert json.loads(block[1])["tyz"]["language_name"] == "Tày: English"
            assert page.startswith("/counter") or 'data-language="tyz"' in text
    finally:
        hub.terminate()
        hub.communicate(timeout=20)


def test_a_hall_with_half_a_language_does_not_start(tmp_path: Path) -> None:
    folder = with_a_third_language(tmp_path)
    (folder / "languages/tyz/slip.json").write_text("{}")

    ran = run(folder, "server.py", "check-config")

    assert ran.returncode == 78
    assert "languages/tyz/slip.json: title: is missing" in ran.stderr


@pytest.mark.parametrize("subject", ["hall", "kiosk", "reasons"])
def test_a_file_of_the_first_language_spoilt_by_an_edit_is_told_by_name(tmp_path: Path, subject: str) -> None:
    folder = with_a_third_language(tmp_path)
    (folder / f"languages/vi/{subject}.json").write_text('{"a": "thiếu dấu"')

    ran = run(folder, "server.py", "check-config")

    assert ran.returncode == 78, ran.stderr
    assert f"languages/vi/{subject}.json: Expecting" in ran.stderr


@pytest.mark.parametrize(
    "gone", ["hall.json", "refusals.json", "config.json", "commands.json", "language.json"]
)
def test_a_file_of_the_first_language_that_is_gone_is_told_by_name(tmp_path: Path, gone: str) -> None:
    folder = with_a_third_language(tmp_path)
    (folder / "languages/vi" / gone).unlink()

    ran = run(folder, "server.py", "check-config")

    assert ran.returncode == 78, ran.stderr
    assert ran.stderr.splitlines() == [f"languages/vi/{gone}: is missing"]


def test_a_first_language_that_is_gone_is_told(tmp_path: Path) -> None:
    folder = with_a_third_language(tmp_path)
    shutil.rmtree(folder / "languages/vi")

    ran = run(folder, "server.py", "check-config")

    assert ran.returncode == 78, ran.stderr
    assert "languages/vi/refusals.json: is missing" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_language_that_nobody_wrote_is_told_with_those_there_are(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    text = (ROOT / "config.toml").read_text().replace('languages = ["vi", "en"]', 'languages = ["vi", "fr"]')
    config.write_text(text.replace("catalogue/", f"{ROOT}/catalogue/"))

    ran = run(ROOT, "server.py", "--config", str(config), "check-config")

    assert ran.returncode == 78
    assert '[kiosk] languages: "fr" is unknown. Allowed: vi, en' in ran.stderr


def test_the_rules_alone_need_no_web_framework() -> None:
    loaded = "import sys, hall.words; print(sorted({'flask', 'msgspec', 'gevent'} & sys.modules.keys()))"

    assert run(ROOT, "-c", loaded).stdout.strip() == "[]"
