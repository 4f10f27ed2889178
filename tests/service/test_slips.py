"""No paper rather than paper with another's number."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from service.build import Service
from store.print_jobs import PrintJob
from tests.store.builders import HALL, MORNING, TODAY

FACTS = (
    '{"authority":"a","centre":"c","number":"%s","procedure":"p","counters":[],"ahead":null,"wait":null,'
    '"issued_at":"2026-11-24T08:00:00+07:00"}'
)


def job(said: str) -> PrintJob:
    facts = (FACTS % said, "", 1, MORNING, MORNING)
    return PrintJob(1, HALL, TODAY, "261124-A025", "front", "queued", False, *facts)


def test_a_slip_whose_kept_facts_say_another_number_is_not_drawn() -> None:
    hub = SimpleNamespace(token=lambda ticket: "token")
    service = cast(
        Any,
        SimpleNamespace(
            hubs={HALL: hub},
            _settings=SimpleNamespace(equipment={HALL: SimpleNamespace(emblem=None)}),
            _track_url=lambda token: f"/t/{token}",
        ),
    )

    assert Service._slip_of(service, job("A025")).track_url == "/t/token"
    with pytest.raises(ValueError, match="the slip says A005"):  # as the spool knows it: not drawn, and told
        Service._slip_of(service, job("A005"))
