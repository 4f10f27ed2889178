"""Events and configurations as bytes: kind and version are columns of the journal, the body is JSON."""

import hashlib
import re
from dataclasses import replace

import msgspec

from hall import events
from hall.events import Event, UnknownEvent
from hall.setup import Setup
from store.earlier import EARLIER

# Of the kinds whose meaning has changed; of all others 1. Fields are only added, with a default.
VERSIONS = {"counter_opened": 2, "counter_paused": 2, "ticket_called": 2, "ticket_held": 2}


def kind_of(event: type[Event]) -> str:
    """The name of the kind in the journal: `ticket_issued`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", event.__name__).lower()


KINDS: dict[str, type[Event]] = {
    kind_of(each): each
    for each in vars(events).values()
    if isinstance(each, type) and issubclass(each, Event) and each is not Event
}
_NAMES = {event: kind for kind, event in KINDS.items()}
_DECODERS = {kind: msgspec.json.Decoder(event) for kind, event in KINDS.items()}
_SETUP = msgspec.json.Decoder(Setup)
_ENCODER = msgspec.json.Encoder()


def encode(event: Event) -> tuple[str, int, bytes]:
    """Kind, version, body."""
    kind = _NAMES[type(event)]
    return kind, VERSIONS.get(kind, 1), _ENCODER.encode(event)


def decode(kind: str, version: int, body: bytes) -> Event:
    """An event of an earlier version in the meaning of today's. Refuses UnknownEvent: a kind, a version or a
    body of another program."""
    decoder = _DECODERS.get(kind)
    known = VERSIONS.get(kind, 1)
    if decoder is None or not 1 <= version <= known:
        why = "unknown kind" if decoder is None else f"this program knows version {known}"
        raise UnknownEvent(kind, f"version {version}: {why}")
    try:
        event = decoder.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UnknownEvent(kind, f"version {version}: {error}") from error
    return event if version == known else EARLIER[kind, version](event)


def digest(body: bytes) -> str:
    """SHA-256, hex."""
    return hashlib.sha256(body).hexdigest()


def encode_setup(setup: Setup) -> tuple[str, bytes]:
    """Digest and body. The order of queues and counters is part of both, the wall's message of neither."""
    body = _ENCODER.encode(replace(setup, message=None))
    return digest(body), body


def decode_setup(body: bytes) -> Setup:
    return _SETUP.decode(body)
