"""Counters: opened, paused, closed, and whom they call."""

from collections.abc import Callable

from api.house import House, Json
from hall import calling, desk, views, words
from hall.events import Event, TicketCalled
from hall.model import Hall
from hub import Result, Rule, rule
from web.guard import Handlers, Reply, Request
from web.schemas import Body, Call, Nothing, OpenCounter, Pause


def handlers(house: House) -> Handlers:
    """Every door whose name begins with `counters.`"""
    doors = Handlers()

    def at_counter(request: Request[Body], ruled: Rule) -> Reply:
        counter = request.args["counter"]
        return house.change(request, ruled, lambda done: views.counter_state(done.hall, counter))

    @doors.door("counters.open")
    def open_counter(request: Request[OpenCounter]) -> Reply:
        return at_counter(request, _rule(request, desk.open_counter, take_over=request.body.take_over))

    @doors.door("counters.pause")
    def pause(request: Request[Pause]) -> Reply:
        return at_counter(request, _rule(request, desk.pause_counter, request.body.reason))

    @doors.door("counters.close")
    def close(request: Request[Nothing]) -> Reply:
        return at_counter(request, _rule(request, desk.close_counter))

    @doors.door("counters.next")
    def call_next(request: Request[Nothing]) -> Reply:
        return house.change(request, _rule(request, calling.call_next), _called)

    @doors.door("counters.call")
    def call(request: Request[Call]) -> Reply:
        body = request.body
        return house.change(
            request, _rule(request, calling.call_ticket, body.ticket, body.reason or ""), _called
        )

    return doors


def _rule(
    request: Request[Body], function: Callable[..., list[Event]], *more: object, **options: object
) -> Rule:
    return rule(function, request.args["counter"], *more, by=request.actor, **options)


def _called(done: Result) -> Json:
    event = next(each for each in done.events if isinstance(each, TicketCalled))
    hall: Hall = done.hall
    ticket = hall.tickets[event.ticket]
    why: words.Text = views.why_called(hall, ticket)
    return {
        "ticket": views.issued(hall, ticket, done.now),
        "call": {"id": event.call, "at": event.at.isoformat()},
        "because": why.vi,
        "because_en": why.en,
    }
