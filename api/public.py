"""What anyone may know: the hall, its board and queues, one's own place, and whether the hub is well."""

from dataclasses import replace

from api.context import Context
from hall import issuing, views
from hall.actors import citizen
from hub import command, rule
from web import answers
from web.doors import Answer, Doors, Reply, Request
from web.permissions import API, EVERYBODY, HEALTH, IN_HALL, LOOK, Door
from web.schemas import Nothing

HEALTHY_SECONDS = 1.0
TRACK = f"{API}/track/{{token}}"

doors = Doors[Context]()


@doors.door(Door("health.root", "GET", HEALTH, EVERYBODY, "The same", LOOK, answer=answers.Health))
@doors.door(
    Door("health", "GET", f"{API}{HEALTH}", EVERYBODY, "Can the hall work", LOOK, answer=answers.Health)
)
def health(context: Context, request: Request[Nothing]) -> Answer:
    """Raises StoreUnavailable, a 503, where no ticket could be kept now."""
    for hub in context.hubs.values():
        hub.probe(proven_seconds=HEALTHY_SECONDS)
    halls = {name: {"version": hub.hall.version} for name, hub in context.hubs.items()}
    return Answer({"status": "ok", "version": context.version, "halls": halls})


@doors.door(Door("openapi", "GET", f"{API}/openapi.json", EVERYBODY, "This description"))
def openapi(context: Context, request: Request[Nothing]) -> Answer:
    return Answer(context.openapi())


@doors.door(
    Door("hall", "GET", IN_HALL, EVERYBODY, "The hall's catalogue", LOOK, answer=views.public.HallFacts)
)
def hall(context: Context, request: Request[Nothing]) -> Answer:
    hub = context.hub(request)
    return Answer(views.public.hall_facts(hub.hall, hub.now()))


@doors.door(Door("board", "GET", f"{IN_HALL}/board", EVERYBODY, "The wall", LOOK, answer=views.wall.Board))
def board(context: Context, request: Request[Nothing]) -> Answer:
    hub = context.hub(request)
    return Answer(views.wall.board(hub.hall, hub.now(), hub.mark(context.build)))


@doors.door(
    Door("queues", "GET", f"{IN_HALL}/queues", EVERYBODY, "Who waits", LOOK, answer=views.public.Lines)
)
def queues(context: Context, request: Request[Nothing]) -> Answer:
    hub = context.hub(request)
    return Answer(views.public.lines(hub.hall, hub.now()))


@doors.door(
    Door(
        "track",
        "GET",
        TRACK,
        EVERYBODY,
        "A citizen's own ticket, by the token of its slip",
        LOOK,
        answer=views.phone.Track,
        refusals=("number_lost",),
    )
)
def track(context: Context, request: Request[Nothing]) -> Answer:
    hub, day, ticket = context.by_token(request.args["token"])
    return Answer(views.phone.track(day, ticket, hub.now()))


@doors.door(
    Door(
        "track.cancel",
        "POST",
        f"{TRACK}/cancel",
        EVERYBODY,
        "The citizen gives the place up",
        answer=views.phone.Track,
        refusals=("wrong_state", "number_lost"),
    )
)
def cancel(context: Context, request: Request[Nothing]) -> Reply:
    hub, _day, ticket = context.by_token(request.args["token"])
    holder = citizen(ticket.id)
    ruled = rule(issuing.cancel_own, ticket.id, by=holder)
    # The guard does not know the holder. Asked by anyone, the key of one would be refused to all others.
    asked = replace(request, actor=holder)
    return hub.change(
        command(
            asked,
            ruled,
            lambda result: views.phone.track(result.hall, result.hall.tickets[ticket.id], result.now),
        )
    )
