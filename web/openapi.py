"""OpenAPI 3.1 of every door of the API, from the table and the structs that validate."""

import re
from collections.abc import Iterable
from dataclasses import is_dataclass
from functools import cache
from types import NoneType
from typing import Annotated, cast, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from web import answers, schemas
from web.doors import Json
from web.permissions import PEOPLE, Door
from web.reading import MAX_KEY

REF = "#/components/schemas/{name}"
REFUSALS = {
    400: "Malformed: wrong JSON, unknown or missing keys, wrong types, unusable text",
    401: "Nobody, or somebody whose token or session is over",
    403: "Known, and not allowed to do this here",
    404: "No such hall, counter, ticket, procedure or address",
    405: "Not this method",
    409: "Refused by a rule of the hall",
    413: "Too large",
    422: "The Idempotency-Key was used for another request",
    429: "Too often; see Retry-After",
    503: "Cannot be stored now; nothing was changed",
}


@cache
def describe(version: str, table: tuple[Door, ...]) -> bytes:
    """The whole document as JSON."""
    doors = [door for door in table if door.is_api or door.described]
    types = sorted(_types(doors), key=lambda each: each.__name__)
    _, schemas_of = msgspec.json.schema_components(types, ref_template=REF)
    for shape in _shapes(types):
        for name, hint in get_type_hints(shape, include_extras=True).items():
            _narrow(schemas_of[shape.__name__]["properties"][name], hint)
    for body in types:
        if issubclass(body, schemas.Body) and body.one_of:
            schemas_of[body.__name__]["oneOf"] = [_only(key) for key in body.one_of]
    paths: dict[str, dict[str, Json]] = {}
    for door in doors:
        paths.setdefault(door.path, {})[door.method.lower()] = _operation(door)
    return msgspec.json.encode(
        {
            "openapi": "3.1.0",
            "info": {
                "title": "Một Cửa",
                "version": version,
                "description": "The queue of a public hall. Texts in Vietnamese and English.",
            },
            "paths": paths,
            "components": {
                "schemas": schemas_of,
                "securitySchemes": {
                    "device": {"type": "http", "scheme": "bearer"},
                    "session": {"type": "apiKey", "in": "cookie", "name": "motcua"},
                },
                "responses": {f"refused_{status}": _refused(status) for status in REFUSALS},
            },
        }
    )


def _types(doors: Iterable[Door]) -> set[type]:
    """Nothing is described by its absence: a door without a body says none."""
    bodies = {door.body for door in doors if door.method == "POST"}
    return {answers.RefusalAnswer, *bodies, *(door.answer for door in doors if door.answer)}


def _shapes(kinds: Iterable[object]) -> set[type]:
    """The views in these types, at whatever depth."""
    found: set[type] = set()
    for kind in kinds:
        inner: Iterable[object] = get_args(kind)
        if isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, Struct)):
            inner = get_type_hints(kind, include_extras=True).values()
            found |= {kind} if is_dataclass(kind) else set()
        found |= _shapes(inner)
    return found


def _narrow(schema: Json, hint: object) -> None:
    """Adds what a view says of a field beside its type, such as `("minimum", 0)`."""
    parts = get_args(hint)
    if get_origin(hint) is Annotated:
        schema |= dict(parts[1:])
        _narrow(schema, parts[0])
    elif get_origin(hint) is tuple:
        _narrow(cast(Json, schema["items"]), parts[0])
    elif NoneType in parts:
        told = next(each for each in cast(list[Json], schema["anyOf"]) if each.get("type") != "null")
        _narrow(told, next(each for each in parts if each is not NoneType))


def _only(key: str) -> Json:
    return {"required": [key], "properties": {key: {"type": "string"}}}


def _operation(door: Door) -> Json:
    told = f" Refusals: {', '.join(door.refusals)}." if door.refusals else ""
    kind = "application/json" if door.is_api else "text/html"
    good: Json = {"description": door.summary, "content": {kind: {"schema": _answer(door)}}}
    operation: Json = {
        "operationId": door.name,
        "summary": door.summary,
        "description": f"Who: {', '.join(sorted(door.who))}. At most {door.rate}.{told}",
        "parameters": _parameters(door),
        "responses": {
            str(door.status): good,
            **{str(status): {"$ref": f"#/components/responses/refused_{status}"} for status in REFUSALS},
        },
        "security": [] if door.public else _security(door),
    }
    if door.method == "POST":
        operation["requestBody"] = {
            "required": _needs_body(door.body),
            "content": {"application/json": {"schema": {"$ref": REF.format(name=door.body.__name__)}}},
        }
    return operation


def _answer(door: Door) -> Json:
    if door.answer:
        return {"$ref": REF.format(name=door.answer.__name__)}
    return {"type": "object" if door.is_api else "string"}


def _needs_body(body: type[schemas.Body]) -> bool:
    return bool(body.one_of) or any(each.required for each in msgspec.structs.fields(body))


def _security(door: Door) -> list[Json]:
    people = door.who & PEOPLE
    devices = door.who - {"staff", "admin"}
    return [{name: []} for name, some in (("device", devices), ("session", people)) if some]


def _parameters(door: Door) -> list[Json]:
    parts: list[Json] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        for name in re.findall(r"\{(\w+)\}", door.path)
    ]
    if door.method == "GET":
        return [*parts, *_query(door.body)]
    key: Json = {
        "name": "Idempotency-Key",
        "in": "header",
        "required": door.key == "required",
        "description": "The same key with the same body gives the same answer",
        "schema": {"type": "string", "minLength": 1, "maxLength": MAX_KEY},
    }
    csrf: Json = {
        "name": "X-CSRF-Token",
        "in": "header",
        "required": False,
        "description": "With a session: the token told at log-in and by /api/v1/me",
        "schema": {"type": "string"},
    }
    return [*parts, key, csrf] if not door.public and door.csrf else [*parts, key]


def _query(asked: type[schemas.Body]) -> list[Json]:
    return [
        {
            "name": each.name,
            "in": "query",
            "required": each.required,
            "schema": msgspec.json.schema(each.type),
        }
        for each in msgspec.structs.fields(asked)
    ]


def _refused(status: int) -> Json:
    response: Json = {
        "description": REFUSALS[status],
        "content": {
            "application/json": {"schema": {"$ref": REF.format(name=answers.RefusalAnswer.__name__)}}
        },
    }
    if status == 429:
        response["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds"}}
    return response
