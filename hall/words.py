"""What the hub says to people: refusals, why somebody is next, troubles. The words are in `languages/`.

Plain values in, `Text` out, and never an error: a sentence that cannot be filled is said shorter.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from hall.setup import WEEKDAYS
from languages import FIRST, KNOWN, WORDS, say

LONGEST_FACT = 60


@dataclass(frozen=True, slots=True)
class Text:
    """One thing said in every language we know, NFC."""

    said: Mapping[str, str]

    @property
    def vi(self) -> str:
        return self.said["vi"]

    @property
    def en(self) -> str:
        return self.said["en"]


Fact = str | int | Text


def _text(say_in: Callable[[str], str]) -> Text:
    return Text({language: say_in(language) for language in KNOWN})


def named(name: str, name_en: str) -> Text:
    """A name of the hall's own: in a language it has none in, that of the first."""
    return _text(lambda language: name_en if language == "en" else name)


NOTHING = _text(lambda _language: "")
# A code's sentences, "still_serving" and "still_serving.number": the latter is for whoever knows the number.
REFUSALS = frozenset(key for key in WORDS[FIRST]["refusals"] if "." not in key)
_DETAILED = [key.split(".") for key in WORDS[FIRST]["refusals"] if "." in key]


def refusal(code: str, **facts: Fact) -> Text:
    """What to tell people about a refusal. Facts that no sentence needs are left aside; an unknown code
    is told as `internal`. `counter`: its name, or the id of one without a name of its own."""
    if code not in REFUSALS:
        return refusal("internal")
    fitting = (parts for parts in _DETAILED if parts[0] == code and facts.keys() >= set(parts[1:]))
    key = ".".join(next(fitting, [code]))
    state = _known("tickets", f"state_{facts.get('state')}", "")
    number = facts.get("counter")

    def say_in(language: str) -> str:
        known = {name: _fit(_in(fact, language)) for name, fact in facts.items()}
        if isinstance(number, str) and code != "unknown_counter":
            known["counter"] = say(language, "hall", "counter_name", id=known["counter"])
        spelled = {"state": say(language, "tickets", state)} if state else {}
        return say(language, "refusals", key, **known | spelled)

    return _text(say_in)


def because(
    as_class: str,
    *,
    turn: int | None = None,
    of: int | None = None,
    waited_minutes: int,
    passed_over: int = 0,
    own_choice: Text | None = None,
) -> Text:
    """Why this citizen comes next: "ưu tiên, chờ 14 phút (cứ gọi 2 người ưu tiên thì gọi 1 người theo thứ
    tự)". `turn` and `of` are the weights of the class and of the ordinary citizens; shorter without them.
    """
    named = _known("tickets", f"class_{as_class}", "class_ordinary")
    turns = _known("tickets", f"turns_{as_class}", "") if turn is not None and of is not None else ""

    def say_in(language: str) -> str:
        if own_choice is None:
            parts = [say(language, "tickets", named)]
        elif reason := _fit(own_choice.said[language]):
            parts = [say(language, "tickets", "chosen_because", reason=reason)]
        else:
            parts = [say(language, "tickets", "chosen")]
        if waited_minutes < 1:
            parts.append(say(language, "tickets", "waited_none"))
        else:
            parts.append(say(language, "tickets", "waited", count=waited_minutes))
        if passed_over > 0:
            parts.append(say(language, "tickets", "passed_over", count=passed_over))
        why = ", ".join(parts)
        by_turns = turns and own_choice is None
        return say(language, "tickets", turns, why=why, turn=turn, of=of) if by_turns else why

    return _text(say_in)


def reason(kind: str, code: str, note: str | None) -> Text:
    """A reason as people read it: "Ăn trưa", "Việc gấp (con ốm)", or the officer's own words alone."""
    key = _known("reasons", f"{kind}_{code}", f"{kind}_other")

    def say_in(language: str) -> str:
        if note is not None and code == "other":
            return note
        said = say(language, "reasons", key)
        return say(language, "reasons", "with_note", reason=said, note=note) if note is not None else said

    return _text(say_in)


def trouble(what: str, state: str, who: str) -> Text:
    """A device's trouble as the staff read it: what is wrong with `who` and what to do."""
    key = _known("troubles", f"{what}_{state}", "any")
    return _text(lambda language: say(language, "troubles", key, who=_fit(who)))


def shortened(name: str, longest: int) -> str:
    """A name by which people still know what it is: without its remarks in brackets, then up to the last
    clause that fits, then up to the last word.
    """
    if len(name) <= longest:
        return name
    bare = " ".join(re.sub(r"\s*\([^()]*\)", "", name).split())
    if len(bare) <= longest:
        return bare
    room = bare[:longest]  # one sign is left for the dots
    clause = max(room.rfind(mark) for mark in (", ", "; ", ": ", " - ", " – "))
    end = clause if clause > longest // 2 else room.rfind(" ")
    return room[: end if end > 0 else longest - 1].rstrip(" ,;:-–(") + "…"


def unattended(why: str, opens_at: datetime | None, today: date, language: str) -> tuple[str, str]:
    """That no counter calls, and from when one does: "Chưa có quầy nào mở", "Các quầy gọi số từ 07:30."."""
    title = say(language, "attending", _known("attending", f"unattended_{why}", "unattended_closed"))
    if opens_at is None:
        return title, say(language, "attending", "attended_later")
    time = f"{opens_at:%H:%M}"
    if opens_at.date() == today:
        return title, say(language, "attending", "attended_from", time=time)
    weekday = say(language, "calendar", WEEKDAYS[opens_at.weekday()])
    date_words = f"{opens_at:%d/%m}"
    return title, say(language, "attending", "attended_from_day", time=time, weekday=weekday, date=date_words)


def _known(subject: str, key: str, otherwise: str) -> str:
    return key if key in WORDS[FIRST][subject] else otherwise


def _in(fact: Fact, language: str) -> str | int:
    return fact.said[language] if isinstance(fact, Text) else fact


def _fit(fact: str | int) -> str:
    """A fact fit to stand in a sentence: NFC, printable, short."""
    shown = unicodedata.normalize("NFC", "".join(sign for sign in str(fact) if sign.isprintable())).strip()
    return shown if len(shown) <= LONGEST_FACT else shown[: LONGEST_FACT - 1] + "…"
