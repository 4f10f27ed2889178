"""What is printed for a ticket: the slip's facts as the print job keeps them, without the token."""

from datetime import datetime

import msgspec

from hall.model import Hall, Ticket
from hall.waiting import ahead, estimate, open_counters
from printing.slip import Slip


def facts(hall: Hall, ticket: Ticket, now: datetime) -> bytes:
    """The JSON of a `Slip` in the ticket's language; people ahead and wait only while it waits."""
    setup = hall.setup
    english = ticket.language == "en"
    procedure = setup.procedures.get(ticket.procedure)
    group = setup.priorities.get(ticket.priority or "")
    before = ahead(hall, ticket.id, now) if ticket.state == "waiting" else None
    wait = estimate(hall, ticket.queue, before, now) if before is not None else None
    counters = [ticket.only_counter] if ticket.only_counter else open_counters(hall, ticket.queue)
    slip = Slip(
        authority=setup.authority_en if english else setup.authority,
        centre=setup.name_en if english else setup.name,
        number=ticket.number,
        procedure=(procedure.name_en if english else procedure.short) if procedure else ticket.procedure,
        counters=tuple(counters),
        ahead=before,
        wait=(wait.low_minutes, wait.high_minutes) if wait else None,
        issued_at=ticket.issued_at,
        language=ticket.language,
        priority=(group.name_en if english else group.name) if group else None,
    )
    return msgspec.json.encode(slip)
