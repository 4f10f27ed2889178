"""Doors beside their handlers: a module of the API makes `Doors`, a folder with pages makes `Pages`.

doors = Doors[Context]()

@doors.door(Door("tickets.issue", "POST", ...))
def issue(context: Context, request: Request[Issue]) -> Answer: ...
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial, update_wrapper
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar

from flask import Blueprint
from flask.typing import ResponseReturnValue

import languages
from hall.actors import Actor
from store.accounts import Session
from web.permissions import EVERYBODY, LOOK, Door, Rate
from web.schemas import Body
from web.words import meanings_block, words_block

Json = dict[str, object]

B_co = TypeVar("B_co", bound=Body, covariant=True)
B = TypeVar("B", bound=Body)
C = TypeVar("C")
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Request(Generic[B_co]):
    """What a handler is handed. `args` are the path's parts; `key` and `fingerprint` let a retry be known."""

    actor: Actor
    body: B_co
    args: Mapping[str, str]
    key: str | None
    fingerprint: str
    session: Session | None
    address: str
    cookie: str | None


class Reply(Protocol):
    """`body` is JSON already where it is bytes."""

    @property
    def status(self) -> int: ...
    @property
    def body(self) -> object: ...


@dataclass(frozen=True, slots=True)
class Answer:
    body: object
    status: int = 200
    cookies: Sequence[str] = ()


Handler = Callable[[C, Request[B]], Reply]
Answered = tuple[Door, Callable[[Request[Any]], Reply]]


class Doors(Generic[C]):
    """The doors of one module. A handler is handed what its module works with, then the request."""

    def __init__(self) -> None:
        self._handlers: list[tuple[Door, Handler[C, Any]]] = []

    def door(self, door: Door) -> Callable[[Handler[C, B]], Handler[C, B]]:
        def declare(handler: Handler[C, B]) -> Handler[C, B]:
            self._handlers.append((door, handler))
            return handler

        return declare

    @property
    def declared(self) -> Sequence[Door]:
        return [door for door, _handler in self._handlers]

    def answered(self, context: C) -> list[Answered]:
        """Each door with its handler, as the guard installs them."""
        return [(door, partial(handler, context)) for door, handler in self._handlers]


Page = Callable[Concatenate[C, P], ResponseReturnValue]


class Pages(Generic[C]):
    """The pages of one folder: the same for everybody, nothing of the hall's day in them. Each is handed what
    the pages may ask of the house, then the parts of its path."""

    def __init__(self, name: str, module: str) -> None:
        self._name, self._module = name, module
        self._pages: list[tuple[Door, str, Page[C, ...]]] = []

    def page(
        self, path: str, summary: str, *, rate: Rate = LOOK, deep: str = "", described: bool = False
    ) -> Callable[[Page[C, P]], Page[C, P]]:
        """`deep`: the part of the path that may hold slashes."""
        door = Door(f"GET {path}", "GET", path, EVERYBODY, summary, rate=rate, described=described)

        def declare(view: Page[C, P]) -> Page[C, P]:
            self._pages.append((door, flask_rule(path.replace(f"{{{deep}}}", f"<path:{deep}>")), view))
            return view

        return declare

    @property
    def declared(self) -> Sequence[Door]:
        return [door for door, _rule, _view in self._pages]

    def blueprint(self, context: C) -> Blueprint:
        routes = Blueprint(self._name, self._module, template_folder="templates")
        routes.add_app_template_global(languages.say)
        routes.add_app_template_global(words_block)
        routes.add_app_template_global(meanings_block)
        for number, (_door, rule, view) in enumerate(self._pages):
            # Flask-Limiter asks every view for its name, and a bare partial has none.
            routes.add_url_rule(rule, f"page{number}", update_wrapper(partial(view, context), view))
        return routes


def flask_rule(path: str) -> str:
    """ "/kiosk/{hall}" as Flask writes it: "/kiosk/<hall>"."""
    return path.replace("{", "<").replace("}", ">")
