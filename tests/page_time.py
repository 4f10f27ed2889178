"""The clock of a page in the hands of its test: what must not come late cannot, however busy the machine."""

from playwright.sync_api import Page


def stand_still(page: Page) -> None:
    """From now on time passes in the page by `page.clock` only. It needs `page.clock.install()` before."""
    page.clock.pause_at(page.evaluate("Date.now() / 1000 + 1"))  # not in the past when it is heard
