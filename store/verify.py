"""What is wrong with the kept data, a line each: every day folded again and held against all tables."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from itertools import pairwise
from typing import cast

from hall.events import DayContinued, Event, NumbersSkipped, TicketIssued, UnknownEvent
from hall.model import ENDED, Hall, Refused, Ticket
from hall.numbering import number, ticket_id
from hall.setup import Setup
from store import codec
from store.chain import Chain, Row, begin
from store.database import DamagedData, Database
from store.journal import Journal, UnknownSetup, as_it_was
from store.print_jobs import MOVES

# A hall's day from its events, the configurations found by their digests.
Folded = Callable[[str, date, Sequence[Event], Callable[[str], Setup]], Hall]
# What folding a journal that breaks its own rules may raise.
UNFOLDABLE = (LookupError, ValueError, TypeError, AttributeError, AssertionError, Refused)

# When something was, in the tables beside the journal.
MOMENTS = {
    "print_jobs": ("day", "queued_at", "changed_at"),
    "answers": ("at",),
    "devices": ("created_at", "revoked_at"),
    "staff": ("created_at", "disabled_at"),
    "sessions": ("created_at", "seen_at", "ends_at"),
    "eras": ("began_at",),
    "printers": ("learnt_at",),
}


def faults(database: Database, folded: Folded) -> Iterator[str]:
    """One sentence a fault, none for whole data; all seen as of one moment, beside a running hub."""
    with database.snapshot():
        yield from database.faults()
        spoilt: set[str] = set()
        yield from _setups(database, spoilt)
        journal = Journal(database)
        tickets: set[tuple[str, str]] = set()
        for hall in journal.halls():
            try:
                current, days = _current_day(journal, hall), journal.days(hall)
            except DamagedData as error:
                yield f"{hall}: cannot be read: {error.what}; restore a backup"
                continue
            for day in days:
                for fault in _day(journal, hall, day, folded, tickets, last=day == current):
                    if not any(digest in fault for digest in spoilt):  # it was told once
                        yield f"{hall} {day}: {fault}"
        yield from _print_jobs(database, tickets)
        yield from _answers(database, tickets)
        yield from _moments(database)


def _current_day(journal: Journal, hall: str) -> date | None:
    try:
        return journal.current_day(hall)
    except (UnknownEvent, DamagedData):  # told where its day is looked at
        return journal.last_day(hall)


def _setups(database: Database, spoilt: set[str]) -> Iterator[str]:
    for digest, body in database.rows("SELECT digest, body FROM setups"):
        if codec.digest(cast(bytes, body)) != digest:
            spoilt.add(str(digest))
            yield f"configuration {digest}: its text is another one"


def _moments(database: Database) -> Iterator[str]:
    """What stands beside the journal has no checksum; a moment that cannot be read ends what reads it."""
    for table, columns in MOMENTS.items():
        for row in database.query(f"SELECT {', '.join(columns)} FROM {table}"):  # noqa: S608 (names of ours)
            for column, value in row.items():
                try:
                    datetime.fromisoformat(cast(str, value)) if value is not None else None
                except (ValueError, TypeError):
                    yield f"{table}: {column} says {value!r}, which is no moment"


def _day(
    journal: Journal,
    hall: str,
    day: date,
    folded: Folded,
    tickets: set[tuple[str, str]],
    *,
    last: bool,
) -> Iterator[str]:
    events: list[Event] = []
    chain = Chain(begin(hall, day))
    try:
        rows = journal.rows(hall, day)
    except DamagedData as error:
        yield f"cannot be read: {error.what}; restore a backup"
        return
    for row in rows:
        seq, at, kind, version, body, _ = row
        if wrong := chain.fault(*row):
            yield f"seq {chain.seq} {wrong}; the rest of the day is not checked: restore a backup"
            tickets.update((hall, ticket) for ticket in _tickets_of(rows))
            return
        try:
            event = codec.decode(kind, version, body)
        except UnknownEvent as error:
            yield f"seq {seq}: {error}"
            break
        if event.at.isoformat() != at:
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


def _tickets_of(rows: Iterable[Row]) -> Iterator[str]:
    """Of a damaged day whatever can be read: what stands beside it is not at fault."""
    for _, _, kind, version, body, _ in rows:
        with suppress(UnknownEvent):
            event = codec.decode(kind, version, body)
            if isinstance(event, TicketIssued):
                yield event.ticket


def _order(day: date, events: list[Event]) -> Iterator[str]:
    """Numbers that follow each other, also those of another date. Times may go back: clocks are put."""
    issued: dict[str, int] = {}
    for event in events:
        if isinstance(event, NumbersSkipped):
            issued |= event.last
        if isinstance(event, DayContinued):
            for queue, ordinal in event.issued.items():
                issued[queue] = max(ordinal, issued.get(queue, 0))
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
    for job, hall, ticket, state in database.rows("SELECT id, hall, ticket, state FROM print_jobs"):
        if state not in MOVES:
            yield f"print job {job}: {state!r} is no state"
        if (hall, ticket) not in tickets:
            yield f"print job {job}: ticket {ticket} of {hall} is not in the journal"


def _answers(database: Database, tickets: set[tuple[str, str]]) -> Iterator[str]:
    kept = "SELECT hall, actor, key, body, fingerprint, status FROM answers"
    for hall, actor, key, body, sealed, status in database.rows(kept):
        try:
            ticket = _ticket_of(cast(bytes, body))
        except (ValueError, TypeError):
            yield f"answer {key} of {actor} in {hall}: not JSON"
            continue
        if ticket is not None and (hall, ticket) not in tickets:
            yield f"answer {key} of {actor}: ticket {ticket} of {hall} is not in the journal"
        elif not as_it_was(str(sealed).partition("|")[2], cast(int, status), cast(bytes, body)):
            yield f"answer {key} of {actor} in {hall}: another checksum than it was kept with"


def _ticket_of(body: bytes) -> object:
    """The id of the ticket an answer shows; None: it shows none (a refusal, a counter)."""
    answer = json.loads(body)
    shown = answer.get("ticket") if isinstance(answer, dict) else None
    return shown.get("id") if isinstance(shown, dict) else None
