"""What is printed for a ticket: the slip's facts as the print job keeps them, without the token."""

import msgspec

from hall.model import Hall, Ticket
from hall.waiting import Place
from printing.slip import Slip


def facts(hall: Hall, ticket: Ticket, place: Place) -> bytes:
    """The JSON of a `Slip` in the ticket's language; people ahead and wait only while it waits."""
    setup = hall.setup
    english = ticket.language == "en"
    procedure = setup.procedures.get(ticket.procedure)
    group = setup.priorities.get(ticket.priority or "")
    slip = Slip(
        authority=setup.authority_en if english else setup.authority,
        centre=setup.name_en if english else setup.name,
        number=ticket.number,
        procedure=(procedure.name_en if english else procedure.short) if procedure else ticket.procedure,
        counters=place.counters,
        ahead=place.ahead,
        wait=(place.wait.low_minutes, place.wait.high_minutes) if place.wait else None,
        issued_at=ticket.issued_at,
        language=ticket.language,
        priority=(group.name_en if english else group.name) if group else None,
    )
    return msgspec.json.encode(slip)
