"""A small hall and its moments, for sentences such as `day(issue("A01"), call("1"))`."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta, timezone
from functools import reduce
from inspect import isfunction, signature
from typing import Any

import msgspec

from hall import calling, desk, issuing
from hall.actors import Actor, device, officer
from hall.events import Event
from hall.fold import fold, fresh
from hall.model import Hall, Refused, Ticket
from hall.setup import Counter, Field, OpeningHours, PriorityGroup, Procedure, Queue, Rules, Setup, Take

ZONE = timezone(timedelta(hours=7))
MORNING = datetime(2026, 11, 24, 8, 0, tzinfo=ZONE)  # a Tuesday

Step = Callable[[Hall], Hall]
# What is done with a citizen at a counter and needs nothing said, by its name. A new one is here by itself.
PLAIN_VERBS: dict[str, Callable[..., list[Event]]] = {
    name: verb
    for name, verb in vars(calling).items()
    if isfunction(verb) and list(signature(verb).parameters) == ["hall", "counter", "ticket", "by", "now"]
}


def a_setup(**changes: object) -> Setup:
    """Queues A (certification) and B (civil status); counter 1 takes A and B when B waits over 30 minutes,
    2 takes A, 3 takes B."""
    values: dict[str, object] = {
        "hall": "thach-ha",
        "authority": "Ủy ban nhân dân xã Thạch Hà",
        "authority_en": "People's Committee of Thạch Hà",
        "name": "Trung tâm Phục vụ hành chính công",
        "name_en": "Public Administration Service Centre",
        "timezone": "Asia/Ho_Chi_Minh",
        "queues": {
            "A": Queue("A", "Chứng thực", "Certification", "#A01D17", mark_minutes=15),
            "B": Queue("B", "Hộ tịch", "Civil status", "#0A5C63", mark_minutes=30),
        },
        "fields": {
            "CT": Field("CT", "A", "Chứng thực", "Certification"),
            "HT": Field("HT", "B", "Hộ tịch", "Civil status"),
        },
        "procedures": {
            "A01": a_procedure("A01", "CT", "A", "Sao y"),
            "A02": a_procedure("A02", "CT", "A", "Chứng thực chữ ký"),
            "B01": a_procedure("B01", "HT", "B", "Khai sinh"),
        },
        "priorities": {"NCT": PriorityGroup("NCT", "Người cao tuổi", "Older people", "Luật 39/2009/QH12")},
        "counters": {
            "1": a_counter("1", Take("A"), Take("B", over_minutes=30)),
            "2": a_counter("2", Take("A")),
            "3": a_counter("3", Take("B")),
        },
        "hours": (
            OpeningHours(("mon", "tue", "wed", "thu", "fri"), time(7, 30), time(11, 30)),
            OpeningHours(("mon", "tue", "wed", "thu", "fri"), time(13, 30), time(17, 0)),
        ),
        "rules": Rules(),
    }
    return Setup(**(values | changes))  # type: ignore[arg-type]


def a_procedure(code: str, field: str, queue: str, name: str) -> Procedure:
    return Procedure(code, field, queue, name, name, name, ("Giấy tờ tùy thân",), "Miễn phí", "Trong ngày")


def a_counter(counter: str, *takes: Take) -> Counter:
    return Counter(counter, f"Quầy {counter}", f"Counter {counter}", "Bên trái", "On the left", takes)


def staff_at(counter: str) -> Actor:
    """The officer who works at this counter."""
    return officer(int(counter))


def kiosk_of(number: int) -> Actor:
    return device(number, "kiosk", "thach-ha")


KIOSK = kiosk_of(1)


def minute(minutes: float) -> datetime:
    return MORNING + timedelta(minutes=minutes)


def day(*steps: Step, setup: Setup | None = None) -> Hall:
    """The hall of the morning after these steps."""
    return reduce(lambda hall, step: step(hall), steps, fresh(setup or a_setup(), MORNING.date()))


def issue(
    procedure: str = "A01", at: float = 0, priority: str | None = None, booked: float | None = None
) -> Step:
    def step(hall: Hall) -> Hall:
        events = issuing.issue(
            hall,
            procedure=procedure,
            priority=priority,
            language="vi",
            channel="kiosk",
            booked_at=minute(booked) if booked is not None else None,
            token_hash=lambda ticket: f"hash of {ticket}",
            by=KIOSK,
            now=minute(at),
        )
        return fold(events, hall)

    return step


def opened(*counters: str, at: float = 0) -> Step:
    def step(hall: Hall) -> Hall:
        for counter in counters:
            events = desk.open_counter(hall, counter, take_over=False, by=staff_at(counter), now=minute(at))
            hall = fold(events, hall)
        return hall

    return step


def call(counter: str = "1", at: float = 0) -> Step:
    return lambda hall: fold(calling.call_next(hall, counter, by=staff_at(counter), now=minute(at)), hall)


def act(rule: Callable[..., list[Event]], counter: str, number: str, *args: object, at: float) -> Step:
    """`act(calling.start, "1", "A001", at=5)`: the officer of the counter does this with the ticket."""

    def step(hall: Hall) -> Hall:
        ticket = named(hall, number)
        return fold(rule(hall, counter, ticket.id, *args, by=staff_at(counter), now=minute(at)), hall)

    return step


def served(counter: str, number: str, *, at: float, minutes: float) -> Step:
    """Start and finish of the citizen called to the counter."""

    def step(hall: Hall) -> Hall:
        hall = act(calling.start, counter, number, at=at)(hall)
        return act(calling.finish, counter, number, "accepted", None, None, at=at + minutes)(hall)

    return step


def named(hall: Hall, number: str) -> Ticket:
    return next(ticket for ticket in hall.tickets.values() if ticket.number == number)


def code_of(action: Callable[[], object]) -> str:
    """The code a rule refuses with; fails when it does not refuse."""
    try:
        action()
    except Refused as refused:
        return refused.code
    raise AssertionError("was not refused")


def apart_from_the_record(hall: Hall) -> Hall:
    """What the hall is, without how often and when it changed, and what its counters remember of it."""
    return replace(
        hall,
        version=0,
        at=None,
        counters={each.id: replace(each, last=None, called=None) for each in hall.counters.values()},
        turns={queue: turn for queue, turn in hall.turns.items() if turn},
        services={queue: each for queue, each in hall.services.items() if each},
        lines={queue: line for queue, line in hall.lines.items() if line},
    )


def plain(view: object) -> dict[str, Any]:
    """A view as a page reads it."""
    return dict(msgspec.json.decode(msgspec.json.encode(view)))
