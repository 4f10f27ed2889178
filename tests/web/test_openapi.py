"""The description of the API is made of the table and the structs, and is valid OpenAPI 3.1."""

import json
from typing import cast

from schemathesis import openapi

from tests.web.doorway import DOORS, Doorway
from web.openapi import describe


def described(part: str) -> dict[str, dict[str, object]]:
    return cast(dict[str, dict[str, object]], json.loads(describe("0.1", tuple(DOORS.values())))[part])


def test_every_door_of_the_api_is_described() -> None:
    paths = described("paths")

    told = {(method.upper(), path) for path, methods in paths.items() for method in methods}

    doors = {(door.method, door.path) for door in DOORS.values() if door.is_api}
    assert told == doors | {("GET", "/t/{token}")}


def test_no_unknown_keys_are_promised() -> None:
    schemas = described("components")["schemas"]

    bodies = {door.body.__name__ for door in DOORS.values() if door.method == "POST" and door.is_api}

    assert bodies
    told = cast(dict[str, dict[str, object]], schemas)
    assert {told[name]["additionalProperties"] for name in bodies} == {False}


def test_a_foreign_reader_finds_every_operation(hall: Doorway) -> None:
    served = hall.client().get("/api/v1/openapi.json")

    schema = openapi.from_dict(served.get_json())

    assert served.status_code == 200
    assert len(list(schema.get_all_operations())) == sum(
        len(methods) for methods in described("paths").values()
    )
    assert schema.find_operation_by_id("tickets.issue").method == "post"


def test_what_a_view_says_of_a_field_beside_its_type_is_promised() -> None:
    shapes = cast(dict[str, dict[str, dict[str, object]]], described("components")["schemas"])
    board, call, ticket = (shapes[name]["properties"] for name in ("Board", "BoardCall", "Ticket"))

    assert board["calls"] == {
        "type": "array",
        "items": {"$ref": "#/components/schemas/BoardCall"},
        "maxItems": 8,
    }
    assert call["at"] == {"type": "string", "format": "date-time"}
    assert call["times"] == {"type": "integer", "minimum": 1}
    assert ticket["ahead"] == {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "null"}]}
