"""Somebody sits down at a counter without a number: given one, called and in service at once."""

from collections.abc import Callable
from datetime import datetime

from hall import calling, issuing
from hall.actors import Actor
from hall.desk import must_act_at, must_be_free
from hall.events import Event
from hall.fold import fold
from hall.model import Hall
from hall.reasons import WALKED_IN, Reason

CHANNEL = "counter"
REASON = Reason(WALKED_IN)  # a call out of turn like any other, and counted as such


def serve(
    hall: Hall,
    counter: str,
    *,
    procedure: str,
    priority: str | None,
    language: str,
    announce: bool,
    token_hash: Callable[[str], str],
    by: Actor,
    now: datetime,
) -> list[Event]:
    """One visit from its number to the service in one change; `announce`: walls call it all the same.

    Refuses as `issuing.issue` and `calling.call_next` do.
    """
    must_be_free(hall, must_act_at(hall, counter, by))
    issued = issuing.issue(
        hall,
        procedure=procedure,
        priority=priority,
        language=language,
        channel=CHANNEL,
        booked_at=None,
        token_hash=token_hash,
        by=by,
        now=now,
    )
    given = fold(issued, hall)
    ticket = next(each for each in given.tickets if each not in hall.tickets)
    called = calling.call_ticket(given, counter, ticket, REASON, by=by, now=now, announced=announce)
    started = calling.start(fold(called, given), counter, ticket, by=by, now=now)
    return [*issued, *called, *started]
