"""Tickets: given out, and what an officer does with one."""

from collections.abc import Callable
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

import msgspec

from api.house import House, Json
from hall import calling, desk, issuing, views
from hall.actors import Role
from hall.events import Event
from hall.model import Hall, Refused, Ticket
from hub import Result, Rule, rule
from web.guard import Answer, Handlers, Reply, Request
from web.schemas import EARLIEST, LATEST, Finish, Hold, Issue, Nothing, SetPriority, Transfer


def handlers(house: House) -> Handlers:
    """Every door whose name begins with `tickets.`"""
    doors = Handlers()
    _giving(doors, house)
    _at_the_counter(doors, house)
    _any_time(doors, house)
    return doors


def _giving(doors: Handlers, house: House) -> None:
    @doors.door("tickets.issue")
    def issue(request: Request[Issue]) -> Reply:
        hub, wanted, actor = house.hub(request), request.body, request.actor
        slip = house.slip(actor)

        def answer(done: Result) -> Json:
            """What is kept for a retry: without the token, of which the disk has only the hash."""
            ticket = next(done.hall.tickets[each] for each in _touched(done))
            return {
                "ticket": views.issued(done.hall, ticket, done.now, done.place),
                "print": {"job": done.job, "state": "queued"} if done.job is not None else None,
            }

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
        given = house.change(request, ruled, answer, status=201, slip=slip)
        kept = msgspec.json.decode(cast(bytes, given.body))
        token = hub.token(kept["ticket"]["id"])
        track_url = f"{house.public_url}/t/{token}"
        told = {"ticket": kept["ticket"], "token": token, "track_url": track_url, "print": kept["print"]}
        return Answer(told, given.status)

    @doors.door("tickets.print")
    def print_state(request: Request[Nothing]) -> Answer:
        hub = house.hub(request)
        ticket = hub.hall.ticket(request.args["ticket"])
        if request.actor.kind == "kiosk" and ticket.issued_by != request.actor.id:
            raise Refused("not_your_ticket", number=ticket.number)
        return Answer({"print": hub.slip_state(ticket.id)})


def _at_the_counter(doors: Handlers, house: House) -> None:
    def verb(request: Request[Nothing], ruled: Rule) -> Reply:
        ticket = request.args["ticket"]
        return house.change(request, ruled, lambda done: _ticket(done, ticket))

    def acting(request: Request[Nothing], function: Callable[..., list[Event]], *more: object) -> Reply:
        """The rule at the counter where this actor works."""
        actor, ticket = request.actor, request.args["ticket"]

        def ruled(hall: Hall, /, *, now: datetime) -> list[Event]:
            counter = desk.desk_of(hall, actor)
            return function(hall, counter, ticket, *more, by=actor, now=now)

        return verb(request, ruled)

    @doors.door("tickets.recall")
    def recall(request: Request[Nothing]) -> Reply:
        return acting(request, calling.recall)

    @doors.door("tickets.start")
    def start(request: Request[Nothing]) -> Reply:
        return acting(request, calling.start)

    @doors.door("tickets.no_show")
    def no_show(request: Request[Nothing]) -> Reply:
        return acting(request, calling.no_show)

    @doors.door("tickets.resume")
    def resume(request: Request[Nothing]) -> Reply:
        return acting(request, calling.resume)

    @doors.door("tickets.finish")
    def finish(request: Request[Finish]) -> Reply:
        body = request.body
        return acting(request, calling.finish, body.outcome, body.dossier, body.due)  # type: ignore[arg-type]

    @doors.door("tickets.hold")
    def hold(request: Request[Hold]) -> Reply:
        return acting(request, calling.hold, request.body.reason, request.body.until)  # type: ignore[arg-type]

    @doors.door("tickets.transfer")
    def transfer(request: Request[Transfer]) -> Reply:
        actor, body, ticket = request.actor, request.body, request.args["ticket"]

        def ruled(hall: Hall, /, *, now: datetime) -> list[Event]:
            counter = desk.desk_of(hall, actor)
            return calling.transfer(
                hall,
                counter,
                ticket,
                procedure=body.procedure,
                queue=body.queue,
                counter=body.counter,
                position=body.position,
                by=actor,
                now=now,
            )

        return house.change(request, ruled, lambda done: _ticket(done, ticket))


def _any_time(doors: Handlers, house: House) -> None:
    @doors.door("tickets.cancel")
    def cancel(request: Request[Nothing]) -> Reply:
        actor, ticket = request.actor, request.args["ticket"]
        if actor.kind == "kiosk":
            ruled = rule(issuing.void, ticket, by=actor)
        else:
            ruled = rule(calling.cancel, ticket, by=actor)
        return house.change(request, ruled, lambda done: _ticket(done, ticket))

    @doors.door("tickets.set_priority")
    def set_priority(request: Request[SetPriority]) -> Reply:
        ticket = request.args["ticket"]
        ruled = rule(calling.set_priority, ticket, request.body.priority, by=request.actor)
        return house.change(request, ruled, lambda done: _ticket(done, ticket))

    @doors.door("tickets.reprint")
    def reprint(request: Request[Nothing]) -> Reply:
        ticket = request.args["ticket"]
        slip = house.slip(request.actor, reprint=True)
        if slip is None:
            raise Refused("no_printer")
        ruled = rule(issuing.reprint, ticket, by=request.actor)
        return house.change(request, ruled, lambda done: _ticket(done, ticket), slip=slip, ticket=ticket)


def _touched(done: Result) -> list[str]:
    return [str(ticket) for each in done.events if (ticket := getattr(each, "ticket", None))]


def _ticket(done: Result, ticket: str) -> Json:
    given: Ticket = done.hall.tickets[ticket]
    return {"ticket": views.issued(done.hall, given, done.now)}


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
        raise Refused("bad_date", key="booking") from None
    if slot.tzinfo is None or not EARLIEST < slot < LATEST:
        raise Refused("bad_date", key="booking")
    return slot.astimezone(ZoneInfo(zone))
