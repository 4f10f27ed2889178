"""Days recorded by every release so far: today's program reads, folds and verifies them as they are.

day_0_1_0: a busy morning at five counters, made with the released program: pauses, holds and own choices with
the words of the panel's buttons and with others, no-shows who come back, transfers, a restart with a
configuration that has one counter less while somebody is held there, midnight. folded_0_1_0 is what that
program folded it to.
"""

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from hall.events import CounterOpened, CounterPaused, TicketCalled, TicketHeld
from hall.fold import fresh
from hall.model import Hall
from hall.reasons import Kind, Reason, told
from hub.days import folded, followed
from store import verify
from tests.store.builders import HALL, TODAY, opened
from tests.store.recorded import DATA, DAYS, RecordedDay, recorded

# How each ticket of the day ended, with the number of its intervals.
ENDS = {
    "A001": ("cancelled", None, 1),
    "A002": ("done", "accepted", 3),
    "B001": ("cancelled", None, 7),
    "A003": ("cancelled", None, 1),
    "A004": ("done", "accepted_immediate", 5),
    "B002": ("done", "supplement", 3),
    "A005": ("cancelled", None, 1),
    "A006": ("cancelled", None, 1),
}


def folded_to(day: RecordedDay) -> Hall:
    return folded(HALL, TODAY, day.events(), day.setup_of)


def test_every_recorded_day_is_looked_at() -> None:
    assert DAYS == ["day_0_1_0", "day_1"]


def test_a_recorded_day_still_folds_to_what_it_was() -> None:
    hall = folded_to(recorded("day_1"))

    ends = {
        ticket.number: (ticket.state, ticket.outcome, len(ticket.intervals))
        for ticket in hall.tickets.values()
    }
    assert ends == ENDS
    assert hall.closed
    assert hall.version == len(recorded("day_1").rows)


def test_a_busy_day_of_0_1_0_folds_to_what_0_1_0_folded_it_to() -> None:
    hall = folded_to(recorded("day_0_1_0"))

    assert json.loads(json.dumps(facts(hall))) == folded_by_0_1_0("tickets", "counters", "turns", "calls")


def test_a_returned_no_show_of_0_1_0_waits_for_as_many_as_then() -> None:
    day = recorded("day_0_1_0")
    events = day.events()
    assert all(each.passed is None for each in events if isinstance(each, TicketCalled))
    hall = fresh(day.setup_of(day.events()[0].digest), TODAY)  # type: ignore[attr-defined]

    left: list[dict[str, int]] = []
    for event in events:
        hall = followed(hall, [event], day.setup_of)
        left.append({each.number: each.passes_left for each in hall.tickets.values() if each.passes_left})

    changes = [[seq, now] for seq, (before, now) in enumerate(pairwise([{}, *left]), 1) if now != before]
    assert changes == folded_by_0_1_0("passes")["passes"]
    assert hall == folded_to(day), "read in one go or one by one"


def test_the_reasons_of_0_1_0_are_counted_by_code_and_read_as_they_were() -> None:
    day = recorded("day_0_1_0")
    counted: Counter[tuple[Kind, str]] = Counter()
    kind: Kind
    for (_, _, body), event in zip(day.rows, day.events(), strict=True):
        match event:
            case CounterPaused():
                kind, was, reason = "pause", "reason", Reason(event.reason, event.note)
            case TicketHeld():
                kind, was, reason = "hold", "reason", Reason(event.reason, event.note)
            case TicketCalled(own_choice=str(code)):
                kind, was, reason = "choice", "own_choice", Reason(code, event.note)
            case _:
                continue
        assert told(kind, reason).vi == json.loads(body)[was]
        counted[kind, reason.code] += 1

    assert {kind for kind, code in counted if code == "other"} == {"pause", "hold", "choice"}
    assert counted["pause", "lunch"] > 0


def test_the_pads_of_0_1_0_are_known_as_pads() -> None:
    events = recorded("day_0_1_0").events()

    opened_by = {(each.holder, each.holder_kind) for each in events if isinstance(each, CounterOpened)}

    assert ("device:9", "counter") in opened_by
    assert all((kind == "counter") == holder.startswith("device:") for holder, kind in opened_by)


def folded_by_0_1_0(*parts: str) -> dict[str, Any]:
    kept = json.loads((DATA / "folded_0_1_0.json").read_text(encoding="utf-8"))
    return {part: kept[part] for part in parts}


def facts(hall: Hall) -> dict[str, object]:
    return {
        "tickets": {
            each.number: (
                *(each.state, each.outcome, each.end_reason, each.missed),
                [
                    (part.state, part.start.isoformat(), part.end and part.end.isoformat(), part.counter)
                    for part in each.intervals
                ],
            )
            for each in hall.tickets.values()
        },
        "counters": {
            each.id: (each.state, each.served, each.no_shows, each.waits) for each in hall.counters.values()
        },
        "turns": dict(hall.turns),
        "calls": [(each.id, each.number, each.counter, each.times) for each in hall.calls],
    }


@pytest.mark.parametrize("name", DAYS)
def test_a_recorded_day_has_no_faults(tmp_path: Path, name: str) -> None:
    with opened(tmp_path) as journal:
        recorded(name).put_in(journal)

        assert list(verify.faults(journal.database, folded)) == []
