"""The pictures of the README, drawn anew from a running hall: `python -m tests.pictures [FOLDER]`."""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, expect, sync_playwright

import demo
from tests.conftest import launch
from tests.page_drawn import drawn
from tests.running import HALL, RunningHall, running, wait_for

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
CAME = ("CT01", "HT01", "DD01", "CT01", "KD01", "HT02", "CT01", "DD01", "HT01", "CT01", "KD01", "HT01")
COUNTERS = {"1": "canbo1", "3": "canbo3", "4": "canbo4", "6": "canbo6"}


def main(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as kept, running(Path(kept) / "store") as hall, sync_playwright() as playwright:
        browser = launch(playwright)
        _draw(hall, browser, folder)
        browser.close()
    return 0


def _draw(hall: RunningHall, browser: Browser, folder: Path) -> None:
    came = [hall.kiosk().take(code, key=f"picture {at}") for at, code in enumerate(CAME)]
    wall = _open(hall, browser, (1920, 1080), f"/display/{HALL}#token={hall.tokens['display']}")
    for counter, name in COUNTERS.items():
        officer = hall.caller()
        officer.log_in(name)
        officer.at(counter, "open")
        officer.at(counter, "next")
    panel = _open(hall, browser, (1366, 768), f"/counter/{HALL}")
    panel.locator("[data-login] [name=name]").fill(COUNTERS["1"])
    panel.locator("[data-login] [name=password]").fill(demo.PASSWORD)
    panel.keyboard.press("Enter")
    expect(panel.locator("[data-panel]")).to_have_attribute("data-phase", "called")
    kiosk = _open(hall, browser, (1080, 1920), f"/kiosk/{HALL}#token={hall.tokens['kiosk']}")
    _keep(kiosk, folder / "kiosk-start.png")
    kiosk.locator("[data-at=start] [data-procedure=CT01]").click()
    kiosk.locator("[data-ordinary]:visible").click()
    expect(kiosk.locator("[data-kiosk]")).to_have_attribute("data-step", "ticket")
    _keep(kiosk, folder / "kiosk-number.png")
    _keep(panel, folder / "panel.png")
    _keep(wall, folder / "wall.png")
    waiting = came[7].json
    _keep(_open(hall, browser, (390, 844), f"/t/{waiting['token']}"), folder / "phone.png")
    wait_for(lambda: hall.unprinted() == 0)
    slips = sorted((hall.store / "slips").glob("*.png"), key=lambda each: each.stat().st_mtime)
    shutil.copy(slips[-1], folder / "slip.png")


def _open(hall: RunningHall, browser: Browser, size: tuple[int, int], path: str) -> Page:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, base_url=hall.base, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(path)
    return page


def _keep(page: Page, file: Path) -> None:
    page.wait_for_load_state("networkidle")
    drawn(page)
    page.screenshot(path=file)
    print(file.name)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))
