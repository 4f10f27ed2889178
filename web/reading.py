"""A request's body: bytes in, one cleaned struct out, or a refusal that names the entry."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

import msgspec

from hall.model import Refused
from web.schemas import Body, Nothing

MAX_BODY_BYTES = 64 * 1024  # the largest body in the table has a few hundred
MAX_KEY = 64
UNKNOWN = re.compile(r"unknown field `(.*)`")
MISSING = re.compile(r"missing required field `(\w+)`")
AT = re.compile(r"at `\$\.(\w+)")
LENGTH = re.compile(r"length <= (\d+)")
OURS = re.compile(r"^(bad_text|bad_date|blank|malformed):(.*?)(?: - at `\$.*)?$")
NEEDED = {"reason": "reason_required", "outcome": "outcome_required"}  # refusals that say it better
KINDS = {"until": "bad_date", "due": "bad_date"}


def read_body(data: bytes, kind: type[Body]) -> Body:
    """Refuses `malformed`, `unknown_key`, `missing_key`, `wrong_type`, `too_long`, `bad_text`, `bad_date`."""
    try:
        return msgspec.json.decode(data.strip() or b"{}", type=kind)
    except msgspec.ValidationError as error:
        raise _refused(str(error), kind) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Refused("malformed") from None


def read_query(said: Mapping[str, Sequence[str]], kind: type[Body]) -> Body:
    """What stands behind the "?", each key once; a door that asks for nothing there overlooks it. Refuses as
    `read_body`."""
    if kind is Nothing:
        return Nothing()
    if any(len(values) > 1 for values in said.values()):
        raise Refused("malformed")
    try:
        return msgspec.convert({key: values[0] for key, values in said.items()}, type=kind)
    except msgspec.ValidationError as error:
        raise _refused(str(error), kind) from None


def _refused(said: str, kind: type[Body]) -> Refused:
    """msgspec tells what is wrong in a sentence of its own; its wording is held by the tests."""
    if ours := OURS.match(said):
        if ours[1] == "blank":
            return Refused(NEEDED.get(ours[2], "wrong_type"), key=ours[2])
        return Refused(ours[1], key=ours[2])
    if unknown := UNKNOWN.search(said):
        near = get_close_matches(unknown[1], kind.__struct_fields__, n=1)
        return Refused("unknown_key", key=unknown[1], **({"did_you_mean": near[0]} if near else {}))
    if missing := MISSING.search(said):
        return Refused(NEEDED.get(missing[1], "missing_key"), key=missing[1])
    at = AT.search(said)
    if at is None:
        return Refused("malformed")
    key = at[1]
    if length := LENGTH.search(said):
        return Refused("too_long", key=key, limit=int(length[1]))
    if "length >= 1" in said and key in NEEDED:
        return Refused(NEEDED[key], key=key)
    return Refused(KINDS.get(key, "wrong_type"), key=key)


def read_key(header: str | None, *, required: bool) -> str | None:
    """The Idempotency-Key, any string of 1 to 64 characters. Refuses `key_required`, `key_too_long`."""
    if not header:
        if required:
            raise Refused("key_required")
        return None
    try:  # WSGI hands bytes over as Latin-1
        key = header.encode("latin-1").decode()
    except UnicodeError:
        key = header
    if len(key) > MAX_KEY:
        raise Refused("key_too_long")
    return key


def fingerprint(door: str, args: dict[str, str], body: Body) -> str:
    """The same for the same request however its JSON was written; another door is another request."""
    said = msgspec.to_builtins(body)
    for key in body.added:
        if said[key] is None:
            del said[key]
    return hashlib.sha256(msgspec.json.encode([door, sorted(args.items()), said])).hexdigest()
