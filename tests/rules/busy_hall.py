"""A hall at its busiest, in which everything has happened that a visit may hold."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from hall import calling, desk, issuing
from hall.events import Event
from hall.fold import fold, fresh
from hall.model import Hall
from hall.reasons import Reason
from hall.setup import Counter, Setup
from tests.rules.builders import KIOSK, MORNING, minute, staff_at

import config  # isort: skip

ROOT = Path(__file__).resolve().parents[2]
NOON = minute(180)
# What only the officer at the counter, or nobody at all, may read.
DOSSIER = "H27.10.12-261124-0042"
HOLD_REASON = "Thiếu giấy chứng sinh của cháu"
OWN_CHOICE = "Người quen của đồng chí chủ tịch"
PAUSE_REASON = "Đưa con đi khám bệnh"
OFFICER = "staff:7"  # and the others up to the number of counters
PRIVATE = (DOSSIER, HOLD_REASON, OWN_CHOICE, PAUSE_REASON, "staff:", "device:", "2026-12-24", "hash of")


def centre(counters: int = 10) -> Setup:
    """The centre of config.toml, with as many counters; ten of them are its own."""
    setup = next(iter(config.read(ROOT / "config.toml", {}).setups.values()))
    own = list(setup.counters.values())
    more: dict[str, Counter] = {
        str(number): replace(own[number % len(own)], id=str(number), name=f"Quầy {number}")
        for number in range(len(own) + 1, counters + 1)
    }
    return replace(setup, counters=setup.counters | more, always_open=True)


def busy(setup: Setup, *, waiting: int = 40) -> Hall:
    """Every counter serves, holds somebody, has missed somebody; so many wait for each queue."""
    hall = fresh(setup, MORNING.date())
    events: list[Event]
    for counter in setup.counters:
        events = desk.open_counter(hall, counter, take_over=False, by=staff_at(counter), now=MORNING)
        hall = fold(events, hall)
    hall = _arrivals(hall, 4 * len(setup.counters) // len(setup.queues) + 3, at=1)
    for turn, verb in enumerate(("finish", "hold", "no_show", "serve")):
        for counter in setup.counters:
            hall = _call(hall, counter, verb, at=30 + 10 * turn)
    hall = _arrivals(hall, waiting, at=90)
    quiet = list(setup.counters)[-1]
    hall = _finish(hall, quiet, at=95)
    return fold(
        desk.pause_counter(hall, quiet, Reason("other", PAUSE_REASON), by=staff_at(quiet), now=minute(96)),
        hall,
    )


def _arrivals(hall: Hall, each: int, *, at: float) -> Hall:
    firsts = {procedure.queue: procedure.code for procedure in hall.setup.procedures.values()}
    group = next(iter(hall.setup.priorities))
    for number in range(each):
        for queue, procedure in firsts.items():
            if number >= each - 1 and queue != "A":
                continue
            events = issuing.issue(
                hall,
                procedure=procedure,
                priority=group if number % 4 == 1 else None,
                language="vi",
                channel="kiosk",
                booked_at=minute(at + 30) if number % 9 == 5 else None,
                token_hash=lambda ticket: f"hash of {ticket}",
                by=KIOSK,
                now=minute(at + number / 10),
            )
            hall = fold(events, hall)
    return hall


def _call(hall: Hall, counter: str, verb: str, *, at: float) -> Hall:
    """The counter calls one by choice, and with that citizen happens what `verb` says."""
    by = staff_at(counter)
    takes = [take.queue for take in hall.setup.counters[counter].takes]
    line = [ticket for queue in takes for ticket in hall.lines.get(queue, ())]
    line = line or [ticket for tickets in hall.lines.values() for ticket in tickets]
    now = minute(at)
    hall = fold(
        calling.call_ticket(hall, counter, line[0], Reason("other", OWN_CHOICE), by=by, now=now), hall
    )
    if verb == "no_show":
        return fold(calling.no_show(hall, counter, line[0], by=by, now=now), hall)
    hall = fold(calling.start(hall, counter, line[0], by=by, now=now), hall)
    if verb == "hold":
        until = NOON + timedelta(hours=1)
        return fold(
            calling.hold(hall, counter, line[0], Reason("other", HOLD_REASON), until, by=by, now=now), hall
        )
    return _finish(hall, counter, at=at + 6) if verb == "finish" else hall


def _finish(hall: Hall, counter: str, *, at: float) -> Hall:
    ticket, due = hall.counter(counter).ticket or "", date(2026, 12, 24)
    by = staff_at(counter)
    return fold(calling.finish(hall, counter, ticket, "accepted", DOSSIER, due, by=by, now=minute(at)), hall)
