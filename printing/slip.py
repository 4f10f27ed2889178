"""What a slip says: the facts and the words. Nothing here draws, so the hub can hold slips without Pillow."""

import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

import languages
from hall.model import Hall, Ticket
from hall.setup import WEEKDAYS
from hall.waiting import Place


@dataclass(frozen=True, slots=True)
class Slip:
    """`wait` in minutes, low and high. `foot`: the hall's own last line; empty: the usual one."""

    authority: str
    centre: str
    number: str
    procedure: str
    counters: tuple[str, ...]
    ahead: int | None
    wait: tuple[int, int] | None
    issued_at: datetime
    track_url: str | None = None
    language: str = "vi"
    reprint: bool = False
    priority: str | None = None
    foot: str = ""


def facts(hall: Hall, ticket: Ticket, place: Place) -> bytes:
    """What a print job keeps, without the token: the JSON of a `Slip` in the ticket's language; people ahead
    and wait only while it waits."""
    setup = hall.setup
    english = ticket.language == "en"
    procedure = setup.procedures.get(ticket.procedure)
    group = setup.priorities.get(ticket.priority or "")
    slip = Slip(
        authority=setup.authority_en if english else setup.authority,
        centre=setup.name_en if english else setup.name,
        number=ticket.number,
        procedure=(procedure.name_en if english else procedure.short) if procedure else ticket.procedure,
        counters=place.counters,
        ahead=place.ahead,
        wait=(place.wait.low_minutes, place.wait.high_minutes) if place.wait else None,
        issued_at=ticket.issued_at,
        language=ticket.language,
        priority=(group.name_en if english else group.name) if group else None,
    )
    return msgspec.json.encode(slip)


def read(facts: str | bytes, *, track_url: str | None, reprint: bool) -> Slip:
    """The slip of a print job. The stored facts never hold the token, so its address is added here.

    Raises msgspec.ValidationError where the facts are not a slip's.
    """
    slip = msgspec.json.decode(facts, type=Slip)
    return replace(slip, track_url=track_url, reprint=reprint)


def plain(text: str) -> str:
    """One line of NFC text: control, format and unassigned characters become spaces, spaces become one."""
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in composed)
    return " ".join(visible.split())


def say(slip: Slip, key: str, **facts: object) -> str:
    """A phrase of languages/LANGUAGE/slip.json in the language of the slip."""
    return languages.say(slip.language, "slip", key, **facts)


def where(slip: Slip) -> str:
    """'Quầy 1, 2 hoặc 3'; empty when no counter is known yet."""
    word = say(slip, "counter")
    *first, last = [plain(counter) for counter in slip.counters] or [""]
    if not first:
        return f"{word} {last}" if last else ""
    return f"{word} {', '.join(first)} {say(slip, 'or')} {last}"


def waiting(slip: Slip, *, short: bool = False) -> tuple[tuple[str, str], ...]:
    """Pairs (figure, what it counts): people ahead, minutes. Without a figure: a sentence by itself.

    `short`: words that fit beside the figure on narrow paper.
    """
    if slip.ahead == 0:
        return (("", say(slip, "nobody_ahead")),)
    pairs = []
    if slip.ahead is not None:
        pairs.append((str(slip.ahead), say(slip, "ahead", count=slip.ahead)))
    if slip.wait is not None:
        low, high = slip.wait
        minutes = say(slip, "minutes_short" if short else "minutes")
        pairs.append((str(low) if low == high else f"{low}–{high}", minutes))
    return tuple(pairs)


def when(slip: Slip) -> tuple[str, str]:
    """The hour and the day, apart, so that narrow paper can set them on two lines."""
    at = slip.issued_at
    half = say(slip, "morning" if at.hour < 12 else "afternoon")
    weekday = languages.say(slip.language, "calendar", WEEKDAYS[at.weekday()])
    return f"{at:%H:%M} · {half}", f"{weekday}, {at:%d/%m/%Y}"
