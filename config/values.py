"""Checks of one value: from TOML as its type, from an environment variable as `FromEnvironment`."""

import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time

from hall import signs

LONGEST = 300  # characters of a text


class FromEnvironment(str):
    """The text of an environment variable: numbers, flags and lists (with commas) are read out of it."""

    __slots__ = ()


class Wrong(Exception):
    """A value that cannot be taken; the message goes on from the name of its key."""


def a_text(value: object, longest: int = LONGEST, *, empty: bool = False) -> str:
    """One line in NFC, so that accents typed on any machine are the same letters."""
    if not isinstance(value, str):
        raise Wrong(f"must be a text in quotes, is {shown(value)}")
    text = unicodedata.normalize("NFC", value).strip()
    if any(unicodedata.category(sign) in ("Cc", "Zl", "Zp") for sign in text):
        raise Wrong("must be one line without control characters")
    if not text and not empty:
        raise Wrong("must not be empty")
    if len(text) > longest:
        raise Wrong(f"is too long: {len(text)} characters, at most {longest}")
    return text


def words(value: object, longest: int = LONGEST, *, empty: bool = False) -> str:
    """A text that people read: in signs of the typeface, whose lack nobody would see on a slip."""
    text = signs.plain(a_text(value, longest, empty=empty))
    if strange := signs.lacking(text):
        named = ", ".join(map(signs.named, strange))
        raise Wrong(f"cannot be shown on slips and screens, take another sign instead of {named}")
    return text


def texts(value: object, of: Callable[[object], str] = a_text) -> tuple[str, ...]:
    if isinstance(value, FromEnvironment):
        value = [each for each in value.split(",") if each.strip()]
    if not isinstance(value, list):
        raise Wrong(f'must be a list of texts such as ["A", "B"], is {shown(value)}')
    return tuple(of(each) for each in value)


def number(value: object, least: int, most: int) -> int:
    if isinstance(value, FromEnvironment) and value.strip().isascii() and value.strip().lstrip("-").isdigit():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Wrong(f"must be a whole number from {least} to {most}, is {shown(value)}")
    if not least <= value <= most:
        raise Wrong(f"must be from {least} to {most}, is {value}")
    return value


def flag(value: object) -> bool:
    if isinstance(value, FromEnvironment):
        value = {"true": True, "false": False}.get(value.strip().lower(), str(value))
    if not isinstance(value, bool):
        raise Wrong(f"must be true or false, is {shown(value)}")
    return value


def time_of_day(value: object) -> time:
    """`"07:30"`, or TOML's own 07:30:00."""
    try:
        found = time.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        found = None
    if not isinstance(found, time) or found.tzinfo or found.second or found.microsecond:
        raise Wrong(f'must be a time of day such as "07:30", is {shown(value)}')
    return found


def dates(value: object) -> tuple[str, ...]:
    """Days as `2027-02-05`, in order."""
    if isinstance(value, FromEnvironment):
        value = [each.strip() for each in value.split(",") if each.strip()]
    if not isinstance(value, list):
        raise Wrong(f'must be a list of days such as ["2027-02-05"], is {shown(value)}')
    return tuple(sorted({_day(each).isoformat() for each in value}))


def _day(value: object) -> date:
    try:
        found = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        found = None
    if not isinstance(found, date) or isinstance(found, datetime):
        raise Wrong(f'{shown(value)} is no day such as "2027-02-05"')
    return found


def shown(value: object) -> str:
    """A value as an operator wrote it, shortened."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            said = f'"{value}"'
        case list():
            said = "a list"
        case dict():
            said = "a table"
        case _:
            said = str(value)
    return said if len(said) <= 40 else said[:39] + "…"
