"""Takes the pictures of the README: `python -m bench.pictures`.

A morning in the demo hall, in a real browser. It takes two minutes, because a wall keeps calls gold for
a minute and a half before it is as calm as in a hall.
"""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.running import HALL, ROOT, Client, RunningHub, running_hub
from demo import OFFICERS, PASSWORD
from tools.chromium import ARGUMENTS, chromium

PICTURES = ROOT / "docs/pictures"
# Procedure and priority of those who come, in this order; then who is called where.
CITIZENS = (
    ("CT01", None), ("HT01", None), ("DD01", None), ("CT02", None), ("CA01", None), ("CT01", None),
    ("KD01", None), ("XH01", "NCC"), ("CT01", "NCT"), ("TK01", None), ("DD01", None), ("HT04", None),
    ("CT01", None), ("CA04", None), ("BH01", None), ("CT02", None), ("DD01", None), ("CT01", None),
    ("HT08", None),
)  # fmt: skip
MISSED_MS = 95_000
WITH_SOUND = "--autoplay-policy=no-user-gesture-required"
CALLS = ("3", "4", "5", "8", "6", "7", "10", "2")


def post(client: Client, path: str, body: Mapping[str, object]) -> Any:
    status, answer = client.post(f"/api/v1/halls/{HALL}/{path}", body)
    if status >= 400:
        raise RuntimeError(f"{path}: {status} {answer}")
    return answer


def a_morning(hall: RunningHub) -> str:
    """Numbers, calls and services; the track page's path of one who waits."""
    kiosk = Client(hall.base, hall.tokens["kiosk"])
    given = [
        post(kiosk, "tickets", {"procedure": procedure} | ({"priority": group} if group else {}))
        for procedure, group in CITIZENS
    ]
    for counter in CALLS:
        pad = Client(hall.base, hall.pad(counter))
        post(pad, f"counters/{counter}/open", {})
        called = post(pad, f"counters/{counter}/next", {})["ticket"]["id"]
        post(pad, f"tickets/{called}/start", {})
    post(Client(hall.base, hall.pad("9")), "counters/9/open", {})
    return str(given[-2]["track_url"])


def shoot(browser: Browser, name: str, width: int, height: int, visit: Callable[[Page], object]) -> None:
    context = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN")
    page = context.new_page()
    visit(page)
    page.wait_for_timeout(1500)  # movements have ended, fonts are there
    page.screenshot(path=PICTURES / f"{name}.png")
    context.close()


class Visits:
    """What is done on each screen before its picture is taken."""

    def __init__(self, hall: RunningHub) -> None:
        self.hall = hall
        self.kiosk = f"{hall.base}/kiosk/{HALL}#token={hall.tokens['kiosk']}"

    def look(self, page: Page) -> None:
        page.goto(self.kiosk)

    def take_a_number(self, page: Page) -> None:
        page.goto(self.kiosk)
        page.get_by_role("button", name="Chứng thực bản sao").first.click()
        page.get_by_role("button", name="Lấy số").first.click()
        page.locator(".number").first.wait_for()

    def serve(self, page: Page) -> None:
        """Log in, take counter 1, call with the space bar, begin."""
        page.goto(f"{self.hall.base}/counter/{HALL}")
        page.get_by_label("Tên đăng nhập").fill(OFFICERS[0])
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Quầy 1", exact=False).first.click()
        page.get_by_role("button", name="Gọi tiếp A").first.wait_for()
        page.wait_for_timeout(1000)
        page.keyboard.press("Space")
        page.get_by_role("button", name="Bắt đầu phục vụ").wait_for()
        page.wait_for_timeout(1000)
        page.keyboard.press("s")

    def watch(self, page: Page) -> None:
        """The wall after a minute, when one more is called."""
        page.goto(f"{self.hall.base}/display/{HALL}#token={self.hall.tokens['display']}")
        page.wait_for_timeout(MISSED_MS)
        post(Client(self.hall.base, self.hall.pad("9")), "counters/9/next", {})


def main() -> None:
    """Writes docs/pictures/*.png."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_hub(Path(folder)) as hall,
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=chromium(), args=[*ARGUMENTS, WITH_SOUND])
        track = a_morning(hall)
        visits = Visits(hall)
        shoot(browser, "kiosk-start", 1080, 1920, visits.look)
        shoot(browser, "kiosk-number", 1080, 1920, visits.take_a_number)
        shoot(browser, "panel", 1366, 768, visits.serve)
        shoot(browser, "wall", 1920, 1080, visits.watch)
        shoot(browser, "phone", 390, 844, lambda page: page.goto(track))
        slips = sorted((Path(folder) / "slips").glob("*.png"))
        shutil.copy(slips[-1], PICTURES / "slip.png")
        browser.close()


if __name__ == "__main__":
    main()
