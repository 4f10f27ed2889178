"""Giving out a number, and taking it back at the kiosk."""

from collections.abc import Callable
from datetime import datetime, timedelta

from hall import numbering
from hall.actors import Actor
from hall.desk import must_have_in_hand
from hall.events import Event, SlipReprinted, TicketCancelled, TicketIssued
from hall.model import Hall, Refused
from hall.opening import opening


def issue(
    hall: Hall,
    *,
    procedure: str,
    priority: str | None,
    language: str,
    channel: str,
    booked_at: datetime | None,
    token_hash: Callable[[str], str],
    by: Actor,
    now: datetime,
) -> list[Event]:
    """One ticket for one procedure. The priority's ground is kept with it. `token_hash` gives the hash of
    the citizen's token from the ticket's id.

    Refuses `unknown_procedure`, `unknown_priority`, `hall_closed`, `procedure_unavailable`, `quota_reached`.
    """
    queue = _open_queue(hall, procedure, priority, now)
    ordinal = hall.issued.get(queue, 0) + 1
    number = numbering.number(queue, ordinal)
    ticket = numbering.ticket_id(hall.day, number)
    return [
        TicketIssued(
            at=now,
            by=by.id,
            ticket=ticket,
            number=number,
            ordinal=ordinal,
            queue=queue,
            procedure=procedure,
            priority=priority,
            ground=hall.setup.priorities[priority].ground if priority else None,
            language=language,
            channel=channel,
            booked_at=booked_at,
            token_hash=token_hash(ticket),
        )
    ]


def _open_queue(hall: Hall, procedure: str, priority: str | None, now: datetime) -> str:
    """The procedure's queue, where it gives out numbers now."""
    setup = hall.setup
    if procedure not in setup.procedures:
        raise Refused("unknown_procedure")
    if priority is not None and priority not in setup.priorities:
        raise Refused("unknown_priority")
    if not opening(setup, now).open:
        raise Refused("hall_closed")
    wanted = setup.procedures[procedure]
    if not wanted.available:
        raise Refused("procedure_unavailable")
    if quota_reached(hall, wanted.queue):
        raise Refused("quota_reached")
    return wanted.queue


def quota_reached(hall: Hall, queue: str) -> bool:
    """Whether the queue has given out its tickets of the day. The demo has no quota."""
    quota = hall.setup.queues[queue].daily_quota
    given = hall.issued.get(queue, 0) - hall.skipped.get(queue, 0)
    return quota is not None and not hall.setup.always_open and given >= quota


def void(hall: Hall, ticket: str, *, by: Actor, now: datetime) -> list[Event]:
    """The kiosk takes back the number it just gave: a mis-tap. The number is not used again.

    Refuses `not_your_ticket`, `wrong_state`, `void_too_late`.
    """
    given = hall.ticket(ticket)
    if given.issued_by != by.id:
        raise Refused("not_your_ticket")
    if given.state != "waiting":
        raise Refused("wrong_state", state=given.state)
    if now - given.issued_at > timedelta(seconds=hall.setup.rules.void_seconds):
        raise Refused("void_too_late")
    return [TicketCancelled(at=now, by=by.id, ticket=ticket, reason="voided")]


def cancel_own(hall: Hall, ticket: str, *, by: Actor, now: datetime) -> list[Event]:
    """The citizen gives the place up, on the phone. Refuses `wrong_state` once at the counter or ended."""
    given = hall.ticket(ticket)
    if given.state not in ("waiting", "called", "held"):
        raise Refused("wrong_state", state=given.state)
    return [TicketCancelled(at=now, by=by.id, ticket=ticket, reason="by_citizen")]


def reprint(hall: Hall, ticket: str, *, by: Actor, now: datetime) -> list[Event]:
    """Another slip of the same number, marked as such: it opens the citizen's page, so not of anybody's.

    Refuses `forbidden`, `wrong_state`, `no_counter`, `not_your_ticket`.
    """
    must_have_in_hand(hall, ticket, by)
    return [SlipReprinted(at=now, by=by.id, ticket=ticket)]
