from collections.abc import Iterator

import pytest

from tests.running import RunningHall, running


@pytest.fixture(scope="package")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    """The demo, served by the real process; each test has counters and queues of its own."""
    with running(tmp_path_factory.mktemp("api") / "var") as hub:
        yield hub
