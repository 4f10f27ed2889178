"""What a kiosk and a display cost the line: the first load, and a minute in which nothing happens."""

import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page, sync_playwright

from bench.measure import Bound, Result, main
from bench.running import HALL, RunningHub, running_hub
from tools.chromium import ARGUMENTS, chromium

SETTLE_MS = 5_000
IDLE_MS = 90_000
MASK = 4  # bytes of a client's frame that a server's has not
SCREENS = ("kiosk", "display")


class Meter:
    """Bytes a page sends and is sent: answers with their headers, and websocket frames both ways.

    What requests send is not told by the browser: `REQUEST` stands for each.
    """

    REQUEST = 500

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        line: CDPSession = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.on("Network.requestWillBeSent", lambda _event: self._add(self.REQUEST))
        line.on("Network.loadingFinished", lambda event: self._add(int(event["encodedDataLength"])))
        line.on("Network.webSocketFrameReceived", lambda event: self._frame(event, 0))
        line.on("Network.webSocketFrameSent", lambda event: self._frame(event, MASK))

    def _add(self, size: int) -> None:
        self.bytes += size

    def _frame(self, event: dict[str, Any], mask: int) -> None:
        payload = len(event["response"]["payloadData"].encode())
        self._add(payload + (2 if payload < 126 else 4) + mask)


def watched(context: BrowserContext, hall: RunningHub, screen: str) -> tuple[Page, Meter]:
    page = context.new_page()
    meter = Meter(page)
    page.goto(f"{hall.base}/{screen}/{HALL}#token={hall.tokens[screen]}", wait_until="load")
    return page, meter


def measure(sabotage: bool) -> Result:
    """kB of the first load and of an idle minute, in Chromium. The sabotage: the pages are reloaded."""
    figures: dict[str, float] = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        running_hub(Path(folder)) as hall,
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        pages = {}
        for screen in SCREENS:  # each in a context of its own: nothing is in a cache
            context = browser.new_context(viewport={"width": 1920, "height": 1080})
            pages[screen] = watched(context, hall, screen)
        pages[SCREENS[-1]][0].wait_for_timeout(SETTLE_MS)
        for screen, (_, meter) in pages.items():
            figures[f"{screen}_first_load_kb"] = meter.bytes / 1000
            meter.bytes = 0
        if sabotage:
            for page, _ in pages.values():
                page.reload()
        pages[SCREENS[-1]][0].wait_for_timeout(IDLE_MS)
        for screen, (_, meter) in pages.items():
            figures[f"{screen}_idle_kb_a_minute"] = meter.bytes / 1000 / (IDLE_MS / 60_000)
        browser.close()
    bounds = [Bound(f"{screen}_first_load_kb", 400) for screen in SCREENS]
    bounds += [Bound(f"{screen}_idle_kb_a_minute", 2) for screen in SCREENS]
    return Result("wire", figures, tuple(bounds))


if __name__ == "__main__":
    main(measure)
