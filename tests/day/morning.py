"""The screens of a hall in a real browser, on the real hub: kiosk, wall, a counter's panel, phones."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

import demo
from tests.running import HALL, RunningHall

OFFICER, COUNTER = "canbo1", "2"
NETWORK = re.compile(r"Failed to load resource|Failed to fetch|WebSocket connection|ERR_")
SIZES = {"kiosk": (1080, 1920), "wall": (1920, 1080), "panel": (1366, 768), "phone": (390, 844)}
COME_BACK_MS = 30_000


class Screen:
    """One browser window. `troubles`: what its console complained of, but for a line that we cut."""

    banner = "[data-banner-part]"  # shown while the line is cut

    def __init__(self, browser: Browser, kind: str, hall: RunningHall) -> None:
        width, height = SIZES[kind]
        self.hall = hall
        self.context = browser.new_context(
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
            base_url=hall.base,
            timezone_id="America/New_York",  # the hall's own time counts, not the screen's
        )
        self.context.set_default_timeout(COME_BACK_MS)
        self.page: Page = self.context.new_page()
        self.troubles: list[str] = []
        self.away = False
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not (self.away and NETWORK.search(message.text)):
            self.troubles.append(f"{self.page.url}: {message.text}")

    def __getitem__(self, hook: str) -> Locator:
        """The element with this data- attribute: `screen["number"]`, `screen["do=hold"]`."""
        name, _, value = hook.partition("=")
        return self.page.locator(f'[data-{name}="{value}"]' if value else f"[data-{name}]").first

    @contextmanager
    def cable_cut(self) -> Iterator[None]:
        """What the browser says of the network meanwhile is no trouble of ours."""
        self.away = True
        self.context.set_offline(True)
        yield
        self.context.set_offline(False)

    def is_back(self) -> None:
        expect(self.page.locator(self.banner)).to_be_hidden(timeout=COME_BACK_MS)
        self.away = False

    def faults(self) -> list[str]:
        """What axe finds."""
        found = Axe().run(self.page).response["violations"]
        return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


class Kiosk(Screen):
    banner = ".banner-offline"

    def __init__(self, browser: Browser, hall: RunningHall) -> None:
        super().__init__(browser, "kiosk", hall)
        self.page.goto(f"/kiosk/{HALL}#token={hall.tokens['kiosk']}")
        self.at("start")

    def at(self, step: str) -> None:
        """The kiosk shows this step and takes touches again."""
        expect(self["kiosk"]).to_have_attribute("data-step", step, timeout=COME_BACK_MS)
        expect(self["kiosk"]).not_to_have_class(re.compile("settling"))

    def choose(self, procedure: str) -> None:
        """The first touch."""
        self.page.locator(f'[data-at="start"] button[data-procedure="{procedure}"]').click()
        self.at("procedure")

    def take(self) -> None:
        """The second touch."""
        self.page.locator('[data-at="procedure"] [data-ordinary]').click()

    def ticket(self, procedure: str = "CT01") -> str:
        """The number of a new ticket; the kiosk waits for the next citizen."""
        self.choose(procedure)
        self.take()
        self.at("ticket")
        number = number_in(self["ticket-number"])
        self["done"].click()
        self.at("start")
        return number


class Wall(Screen):
    banner = "[data-banner]"

    def __init__(self, browser: Browser, hall: RunningHall) -> None:
        super().__init__(browser, "wall", hall)
        self.page.goto(f"/display/{HALL}#token={hall.tokens['display']}")
        expect(self["wall"]).not_to_have_attribute("data-state", "waiting")

    def shows(self, number: str, counter: str = COUNTER) -> None:
        card = self.page.locator("[data-stage] article").filter(has_text=number)
        expect(card).to_contain_text(f"Quầy {counter}", timeout=COME_BACK_MS)


class Panel(Screen):
    banner = "[data-offline]"

    def __init__(self, browser: Browser, hall: RunningHall) -> None:
        super().__init__(browser, "panel", hall)
        self.page.goto(f"/counter/{HALL}")

    def log_in(self) -> None:
        self.page.locator('[data-login] input[name="name"]').fill(OFFICER)
        self.page.locator('[data-login] input[name="password"]').fill(demo.PASSWORD)
        self.page.keyboard.press("Enter")
        expect(self["panel"]).to_have_attribute("data-view", "choose")

    def sit_down(self) -> None:
        self.page.locator("[data-choose-list] button").nth(int(COUNTER) - 1).click()
        self.phase("free")

    def phase(self, phase: str) -> None:
        expect(self["panel"]).to_have_attribute("data-view", "desk", timeout=COME_BACK_MS)
        expect(self["panel"]).to_have_attribute("data-phase", phase, timeout=COME_BACK_MS)
        expect(self.page.locator("dialog[open]")).to_have_count(0)
        self.takes_presses()

    def says(self, text: str) -> None:
        """What was done last is told in its line."""
        expect(self["notice-words"]).to_contain_text(text, timeout=COME_BACK_MS)
        self.takes_presses()

    def takes_presses(self) -> None:
        """Nothing is being done, and a press is no longer taken for the tail of the one before."""
        expect(self["panel"]).to_have_attribute("data-busy", "false", timeout=COME_BACK_MS)

    def press(self, key: str) -> None:
        """As a person does: nothing more is done before it is understood."""
        self.page.keyboard.press(key)
        expect(self["panel"]).not_to_have_attribute("data-reading", "true", timeout=COME_BACK_MS)

    def has(self, number: str) -> None:
        """This citizen is at the counter."""
        expect(self["citizen"]).to_be_visible(timeout=COME_BACK_MS)
        expect(self.page.locator("[data-citizen] [data-number]")).to_have_text(number, timeout=COME_BACK_MS)


class Morning:
    def __init__(self, hall: RunningHall, browser: Browser) -> None:
        self.hall = hall
        self.browser = browser
        self.kiosk, self.wall, self.panel = Kiosk(browser, hall), Wall(browser, hall), Panel(browser, hall)
        self.phones: list[Screen] = []
        self.panel.log_in()
        self.panel.sit_down()

    @property
    def screens(self) -> list[Screen]:
        return [self.kiosk, self.wall, self.panel, *self.phones]

    def phone(self, address: str) -> Screen:
        """A citizen's phone on the address of the slip."""
        phone = Screen(self.browser, "phone", self.hall)
        self.phones.append(phone)
        phone.page.goto(address)
        return phone

    def hall_said(self, call: str) -> dict[str, Any]:
        """The clips and sentences which the hub gives for a call."""
        reply = self.hall.caller().get(f"/display/{HALL}/announcement/{call}")
        return dict(reply.json)

    def close(self) -> None:
        for screen in self.screens:
            screen.context.close()


def number_in(element: Locator) -> str:
    """The number's cells together."""
    return element.text_content() or ""


def spoken_by(wall: Wall) -> dict[str, Any]:
    """What the wall said last to the end: the call, its number and the clips."""
    said: dict[str, Any] = json.loads(wall["wall"].get_attribute("data-announced") or "{}")
    return said
