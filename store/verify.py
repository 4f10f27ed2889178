"""What is wrong with the kept data, a line each: every day folded again and held against all tables."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import cast

from hall.events import Event, TicketIssued, UnknownEvent
from hall.model import ENDED, Hall, Refused, Ticket
from hall.numbering import number, ticket_id
from hall.setup import Setup
from store import codec
from store.database import Database
from store.journal import Journal, UnknownSetup

# A hall's day from its events, the configurations found by their digests.
Folded = Callable[[str, date, Sequence[Event], Callable[[str], Setup]], Hall]
# What folding a journal that breaks its own rules may raise.
UNFOLDABLE = (LookupError, ValueError, TypeError, AttributeError, AssertionError, Refused)

_DAY = "SELECT seq, at, kind, version, body FROM journal WHERE hall = ? AND day = ? ORDER BY seq"


def faults(database: Database, folded: Folded) -> Iterator[str]:
    """One sentence a fault, none for whole data; all seen as of one moment, beside a running hub."""
    with database.snapshot():
        yield from database.faults()
        yield from _setups(database)
        journal = Journal(database)
        tickets: set[tuple[str, str]] = set()
        for hall in journal.halls():
            days = journal.days(hall)
            for day in days:
                rows = database.rows(_DAY, (hall, day.isoformat()))
                for fault in _day(journal, hall, day, rows, folded, tickets, last=day == days[-1]):
                    yield f"{hall} {day}: {fault}"
        yield from _print_jobs(database, tickets)
        yield from _answers(database, tickets)


def _setups(database: Database) -> Iterator[str]:
    for digest, body in database.rows("SELECT digest, body FROM setups"):
        if codec.digest(cast(bytes, body)) != digest:
            yield f"configuration {digest}: its text is another one"


def _day(
    journal: Journal,
    hall: str,
    day: date,
    rows: Iterable[tuple[object, ...]],
    folded: Folded,
    tickets: set[tuple[str, str]],
    *,
    last: bool,
) -> Iterator[str]:
    events: list[Event] = []
    for seq, at, kind, version, body in rows:
        if seq != len(events) + 1:
            yield f"seq {len(events) + 1} is not there, {seq} follows; the rest of the day is not checked"
            break
        try:
            event = codec.decode(cast(str, kind), cast(int, version), cast(bytes, body))
        except UnknownEvent as error:
            yield f"seq {seq}: {error}"
            break
        if event.at != datetime.fromisoformat(cast(str, at)):
            yield f"seq {seq}: the row says {at}, the event {event.at.isoformat()}"
        events.append(event)
    yield from _order(day, events)
    tickets.update((hall, event.ticket) for event in events if isinstance(event, TicketIssued))
    try:
        state = folded(hall, day, events, journal.setup)
    except (UnknownEvent, UnknownSetup) as error:
        yield str(error)
    except UNFOLDABLE as error:
        yield f"cannot be folded: {type(error).__name__} {error}"
    else:
        yield from _state(state, len(events), last=last)


def _order(day: date, events: list[Event]) -> Iterator[str]:
    """Times that never go back, numbers that follow each other."""
    for seq, (before, after) in enumerate(pairwise(events), 2):
        if after.at < before.at:
            yield f"seq {seq}: {after.at.isoformat()} is before {before.at.isoformat()}"
    issued: dict[str, int] = {}
    for event in events:
        if isinstance(event, TicketIssued):
            due = issued.get(event.queue, 0) + 1
            if event.ordinal != due:
                yield f"{event.number} is number {event.ordinal} of queue {event.queue}, {due} was due"
            if event.number != number(event.queue, event.ordinal):
                yield f"{event.number} is not how number {event.ordinal} of queue {event.queue} is written"
            if event.ticket != ticket_id(day, event.number):
                yield f"{event.number} has the ticket id {event.ticket}"
            issued[event.queue] = event.ordinal


def _state(state: Hall, count: int, *, last: bool) -> Iterator[str]:
    if state.version != count:
        yield f"folded to version {state.version}, the journal has {count} events"
    for ticket in state.tickets.values():
        yield from _visit(ticket)
        if not last and ticket.state not in ENDED:
            yield f"{ticket.number} is still {ticket.state} though a later day has begun"
    for counter in state.counters.values():
        if counter.ticket and state.tickets[counter.ticket].counter != counter.id:
            yield f"counter {counter.id} has {counter.ticket}, which is elsewhere"
    for queue, line in state.lines.items():
        if len(set(line)) != len(line):
            yield f"a ticket waits twice in queue {queue}"


def _visit(ticket: Ticket) -> Iterator[str]:
    """The intervals of a visit: one after the other, none negative, only the last one open.

    Between a call that was missed and the citizen's return there is none.
    """
    for interval in ticket.intervals:
        if interval.end and interval.end < interval.start:
            yield f"{ticket.number} was {interval.state} from {interval.start} back to {interval.end}"
    for before, after in pairwise(ticket.intervals):
        away = before.state == "called" and before.end is not None and before.end < after.start
        if before.end != after.start and not away:
            yield f"{ticket.number}: {after.state} from {after.start}, {before.state} until {before.end}"


def _print_jobs(database: Database, tickets: set[tuple[str, str]]) -> Iterator[str]:
    for job, hall, ticket in database.rows("SELECT id, hall, ticket FROM print_jobs"):
        if (hall, ticket) not in tickets:
            yield f"print job {job}: ticket {ticket} of {hall} is not in the journal"


def _answers(database: Database, tickets: set[tuple[str, str]]) -> Iterator[str]:
    for hall, actor, key, body in database.rows("SELECT hall, actor, key, body FROM answers"):
        try:
            ticket = _ticket_of(cast(bytes, body))
        except ValueError:
            yield f"answer {key} of {actor} in {hall}: not JSON"
            continue
        if ticket is not None and (hall, ticket) not in tickets:
            yield f"answer {key} of {actor}: ticket {ticket} of {hall} is not in the journal"


def _ticket_of(body: bytes) -> object:
    """The id of the ticket an answer shows; None: it shows none (a refusal, a counter)."""
    answer = json.loads(body)
    shown = answer.get("ticket") if isinstance(answer, dict) else None
    return shown.get("id") if isinstance(shown, dict) else None
