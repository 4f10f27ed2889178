"""What is wrong with a text that is no TOML, in the words of somebody who typed it in an editor.

tomllib is the judge of what is TOML, and complains as a parser does: "Illegal character '\\n'" for a quote
that was not closed. What somebody really typed is looked for in the statement that it could not read.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass

from config.values import day_meant, time_meant

AT_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
TWICE = re.compile(r"Cannot declare \((.*?),?\) twice|Cannot mutate immutable namespace \((.*?),?\)")
KEY_TWICE = "Cannot overwrite a value"
CURLY = "“”„‟‘’‚‛«»‹›＂＇″′"
TRIPLE = ('"""', "'''")
# A text in quotes, closed on its line: what stands in it is the hall's affair.
CLOSED = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')
WRONG_ESCAPE = re.compile(r'\\(?![btnfr"\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})')
BARE_KEY = re.compile(r"[\w-]+(\s*\.\s*[\w-]+)*", re.ASCII)
# What tomllib says where nothing else was found, and the sentence that is true of it.
COMPLAINTS = {
    "Expected newline or end of document after a statement": "after_value",
    "Expected '=' after a key": "no_equals",
    "Expected ']' at the end of a table": "odd_name",
    "Invalid initial character for a key part": "odd_name",
    "Invalid statement": "no_equals",
    "Invalid value": "odd_value",
    "Unclosed array": "odd_list",
    "Unclosed inline table": "odd_list",
}

Cause = tuple[str, dict[str, object]]  # the key of a sentence, and what fills it


@dataclass(frozen=True, slots=True)
class Unreadable(Exception):
    """A file that cannot be read as TOML. `line`: 0 where the whole file is meant; `what`: the key of the
    sentence in `languages/`, which `facts` fill.
    """

    line: int
    what: str
    facts: dict[str, object]


def decoded(content: bytes) -> str:
    """The text of a file, with line ends as TOML has them. Raises Unreadable where it is not UTF-8."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content:
        raise Unreadable(1, "utf_16", {})
    try:
        text = content.decode("utf-8-sig")  # Notepad begins a file with a mark
    except UnicodeDecodeError as error:
        raise Unreadable(content[: error.start].count(b"\n") + 1, "no_utf_8", {}) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parsed(text: str) -> dict[str, object]:
    """The TOML of a text. Raises Unreadable with what was meant."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise diagnosed(text, str(error)) from None


def diagnosed(text: str, complaint: str) -> Unreadable:
    """The place of a fault and its likeliest cause. `complaint`: tomllib's own message."""
    lines = text.split("\n")
    at = AT_LINE.search(complaint)
    told = int(at[1]) if at and at[1] else max(1, text.rstrip().count("\n") + 1)
    said = AT_LINE.sub("", complaint)
    if declared := TWICE.match(said):
        name = [part.strip(" '") for part in (declared[1] or declared[2]).split(",")]
        return Unreadable(told, "table_twice", {"name": ".".join(name), "first": _first_head(lines, name)})
    if said == KEY_TWICE:
        key = lines[told - 1].partition("=")[0].strip()
        return Unreadable(told, "key_twice", {"name": key, "first": _first_key(lines, told, key)})
    start, statement = _broken(lines) or (told, lines[told - 1 : told])
    if found := _cause(statement[0]) or _left_open(statement):
        return Unreadable(start, *found)
    for line, typed in enumerate(statement[1:], start + 1):
        if found := _cause_of_signs(typed):
            return Unreadable(line, *found)
    what = next((what for start, what in COMPLAINTS.items() if said.startswith(start)), "no_toml")
    return Unreadable(told, what, {"said": _shortened(lines[told - 1]), "why": said})


def _broken(lines: list[str]) -> tuple[int, list[str]] | None:
    """The line on which the statement begins that no further line makes whole, with its lines up to the next
    head of a table: what comes after was not meant to belong to it."""
    start = 0
    for end in range(1, len(lines) + 1):
        try:
            tomllib.loads("\n".join(lines[start:end]))
            start = end
        except tomllib.TOMLDecodeError:
            continue
    if start == len(lines):
        return None
    heads = (at for at in range(start + 1, len(lines)) if lines[at].startswith("["))
    return start + 1, lines[start : next(heads, len(lines))]


def _cause(typed: str) -> Cause | None:
    """What is wrong with the first line of a statement. None: nothing that can be seen in it alone."""
    if any(mark in typed for mark in TRIPLE):
        return None
    found = _cause_of_signs(typed)
    return found or _cause_of_statement(_code(typed).strip(), {"said": _shortened(typed)})


def _code(typed: str) -> str:
    """A line without its note, and without what stands in quotes."""
    return CLOSED.sub('""', typed).partition("#")[0]


def _cause_of_signs(typed: str) -> Cause | None:
    """Quotes that are none, signs nobody sees, quotes left open."""
    code = _code(typed)
    signs: dict[str, object] = {"said": _shortened(typed)}
    if curly := next((sign for sign in code if sign in CURLY), ""):
        return "curly_quote", {"sign": curly}
    if odd := next((sign for sign in code if _unseen(sign)), ""):
        return "unseen_sign", {"sign": f"U+{ord(odd):04X}"}
    if re.search("[\"']", CLOSED.sub("", typed).partition("#")[0]):
        return ("backslash", signs) if re.search(r'\\"\s*$', typed) else ("open_quote", signs)
    if WRONG_ESCAPE.search(re.sub(r"'[^']*'|#[^\"]*$", "", typed)):
        return "backslash", signs
    return None


def _cause_of_statement(code: str, signs: dict[str, object]) -> Cause | None:
    if code.startswith(("//", ";", "--", "/*")):
        return "no_comment", signs
    if code.startswith("["):
        if not re.search(r"\]\s*$", code) or code.count("[") != code.count("]"):
            return "open_bracket", signs
        return _cause_of_name(code.strip("[] "), signs)
    key, equals, value = (each.strip() for each in code.partition("="))
    if not equals:
        if re.match(r"[\w.-]+\s*:", code):
            return "colon", signs
        return ("no_equals", signs) if re.match(r"\w", code) else None
    return _cause_of_name(key, signs) or _cause_of_value(value, signs)


def _cause_of_name(name: str, signs: dict[str, object]) -> Cause | None:
    if BARE_KEY.fullmatch(name.replace('""', "x")):
        return None
    return "odd_name" if name.isascii() else "name_in_quotes", signs


def _cause_of_value(value: str, signs: dict[str, object]) -> Cause | None:
    if not value:
        return ("text_without_quotes" if "#" in str(signs["said"]) else "no_value"), signs
    if value.lower() in ("true", "false", "yes", "no", "on", "off", "có", "không", "đúng", "sai"):
        return "no_flag", {"said": value}
    if time := re.fullmatch(r"(\d{1,2}[:h](\d{2})?)(:\d{2})?", value):
        return "bare_time", {"near": time_meant(time[1]), "said": value}
    if day := re.search(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}", value):
        return "bare_day", {"said": day[0], "near": day_meant(day[0])}
    if re.fullmatch(r"[+-]?[\d.,_ ]+", value):
        return "bare_number", {"said": value}
    if re.search(r'""\s*""', value):
        return "no_comma", signs
    if re.match(r'""\s*\S', value):
        return "after_value", signs
    words = [value] if value[0] not in "[{" else re.findall(r"[^\[\],\s]+", value) if "{" not in value else []
    bare = (each for each in words if re.match(r"[^\W\d]", each) and each not in ("true", "false"))
    found = next(bare, None)
    return ("text_without_quotes", {"said": _shortened(found)}) if found else None


def _left_open(statement: list[str]) -> Cause | None:
    """What was begun in a statement and not ended: a long text, a list, a table in braces."""
    whole = "\n".join(statement)
    signs: dict[str, object] = {"said": _shortened(statement[0])}
    if any(whole.count(mark) % 2 for mark in TRIPLE):
        return "open_text", signs
    code = "\n".join(map(_code, statement))
    if re.search(r'""\s*""', code):
        return "no_comma", signs
    if code.count("[") > code.count("]") or code.count("{") > code.count("}"):
        return "open_list", signs
    return None


def _first_head(lines: list[str], name: list[str]) -> int:
    """The line of the first `[a.b]`."""
    parts = r"\s*\.\s*".join(rf"[\"']?{re.escape(part)}[\"']?" for part in name)
    heads = (at for at, line in enumerate(lines, 1) if re.match(rf"\s*\[+\s*{parts}\s*[\].]", line))
    return next(heads, 1)


def _first_key(lines: list[str], second: int, key: str) -> int:
    """The line where a key stands before, in the same table."""
    for at in range(second - 1, 0, -1):
        if lines[at - 1].partition("=")[0].strip(" \t\"'") == key.strip("\"'"):
            return at
    return second


def _unseen(sign: str) -> bool:
    """A blank or control sign that looks like nothing, and is none of TOML's own."""
    return unicodedata.category(sign) in ("Zs", "Zl", "Zp", "Cf", "Cc") and sign not in " \t"


def _shortened(typed: str) -> str:
    typed = typed.strip()
    return typed if len(typed) <= 40 else typed[:39] + "…"
