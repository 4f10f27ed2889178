"""A stranger reads openapi.json and tries everything it allows, and more: no 500, nothing undescribed."""

import random
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.openapi import from_wsgi
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from hall.model import Ticket
from tests.web.doorway import DOORS, HALL
from tests.web.whole_api import WholeApi, whole_api

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
ROUNDS = 60  # of every door once, in any order
CODES: dict[str, list[str | None]] = {
    "procedure": ["A01", "A02", "B01"],
    "priority": ["NCT", None],
    "queue": ["A", "B"],
    "counter": ["1", "2"],
    "reason": ["Bổ sung giấy tờ"],
}


class Stranger:
    """Sends what Hypothesis drew, mostly about things that are there and as somebody who may, or all would
    end in 401 and 404."""

    def __init__(self, api: WholeApi) -> None:
        self.api = api
        self.choose = random.Random(26)  # not Hypothesis' own: what is there depends on what was done before
        self.pads = {number: api.bearer("counter", number) for number in ("1", "2", "3")}
        self.kiosk = api.bearer("kiosk")
        self.others = [{}, {"Authorization": "Bearer wrong"}, api.bearer("display"), self.kiosk]
        self.seen: dict[str, set[int]] = {}

    def some_citizens(self) -> None:
        """So that at most times somebody waits, is called and is served; refusals do not matter here."""
        client = self.api.app.test_client()
        for number, (counter, pad) in enumerate(self.pads.items()):
            at = f"/api/v1/halls/{HALL}/counters/{counter}"
            issue = {"procedure": self.choose.choice(["A01", "B01"])}
            key = {"Idempotency-Key": f"{len(self.api.hub.hall.tickets)}"}
            client.post(f"/api/v1/halls/{HALL}/tickets", json=issue, headers=self.kiosk | key)
            client.post(f"{at}/open", headers=pad)
            client.post(f"{at}/next", headers=pad)
            here = self.api.hub.hall.counter(counter).ticket
            if here and number < 2:
                client.post(f"/api/v1/halls/{HALL}/tickets/{here}/start", headers=pad)

    def usually(self) -> bool:
        return self.choose.random() < 0.9

    def send(self, case: "Case[Any]") -> None:
        counter, ticket = self.choose.choice(list(self.pads)), self.ticket()
        if ticket is not None and "ticket" in (case.path_parameters or {}):
            counter = ticket.counter or counter
        named = {"hall": HALL, "counter": counter, "ticket": ticket.id if ticket else "261124-A001"}
        named["token"] = self.api.hub.token(named["ticket"])
        for part in case.path_parameters or {}:
            if self.usually():
                case.path_parameters[part] = named[part]
        if isinstance(case.body, dict):
            codes: dict[str, list[str | None]] = {**CODES, "ticket": [named["ticket"]]}
            for key in codes.keys() & case.body.keys():
                if self.usually():
                    case.body[key] = self.choose.choice(codes[key])
        allowed = self.kiosk if case.path.endswith("/tickets") else self.pads[counter]
        headers = allowed if self.usually() else self.choose.choice(self.others)
        self.api.clock.later(seconds=11)
        response = case.call(headers=headers)
        case.validate_response(response, checks=CHECKS)
        self.seen.setdefault(case.operation.label, set()).add(response.status_code)

    def ticket(self) -> Ticket | None:
        """Often one that stands at a counter, else one of the newest; None: there is none yet."""
        there = list(self.api.hub.hall.tickets.values())
        here = [each for each in there if each.state in ("called", "serving", "held")]
        some = here if here and self.choose.random() < 0.6 else there[-8:]
        return self.choose.choice(some) if some else None


def test_nothing_a_stranger_sends_breaks_the_hall(tmp_path: Path) -> None:
    with whole_api(tmp_path) as api:
        stranger = Stranger(api)
        described = from_wsgi("/api/v1/openapi.json", api.app)
        doors = [door.name for door in DOORS.values() if door.is_api]
        each_once = st.tuples(*(described.find_operation_by_id(name).as_strategy() for name in doors))

        @settings(
            max_examples=ROUNDS,
            deadline=None,
            derandomize=True,  # a red test is the same red test for everybody
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(each_once)
        def attempt(cases: tuple["Case[Any]", ...]) -> None:
            stranger.some_citizens()
            for case in stranger.choose.sample(cases, len(cases)):
                stranger.send(case)

        attempt()

        served = {label for label, statuses in stranger.seen.items() if statuses & {200, 201}}
        doors_met = {f"{door.method} {door.path}" for door in DOORS.values() if door.is_api}
        assert served <= doors_met == stranger.seen.keys()
        assert len(served) >= 0.8 * len(doors_met)  # the rest only by luck: a stranger has no password
        assert set().union(*stranger.seen.values()) >= {200, 201, 400, 401, 403, 404, 409}
