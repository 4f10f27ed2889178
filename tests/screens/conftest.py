from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.screens.doorway import Doorway, doorway
from tools.chromium import ARGUMENTS, chromium


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Doorway]:
    """The doors of a hall, rate limits off as in the demo."""
    with doorway(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine."""
    found = chromium()
    assert found, "no Chromium: the set-up installs it or CHROMIUM names it"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new window that knows nothing."""
    context = browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()
