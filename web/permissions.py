"""The one table of doors: every HTTP route and socket event, who may use it, how often, with what.

It drives enforcement (guard.py), the description (openapi.py) and the tests. What is not here is shut.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from msgspec import Struct

from hall.actors import Actor, Role
from web import answers, schemas

Key = Literal["required", "taken"]
Rate = str | None  # "120 per minute", by device or person, by address where nobody is known

EVERYBODY: frozenset[Role] = frozenset({"anyone"})
AT_A_COUNTER: frozenset[Role] = frozenset({"staff", "counter"})
TICKET_GIVERS: frozenset[Role] = frozenset({"kiosk", "staff", "counter"})
PEOPLE: frozenset[Role] = frozenset({"staff", "supervisor", "admin"})
KNOWN: frozenset[Role] = PEOPLE | frozenset({"kiosk", "display", "counter", "rating", "printer"})

ACT, READ, LOOK = "120 per minute", "600 per minute", "6000 per minute"  # LOOK: many phones share an address
API = "/api/v1"


@dataclass(frozen=True, slots=True)
class Door:
    """One HTTP route. `who` holding "anyone" is open to all; `key` is about Idempotency-Key.

    `csrf` off: asked before there is a session. Pages and files have no `answer`.
    """

    name: str
    method: Literal["GET", "POST"]
    path: str
    who: frozenset[Role]
    summary: str
    rate: Rate = ACT
    body: type[schemas.Body] = schemas.Nothing
    answer: type[Struct] | None = None
    status: int = 200
    key: Key = "taken"
    csrf: bool = True
    refusals: tuple[str, ...] = ()

    @property
    def is_api(self) -> bool:
        return self.path.startswith("/api/") or self.path == "/healthz"

    @property
    def public(self) -> bool:
        return "anyone" in self.who

    def admits(self, actor: Actor) -> bool:
        return self.public or actor.kind in self.who


@dataclass(frozen=True, slots=True)
class SocketEvent:
    """What a client may send on a namespace; `connect` is the first of all."""

    namespace: str
    event: str
    who: frozenset[Role]
    summary: str
    rate: Rate
    payload: type[Struct] | None = None


def _at_counter(
    verb: str, summary: str, answer: type[Struct], body: type[schemas.Body], *refusals: str
) -> Door:
    path = f"{API}/halls/{{hall}}/counters/{{counter}}/{verb}"
    return Door(
        f"counters.{verb}", "POST", path, AT_A_COUNTER, summary, body=body, answer=answer, refusals=refusals
    )


def _on_ticket(
    verb: str,
    summary: str,
    body: type[schemas.Body],
    *refusals: str,
    who: frozenset[Role] = AT_A_COUNTER,
) -> Door:
    return Door(
        f"tickets.{verb}",
        "POST",
        f"{API}/halls/{{hall}}/tickets/{{ticket}}/{verb}",
        who,
        summary,
        body=body,
        answer=answers.TicketAnswer,
        refusals=("wrong_state", "not_your_ticket", "no_counter", *refusals),
    )


def _page(path: str, summary: str, rate: Rate = LOOK) -> Door:
    """A page or a file: the same for everybody, nothing of the hall's day in it."""
    return Door(f"GET {path}", "GET", path, EVERYBODY, summary, rate=rate)


_CALL_REFUSALS = ("queue_empty", "counter_closed", "counter_paused", "still_serving", "not_your_counter")

_DOORS = (
    Door("health", "GET", f"{API}/healthz", EVERYBODY, "Can the hall work", LOOK, answer=answers.Health),
    Door("health.root", "GET", "/healthz", EVERYBODY, "The same", LOOK, answer=answers.Health),
    Door("openapi", "GET", f"{API}/openapi.json", EVERYBODY, "This description"),
    Door(
        "session.login",
        "POST",
        f"{API}/login",
        EVERYBODY,
        "An officer logs in; the answer sets the session cookie",
        rate="30 per minute",
        body=schemas.LogIn,
        answer=answers.Me,
        csrf=False,
        refusals=("login_failed",),
    ),
    Door("session.logout", "POST", f"{API}/logout", PEOPLE, "The session ends", answer=answers.Done),
    Door("session.me", "GET", f"{API}/me", KNOWN, "Who is asking", READ, answer=answers.Me),
    Door(
        "hall", "GET", f"{API}/halls/{{hall}}", EVERYBODY, "The hall's catalogue", LOOK, answer=answers.Hall
    ),
    Door("board", "GET", f"{API}/halls/{{hall}}/board", EVERYBODY, "The wall", LOOK, answer=answers.Board),
    Door(
        "queues", "GET", f"{API}/halls/{{hall}}/queues", EVERYBODY, "Who waits", LOOK, answer=answers.Queues
    ),
    Door(
        "tickets.issue",
        "POST",
        f"{API}/halls/{{hall}}/tickets",
        TICKET_GIVERS,
        "A number for a procedure; its slip goes to the printer",
        body=schemas.Issue,
        answer=answers.Issued,
        status=201,
        key="required",
        refusals=("hall_closed", "quota_reached", "procedure_unavailable"),
    ),
    _at_counter(
        "open",
        "An officer takes the counter and opens it",
        answers.Counter,
        schemas.OpenCounter,
        "counter_taken",
        "at_other_counter",
    ),
    _at_counter("close", "The counter closes", answers.Counter, schemas.Nothing, "still_serving"),
    _at_counter("pause", "The counter pauses", answers.Counter, schemas.Pause, "counter_closed"),
    _at_counter("next", "The next citizen", answers.Called, schemas.Nothing, *_CALL_REFUSALS),
    _at_counter(
        "call", "A citizen out of turn", answers.Called, schemas.Call, "wrong_state", *_CALL_REFUSALS
    ),
    _on_ticket("recall", "Called again", schemas.Nothing, "recall_limit"),
    _on_ticket("start", "The citizen has come", schemas.Nothing),
    _on_ticket("finish", "The visit ends", schemas.Finish, "bad_dossier"),
    _on_ticket("no_show", "The citizen has not come", schemas.Nothing),
    _on_ticket("hold", "The citizen steps aside and comes back", schemas.Hold),
    _on_ticket("resume", "Back from hold, or after a no-show", schemas.Nothing),
    _on_ticket("transfer", "On to another procedure, queue or counter", schemas.Transfer, "same_place"),
    _on_ticket(
        "cancel",
        "The ticket ends; a kiosk may void its own at once",
        schemas.Nothing,
        "void_too_late",
        who=TICKET_GIVERS,
    ),
    _on_ticket("reprint", "The slip once more, marked", schemas.Nothing, "no_printer"),
    _on_ticket("set_priority", "Priority confirmed or corrected", schemas.SetPriority),
    Door(
        "tickets.print",
        "GET",
        f"{API}/halls/{{hall}}/tickets/{{ticket}}/print",
        TICKET_GIVERS,
        "What became of the newest slip; null: none was asked for",
        READ,
        answer=answers.PrintState,
        refusals=("not_your_ticket",),
    ),
    Door(
        "track",
        "GET",
        f"{API}/track/{{token}}",
        EVERYBODY,
        "A citizen's own ticket, by the token of its slip",
        LOOK,
        answer=answers.Track,
    ),
    Door(
        "track.cancel",
        "POST",
        f"{API}/track/{{token}}/cancel",
        EVERYBODY,
        "The citizen gives the place up",
        answer=answers.Track,
        refusals=("wrong_state",),
    ),
    _page("/", "The addresses of the screens"),
    _page("/kiosk/{hall}", "The kiosk"),
    _page("/display/{hall}", "The wall"),
    _page("/display/{hall}/announcement/{call}", "The clips and sentences of one call"),
    _page("/display/clips/{clip}", "One sound"),
    _page("/counter/{hall}", "The officer's panel"),
    _page("/t/{token}", "A citizen's own page"),
    _page("/favicon.ico", "The sign of the hall", rate=None),
    _page("/static/{folder}/{file}", "Scripts, styles and fonts", rate=None),
    _page("/vendor/{file}", "The browser libraries", rate=None),
)
DOORS: Mapping[str, Door] = MappingProxyType({door.name: door for door in _DOORS})

SOCKETS = (
    SocketEvent("/display", "connect", frozenset({"display"}), "A wall shows the hall", "60 per minute"),
    SocketEvent("/kiosk", "connect", frozenset({"kiosk"}), "A kiosk shows what it may give", "60 per minute"),
    SocketEvent("/counter", "connect", AT_A_COUNTER, "A counter sees its citizen", "60 per minute"),
    SocketEvent(
        "/supervisor",
        "connect",
        frozenset({"supervisor", "admin"}),
        "The hall live",
        "60 per minute",
    ),
    SocketEvent("/queue", "connect", EVERYBODY, "Phones and anyone: numbers only", LOOK),
    SocketEvent("*", "heartbeat", KNOWN | EVERYBODY, "What a device knows of itself", ACT, schemas.Heartbeat),
    SocketEvent(
        "/display",
        "announced",
        frozenset({"display"}),
        "A call was shown and spoken",
        ACT,
        schemas.Announced,
    ),
)


def may(actor: Actor, namespace: str, event: str) -> bool:
    """Whether a client on a socket may do this; what is not in the table it may not."""
    listed = socket_event(namespace, event)
    return listed is not None and bool({"anyone", actor.kind} & listed.who)


def rate_of(namespace: str, event: str) -> Rate:
    listed = socket_event(namespace, event)
    return listed.rate if listed else None


def socket_event(namespace: str, event: str) -> SocketEvent | None:
    """Its line in the table; None: nobody may."""
    return next(
        (each for each in SOCKETS if each.event == event and each.namespace in ("*", namespace)), None
    )


def pattern(path: str) -> str:
    """A path with its variable parts alike: "/kiosk/{hall}" and Flask's "/kiosk/<hall>" are the same door."""
    return re.sub(r"\{\w+\}|<[^>]+>", "{}", path)


BY_PATTERN: Mapping[tuple[str, str], Door] = MappingProxyType(
    {(door.method, pattern(door.path)): door for door in _DOORS}
)
