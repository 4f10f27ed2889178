"""One hall out of the configuration: its queues, counters and hours, held against the catalogue."""

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from itertools import combinations
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo, available_timezones

import languages
from config.catalogue import Catalogue, read_catalogue
from config.emblem import read_emblem
from config.table import Reading, Table
from config.values import shown
from hall.setup import WEEKDAYS, Counter, Field, OpeningHours, Procedure, Queue, Rules, Setup, Take, Weekday

HALL_ID = r"[a-z0-9]+(-[a-z0-9]+)*"
COUNTER_ID = r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*"
# I is read as 1, O as 0, Q as O on a slip; Đ is heard as D.
LETTER = r"[A-HJ-NPR-ZĐ]"
LEAST_CONTRAST = 7.0  # of white text on a queue's hue, on kiosk and wall
RULES: dict[str, tuple[int, int]] = {
    "tickets_before_minutes": (0, 240),
    "priority_weight": (1, 9),
    "booked_weight": (1, 9),
    "ordinary_weight": (1, 9),
    "ageing_minutes": (1, 480),
    "early_minutes": (0, 240),
    "late_minutes": (0, 240),
    "recall_limit": (0, 20),
    "recall_cool_down_seconds": (0, 300),
    "return_after": (0, 50),
    "void_seconds": (0, 600),
    "undo_seconds": (0, 600),
}


def read_hall(reading: Reading, root: Table) -> tuple[Setup, Path | None]:
    """The hall of a configuration file and the file of its emblem; what is wrong is in `reading.faults`."""
    with root.table("hall") as table:
        hall = table.matching("id", HALL_ID, "thach-ha")
        authority, authority_en = table.words("authority"), table.words("authority_en")
        name, name_en = table.words("name"), table.words("name_en")
        timezone = _timezone(table)
        closed_days = table.dates("closed_days")
        message = table.words("message", "")
        emblem = read_emblem(table)
        catalogue = _catalogue(reading, table)
    queue_tables = root.tables("queue")
    queues = {letter: _queue(each, letter) for letter, each in queue_tables.items()}
    _letters(queue_tables)
    placed = _fields(queue_tables, catalogue)
    counter_tables = root.tables("counter")
    counters = {number: _counter(each, number, queues) for number, each in counter_tables.items()}
    if all(isinstance(each.content.get("takes"), list) for each in counter_tables.values()):
        _all_taken(queue_tables, counters.values())
    _told_apart(counter_tables, counters)
    for each in queue_tables.values():
        each.refuse_unknown()
    setup = Setup(
        hall=hall,
        authority=authority,
        authority_en=authority_en,
        name=name,
        name_en=name_en,
        timezone=timezone,
        queues=queues,
        fields=placed,
        procedures=_procedures(catalogue, placed),
        priorities=catalogue.priorities,
        counters=counters,
        hours=_hours(root),
        closed_days=closed_days,
        rules=_rules(root),
        trade=catalogue.trade,
        message=message or None,
    )
    return setup, emblem


def _timezone(table: Table) -> str:
    name = table.text("timezone", "Asia/Ho_Chi_Minh")
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):  # LookupError: ZoneInfoNotFoundError
        table.fault("timezone", "no_zone", said=name, known=available_timezones())
    return name


def _catalogue(reading: Reading, table: Table) -> Catalogue:
    name = table.text("catalogue")
    if not name:
        return Catalogue("", {}, {}, {})
    path = table.path("catalogue", name)
    if not path.is_file():
        table.fault("catalogue", "no_file", path=path)
        return Catalogue("", {}, {}, {})
    return read_catalogue(reading, path)


def _queue(table: Table, letter: str) -> Queue:
    table.check_id(letter, LETTER, "A")
    hue = table.matching("hue", "#[0-9A-Fa-f]{6}", "#A01D17")
    contrast = contrast_to_white(hue) if hue else LEAST_CONTRAST
    if contrast < LEAST_CONTRAST:
        table.fault("hue", "too_light", hue=hue, contrast=f"{contrast:.1f}")
    return Queue(
        id=letter,
        name=table.words("name", longest=80),
        name_en=table.words("name_en", longest=80),
        hue=hue.upper(),
        mark_minutes=table.number("mark_minutes", 1, 240, 15),
        daily_quota=table.number_or_none("daily_quota", 1, 9999),
    )


def contrast_to_white(hue: str) -> float:
    """WCAG 2.2 contrast of `#rrggbb` with white, 1 to 21."""
    channels = (int(hue[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def _letters(tables: dict[str, Table]) -> None:
    """Letters a citizen can mix up when they are read or heard."""
    if "D" in tables and "Đ" in tables:
        tables["Đ"].fault(None, "sound_alike")


def _fields(tables: dict[str, Table], catalogue: Catalogue) -> dict[str, Field]:
    """Every field of the catalogue in its one queue."""
    queue_of: dict[str, str] = {}
    for letter, table in tables.items():
        for code in table.texts("fields", known=catalogue.fields or None):
            if code in queue_of:
                table.fault("fields", "field_twice", field=code, queue=queue_of[code])
            queue_of.setdefault(code, letter)
    for code, field in catalogue.fields.items():
        if tables and code not in queue_of and not any(each.lost for each in tables.values()):
            reading = next(iter(tables.values())).reading
            what = reading.tell("field_without_queue")
            reading.faults.add(catalogue.file, field.line, f"[field.{code}]: {what}")
    return {
        code: Field(code, queue_of[code], field.name, field.name_en, field.examples, field.examples_en)
        for code, field in catalogue.fields.items()
        if code in queue_of
    }


def _procedures(catalogue: Catalogue, placed: dict[str, Field]) -> dict[str, Procedure]:
    return {
        code: replace(procedure, queue=placed[procedure.field].queue)
        for code, procedure in catalogue.procedures.items()
        if procedure.field in placed
    }


def _counter(table: Table, number: str, queues: Iterable[str]) -> Counter:
    with table:
        table.check_id(number, COUNTER_ID, "1")
        return Counter(
            id=number,
            name=table.words("name", languages.say("vi", "hall", "counter_name", id=number), longest=60),
            name_en=table.words(
                "name_en", languages.say("en", "hall", "counter_name", id=number), longest=60
            ),
            place=table.words("place", "", longest=80),
            place_en=table.words("place_en", "", longest=80),
            takes=_takes(table, list(queues)),
        )


def _told_apart(tables: dict[str, Table], counters: dict[str, Counter]) -> None:
    """Whoever is called to a counter must not find two of them."""
    known: dict[tuple[str, str], str] = {}
    for number, counter in counters.items():
        first = known.setdefault((_heard(counter.name), _heard(counter.place)), number)
        if first != number:
            tables[number].fault(None, "counters_alike", name=counter.name, other=first)


def _heard(name: str) -> str:
    """A name as it is called out: "Quầy 01" is "quầy 1"."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", " ".join(name.casefold().split()))


def _takes(table: Table, queues: list[str]) -> tuple[Take, ...]:
    """`["A", { queue = "B", over_minutes = 30 }]`"""
    value = table.raw("takes")
    if not isinstance(value, list) or not value:
        table.fault("takes", "takes_missing" if value is None else "no_takes", said=shown(value))
        return ()
    takes = [take for each in value if (take := _take(table, each, queues))]
    for one, other in combinations(takes, 2):
        if one.queue == other.queue:
            table.fault("takes", "takes_twice", queue=one.queue)
    return tuple(takes)


def _take(table: Table, value: object, queues: list[str]) -> Take | None:
    match value:
        case str(queue):
            take = Take(queue)
        case {"queue": str(queue), "over_minutes": int(minutes), **rest} if (
            not rest and 1 <= minutes <= 240 and minutes is not True
        ):
            take = Take(queue, minutes)
        case _:
            table.fault("takes", "no_take", said=shown(value), example='{ queue = "B", over_minutes = 30 }')
            return None
    if take.queue not in queues:
        table.fault("takes", "unknown_queue", said=take.queue, known=queues)
        return None
    return take


def _all_taken(tables: dict[str, Table], counters: Iterable[Counter]) -> None:
    """Nobody may wait in a queue that no counter calls from without a condition."""
    takes = [take for counter in counters for take in counter.takes]
    if not takes:
        return  # no counter at all, which is told
    for letter, table in tables.items():
        mine = [take for take in takes if take.queue == letter]
        if not mine:
            table.fault(None, "taken_by_nobody")
        elif all(take.over_minutes for take in mine):
            table.fault(None, "taken_now_and_then")


def _hours(root: Table) -> tuple[OpeningHours, ...]:
    stretches: list[OpeningHours] = []
    for table in root.entries("hours"):
        with table:
            days = table.texts("days", known=WEEKDAYS)
            if not days and not table.is_wrong("days"):
                table.fault("days", "names_no_day", known=WEEKDAYS)
            opens, closes = table.time_of_day("opens"), table.time_of_day("closes")
            if opens is None or closes is None:
                continue
            hours = OpeningHours(cast(tuple[Weekday, ...], days), opens, closes)
            if hours.closes <= hours.opens:
                table.fault("closes", "closes_early", closes=f"{closes:%H:%M}", opens=f"{opens:%H:%M}")
            for other in stretches:
                both = [day for day in other.days if day in days]
                if both and hours.opens < other.closes and other.opens < hours.closes:
                    span = f"{other.opens:%H:%M}-{other.closes:%H:%M}"
                    table.fault("opens", "overlaps", span=span, days=", ".join(both))
            stretches.append(hours)
    return tuple(stretches)


def _rules(root: Table) -> Rules:
    with root.table("rules") as table:
        defaults = {each.name: cast(int, each.default) for each in fields(Rules)}
        found = {
            name: table.number(name, least, most, defaults[name]) for name, (least, most) in RULES.items()
        }
        return Rules(**found)
