"""What a hub is asked to do: a rule of the hall filled in, and how it is answered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol

import msgspec

from hall.actors import Actor
from hall.events import Event
from hall.model import Hall, Ticket
from hall.waiting import Place
from store.journal import KeptAnswer


class Rule(Protocol):
    """A rule of the hall with its arguments filled in, but for the hall and the moment."""

    def __call__(self, hall: Hall, /, *, now: datetime) -> list[Event]: ...


@dataclass(frozen=True, slots=True)
class SlipOrder:
    """A slip to be printed with a change: on which printer, and its facts as JSON without the token."""

    printer: str
    facts: Callable[[Hall, Ticket, Place], bytes]
    reprint: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What a change did: the hall after it, its events, the moment; with a slip its place and job."""

    hall: Hall
    events: Sequence[Event]
    now: datetime
    place: Place | None = None
    job: int | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """A change asked for. `answer` makes the reply's body; a retry with `key` gets the same one."""

    rule: Rule
    by: Actor
    answer: Callable[[Result], object]
    status: int = 200
    key: str | None = None
    fingerprint: str = ""
    slip: SlipOrder | None = None
    ticket: str | None = None  # whom the slip is for; None: the one the events issue


class Asked(Protocol):
    """A request of somebody whom the guard knows. `key` and `fingerprint` let a retry be known."""

    @property
    def actor(self) -> Actor: ...
    @property
    def key(self) -> str | None: ...
    @property
    def fingerprint(self) -> str: ...


def command(
    request: Asked,
    rule: Rule,
    answer: Callable[[Result], object],
    *,
    status: int = 200,
    slip: SlipOrder | None = None,
    ticket: str | None = None,
) -> Command:
    """The command of a request; what its arguments mean stands at Command."""
    return Command(rule, request.actor, answer, status, request.key, request.fingerprint, slip, ticket)


def answered(command: Command, done: Result) -> KeptAnswer:
    """As it is kept for a retry."""
    return KeptAnswer(command.fingerprint, command.status, msgspec.json.encode(command.answer(done)))


def rule(function: Callable[..., list[Event]], *args: object, **kwargs: object) -> Rule:
    """A rule with its arguments filled in: `rule(calling.call_next, "1", by="staff:3")`."""

    def filled(hall: Hall, /, *, now: datetime) -> list[Event]:
        return partial(function, hall, *args, now=now, **kwargs)()

    return filled
