"""The guard at the doors: nobody passes but by the table of permissions, and each request once.

guard = Guard(accounts, settings, permissions, clock)
guard.install(app, api.tickets.doors.answered(context), ...)   # before the blueprints of pages or after
guard.seal(app)                                     # last: a route without a line in the table ends the start
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from typing import Any, cast

import flask
import msgspec
from flask import Flask, Response, g
from flask_limiter import Limiter
from limits import parse
from werkzeug.exceptions import HTTPException

from hall import actors
from hall.actors import ANYONE, Actor
from hall.model import Refused
from hall.setup import Setup
from store.accounts import Accounts, Session, same
from store.database import StoreUnavailable
from web import errors
from web.doors import Answer, Answered, Reply, Request, flask_rule
from web.people import People, refused_log
from web.permissions import Door, Permissions, is_api, pattern
from web.reading import MAX_BODY_BYTES, fingerprint, read_body, read_key, read_query

log = logging.getLogger("web")

WRONG_CREDENTIALS = "60 per minute"
NOTED = "1 per minute"
LONGEST_HOST = 80  # of a name that is told back
TROUBLE_AGAIN = timedelta(minutes=1)  # a full disk fails every touch and would fill itself with our log
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; media-src 'self' blob:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
UNDER_TLS = {"Strict-Transport-Security": "max-age=31536000"}


@dataclass(frozen=True, slots=True)
class GuardSettings:
    """`answers`: whether a Host header is ours; `ours`: whether the page of an Origin is, for a request with
    this Host; `secure`: served over TLS; `limits` off: the demo.
    """

    halls: frozenset[str]
    answers: Callable[[str], bool]
    ours: Callable[[str, str], bool]
    limits: bool = True
    secure: bool = False
    kiosk_tickets: Mapping[str, int] = field(default_factory=dict)  # a kiosk may give a minute, by hall
    setup: Callable[[str | None], Setup | None] = lambda _hall: None  # of the hall that was asked, if any


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody whom the guard let pass. `ended`: showed a session that is over."""

    actor: Actor
    session: Session | None = None
    ended: bool = False


class Guard:
    """`clock` gives aware times."""

    def __init__(
        self,
        accounts: Accounts,
        settings: GuardSettings,
        permissions: Permissions,
        clock: Callable[[], datetime],
        hastened: Callable[[Actor], None] = lambda actor: None,
    ) -> None:
        self._accounts = accounts
        self._settings = settings
        self._permissions = permissions
        self._clock = clock
        self.people = People(accounts, clock, secure=settings.secure)
        self._trouble_at: datetime | None = None
        self._counted_at = clock()
        self._hastened = hastened
        self._limiter = Limiter(
            _address, storage_uri="memory://", strategy="fixed-window", enabled=settings.limits
        )

    @property
    def limits(self) -> bool:
        """Whether one device, person or address may ask only so often."""
        return self._settings.limits

    def install(self, app: Flask, *modules: Iterable[Answered]) -> None:
        app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
        app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
        app.url_map.merge_slashes = False
        self._limiter.init_app(app)
        app.before_request(self._stop)
        app.after_request(self._dress)
        app.register_error_handler(Refused, self._tell_refusal)
        app.register_error_handler(StoreUnavailable, self._tell_store)
        app.register_error_handler(HTTPException, self._tell_http)
        for door, handler in chain.from_iterable(modules):
            view = self._view(door, handler)
            app.add_url_rule(flask_rule(door.path), door.name.replace(".", ":"), view, methods=[door.method])

    def seal(self, app: Flask) -> None:
        """Raises LookupError for a route not in the table, and for a door of the API that nobody answers."""
        there = {
            (method, pattern(rule.rule))
            for rule in app.url_map.iter_rules()
            for method in (rule.methods or set()) - {"HEAD"}
        }
        table = self._permissions.by_pattern
        undeclared = sorted(there - table.keys())
        unanswered = sorted(key for key, door in table.items() if door.is_api and key not in there)
        if undeclared or unanswered:
            raise LookupError(f"declared by nobody: {undeclared}; no handler: {unanswered}")

    def recognise(self, authorization: str | None, cookie: str | None) -> Identity:
        """Who shows this header or cookie; a wrong token is refused as `unauthenticated`, never ignored."""
        if authorization is not None:
            scheme, _, token = authorization.partition(" ")
            # Over a socket a token may be any JSON text; no token of ours needs more than ASCII.
            ours = scheme.lower() == "bearer" and token.isascii()
            device = self._accounts.device_of(token.strip()) if ours else None
            if device is None:
                raise Refused("unauthenticated")
            return Identity(actors.device(device.id, device.role, device.hall, device.counter))
        if cookie:
            session = self._accounts.session_of(cookie, now=self._clock())
            if session is None:
                return Identity(ANYONE, ended=True)
            return Identity(actors.officer(session.staff.id, session.staff.role), session)
        return Identity(ANYONE)

    def at_socket(self, namespace: str, hall: str, token: str | None) -> Identity:
        """Who connects to a namespace of a hall, inside the request that connects.

        Refuses `unknown_hall`, `unauthenticated`, `session_ended`, `forbidden`, `rate_limited`.
        """
        identity = self._counted(f"Bearer {token}" if token else None)
        actor = identity.actor
        if hall not in self._settings.halls:
            raise Refused("unknown_hall")
        listed = self._permissions.socket_event(namespace, "connect")
        may = self._permissions.may(actor, namespace, "connect")
        if listed is None or not may or not actor.may_enter(hall):
            raise _shut_out(identity)
        self._count(listed.rate, f"connect {namespace}", self._name(actor))
        return identity

    def at_event(self, actor: Actor, namespace: str, event: str, payload: dict[str, object]) -> None:
        """One message of a connected client. Refuses `forbidden`, `malformed`, `rate_limited`."""
        listed = self._permissions.socket_event(namespace, event)
        if listed is None or not self._permissions.may(actor, namespace, event):
            raise Refused("forbidden")
        if actor != ANYONE:  # strangers share a name, and what they say changes nothing
            self._count(listed.rate, f"{event} {namespace}", actor.id)
        if listed.payload is not None:
            try:
                msgspec.convert(payload, listed.payload)
            except msgspec.ValidationError:
                raise Refused("malformed") from None

    def _stop(self) -> None:
        """Before every request, also those for nothing: who, what, where, how often, and from which page."""
        request = flask.request
        host = request.headers.get("Host", "")
        if not self._settings.answers(host):
            raise Refused("misdirected", host=host[:LONGEST_HOST])
        if (request.content_length or 0) >= MAX_BODY_BYTES:
            raise Refused("too_large")
        if request.url_rule is None:
            return
        method = "GET" if request.method == "HEAD" else request.method
        door = self._permissions.by_pattern.get((method, pattern(request.url_rule.rule)))
        if door is None:
            raise Refused("not_found")
        # Files are the same for all: no look into the store for each.
        identity = (
            Identity(ANYONE) if door.rate is None else self._counted(request.headers.get("Authorization"))
        )
        g.identity = identity
        if not door.admits(identity.actor):
            raise _shut_out(identity)
        self._in_its_place(door, identity.actor, cast(dict[str, str], request.view_args or {}))
        self._keep_pace(door, identity.actor)
        if method == "POST":
            self._from_our_page(door, identity)

    def _counted(self, authorization: str | None) -> Identity:
        """Wrong credentials are counted by address; a right one passes whatever the count."""
        try:
            return self.recognise(authorization, self.people.shown())
        except Refused:
            self._note("credentials", "unauthenticated")
            self._count(WRONG_CREDENTIALS, "credentials", _address())
            raise

    def _in_its_place(self, door: Door, actor: Actor, args: dict[str, str]) -> None:
        """A device acts in its own hall, a call pad at its own counter."""
        hall, counter = args.get("hall"), args.get("counter")
        if hall is not None and hall not in self._settings.halls:
            raise Refused("unknown_hall")
        if door.public:
            return
        if hall is not None and not actor.may_enter(hall):
            raise Refused("forbidden")
        if None not in (counter, actor.counter) and counter != actor.counter:
            raise Refused("not_your_counter", counter=str(counter))

    def _name(self, actor: Actor) -> str:
        """Under which name somebody's requests are counted. Strangers share their address with others."""
        if actor != ANYONE:
            return actor.id
        browser = self.people.browser()
        return browser.where if browser else _address()

    def _keep_pace(self, door: Door, actor: Actor) -> None:
        """What a hall has no use for is not done, and people are told: a token may be in wrong hands."""
        paced = door.gives_numbers and actor.kind == "kiosk" and actor.halls
        pace = self._settings.kiosk_tickets.get(min(paced)) if paced else None
        try:
            self._count(f"{pace} per minute" if pace else door.rate, door.name, self._name(actor))
        except Refused:
            if actor != ANYONE:
                self._hastened(actor)
            else:
                self._note(door.name, "rate_limited")
            raise

    def _note(self, what: str, code: str) -> None:
        """A line a minute for an address: what is refused a thousand times may not fill the disk."""
        if self._limiter.enabled and self._limiter.limiter.hit(parse(NOTED), what, code, _address()):
            refused_log.warning("%s from %s: %s", what, _address(), code)

    def _count(self, rate: str | None, what: str, who: str) -> None:
        if rate is None or not self._limiter.enabled:
            return
        now, before = self._clock(), self._counted_at
        self._counted_at = now
        if now < before:  # set back, the clock would make this minute an hour
            self._limiter.reset()
        if not self._limiter.limiter.hit(limit := parse(rate), what, who):
            again_at = self._limiter.limiter.get_window_stats(limit, what, who).reset_time
            seconds = max(1, int(again_at - now.timestamp()) + 1)
            raise Refused("rate_limited", seconds=min(seconds, limit.get_expiry()))

    def _from_our_page(self, door: Door, identity: Identity) -> None:
        """A browser sends its cookie along whoever made it ask; a token no page but ours can read."""
        headers = flask.request.headers
        if "Authorization" in headers:
            return
        if headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            raise Refused("csrf")
        # Over plain HTTP a browser sends no Sec-Fetch-Site, but always where a POST comes from.
        origin = headers.get("Origin")
        if origin is not None and not self._settings.ours(origin, headers.get("Host", "")):
            raise Refused("csrf", origin=origin[:LONGEST_HOST])
        if (
            identity.session
            and door.csrf
            and not same(headers.get("X-CSRF-Token", ""), identity.session.csrf)
        ):
            raise Refused("csrf")

    def _view(self, door: Door, handler: Callable[[Request[Any]], Reply]) -> Callable[..., Response]:
        def view(**args: str) -> Response:
            http = flask.request
            identity = present()
            key = read_key(http.headers.get("Idempotency-Key"), required=door.key == "required")
            if door.method == "POST":
                body = read_body(_sent(), door.body)
            else:
                body = read_query(http.args.to_dict(flat=False), door.body)
            asked = Request(
                identity.actor,
                body,
                args,
                key,
                fingerprint(door.name, args, body),
                identity.session,
                _address(),
                self.people.shown(),
            )
            return _response(handler(asked))

        return view

    def _tell_store(self, trouble: StoreUnavailable) -> Response:
        now = self._clock()
        if self._trouble_at is None or abs(now - self._trouble_at) >= TROUBLE_AGAIN:
            self._trouble_at = now
            log.error("cannot store: %s", trouble)
        return self._told("cannot_store", {})

    def _told(self, code: str, facts: dict[str, str | int]) -> Response:
        """In the words of the hall that was asked."""
        wants_page = "text/html" in flask.request.headers.get("Accept", "")
        setup = self._settings.setup((flask.request.view_args or {}).get("hall"))
        return errors.refusal(code, facts, setup, as_page=wants_page and not is_api(flask.request.path))

    def _tell_refusal(self, refused: Refused) -> Response:
        return self._told(refused.code, refused.facts)

    def _tell_http(self, error: HTTPException) -> HTTPException | Response:
        status = error.code or 500
        if status < 400:
            return error
        response = self._told(errors.code_of(status), {})
        if status == 405:
            response.headers["Allow"] = dict(error.get_headers()).get("Allow", "")
        return response

    def _dress(self, response: Response) -> Response:
        there = {name.lower() for name, _value in response.headers}  # `setdefault` raises within for each
        ours = HEADERS | UNDER_TLS if self._settings.secure else HEADERS
        response.headers.extend([pair for pair in ours.items() if pair[0].lower() not in there])
        if is_api(flask.request.path):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def present() -> Identity:
    """Who is at the door, for a page's view."""
    return cast(Identity, g.identity)


def _sent() -> bytes:
    data = flask.request.get_data()
    # Of a body sent in chunks Werkzeug quietly hands over the first MAX_CONTENT_LENGTH bytes.
    if len(data) >= MAX_BODY_BYTES:
        raise Refused("too_large")
    return data


def _response(reply: Reply) -> Response:
    data = reply.body if isinstance(reply.body, bytes) else msgspec.json.encode(reply.body)
    response = Response(data, reply.status, mimetype="application/json")
    if isinstance(reply, Answer):
        for cookie in reply.cookies:
            response.headers.add("Set-Cookie", cookie)
    return response


def _shut_out(identity: Identity) -> Refused:
    if identity.actor != ANYONE:
        return Refused("forbidden")
    return Refused("session_ended" if identity.ended else "unauthenticated")


def _address() -> str:
    return flask.request.remote_addr or "unknown"
