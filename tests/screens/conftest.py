from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.screens.doorway import Doorway, doorway


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Doorway]:
    """The doors of a hall, rate limits off as in the demo."""
    with doorway(tmp_path) as opened:
        yield opened


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new window that knows nothing."""
    context = browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()
