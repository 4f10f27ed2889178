"""What the handlers of the API work with: the hubs of the house and how its tickets are named outside."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hall.actors import Actor
from hall.model import Hall, Refused, Ticket
from hall.waiting import Place
from hub import Hub, SlipOrder
from web.doors import Request
from web.schemas import Body


@dataclass(frozen=True, slots=True)
class Context:
    """`printer_of(hall, actor)`: on which printer an actor's slips come out, None where there is none;
    `track_url(token)`: what the QR of a slip holds; `openapi()`: the description of all doors;
    `names()`: how officers and devices are called, by an actor's id."""

    hubs: Mapping[str, Hub]
    version: str
    build: str
    track_url: Callable[[str], str]
    printer_of: Callable[[str, Actor], str | None]
    slip_facts: Callable[[Hall, Ticket, Place], bytes]
    openapi: Callable[[], bytes]
    names: Callable[[], Mapping[str, str]]

    def hub(self, request: Request[Body]) -> Hub:
        """The hub of the path's hall; the guard has seen that there is one."""
        return self.hubs[request.args["hall"]]

    def slip(self, request: Request[Body], *, reprint: bool = False) -> SlipOrder | None:
        printer = self.printer_of(request.args["hall"], request.actor)
        return SlipOrder(printer, self.slip_facts, reprint) if printer else None

    def by_token(self, token: str) -> tuple[Hub, Hall, Ticket]:
        """The ticket of a track token in whichever hall. Refuses `unknown_ticket`, and `number_lost` where it
        may be of a number that a restored backup does not have."""
        for hub in self.hubs.values():
            found = hub.by_token(token)
            if found is not None:
                return hub, *found
        lost = any(hub.may_have_lost(token) for hub in self.hubs.values())
        raise Refused("number_lost" if lost else "unknown_ticket")
