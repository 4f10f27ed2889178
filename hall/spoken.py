"""Numbers and calls as a person says them, in Vietnamese and English.

A ticket's number is said figure by figure with its leading zeros; counters and counts are said as
cardinals; so is a short figure in a name, "Quầy 12", while a long one is said figure by figure, as people say
the number of a room: "phòng hai không một". Everything comes out as words: speech programs read figures
wrongly ("15" as "mười năm").
"""

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from hall.setup import Trade
from hall.trade import COMMON, said

Language = Literal["vi", "en"]
Dialect = Literal["north", "south"]
VoiceKind = Literal["recorded", "espeak", "chime"]

DIGITS: dict[Language, tuple[str, ...]] = {
    "vi": ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
}
LETTERS_VI = {
    "A": "A", "B": "bê", "C": "xê", "D": "dê", "Đ": "đê", "E": "e", "F": "ép", "G": "giê", "H": "hát",
    "I": "i", "J": "gi", "K": "ca", "L": "e-lờ", "M": "em-mờ", "N": "en-nờ", "O": "o", "P": "pê",
    "Q": "quy", "R": "e-rờ", "S": "ét-sờ", "T": "tê", "U": "u", "V": "vê", "W": "vê kép", "X": "ích-xì",
    "Y": "i dài", "Z": "dét",
}  # fmt: skip
INVITATIONS: dict[Language, tuple[str, str, str]] = {
    "vi": ("Xin mời công dân có số thứ tự", "đến quầy số", "đến"),
    "en": ("Ticket number", "please go to counter", "please go to"),
}
NUMBERED = re.compile(r"(?:Quầy|Counter)(?: số| number)? (\S+)", re.IGNORECASE)
ROOM_FIGURES = 3  # so many figures and more are the number of a room, said one by one
SAID_SIGNS: dict[Language, tuple[tuple[str, str], ...]] = {
    "vi": (("&", "và"), ("+", "và"), ("Nº", "số")),
    "en": (("&", "and"), ("+", "and"), ("Nº", "number")),
}
_SILENT = re.compile(r"[<>=*_#|~^\[\]{}\"“”]")
_WORD = re.compile(r"[^\W_]+(?:[.\-/][^\W_]+)*")
_TEENS_EN = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS_EN = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_GROUPS_VI: dict[Dialect, tuple[str, ...]] = {
    "north": ("", "nghìn", "triệu", "tỷ"),
    "south": ("", "ngàn", "triệu", "tỷ"),
}
_GROUPS_EN = ("", "thousand", "million", "billion")
LARGEST = 10**12 - 1


@dataclass(frozen=True, slots=True)
class Clip:
    """One sound to play; those of an announcement follow back to back. `id` names its content: the same id is
    the same sound for ever."""

    id: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is said for one call. `voice`: who speaks, "chime" where nobody could. A sentence is None in a
    language not asked for."""

    clips: tuple[Clip, ...]
    sentence_vi: str | None
    sentence_en: str | None
    voice: VoiceKind


def cardinal(n: int, language: Language, dialect: Dialect = "north") -> str:
    """`n` in words, 0 to `LARGEST`. The dialect tells linh from lẻ and nghìn from ngàn."""
    if not 0 <= n <= LARGEST:
        raise ValueError(f"{n} is not between 0 and {LARGEST}")
    if n == 0:
        return DIGITS[language][0]
    groups = [(place, n // 1000**place % 1000) for place in (3, 2, 1, 0)]
    words: list[str] = []
    for place, group in groups:
        if not group:
            continue
        if language == "en":
            join = "and" if words and place == 0 and group < 100 else ""
            words += [join, _below_thousand_en(group), _GROUPS_EN[place]]
        else:
            words += [_below_thousand_vi(group, bool(words), dialect), _GROUPS_VI[dialect][place]]
    return " ".join(word for word in words if word)


def _below_thousand_vi(n: int, after_larger: bool, dialect: Dialect) -> str:
    """1 to 999. After a larger group the hundreds are said even when there are none: "không trăm"."""
    digits = DIGITS["vi"]
    hundreds, tens, units = n // 100, n // 10 % 10, n % 10
    words = [digits[hundreds], "trăm"] if hundreds or after_larger else []
    match tens:
        case 0 if units and words:
            words += ["linh" if dialect == "north" else "lẻ", digits[units]]
        case 0 if units:
            words += [digits[units]]
        case 1:
            words += ["mười", {0: "", 5: "lăm"}.get(units, digits[units])]
        case _ if tens:
            words += [digits[tens], "mươi", {0: "", 1: "mốt", 4: "tư", 5: "lăm"}.get(units, digits[units])]
    return " ".join(word for word in words if word)


def _below_thousand_en(n: int) -> str:
    digits = DIGITS["en"]
    hundreds, rest = n // 100, n % 100
    words = [f"{digits[hundreds]} hundred"] if hundreds else []
    if 10 <= rest < 20:
        words.append(_TEENS_EN[rest - 10])
    elif rest >= 20:
        words.append("-".join(filter(None, (_TENS_EN[rest // 10], digits[rest % 10] if rest % 10 else ""))))
    elif rest:
        words.append(digits[rest])
    return " and ".join(words)


def spoken_number(number: str, language: Language) -> str:
    """A ticket's number sign by sign: "A042" is "A không bốn hai"."""
    return " ".join(sign_name(sign, language) for sign in number if sign.isalnum())


def sign_name(sign: str, language: Language) -> str:
    """One letter or figure as it is said; a letter without a known name stays as it is."""
    if "0" <= sign <= "9":
        return DIGITS[language][int(sign)]
    letter = sign.upper()
    return LETTERS_VI.get(letter, letter) if language == "vi" else letter


def spoken_counter(counter: str, language: Language, dialect: Dialect = "north") -> str:
    """A counter's id as people say it: "12" a cardinal, "B2" letter and cardinal, "03" figure by figure."""
    parts: list[str] = []
    for figures, run in groupby(filter(str.isalnum, counter), key=lambda sign: "0" <= sign <= "9"):
        text = "".join(run)
        if figures and text == str(int(text)) and int(text) <= LARGEST:
            parts.append(cardinal(int(text), language, dialect))
        else:
            parts.append(spoken_number(text, language))
    return " ".join(parts)


def is_sayable(counter: str) -> bool:
    """Whether "quầy số ..." can be said of this id; others ("tra-ket-qua") are called by their name."""
    known = all(sign.upper() in LETTERS_VI or "0" <= sign <= "9" for sign in counter)
    return known and (len(counter) == 1 or any("0" <= sign <= "9" for sign in counter))


def spoken_name(name: str, language: Language, dialect: Dialect = "north") -> str:
    """A counter's name within a sentence: "Phòng 201" is "phòng hai không một", "Tầng 2, phòng B12" is
    "tầng hai, phòng bê mười hai".
    """
    if name[1:2].islower():
        name = name[0].lower() + name[1:]
    for sign, word in SAID_SIGNS[language]:
        name = name.replace(sign, f" {word} ")
    name = _SILENT.sub(" ", name)
    said = _WORD.sub(lambda found: _spoken_mixed(found[0], language, dialect), name)
    return " ".join(said.split())


def _spoken_mixed(text: str, language: Language, dialect: Dialect) -> str:
    """A word with figures in it, its runs of letters and figures one by one."""
    if not any("0" <= sign <= "9" for sign in text):
        return text
    parts: list[str] = []
    for run in re.findall(r"[0-9]+|[^\W\d_]+", text):
        figures = "0" <= run[0] <= "9"
        if figures and run == str(int(run)) and len(run) < ROOM_FIGURES:
            parts.append(cardinal(int(run), language, dialect))
        elif figures or len(run) == 1:
            parts.append(spoken_number(run, language))
        else:
            parts.append(run)
    return " ".join(parts)


def call_parts(
    number: str,
    counter: str,
    language: Language,
    dialect: Dialect = "north",
    name: str | None = None,
    trade: Trade = COMMON,
) -> tuple[str, str, str]:
    """A call in its pieces: the invitation, the number, where to go. A counter with a `name` of its own is
    called by it, as on wall and slip; one that is "Quầy" and a number, by its number.
    """
    invitation, to_counter, to_place = (said(trade, words, language) for words in INVITATIONS[language])
    numbered = NUMBERED.fullmatch(name) if name else None
    its_number = numbered[1] if numbered else counter
    if name and not (numbered and is_sayable(its_number)):
        place = f"{to_place} {spoken_name(name, language, dialect)}"
    else:
        place = f"{to_counter} {spoken_counter(its_number, language, dialect)}"
    return invitation, spoken_number(number, language), place


def call_sentence(
    number: str,
    counter: str,
    language: Language,
    dialect: Dialect = "north",
    name: str | None = None,
    trade: Trade = COMMON,
) -> str:
    """The sentence that calls a citizen: number and counter, never a person's name."""
    invitation, signs, place = call_parts(number, counter, language, dialect, name, trade)
    comma = "," if language == "en" else ""
    return f"{invitation} {signs}{comma} {place}."
