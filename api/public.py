"""What anyone may know: the hall, its board and queues, one's own place, and whether the hub is well."""

from api.house import House
from hall import issuing, views
from hall.actors import citizen
from hub import rule
from web.guard import Answer, Handlers, Reply, Request
from web.openapi import describe
from web.schemas import Nothing

HEALTHY_SECONDS = 1.0


def handlers(house: House) -> Handlers:
    doors = Handlers()

    def health(request: Request[Nothing]) -> Answer:
        """Raises StoreUnavailable, a 503, where no ticket could be kept now."""
        for hub in house.hubs.values():
            hub.probe(proven_seconds=HEALTHY_SECONDS)
        halls = {name: {"version": hub.hall.version} for name, hub in house.hubs.items()}
        return Answer({"status": "ok", "version": house.version, "halls": halls})

    doors.door("health")(health)
    doors.door("health.root")(health)

    @doors.door("openapi")
    def openapi(request: Request[Nothing]) -> Answer:
        return Answer(describe(house.version))

    @doors.door("hall")
    def hall(request: Request[Nothing]) -> Answer:
        hub = house.hub(request)
        return Answer(views.public_hall(hub.hall, hub.now()))

    @doors.door("board")
    def board(request: Request[Nothing]) -> Answer:
        hub = house.hub(request)
        return Answer(views.display(hub.hall, hub.now(), house.build))

    @doors.door("queues")
    def queues(request: Request[Nothing]) -> Answer:
        hub = house.hub(request)
        return Answer({"queues": views.lines(hub.hall, hub.now())})

    @doors.door("track")
    def track(request: Request[Nothing]) -> Answer:
        hub, day, ticket = house.by_token(request.args["token"])
        return Answer(views.track(day, ticket, hub.now()))

    @doors.door("track.cancel")
    def cancel(request: Request[Nothing]) -> Reply:
        hub, _day, ticket = house.by_token(request.args["token"])
        holder = citizen(ticket.id)
        ruled = rule(issuing.cancel_own, ticket.id, by=holder)
        return house.change(
            request,
            ruled,
            lambda done: views.track(done.hall, done.hall.tickets[ticket.id], done.now),
            hub=hub,
            by=holder,  # or the key of one citizen would be refused to all others
        )

    return doors
