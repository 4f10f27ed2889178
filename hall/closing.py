"""The end of the day: what is still open is closed, with a reason, or goes on under another date."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hall.actors import HUB
from hall.events import CounterClosed, DayClosed, DayContinued, Event, TicketCancelled, TicketFinished
from hall.model import ENDED, LONGEST_WORK, Hall, Ticket
from hall.opening import opening

DAY_END = "day_end"
CLOCK = "clock"  # the date was put, the work goes on
LATE = timedelta(hours=1)  # before closing time: a hall that stands empty then has done its work


def close_day(hall: Hall, *, now: datetime, to: date | None = None) -> list[Event]:
    """Events that end the day before `to`: waiting, called and held are cancelled, services end without an
    outcome, counters close. Nothing for a day that is closed already."""
    if hall.closed:
        return []
    open_still = [ticket for ticket in hall.tickets.values() if ticket.state not in ENDED]
    closed = DayClosed(at=now, by=HUB.id, reason=DAY_END, to=to)
    return [*(_ended(ticket, now) for ticket in open_still), *_counters_closed(hall, DAY_END, now), closed]


def move_day(hall: Hall, *, now: datetime) -> list[Event]:
    """The clock was put to the date of `now`: events that end the day of the hall. Whoever came lately goes
    on in that of the date."""
    if hall.closed or not hall.version:
        return []
    moved = [each.id for each in _moving(hall, now)]
    left = [each for each in hall.tickets.values() if each.state not in ENDED and each.id not in moved]
    closed = DayClosed(at=now, by=HUB.id, reason=CLOCK, to=now.date(), moved=tuple(moved))
    return [*(_ended(ticket, now) for ticket in left), *_counters_closed(hall, CLOCK, now), closed]


def continue_day(hall: Hall, *, boot: str, booted_at: datetime, now: datetime) -> DayContinued | None:
    """What of this hall goes on in the day of the clock's date, so that nobody is dropped and no number given
    twice; None: nothing does."""
    given = hall.given_at is not None and _lately(hall, hall.given_at, now)
    counters = [
        each
        for each in hall.counters.values()
        if each.state != "closed" and each.since and _lately(hall, each.since, now)
    ]
    if not given and not counters:
        return None
    moved = sorted(_moving(hall, now), key=lambda each: each.seq)
    here = {each.id for each in moved}
    return DayContinued(
        at=now,
        by=HUB.id,
        from_day=hall.day,
        boot=boot,
        booted_at=booted_at,
        # They came before anybody who gets a number from now on, at the same moment even.
        tickets=tuple(replace(each, seq=place - len(moved)) for place, each in enumerate(moved)),
        counters=tuple(
            replace(each, ticket=each.ticket if each.ticket in here else None, last=None, called=None)
            for each in counters
        ),
        issued=dict(hall.issued) if given else {},
        given_at=hall.given_at if given else None,
        turns=dict(hall.turns) if given else {},
        calls=tuple(each for each in hall.calls if _lately(hall, each.at, now)),
        services=dict(hall.services) if given else {},
        stepped=hall.stepped.total_seconds(),
        stepped_at=hall.stepped_at,
    )


def came_by_midnight(hall: Hall, now: datetime) -> bool:
    """Whether the hall's day is over by the calendar, and not by a clock put in the middle of its work."""
    if now.date() <= hall.day or (hall.at is not None and hall.at.date() > hall.day):
        return False
    if hall.stepped_at is None or now - hall.stepped_at >= LONGEST_WORK:
        return True
    # By the clock as it was before: in the midst of the work its date is still that of the step.
    day = hall.day if hall.came_from is None else (hall.stepped_at - hall.stepped).date()
    return (now - hall.stepped).date() > day


def at_work(hall: Hall) -> bool:
    """Whether the day's work may still go on: somebody is here, or the last thing happened early."""
    if hall.closed or hall.at is None:
        return False
    if not is_empty(hall):
        return True
    return not hall.setup.always_open and not hours_are_over(hall)


def hours_are_over(hall: Hall) -> bool:
    """Whether the last thing happened near closing time or after it; not in a hall without hours."""
    if hall.setup.always_open or hall.at is None:
        return False
    soon = opening(hall.setup, hall.at + LATE)
    return not soon.open and soon.why != "lunch"


def is_empty(hall: Hall) -> bool:
    """Whether nobody is here."""
    return all(ticket.state in ENDED for ticket in hall.tickets.values())


def _moving(hall: Hall, now: datetime) -> list[Ticket]:
    """Who came lately and has not left, and no-shows, who may come back. Of a queue that is gone nobody can
    be called."""
    return [
        each
        for each in hall.tickets.values()
        if each.state not in ENDED or each.id in hall.missed
        if each.queue in hall.setup.queues and _lately(hall, each.issued_at, now)
    ]


def _lately(hall: Hall, moment: datetime, now: datetime) -> bool:
    """Within a day's work, and not before a time of another date that nobody measured."""
    return now - moment < LONGEST_WORK and (hall.doubtful_at is None or moment >= hall.doubtful_at)


def _ended(ticket: Ticket, now: datetime) -> Event:
    if ticket.state == "serving" and ticket.counter is not None:
        return TicketFinished(
            at=now,
            by=HUB.id,
            ticket=ticket.id,
            counter=ticket.counter,
            outcome=None,
            dossier=None,
            due=None,
            reason=DAY_END,
        )
    return TicketCancelled(at=now, by=HUB.id, ticket=ticket.id, reason=DAY_END)


def _counters_closed(hall: Hall, reason: str, now: datetime) -> list[Event]:
    return [
        CounterClosed(at=now, by=HUB.id, counter=counter.id, reason=reason)
        for counter in hall.counters.values()
        if counter.state != "closed"
    ]
