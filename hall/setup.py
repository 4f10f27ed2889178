"""How a hall is set up: the configuration as values. Rules read it, nobody changes it."""

from dataclasses import dataclass, field
from datetime import time
from typing import Literal

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Queue:
    """A number sequence and a waiting line. `id` is the letter printed before the digits."""

    id: str
    name: str
    name_en: str
    hue: str  # "#A01D17": the queue's colour on every screen, white text on it at least 7:1
    mark_minutes: int = 15  # the wait this queue aims at; queues are compared by waited / mark
    daily_quota: int | None = None  # tickets a day; None: no limit


@dataclass(frozen=True, slots=True)
class Field:
    """A field of administration (lĩnh vực): a tile on the kiosk. `examples`: what people come for, in the
    words they use, "khai sinh, kết hôn, khai tử"."""

    code: str
    queue: str
    name: str
    name_en: str
    examples: str = ""
    examples_en: str = ""


@dataclass(frozen=True, slots=True)
class Procedure:
    """An administrative procedure (thủ tục) as the kiosk and the officer show it."""

    code: str
    field: str
    queue: str
    name: str
    short: str
    name_en: str
    papers: tuple[str, ...]
    fee: str
    time: str  # how long the result takes, in words
    frequent: bool = False
    available: bool = True
    national_code: str = ""
    papers_en: tuple[str, ...] = ()
    fee_en: str = ""
    time_en: str = ""
    short_en: str = ""
    words: tuple[str, ...] = ()  # what people say for it; the search of the kiosk finds it by them


@dataclass(frozen=True, slots=True)
class PriorityGroup:
    """Citizens called by priority, with the legal or local ground as text."""

    code: str
    name: str
    name_en: str
    ground: str


@dataclass(frozen=True, slots=True)
class Take:
    """A queue a counter serves; with `over_minutes` only while somebody there has waited longer."""

    queue: str
    over_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter (quầy) as the hall knows it: its number, its place, the queues it takes."""

    id: str
    name: str
    name_en: str
    place: str
    place_en: str
    takes: tuple[Take, ...]


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """One stretch of opening, local time; a lunch break is the gap between two of them."""

    days: tuple[Weekday, ...]
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Named:
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Trade:
    """What kind of work is done here, and in whose words. `outcomes`: those an officer may choose from, in
    order, by the codes of `model.Outcome`; none: all, in the program's words. `words` by language: what the
    program says and what is said here. `result`, `guidance`: the procedures with a button of their own; none
    where empty.
    """

    dossiers: bool = True  # whether a visit may have a dossier code
    outcomes: dict[str, Named] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    search_examples: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by language
    published: bool = True  # procedures of the national list: the search knows what people call them
    result: str = "TK01"
    guidance: str = "TK02"


@dataclass(frozen=True, slots=True)
class Rules:
    """The numbers the rules turn on. Defaults are those of the first centre."""

    tickets_before_minutes: int = 30  # numbers are given out this long before a stretch opens
    priority_weight: int = 2
    booked_weight: int = 1
    ordinary_weight: int = 1
    ageing_minutes: int = 30  # waited longer than this: counts as priority
    early_minutes: int = 15  # a booked citizen counts as booked from this long before the slot
    late_minutes: int = 15  # and until this long after it
    recall_limit: int = 3  # recalls after the first call
    recall_cool_down_seconds: int = 10  # between one recall and the next
    return_after: int = 2  # a no-show who comes back re-enters after so many of the same class
    void_seconds: int = 30  # the kiosk may void the number it just gave
    undo_seconds: int = 60  # a counter may take its last act back


@dataclass(frozen=True, slots=True)
class Setup:
    """One hall, complete. Mappings keep the order of the configuration."""

    hall: str
    authority: str
    authority_en: str
    name: str
    name_en: str
    timezone: str
    queues: dict[str, Queue]
    fields: dict[str, Field]
    procedures: dict[str, Procedure]
    priorities: dict[str, PriorityGroup]
    counters: dict[str, Counter]
    hours: tuple[OpeningHours, ...]
    closed_days: tuple[str, ...] = ()  # "2027-02-05": public holidays
    rules: Rules = field(default_factory=Rules)
    trade: Trade = field(default_factory=Trade)
    message: str | None = None  # the wall's ticker; another one is no other set-up of the day
    always_open: bool = False  # the demo: open at every hour, no quota
