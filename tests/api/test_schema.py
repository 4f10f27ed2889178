"""A stranger's program reads openapi.json of the running hub and tries every door with what it promises and
with what it forbids: as a kiosk, as a counter, and as nobody."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode, openapi
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from service.permissions import PERMISSIONS
from tests.running import HALL, RunningHall
from web.permissions import Door

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = 6  # of each door, for each caller, promised and forbidden ones
COUNTER = "10"  # takes T
API_DOORS = [door for door in PERMISSIONS.doors.values() if door.is_api]
Headers = dict[str, str]


class Callers:
    """A kiosk, a counter with a citizen in front of it, and nobody."""

    def __init__(self, hall: RunningHall) -> None:
        self.hall = hall
        self.document = openapi.from_url(f"{hall.base}/api/v1/openapi.json")
        self.session = requests.Session()
        pad = hall.pad(COUNTER)
        pad.at(COUNTER, "open")
        self.pad = pad
        self.headers: dict[str, Headers] = {
            "kiosk": {"Authorization": f"Bearer {hall.tokens['kiosk']}"},
            "counter": pad.headers,
            "nobody": {},
        }
        self._touches = count()

    def places(self) -> dict[str, str]:
        """What a path may name: the citizen at the counter is there again when the last one has gone."""
        taken = self.hall.kiosk().take("TK01", key=f"schema {next(self._touches)}")
        ticket = str(taken.json["ticket"]["id"])
        if (called := self.pad.at(COUNTER, "next")).status == 200:
            ticket = called.json["ticket"]["id"]
        return {"hall": HALL, "counter": COUNTER, "ticket": ticket, "token": taken.json["token"]}


@pytest.fixture(scope="module")
def callers(hall: RunningHall) -> Callers:
    return Callers(hall)


def some(strategy: st.SearchStrategy[Any]) -> Callable[[Callable[[Any], None]], None]:
    """Tries so many examples, the same ones for everybody."""

    def try_all(attempt: Callable[[Any], None]) -> None:
        tried = given(strategy)(attempt)
        settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )(tried)()

    return try_all


@pytest.mark.parametrize("who", ["kiosk", "counter", "nobody"])
@pytest.mark.parametrize("door", API_DOORS, ids=lambda door: door.name)
def test_a_door_answers_as_it_is_described(callers: Callers, door: Door, who: str) -> None:
    operation = callers.document.find_operation_by_id(door.name)
    places = callers.places()
    seen = []

    @some(operation.as_strategy())
    def _promised(case: "Case[Any]") -> None:
        for part in case.path_parameters or {}:
            case.path_parameters[part] = places[part]
        answer = case.call(session=callers.session, headers=callers.headers[who])
        case.validate_response(answer, checks=CHECKS)
        seen.append(answer.status_code)

    allowed = door.public or who in door.who
    assert allowed or set(seen) <= {401, 403}


@pytest.mark.parametrize("who", ["kiosk", "counter", "nobody"])
@pytest.mark.parametrize(
    "door", [door for door in API_DOORS if door.method == "POST"], ids=lambda door: door.name
)
def test_a_door_refuses_what_its_description_forbids(callers: Callers, door: Door, who: str) -> None:
    operation = callers.document.find_operation_by_id(door.name)

    @some(operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def _forbidden(case: "Case[Any]") -> None:
        answer = case.call(session=callers.session, headers=callers.headers[who])
        case.validate_response(answer, checks=[*CHECKS, negative_data_rejection])
