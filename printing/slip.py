"""What a slip says: the facts and the words. Nothing here draws, so the hub can hold slips without Pillow."""

from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

import languages
from hall import words
from hall.model import Hall, Ticket
from hall.setup import WEEKDAYS
from hall.signs import visible
from hall.trade import changed
from hall.views.parts import procedure_name
from hall.waiting import Place


@dataclass(frozen=True, slots=True)
class Slip:
    """`wait` in minutes, low and high. `foot`: the hall's own last line; empty: the usual one. `names` and
    `places` are those of the `counters`, in the language of the slip; jobs of 0.1.0 have neither.
    `unattended`: why no counter called when the number was given, and `opens_at` from when one does."""

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
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    emblem: str = ""  # the file of the hall's emblem; empty: none
    words: tuple[tuple[str, str], ...] = ()  # what this program says, and what is said in the hall
    unattended: str | None = None
    opens_at: datetime | None = None


def facts(hall: Hall, ticket: Ticket, place: Place) -> bytes:
    """What a print job keeps, without the token: the JSON of a `Slip` in the ticket's language; people ahead
    and wait only while it waits."""
    setup = hall.setup
    english = ticket.language == "en"
    group = setup.priorities.get(ticket.priority or "")
    counters = [setup.counters[each] for each in place.counters if each in setup.counters]
    slip = Slip(
        authority=setup.authority_en if english else setup.authority,
        centre=setup.name_en if english else setup.name,
        number=ticket.number,
        procedure=procedure_name(hall, ticket, ticket.language),
        counters=place.counters,
        ahead=place.ahead,
        wait=(place.wait.low_minutes, place.wait.high_minutes) if place.wait else None,
        issued_at=ticket.issued_at,
        language=ticket.language,
        priority=(group.name_en if english else group.name) if group else None,
        names=tuple(each.name_en if english else each.name for each in counters),
        places=tuple(each.place_en if english else each.place for each in counters),
        unattended=place.unattended.why if place.unattended else None,
        opens_at=place.unattended.opens_at if place.unattended else None,
        words=tuple(setup.trade.words.get(ticket.language, {}).items()),
    )
    return msgspec.json.encode(slip)


def read(facts: str | bytes, *, track_url: str | None, reprint: bool, emblem: str = "") -> Slip:
    """The slip of a print job. The stored facts never hold the token, so its address is added here, as is the
    emblem of the hall.

    Raises msgspec.ValidationError where the facts are not a slip's.
    """
    slip = msgspec.json.decode(facts, type=Slip)
    return replace(slip, track_url=track_url, reprint=reprint, emblem=emblem)


def say(slip: Slip, key: str, **facts: object) -> str:
    """A phrase of languages/LANGUAGE/slip.json in the language of the slip."""
    return visible(changed(languages.say(slip.language, "slip", key, **facts), slip.words))


def where(slip: Slip) -> str:
    """'Quầy 1, 2 hoặc 3', 'Phòng 201'; names that do not share their first words are said in full. Empty when
    no counter is known yet."""
    names = _names(slip)
    stems = {name[: name.rfind(" ") + 1] for name in names}
    shared = stems.pop() if len(stems) == 1 else ""
    *first, last = [name.removeprefix(shared) for name in names] or [""]
    return shared + (f"{', '.join(first)} {say(slip, 'or')} {last}" if first else last)


def places(slip: Slip) -> tuple[str, ...]:
    """Where the counters are: one line if they stand together, else one a counter whose place is known."""
    known = [(name, visible(place)) for name, place in zip(_names(slip), slip.places, strict=False)]
    if len({place for _, place in known}) == 1:
        known = [("", known[0][1])]
    return tuple(f"{name}: {place}" if name else place for name, place in known if place)


def _names(slip: Slip) -> list[str]:
    return [
        visible(name) for name in slip.names or [f"{say(slip, 'counter')} {each}" for each in slip.counters]
    ]


def waiting(slip: Slip, *, short: bool = False) -> tuple[tuple[str, str], ...]:
    """Pairs (figure, what it counts): people ahead, minutes. Without a figure, a sentence by itself: that it
    is nearly one's turn, or that no counter calls yet and from when.

    `short`: words that fit beside the figure on narrow paper.
    """
    if slip.ahead == 0 and slip.unattended is None:
        return (("", say(slip, "nobody_ahead")),)
    pairs = []
    if slip.ahead:
        pairs.append((str(slip.ahead), say(slip, "ahead", count=slip.ahead)))
    if slip.wait is not None:
        low, high = slip.wait
        minutes = say(slip, "minutes_short" if short else "minutes")
        pairs.append((str(low) if low == high else f"{low}–{high}", minutes))
    if slip.unattended is not None:
        title, text = words.unattended(slip.unattended, slip.opens_at, slip.issued_at.date(), slip.language)
        pairs.append(("", visible(changed(f"{title}. {text}", slip.words))))
    return tuple(pairs)


PARTS_OF_DAY = (
    (4, "night"),
    (12, "morning"),
    (13, "noon"),
    (18, "afternoon"),
    (22, "evening"),
    (24, "night"),
)


def when(slip: Slip) -> tuple[str, str]:
    """The hour and the day, apart, so that narrow paper can set them on two lines."""
    at = slip.issued_at
    part = next(part for until, part in PARTS_OF_DAY if at.hour < until)
    weekday = languages.say(slip.language, "calendar", WEEKDAYS[at.weekday()])
    return f"{at:%H:%M} · {say(slip, f'part_{part}')}", f"{weekday}, {at:%d/%m/%Y}"
