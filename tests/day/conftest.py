from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.day.morning import Morning
from tests.running import running
from tools.chromium import ARGUMENTS, chromium

# As docs/running-a-hall.md starts the browser of a wall: it speaks without having been touched.
SPEAKS = "--autoplay-policy=no-user-gesture-required"


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    found = chromium()
    assert found, "no Chromium: the set-up installs it or CHROMIUM names it"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=[*ARGUMENTS, SPEAKS])
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def morning(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Morning]:
    """The demo hall with its screens on, a counter staffed: the tests are one morning, in their order."""
    with running(tmp_path_factory.mktemp("day") / "var") as hall:
        opened = Morning(hall, browser)
        yield opened
        opened.close()
