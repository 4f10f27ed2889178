"""From the call to the end of a visit: what an officer does with a citizen."""

import re
from datetime import date, datetime, timedelta

from hall import numbering
from hall.actors import Actor
from hall.desk import counter_of, must_act_at, must_be_free, must_have_in_hand, must_serve
from hall.events import (
    Event,
    PriorityChanged,
    ServiceStarted,
    TicketCalled,
    TicketCancelled,
    TicketFinished,
    TicketHeld,
    TicketMissed,
    TicketRecalled,
    TicketResumed,
    TicketReturned,
    TicketTransferred,
)
from hall.model import Hall, Outcome, Position, Refused, Ticket
from hall.reasons import Reason
from hall.routing import Pick, may_bring_back, may_call, next_ticket, own_choice, passed_by

# Mã hồ sơ: the agency first or the smallest unit first (Circular 01/2018), or of a service run centrally
# (Circular 04/2025). H27.10.12-250814-0001, 000.00.12.H62-201105-0004, M01.001.02-260125-260001
DOSSIER = re.compile(r"(?:[A-Z]\d{2}(?:\.\d{1,3}){0,3}|(?:\d{2,3}\.){1,3}[A-Z]\d{2})-\d{6}-\d{4,}", re.ASCII)


def call_next(hall: Hall, counter: str, *, by: Actor, now: datetime) -> list[Event]:
    """The counter gets the next citizen by the rule. Two counters at once get two citizens.

    Refuses `counter_closed`, `counter_paused`, `not_your_counter`, `still_serving`, `queue_empty`.
    """
    must_be_free(hall, must_act_at(hall, counter, by))
    pick = next_ticket(hall, counter, now)
    if pick is None:
        raise Refused("queue_empty")
    return [_called(hall, counter, pick, None, by, now)]


def call_ticket(
    hall: Hall, counter: str, ticket: str, reason: Reason, *, by: Actor, now: datetime, announced: bool = True
) -> list[Event]:
    """A call out of turn: the officer's own choice, kept with its reason. An officer calls anybody; a pad,
    which anybody can pick up, those its counter could call. Not `announced` walls are silent.

    Refuses as `call_next`, and `unknown_ticket`, `wrong_state` for one who does not wait, `not_your_ticket`.
    """
    must_be_free(hall, must_act_at(hall, counter, by))
    wanted = hall.ticket(ticket)
    if wanted.state != "waiting":
        raise Refused("wrong_state", state=wanted.state)
    if by.is_pad and not may_call(hall, wanted, counter):
        raise Refused("not_your_ticket", number=wanted.number)
    return [_called(hall, counter, own_choice(hall, wanted, now), reason, by, now, announced)]


def recall(hall: Hall, counter: str, ticket: str, *, by: Actor, now: datetime) -> list[Event]:
    """Announce the called citizen again. Refuses `recall_limit`: too often, or (`wait_seconds`) too soon."""
    must_act_at(hall, counter, by)
    called = must_serve(hall, counter, ticket, "called")
    rules = hall.setup.rules
    if called.calls > rules.recall_limit:
        raise Refused("recall_limit", limit=rules.recall_limit)
    ready_at = recall_at(called, rules.recall_cool_down_seconds)
    if ready_at is not None and now < ready_at:
        raise Refused("recall_limit", wait_seconds=int((ready_at - now).total_seconds()) + 1)
    return [TicketRecalled(at=now, by=by.id, ticket=ticket, counter=counter, times=called.calls + 1)]


def recall_at(ticket: Ticket, cool_down_seconds: int) -> datetime | None:
    """When the next recall may come; None: at once. The first recall needs no pause: voices queue anyway."""
    if ticket.calls < 2 or ticket.called_at is None:
        return None
    return ticket.called_at + timedelta(seconds=cool_down_seconds)


def start(hall: Hall, counter: str, ticket: str, *, by: Actor, now: datetime) -> list[Event]:
    """The called citizen is here. Refuses `wrong_state`, `not_your_ticket`."""
    must_act_at(hall, counter, by)
    must_serve(hall, counter, ticket, "called")
    return [ServiceStarted(at=now, by=by.id, ticket=ticket, counter=counter)]


def no_show(hall: Hall, counter: str, ticket: str, *, by: Actor, now: datetime) -> list[Event]:
    """Called and did not come. Refuses `wrong_state`, `not_your_ticket`."""
    must_act_at(hall, counter, by)
    must_serve(hall, counter, ticket, "called")
    return [TicketMissed(at=now, by=by.id, ticket=ticket, counter=counter)]


def hold(
    hall: Hall, counter: str, ticket: str, reason: Reason, until: datetime | None, *, by: Actor, now: datetime
) -> list[Event]:
    """A paper is missing: the citizen fetches it and keeps the place.

    Refuses `wrong_state`, `not_your_ticket`.
    """
    must_act_at(hall, counter, by)
    must_serve(hall, counter, ticket, "called", "serving")
    return [
        TicketHeld(
            at=now,
            by=by.id,
            ticket=ticket,
            counter=counter,
            reason=reason.code,
            note=reason.note,
            until=until,
        )
    ]


def resume(hall: Hall, counter: str, ticket: str, *, by: Actor, now: datetime) -> list[Event]:
    """Back from hold: in service at once where the counter is free, else first in its line. A no-show who
    comes back re-enters the line after the next few of the class.

    Refuses `wrong_state`, `not_your_ticket` (held at another counter, missed in a queue of others).
    """
    here = must_act_at(hall, counter, by)
    wanted = hall.ticket(ticket)
    if wanted.state == "no_show":
        if not may_bring_back(hall, wanted, counter):
            raise Refused("not_your_ticket", number=wanted.number)
        return [TicketReturned(at=now, by=by.id, ticket=ticket, passes=hall.setup.rules.return_after)]
    must_serve(hall, counter, ticket, "held")
    return [TicketResumed(at=now, by=by.id, ticket=ticket, counter=counter, in_service=here.ticket is None)]


def transfer(
    hall: Hall,
    at_counter: str,
    ticket: str,
    *,
    procedure: str | None = None,
    queue: str | None = None,
    counter: str | None = None,
    position: Position = "by_arrival",
    by: Actor,
    now: datetime,
) -> list[Event]:
    """On to another procedure, queue or counter; the number and the arrival time stay.

    Refuses `unknown_procedure`, `unknown_queue`, `unknown_counter`, `wrong_state`, `not_your_ticket`,
    `same_place`.
    """
    must_act_at(hall, at_counter, by)
    moved = must_have_in_hand(hall, ticket, by)
    to_procedure, to_queue = _destination(hall, moved, procedure, queue, counter)
    unmoved = (to_procedure, to_queue, counter) == (moved.procedure, moved.queue, moved.only_counter)
    if moved.state == "waiting" and unmoved and position == "by_arrival":
        raise Refused("same_place")
    return [
        TicketTransferred(
            at=now,
            by=by.id,
            ticket=ticket,
            from_counter=moved.counter,
            procedure=to_procedure,
            queue=to_queue,
            counter=counter,
            position=position,
            desk=at_counter,
        )
    ]


def finish(
    hall: Hall,
    counter: str,
    ticket: str,
    outcome: Outcome,
    dossier: str | None,
    due: date | None,
    *,
    by: Actor,
    now: datetime,
) -> list[Event]:
    """The visit ends with an outcome. Refuses `wrong_state`, `not_your_ticket`, `bad_dossier`."""
    must_act_at(hall, counter, by)
    must_serve(hall, counter, ticket, "serving")
    if dossier is not None and not DOSSIER.fullmatch(dossier):
        raise Refused("bad_dossier")
    return [
        TicketFinished(
            at=now,
            by=by.id,
            ticket=ticket,
            counter=counter,
            outcome=outcome,
            dossier=dossier,
            due=due,
            reason=None,
        )
    ]


def cancel(hall: Hall, ticket: str, reason: Reason | None = None, *, by: Actor, now: datetime) -> list[Event]:
    """Staff void a ticket that their counter has or could call; one in service only for a reason.

    Refuses `forbidden`, `wrong_state`, `no_counter`, `not_your_ticket`, `reason_required`.
    """
    wanted = must_have_in_hand(hall, ticket, by)
    if wanted.state == "serving" and reason is None:
        raise Refused("reason_required")
    return [
        TicketCancelled(
            at=now,
            by=by.id,
            ticket=ticket,
            reason="by_staff",
            why=reason.code if reason else None,
            note=reason.note if reason else None,
            desk=counter_of(hall, by),
        )
    ]


def set_priority(hall: Hall, ticket: str, priority: str | None, *, by: Actor, now: datetime) -> list[Event]:
    """Confirm or correct what was declared at the kiosk; the arrival time stays.

    Refuses `unknown_priority`, `forbidden`, `wrong_state`, `no_counter`, `not_your_ticket`.
    """
    if priority is not None and priority not in hall.setup.priorities:
        raise Refused("unknown_priority")
    wanted = must_have_in_hand(hall, ticket, by)
    if wanted.priority == priority:
        return []
    ground = hall.setup.priorities[priority].ground if priority else None
    return [PriorityChanged(at=now, by=by.id, ticket=ticket, priority=priority, ground=ground)]


def _called(
    hall: Hall,
    counter: str,
    pick: Pick,
    own_choice: Reason | None,
    by: Actor,
    now: datetime,
    announced: bool = True,
) -> TicketCalled:
    return TicketCalled(
        at=now,
        by=by.id,
        ticket=pick.ticket.id,
        counter=counter,
        call=numbering.call_id(hall.day, hall.version + 1),
        queue=pick.ticket.queue,
        as_class=pick.as_class,
        turn=pick.turn,
        waited_seconds=pick.waited_seconds,
        passed_over=pick.passed_over,
        own_choice=own_choice.code if own_choice else None,
        note=own_choice.note if own_choice else None,
        passed=passed_by(hall, pick.ticket, pick.as_class, now),
        announced=announced,
    )


def _destination(
    hall: Hall, moved: Ticket, procedure: str | None, queue: str | None, counter: str | None
) -> tuple[str, str]:
    """(procedure, queue) after the transfer; a queue or a counter leaves the procedure as it is."""
    if procedure is not None:
        if procedure not in hall.setup.procedures:
            raise Refused("unknown_procedure")
        return procedure, hall.setup.procedures[procedure].queue
    if queue is not None:
        if queue not in hall.setup.queues:
            raise Refused("unknown_queue")
        return moved.procedure, queue
    hall.counter(counter or "")
    return moved.procedure, moved.queue
