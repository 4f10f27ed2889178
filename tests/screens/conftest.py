from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.configs import changed
from tests.running import RunningHall, running
from tests.screens import kiosk_page
from tests.screens.kiosk_page import KioskPage
from tests.screens.panels import PADS, MakePanel, Panel, clear


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new window that knows nothing."""
    context = browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def kiosk_address() -> Iterator[str]:
    with kiosk_page.served() as at:
        yield at


@pytest.fixture
def kiosk(page: Page, kiosk_address: str) -> Iterator[KioskPage]:
    """Whatever is done at it, the console stays silent: no script breaks, the CSP refuses nothing."""
    shown = KioskPage(page, kiosk_address)
    yield shown
    assert not shown.complaints


@pytest.fixture(scope="module")
def demo_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    """One running demo hall for all tests of a file: each works at a counter with a queue of its own. There a
    call is never so long ago that it could be called again at once, however slow the machine.
    """
    place = tmp_path_factory.mktemp("panel")
    slow = changed(place, ("recall_cool_down_seconds = 10", "recall_cool_down_seconds = 120"))
    with running(place / "var", config=slow) as opened:
        PADS.update({str(counter): opened.pad(str(counter)).headers for counter in range(1, 11)})
        yield opened


@pytest.fixture
def make_panel(browser: Browser, demo_hall: RunningHall) -> Iterator[MakePanel]:
    """An officer's window; after the test it must not have complained, and its counter is free again."""
    panels: list[Panel] = []

    def make(size: tuple[int, int] = (1366, 768)) -> Panel:
        panels.append(Panel(browser, demo_hall, size))
        return panels[-1]

    yield make
    for panel in panels:
        panel.context.close()
    clear(demo_hall)
    assert [panel.troubles for panel in panels if panel.troubles] == []
