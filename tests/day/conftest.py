from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright

from tests.conftest import launch
from tests.day.morning import Morning
from tests.running import running

# As docs/running-a-hall.md starts the browser of a wall: it speaks without having been touched.
SPEAKS = "--autoplay-policy=no-user-gesture-required"


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    opened = launch(playwright, SPEAKS)
    yield opened
    opened.close()


@pytest.fixture(scope="package")
def morning(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Morning]:
    """The demo hall with its screens on, a counter staffed: the tests are one morning, in their order."""
    with running(tmp_path_factory.mktemp("day") / "var") as hall:
        opened = Morning(hall, browser)
        yield opened
        opened.close()
