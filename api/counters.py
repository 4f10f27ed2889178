"""Counters: opened, paused, closed, and whom they call."""

from collections.abc import Callable

from api.context import Context
from hall import calling, desk, reasons, undoing, views, words
from hall.actors import SUPERVISORS
from hall.events import ActUndone, Event, TicketCalled
from hall.model import Hall
from hub import Result, Rule, command, rule
from web import answers
from web.doors import Answer, Doors, Json, Reply, Request
from web.permissions import ACT, AT_A_COUNTER, IN_HALL, READ, SELDOM, Door, Rate
from web.schemas import Body, Call, Nothing, OpenCounter, Pause

CALL_REFUSALS = ("queue_empty", "counter_closed", "counter_paused", "still_serving", "not_your_counter")

doors = Doors[Context]()


def _door(
    verb: str,
    summary: str,
    *refusals: str,
    body: type[Body] = Nothing,
    answer: type = views.parts.Counter,
    rate: Rate = ACT,
) -> Door:
    return Door(
        f"counters.{verb}",
        "POST",
        f"{IN_HALL}/counters/{{counter}}/{verb}",
        AT_A_COUNTER,
        summary,
        rate,
        body=body,
        answer=answer,
        refusals=refusals,
    )


@doors.door(
    _door(
        "open",
        "An officer takes the counter and opens it",
        "counter_taken",
        "at_other_counter",
        body=OpenCounter,
    )
)
def open_counter(context: Context, request: Request[OpenCounter]) -> Reply:
    return _changed(context, request, _rule(request, desk.open_counter, take_over=request.body.take_over))


@doors.door(
    Door(
        "counters.seat",
        "GET",
        f"{IN_HALL}/counters/{{counter}}",
        AT_A_COUNTER | SUPERVISORS,
        "Who works at a counter, since when, and with which number",
        READ,
        answer=answers.Seat,
    )
)
def seat(context: Context, request: Request[Nothing]) -> Answer:
    """Before it is taken over, and for whom it was taken from. Names are in no snapshot."""
    hall = context.hub(request).hall
    here = hall.counter(request.args["counter"])
    ticket = hall.tickets[here.ticket] if here.ticket else None
    name = context.names().get(here.holder or "", "")
    return Answer(
        answers.Seat(
            id=here.id,
            name=hall.setup.counters[here.id].name,
            state=here.state,
            holder=answers.Holder(here.holder, here.holder_kind, name, views.parts.iso(here.held_since))
            if here.holder
            else None,
            number=ticket.number if ticket else None,
            number_state=ticket.state if ticket else None,
            number_since=views.parts.iso(ticket.since) if ticket else None,
        )
    )


@doors.door(_door("close", "The counter closes", "still_serving"))
def close(context: Context, request: Request[Nothing]) -> Reply:
    return _changed(context, request, _rule(request, desk.close_counter))


@doors.door(_door("pause", "The counter pauses", "counter_closed", body=Pause))
def pause(context: Context, request: Request[Pause]) -> Reply:
    reason = reasons.read("pause", request.body.reason, request.body.note)
    return _changed(context, request, _rule(request, desk.pause_counter, reason))


@doors.door(_door("next", "The next citizen", *CALL_REFUSALS, answer=answers.Called))
def call_next(context: Context, request: Request[Nothing]) -> Reply:
    return context.hub(request).change(command(request, _rule(request, calling.call_next), _called))


@doors.door(
    _door(
        "call",
        "A citizen out of turn",
        "wrong_state",
        "not_your_ticket",
        *CALL_REFUSALS,
        body=Call,
        answer=answers.Called,
        rate=SELDOM,
    )
)
def call(context: Context, request: Request[Call]) -> Reply:
    body = request.body
    reason = reasons.read("choice", body.reason or "", body.note)
    ruled = _rule(request, calling.call_ticket, body.ticket, reason)
    return context.hub(request).change(command(request, ruled, _called))


@doors.door(
    _door(
        "undo",
        "The counter's last act is taken back",
        "nothing_to_undo",
        "counter_closed",
        "counter_paused",
        "not_your_counter",
        answer=answers.Undone,
        rate=SELDOM,
    )
)
def undo(context: Context, request: Request[Nothing]) -> Reply:
    return context.hub(request).change(command(request, _rule(request, undoing.undo), _undone))


def _undone(result: Result) -> Json:
    event = next(each for each in reversed(result.events) if isinstance(each, ActUndone))
    ticket = result.hall.tickets[event.ticket]
    return {"ticket": views.parts.issued(result.hall, ticket, result.now), "undone": event.undone}


def _changed(context: Context, request: Request[Body], ruled: Rule) -> Reply:
    counter = request.args["counter"]
    return context.hub(request).change(
        command(request, ruled, lambda result: views.parts.counter_state(result.hall, counter))
    )


def _rule(
    request: Request[Body], function: Callable[..., list[Event]], *more: object, **options: object
) -> Rule:
    return rule(function, request.args["counter"], *more, by=request.actor, **options)


def _called(result: Result) -> Json:
    event = next(each for each in result.events if isinstance(each, TicketCalled))
    hall: Hall = result.hall
    ticket = hall.tickets[event.ticket]
    why: words.Text = views.why.why_called(hall, ticket)
    return {
        "ticket": views.parts.issued(hall, ticket, result.now),
        "call": {"id": event.call, "at": event.at.isoformat()},
        "because": why.vi,
        "because_en": why.en,
    }
