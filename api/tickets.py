"""Tickets: given out, and what an officer does with one."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from api.context import Context
from hall import calling, desk, finding, issuing, reasons, views, walk_in
from hall.actors import SUPERVISORS, Role
from hall.events import Event
from hall.model import Hall, Refused, Ticket
from hub import Result, Rule, SlipOrder, command, rule
from web import answers
from web.doors import Answer, Doors, Json, Reply, Request
from web.permissions import ACT, AT_A_COUNTER, IN_HALL, READ, SELDOM, TICKET_GIVERS, Door, Rate
from web.schemas import (
    EARLIEST,
    LATEST,
    Body,
    Cancel,
    FindNumber,
    Finish,
    Hold,
    Issue,
    Nothing,
    Serve,
    SetPriority,
    Transfer,
)

TICKETS = f"{IN_HALL}/tickets"
ONE = f"{TICKETS}/{{ticket}}"

doors = Doors[Context]()


def _door(
    verb: str,
    summary: str,
    *refusals: str,
    body: type[Body] = Nothing,
    who: frozenset[Role] = AT_A_COUNTER,
    rate: Rate = ACT,
) -> Door:
    """A verb on one ticket."""
    return Door(
        f"tickets.{verb}",
        "POST",
        f"{ONE}/{verb}",
        who,
        summary,
        rate,
        body=body,
        answer=answers.TicketAnswer,
        refusals=("wrong_state", "not_your_ticket", "no_counter", *refusals),
    )


@doors.door(
    Door(
        "tickets.issue",
        "POST",
        TICKETS,
        TICKET_GIVERS,
        "A number for a procedure; its slip goes to the printer",
        SELDOM,
        body=Issue,
        answer=answers.Issued,
        status=201,
        key="required",
        gives_numbers=True,
        refusals=("hall_closed", "quota_reached", "procedure_unavailable"),
    )
)
def issue(context: Context, request: Request[Issue]) -> Reply:
    hub, wanted, actor = context.hub(request), request.body, request.actor
    ruled = rule(
        issuing.issue,
        procedure=wanted.procedure,
        priority=wanted.priority,
        language=wanted.language,
        channel=wanted.channel or ("kiosk" if actor.kind == "kiosk" else "counter"),
        booked_at=_slot(wanted.booking, actor.kind, hub.setup.timezone),
        token_hash=hub.token_hash,
        by=actor,
    )
    return _given(context, request, ruled, context.slip(request))


@doors.door(
    Door(
        "counters.serve",
        "POST",
        f"{IN_HALL}/counters/{{counter}}/serve",
        AT_A_COUNTER,
        "Who sits down without a number: given one, called and in service at once",
        SELDOM,
        body=Serve,
        answer=answers.Issued,
        status=201,
        refusals=(
            *("hall_closed", "quota_reached", "procedure_unavailable"),
            *("counter_closed", "counter_paused", "still_serving", "not_your_counter", "not_your_ticket"),
        ),
    )
)
def serve(context: Context, request: Request[Serve]) -> Reply:
    """Without a slip: the citizen needs none."""
    wanted = request.body
    ruled = rule(
        walk_in.serve,
        request.args["counter"],
        procedure=wanted.procedure,
        priority=wanted.priority,
        language=wanted.language,
        announce=wanted.announce,
        token_hash=context.hub(request).token_hash,
        by=request.actor,
    )
    return _given(context, request, ruled, None)


def _given(context: Context, request: Request[Body], ruled: Rule, slip: SlipOrder | None) -> Answer:
    """The ticket that the rule gives out, with its token."""
    hub = context.hub(request)
    given = hub.change(command(request, ruled, _issued, status=201, slip=slip))
    kept = msgspec.json.decode(given.body)
    token = hub.token(kept["ticket"]["id"])
    told = {
        "ticket": kept["ticket"],
        "token": token,
        "track_url": context.track_url(token),
        "print": kept["print"],
    }
    return Answer(told, given.status)


def _issued(result: Result) -> Json:
    """What is kept for a retry: without the token, of which the disk has only the hash."""
    touched = [str(ticket) for each in result.events if (ticket := getattr(each, "ticket", None))]
    ticket = result.hall.tickets[touched[0]]
    return {
        "ticket": views.parts.issued(result.hall, ticket, result.now, result.place),
        "print": {"job": result.job, "state": "queued"} if result.job is not None else None,
    }


@doors.door(
    Door(
        "tickets.find",
        "GET",
        TICKETS,
        AT_A_COUNTER | SUPERVISORS,
        "Today's tickets of a number, however it is written",
        READ,
        body=FindNumber,
        answer=answers.Found,
    )
)
def find_number(context: Context, request: Request[FindNumber]) -> Answer:
    hub = context.hub(request)
    found = finding.find(hub.hall, request.body.number)
    return Answer({"tickets": [views.parts.issued(hub.hall, each, hub.now()) for each in found]})


@doors.door(
    Door(
        "tickets.print",
        "GET",
        f"{ONE}/print",
        TICKET_GIVERS,
        "What became of the newest slip; null: none was asked for",
        READ,
        answer=answers.PrintState,
        refusals=("not_your_ticket",),
    )
)
def print_state(context: Context, request: Request[Nothing]) -> Answer:
    hub = context.hub(request)
    ticket = hub.hall.ticket(request.args["ticket"])
    if request.actor.kind == "kiosk" and ticket.issued_by != request.actor.id:
        raise Refused("not_your_ticket", number=ticket.number)
    return Answer({"print": hub.slip_state(ticket.id)})


@doors.door(_door("recall", "Called again", "recall_limit"))
def recall(context: Context, request: Request[Nothing]) -> Reply:
    return _acting(context, request, calling.recall)


@doors.door(_door("start", "The citizen has come"))
def start(context: Context, request: Request[Nothing]) -> Reply:
    return _acting(context, request, calling.start)


@doors.door(_door("no_show", "The citizen has not come", rate=SELDOM))
def no_show(context: Context, request: Request[Nothing]) -> Reply:
    return _acting(context, request, calling.no_show)


@doors.door(_door("resume", "Back from hold, or after a no-show"))
def resume(context: Context, request: Request[Nothing]) -> Reply:
    return _acting(context, request, calling.resume)


@doors.door(_door("finish", "The visit ends", "bad_dossier", body=Finish))
def finish(context: Context, request: Request[Finish]) -> Reply:
    body = request.body
    return _acting(context, request, calling.finish, body.outcome, body.dossier, body.due)


@doors.door(_door("hold", "The citizen steps aside and comes back", body=Hold, rate=SELDOM))
def hold(context: Context, request: Request[Hold]) -> Reply:
    body = request.body
    reason = reasons.read("hold", body.reason, body.note)
    return _acting(context, request, calling.hold, reason, body.until)


@doors.door(
    _door("transfer", "On to another procedure, queue or counter", "same_place", body=Transfer, rate=SELDOM)
)
def transfer(context: Context, request: Request[Transfer]) -> Reply:
    body = request.body
    return _acting(
        context,
        request,
        calling.transfer,
        procedure=body.procedure,
        queue=body.queue,
        counter=body.counter,
        position=body.position,
    )


@doors.door(
    _door(
        "cancel",
        "The ticket ends; a kiosk may void its own at once",
        "void_too_late",
        "reason_required",
        body=Cancel,
        who=TICKET_GIVERS | SUPERVISORS,
        rate=SELDOM,
    )
)
def cancel(context: Context, request: Request[Cancel]) -> Reply:
    ticket, actor = request.args["ticket"], request.actor
    if actor.kind == "kiosk":
        return _changed(context, request, rule(issuing.void, ticket, by=actor))
    said, note = request.body.reason, request.body.note
    reason = reasons.read("cancel", said or "", note) if said or note else None
    return _changed(context, request, rule(calling.cancel, ticket, reason, by=actor))


@doors.door(
    _door(
        "set_priority",
        "Priority confirmed or corrected",
        body=SetPriority,
        who=AT_A_COUNTER | SUPERVISORS,
        rate=SELDOM,
    )
)
def set_priority(context: Context, request: Request[SetPriority]) -> Reply:
    ticket, priority = request.args["ticket"], request.body.priority
    return _changed(context, request, rule(calling.set_priority, ticket, priority, by=request.actor))


@doors.door(_door("reprint", "The slip once more, marked", "no_printer", rate=SELDOM))
def reprint(context: Context, request: Request[Nothing]) -> Reply:
    ticket = request.args["ticket"]
    slip = context.slip(request, reprint=True)
    if slip is None:
        raise Refused("no_printer")
    ruled = rule(issuing.reprint, ticket, by=request.actor)
    return context.hub(request).change(
        command(request, ruled, lambda result: _ticket(result, ticket), slip=slip, ticket=ticket)
    )


def _acting(
    context: Context,
    request: Request[Body],
    function: Callable[..., list[Event]],
    *more: object,
    **options: object,
) -> Reply:
    """The rule at the counter where this actor works."""
    actor, ticket = request.actor, request.args["ticket"]

    def ruled(hall: Hall, /, *, now: datetime) -> list[Event]:
        counter = desk.desk_of(hall, actor)
        return function(hall, counter, ticket, *more, by=actor, now=now, **options)

    return _changed(context, request, ruled)


def _changed(context: Context, request: Request[Body], ruled: Rule) -> Reply:
    ticket = request.args["ticket"]
    return context.hub(request).change(command(request, ruled, lambda result: _ticket(result, ticket)))


def _ticket(result: Result, ticket: str) -> Json:
    given: Ticket = result.hall.tickets[ticket]
    return {"ticket": views.parts.issued(result.hall, given, result.now)}


def _slot(booking: str | None, kind: Role, zone: str) -> datetime | None:
    """The booked slot, an ISO moment with offset, entered by staff from the citizen's booking.

    Refuses `forbidden` from a kiosk: a slot nobody has checked. Refuses `bad_date`.
    """
    if booking is None:
        return None
    if kind == "kiosk":
        raise Refused("forbidden")
    try:
        slot = datetime.fromisoformat(booking)
    except ValueError:
        raise Refused("bad_date") from None
    if slot.tzinfo is None or not EARLIEST < slot < LATEST:
        raise Refused("bad_date")
    return slot.astimezone(ZoneInfo(zone))
