"""Hubs that are looked at when their test is over."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from hall.setup import Setup
from tests.hub.opened import Clock, Working, memory_is_the_fold_of_the_journal, start


class Start(Protocol):
    def __call__(self, setup: Setup | None = None, *, lock: bool = True) -> Working: ...


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def start_hub(tmp_path: Path, clock: Clock) -> Iterator[Start]:
    """Starts a hub on the test's folder; with the lock, the one before has ended. At the end of the test the
    memory of every hub that still runs must be the fold of the journal."""
    running: list[Working] = []

    def begin(setup: Setup | None = None, *, lock: bool = True) -> Working:
        while lock and running:
            running.pop().database.close()
        running.append(start(tmp_path, clock, setup, lock=lock))
        return running[-1]

    yield begin
    for working in running:
        working.hub.catch_up()
        memory_is_the_fold_of_the_journal(working)
        working.database.close()


@pytest.fixture
def hub(start_hub: Start) -> Working:
    return start_hub()
