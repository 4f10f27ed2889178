"""Checks of one value: from TOML as its type, from an environment variable as `FromEnvironment`."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time

from hall import signs

LONGEST = 300  # characters of a text
# Letters of the fonts before Unicode (.VnTime: t©m, §Êt; VNI: haønh), and of a wrong code page (tÃ¢m).
OLD_FONT = re.compile(
    r"[^\W\d_][©®µ¸¹¬ª¨§¦¥¤£¢¡¾¼½¶«»]+[^\W\d_]|(?<!\S)[§®¡¢£¤¥¦]+[^\W\d_]|[aeiouyâêô][øïûä]", re.IGNORECASE
)


class FromEnvironment(str):
    """The text of an environment variable: numbers, flags and lists (with commas) are read out of it."""

    __slots__ = ()


class Wrong(Exception):
    """A value that cannot be taken. `what`: the key of its sentence in `languages/`, which goes on from the
    name of the value's own key; `facts` fill it.
    """

    def __init__(self, what: str, **facts: object) -> None:
        super().__init__(what)
        self.what, self.facts = what, facts


def a_text(value: object, longest: int = LONGEST, *, empty: bool = False) -> str:
    """One line in NFC, so that accents typed on any machine are the same letters."""
    if not isinstance(value, str):
        raise Wrong("no_text", said=shown(value))
    text = unicodedata.normalize("NFC", value).replace("\t", " ").strip()
    if any(unicodedata.category(sign) in ("Cc", "Zl", "Zp") for sign in text):
        raise Wrong("no_line")
    if not text and not empty:
        raise Wrong("no_empty")
    if len(text) > longest:
        raise Wrong("too_long", count=len(text), longest=longest)
    return text


def words(value: object, longest: int = LONGEST, *, empty: bool = False) -> str:
    """A text that people read: in signs of the typeface, whose lack nobody would see on a slip."""
    typed = a_text(value, longest, empty=empty)
    if OLD_FONT.search(typed):
        raise Wrong("old_font", said=shown(typed))
    text = signs.plain(typed)
    if not text and not empty:  # of signs nobody sees
        raise Wrong("no_empty")
    if strange := signs.lacking(text):
        named = ", ".join(map(signs.named, strange))
        raise Wrong("no_sign", said=named)
    return text


def texts(value: object, of: Callable[[object], str] = a_text) -> tuple[str, ...]:
    if isinstance(value, FromEnvironment):
        value = [each for each in value.split(",") if each.strip()]
    if not isinstance(value, list):
        raise Wrong("no_list", said=shown(value))
    return tuple(of(each) for each in value)


def number(value: object, least: int, most: int) -> int:
    if isinstance(value, FromEnvironment) and value.strip().isascii() and value.strip().lstrip("-").isdigit():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Wrong("no_number", least=least, most=most, said=shown(value))
    if not least <= value <= most:
        raise Wrong("out_of_range", least=least, most=most, said=value)
    return value


def flag(value: object) -> bool:
    if isinstance(value, FromEnvironment):
        value = {"true": True, "false": False}.get(value.strip().lower(), str(value))
    if not isinstance(value, bool):
        raise Wrong("no_flag", said=shown(value))
    return value


def time_of_day(value: object) -> time:
    """`"07:30"`, or TOML's own 07:30:00."""
    try:
        found = time.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        found = None
    if not isinstance(found, time) or found.tzinfo or found.second or found.microsecond:
        raise Wrong("no_time", said=shown(value), near=time_meant(value))
    return found


def time_meant(value: object) -> str:
    """`"06:30"` for 6:30, 6h30, 6.30; nothing where it is no such time."""
    found = re.fullmatch(r"\s*([01]?\d|2[0-3])\s*[:.hg]\s*([0-5]\d)?(?:p|ph)?\s*", str(value), re.IGNORECASE)
    return f'"{int(found[1]):02}:{found[2] or "00"}"' if found else ""


def day_meant(value: object) -> str:
    """`"2027-02-05"` for 5/2/2027, as days are written in Viet Nam; nothing where it is no day."""
    found = re.fullmatch(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*", str(value))
    try:
        return f'"{date(int(found[3]), int(found[2]), int(found[1]))}"' if found else ""
    except ValueError:
        return ""


def dates(value: object) -> tuple[str, ...]:
    """Days as `2027-02-05`, in order."""
    if isinstance(value, FromEnvironment):
        value = [each.strip() for each in value.split(",") if each.strip()]
    if not isinstance(value, list):
        raise Wrong("no_days", said=shown(value))
    return tuple(sorted({_day(each).isoformat() for each in value}))


def _day(value: object) -> date:
    try:
        found = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        found = None
    if not isinstance(found, date) or isinstance(found, datetime):
        raise Wrong("no_day", said=shown(value), near=day_meant(value))
    return found


def shown(value: object) -> str:
    """A value as an operator wrote it, shortened."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            said = f'"{value}"'
        case list():
            said = f"[{', '.join(map(shown, value))}]"
        case dict():
            said = f"{{ {', '.join(f'{key} = {shown(inside)}' for key, inside in value.items())} }}"
        case _:
            said = str(value)
    return said if len(said) <= 40 else said[:39] + "…"
