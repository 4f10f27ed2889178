"""Why somebody comes next or was called, in words."""

from hall import trade, words
from hall.model import Hall, Ticket
from hall.reasons import Reason, told
from hall.routing import Pick


def because(hall: Hall, pick: Pick, own_choice: Reason | None = None) -> words.Text:
    """The sentence for a pick: class with its weight against the ordinary, waited, passed over."""
    rules = hall.setup.rules
    weights = {"priority": rules.priority_weight, "booked": rules.booked_weight}
    weight = weights.get(pick.as_class)
    because = words.because(
        pick.as_class,
        turn=weight,
        of=rules.ordinary_weight if weight is not None else None,
        waited_minutes=pick.waited_seconds // 60,
        passed_over=pick.passed_over,
        own_choice=told("choice", own_choice) if own_choice else None,
    )
    return trade.text(hall.setup.trade, because)


def why_called(hall: Hall, ticket: Ticket) -> words.Text:
    """Why this citizen was called now, as the event of the call kept it; empty where nobody called."""
    why = ticket.why
    if why is None:
        return words.NOTHING
    return because(hall, Pick(ticket, why.as_class, 0, why.waited_seconds, why.passed_over), why.own_choice)
