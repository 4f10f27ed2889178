"""What may be sent to the hall: one struct a body, unknown keys refused, every text bounded and cleaned.

The same structs validate requests and describe them in openapi.json.
"""

import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta, Struct

import languages
from hall.model import Outcome, Position
from hall.reasons import CODES, Kind
from hall.signs import steering

Code = Annotated[str, Meta(min_length=1, max_length=32, description="As the hall's catalogue names it")]
ShortText = Annotated[str, Meta(min_length=1, max_length=200, description="One line of text")]
AwareTime = Annotated[datetime, Meta(tz=True)]
if TYPE_CHECKING:
    Language = str
else:
    Language = Literal[languages.KNOWN]  # whatever has its folder

EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


class BadValue(ValueError):
    """Text or date of the right type that cannot be used; msgspec passes the message on."""


class Body(Struct, frozen=True, forbid_unknown_fields=True):
    """Text arrives NFC in the hall, whatever the keyboard composed."""

    one_of: ClassVar[tuple[str, ...]] = ()  # exactly one of these must be given
    # Keys that 0.1.0 did not have. Where one is not said it is not in the fingerprint, or a retry over the
    # upgrade would be another request.
    added: ClassVar[tuple[str, ...]] = ()

    def __post_init__(self) -> None:
        for key, value in _texts(self):
            text = unicodedata.normalize("NFC", value)
            if steering(text):
                raise BadValue(f"bad_text:{key}")
            if text.isspace():
                raise BadValue(f"blank:{key}")
            msgspec.structs.force_setattr(self, key, text)
        if self.one_of and sum(getattr(self, key) is not None for key in self.one_of) != 1:
            raise BadValue("malformed:" + ", ".join(self.one_of))


def _texts(body: Struct) -> Iterator[tuple[str, str]]:
    for key in body.__struct_fields__:
        value = getattr(body, key)
        if isinstance(value, str):
            yield key, value


def _one_of(kind: Kind) -> str:
    return "One line of text; counted where it is one of " + ", ".join(CODES[kind])


class Nothing(Body, frozen=True):
    """No body, or `{}`."""


class Issue(Body, frozen=True):
    """`channel` says how the number is taken; without it, by whom it is asked for."""

    procedure: Code
    priority: Code | None = None
    language: Language = languages.FIRST
    channel: Code | None = None
    booking: Annotated[str, Meta(min_length=1, max_length=64)] | None = None


class Serve(Body, frozen=True):
    """`announce`: walls and voice call the number all the same."""

    procedure: Code
    priority: Code | None = None
    language: Language = languages.FIRST
    announce: bool = False


class FindNumber(Body, frozen=True):
    """As people write it: "A042", "a42", "42"."""

    number: Annotated[str, Meta(min_length=1, max_length=32)]


class OpenCounter(Body, frozen=True):
    """`take_over`: take the counter from whoever holds it, and leave one's own."""

    take_over: bool = False


class Pause(Body, frozen=True):
    added: ClassVar[tuple[str, ...]] = ("note",)

    reason: Annotated[ShortText, Meta(description=_one_of("pause"))]
    note: ShortText | None = None


class Call(Body, frozen=True):
    """Out of turn; the reason is kept and counted."""

    added: ClassVar[tuple[str, ...]] = ("note",)

    ticket: Code
    reason: Annotated[ShortText, Meta(description=_one_of("choice"))] | None = None
    note: ShortText | None = None


class Hold(Body, frozen=True):
    added: ClassVar[tuple[str, ...]] = ("note",)

    reason: Annotated[ShortText, Meta(description=_one_of("hold"))]
    until: AwareTime | None = None
    note: ShortText | None = None

    def __post_init__(self) -> None:
        Body.__post_init__(self)
        if self.until is not None and not EARLIEST < self.until < LATEST:
            raise BadValue("bad_date:until")


class Cancel(Body, frozen=True):
    """Needed for somebody in service; it is kept and counted."""

    added: ClassVar[tuple[str, ...]] = ("reason", "note")

    reason: Annotated[ShortText, Meta(description=_one_of("cancel"))] | None = None
    note: ShortText | None = None


class Transfer(Body, frozen=True):
    one_of: ClassVar[tuple[str, ...]] = ("procedure", "queue", "counter")

    procedure: Code | None = None
    queue: Code | None = None
    counter: Code | None = None
    position: Position = "by_arrival"


class Finish(Body, frozen=True):
    outcome: Outcome
    dossier: Annotated[str, Meta(min_length=1, max_length=64)] | None = None
    due: date | None = None

    def __post_init__(self) -> None:
        Body.__post_init__(self)
        if self.due is not None and not EARLIEST.date() < self.due < LATEST.date():
            raise BadValue("bad_date:due")


class SetPriority(Body, frozen=True):
    """`priority` null: none."""

    priority: Code | None


class LogIn(Body, frozen=True):
    name: Annotated[str, Meta(min_length=1, max_length=64)]
    password: Annotated[str, Meta(min_length=1, max_length=256)]


class Heartbeat(Struct, frozen=True):
    """What a device knows of itself. Lenient: an older or newer page may say less or more.

    `zone`: where a display is heard; one display of a zone speaks.
    """

    sound: Literal["on", "off", "blocked"] | None = None
    zone: Annotated[str, Meta(max_length=32)] | None = None
    visible: bool | None = None
    paper: Annotated[str, Meta(max_length=32)] | None = None


class Announced(Body, frozen=True):
    call: Code
