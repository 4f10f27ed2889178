"""What anyone may know: the hall and its catalogue, who waits for which queue, and the last calls."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import languages
from hall import setup as configured
from hall import trade
from hall.ages import Sense, age_in
from hall.attending import queue_unattended
from hall.issuing import quota_reached
from hall.model import Hall
from hall.opening import opening
from hall.views.parts import BoardCall, Count, Heading, Unattended, Wait, calls, head, unattended_of, wait_of
from hall.waiting import estimate, open_counters


@dataclass(frozen=True, slots=True)
class QueueNow:
    """How many wait, how long one who comes now would, where to go, whether numbers remain, and why nobody
    calls."""

    id: str
    waiting: Count
    wait: Wait | None
    counters: tuple[str, ...]
    refusal: Literal["quota_reached"] | None
    unattended: Unattended | None


def queues_now(hall: Hall, now: datetime) -> tuple[QueueNow, ...]:
    return tuple(QueueNow(*_now(hall, queue, now)) for queue in hall.setup.queues)


_Now = tuple[str, int, Wait | None, tuple[str, ...], Literal["quota_reached"] | None, Unattended | None]


def _now(hall: Hall, queue: str, now: datetime) -> _Now:
    """The fields of a `QueueNow`."""
    waiting = len(hall.lines.get(queue, ()))
    wait = wait_of(estimate(hall, queue, waiting, now))
    counters = tuple(open_counters(hall, queue))
    refusal: Literal["quota_reached"] | None = "quota_reached" if quota_reached(hall, queue) else None
    return queue, waiting, wait, counters, refusal, unattended_of(queue_unattended(hall, queue, now))


@dataclass(frozen=True, slots=True)
class Queues(Heading):
    """Phones and anyone: waiting per queue and the last calls."""

    queues: tuple[QueueNow, ...]
    calls: tuple[BoardCall, ...]


def queues(hall: Hall, now: datetime, build: str) -> Queues:
    return Queues(*head(hall, now, build), queues=queues_now(hall, now), calls=calls(hall))


@dataclass(frozen=True, slots=True)
class QueueLine(QueueNow):
    """`numbers` in the order they wait."""

    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    queues: tuple[QueueLine, ...]


def lines(hall: Hall, now: datetime) -> Lines:
    return Lines(
        tuple(
            QueueLine(
                *_now(hall, queue, now),
                numbers=tuple(hall.tickets[each].number for each in hall.lines.get(queue, ())),
            )
            for queue in hall.setup.queues
        )
    )


@dataclass(frozen=True, slots=True)
class Field:
    """`examples`: what people come for, in their words; may be empty."""

    code: str
    queue: str
    name: str
    name_en: str
    examples: str
    examples_en: str


@dataclass(frozen=True, slots=True)
class Procedure:
    code: str
    field: str
    queue: str
    name: str
    short: str
    name_en: str
    papers: tuple[str, ...]
    fee: str
    time: str
    frequent: bool
    available: bool
    national_code: str
    papers_en: tuple[str, ...]
    fee_en: str
    time_en: str
    short_en: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Queue:
    """`hue`: its colour on every screen."""

    id: str
    name: str
    name_en: str
    hue: str
    mark_minutes: Count


@dataclass(frozen=True, slots=True)
class PriorityAge:
    """In years. `from` and `to` include the year, `over` and `under` do not."""

    sense: Sense
    years: Count


@dataclass(frozen=True, slots=True)
class Priority:
    """`age`: the one its ground names; null where it names none, or the name says it."""

    code: str
    name: str
    name_en: str
    ground: str
    age: PriorityAge | None


@dataclass(frozen=True, slots=True)
class Take:
    """A queue a counter serves; with `over_minutes` only while somebody there has waited longer."""

    queue: str
    over_minutes: Count | None


@dataclass(frozen=True, slots=True)
class CounterPlace:
    id: str
    name: str
    name_en: str
    place: str
    place_en: str
    takes: tuple[Take, ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """Local time, "07:30"; a lunch break is the gap between two of them."""

    days: tuple[configured.Weekday, ...]
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class Rules:
    tickets_before_minutes: Count
    priority_weight: Count
    booked_weight: Count
    ordinary_weight: Count
    ageing_minutes: Count
    early_minutes: Count
    late_minutes: Count
    recall_limit: Count
    recall_cool_down_seconds: Count
    return_after: Count
    void_seconds: Count
    undo_seconds: Count


@dataclass(frozen=True, slots=True)
class Ending:
    """A way a visit may end here, and what it is called."""

    code: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class HallFacts:
    """What does not change during a day: catalogue, queues, counters, hours. And whether it is open.
    `outcomes` in the order of an officer's keys; `dossiers`: whether a visit may have a dossier code.
    """

    id: str
    name: str
    name_en: str
    authority: str
    authority_en: str
    open: bool
    fields: tuple[Field, ...]
    procedures: tuple[Procedure, ...]
    queues: tuple[Queue, ...]
    priorities: tuple[Priority, ...]
    counters: tuple[CounterPlace, ...]
    hours: tuple[Hours, ...]
    message: str | None
    languages: tuple[str, ...]
    rules: Rules
    outcomes: tuple[Ending, ...]
    dossiers: bool


def hall_facts(hall: Hall, now: datetime) -> HallFacts:
    setup = hall.setup
    return HallFacts(
        id=setup.hall,
        name=setup.name,
        name_en=setup.name_en,
        authority=setup.authority,
        authority_en=setup.authority_en,
        open=opening(setup, now).open,
        fields=tuple(
            Field(each.code, each.queue, each.name, each.name_en, each.examples, each.examples_en)
            for each in setup.fields.values()
        ),
        procedures=tuple(_procedure(each) for each in setup.procedures.values()),
        queues=tuple(
            Queue(each.id, each.name, each.name_en, each.hue, each.mark_minutes)
            for each in setup.queues.values()
        ),
        priorities=tuple(
            Priority(each.code, each.name, each.name_en, each.ground, _age(each))
            for each in setup.priorities.values()
        ),
        counters=tuple(
            CounterPlace(each.id, each.name, each.name_en, each.place, each.place_en, takes_of(each))
            for each in setup.counters.values()
        ),
        hours=tuple(Hours(each.days, f"{each.opens:%H:%M}", f"{each.closes:%H:%M}") for each in setup.hours),
        message=setup.message,
        languages=languages.KNOWN,
        rules=_rules(setup.rules),
        outcomes=tuple(
            Ending(code, named.name, named.name_en) for code, named in trade.outcomes(setup.trade).items()
        ),
        dossiers=setup.trade.dossiers,
    )


def _age(group: configured.PriorityGroup) -> PriorityAge | None:
    found = None if any(sign.isdigit() for sign in group.name) else age_in(group.ground)
    return PriorityAge(found.sense, found.years) if found else None


def takes_of(counter: configured.Counter) -> tuple[Take, ...]:
    return tuple(Take(each.queue, each.over_minutes) for each in counter.takes)


def _procedure(procedure: configured.Procedure) -> Procedure:
    return Procedure(
        code=procedure.code,
        field=procedure.field,
        queue=procedure.queue,
        name=procedure.name,
        short=procedure.short,
        name_en=procedure.name_en,
        papers=procedure.papers,
        fee=procedure.fee,
        time=procedure.time,
        frequent=procedure.frequent,
        available=procedure.available,
        national_code=procedure.national_code,
        papers_en=procedure.papers_en,
        fee_en=procedure.fee_en,
        time_en=procedure.time_en,
        short_en=procedure.short_en or procedure.name_en,
        words=procedure.words,
    )


def _rules(rules: configured.Rules) -> Rules:
    return Rules(
        tickets_before_minutes=rules.tickets_before_minutes,
        priority_weight=rules.priority_weight,
        booked_weight=rules.booked_weight,
        ordinary_weight=rules.ordinary_weight,
        ageing_minutes=rules.ageing_minutes,
        early_minutes=rules.early_minutes,
        late_minutes=rules.late_minutes,
        recall_limit=rules.recall_limit,
        recall_cool_down_seconds=rules.recall_cool_down_seconds,
        return_after=rules.return_after,
        void_seconds=rules.void_seconds,
        undo_seconds=rules.undo_seconds,
    )
