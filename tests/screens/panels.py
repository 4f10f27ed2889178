"""An officer's panel in a real browser, on the real hub."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, expect

import demo
from tests.page_drawn import drawn
from tests.page_time import stand_still
from tests.running import HALL, HERE, Caller, RunningHall

# What the browser itself says of a refusal and of a cable that we cut.
NETWORK = re.compile(r"Failed to load resource|WebSocket connection|net::ERR")
COME_BACK_MS = 30_000
PAUSE_MS = 200  # after a key nothing more comes: it was a person's
SILENCE_MS = 450  # after a scan likewise
DOUBLE_MS = 400  # so soon after a deed a press is taken for the tail of the one before
KEYS = count()
# By queue a counter that takes it.
TAKERS = {"A": "2", "B": "3", "C": "4", "D": "5", "E": "6", "F": "7", "G": "7", "H": "8", "K": "9", "T": "10"}
PADS: dict[str, dict[str, str]] = {}  # by counter the header of its pad


class Panel:
    """One officer's window. `troubles`: what its console complained of; `answered`: by the hub."""

    def __init__(self, browser: Browser, hall: RunningHall, size: tuple[int, int] = (1366, 768)) -> None:
        self.hall = hall
        self.context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            base_url=hall.base,
            reduced_motion="reduce",
            timezone_id="America/New_York",  # the hall's own time counts, not the computer's
        )
        self.context.set_default_timeout(COME_BACK_MS)
        self.page: Page = self.context.new_page()
        self.page.clock.install()
        self.troubles: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.answered: list[str] = []
        self.page.on("response", self._answered)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not NETWORK.search(message.text):
            self.troubles.append(message.text)

    def _answered(self, response: Response) -> None:
        if response.request.method == "POST":
            self.answered.append(f"{response.status} {response.url.rpartition('/')[2]}")

    def open(self, fragment: str = "") -> "Panel":
        self.page.goto(f"/counter/{HALL}{fragment}")
        return self

    def log_in(self, officer: str, password: str = demo.PASSWORD) -> "Panel":
        self.page.locator("[data-login] [name=name]").fill(officer)
        self.page.locator("[data-login] [name=password]").fill(password)
        self.page.keyboard.press("Enter")
        return self

    def counter_button(self, counter: str) -> Locator:
        return self.page.locator(f'[data-choose-list] [data-counter="{counter}"]')

    def sit_down(self, officer: str, counter: str) -> "Panel":
        """Logs in and takes the counter, unless it is this officer's since before."""
        self.open().log_in(officer)
        expect(self["panel"]).to_have_attribute("data-view", re.compile("choose|desk"))
        if self["panel"].get_attribute("data-view") == "choose":
            self.counter_button(counter).click()
        return self.at("free")

    def at(self, phase: str) -> "Panel":
        """The desk is in this phase, and nothing is being done any more."""
        panel = self["panel"]
        expect(panel).to_have_attribute("data-view", "desk", timeout=COME_BACK_MS)
        try:
            expect(panel).to_have_attribute("data-phase", phase, timeout=COME_BACK_MS)
        except AssertionError as missed:
            board = self.hall.caller().get(f"{HERE}/board").json
            missed.add_note(f"answered: {self.answered}; the hub: {board['version']} {board['counters']}")
            missed.add_note(self.hall.log.read_text()[-2000:])
            raise
        expect(self["main"]).not_to_have_attribute("aria-busy", "true", timeout=COME_BACK_MS)
        self.page.clock.run_for(DOUBLE_MS)
        expect(panel).to_have_attribute("data-busy", "false", timeout=COME_BACK_MS)
        return self

    @contextmanager
    def moment(self) -> Iterator[None]:
        """What is done in it is done at once, however long the computer takes for it."""
        stand_still(self.page)
        yield
        self.page.clock.resume()

    def press(self, *keys: str) -> "Panel":
        """As a person does: each after the one before was understood."""
        for key in keys:
            self.page.keyboard.press(key)
            self.page.clock.run_for(PAUSE_MS)
            expect(self["panel"]).not_to_have_attribute("data-reading", "true", timeout=COME_BACK_MS)
        return self

    def write(self, text: str) -> "Panel":
        """Into a text field, as a person does."""
        return self.press(*text)

    def scan(self, *signs: str) -> "Panel":
        """As a device types, however long the computer takes for it."""
        with self.moment():
            for sign in signs:
                self.page.keyboard.press(sign)
                self.page.clock.run_for(20)
            self.page.clock.run_for(SILENCE_MS)
        expect(self["panel"]).not_to_have_attribute("data-reading", "true", timeout=COME_BACK_MS)
        return self

    def press_what_goes(self) -> "Panel":
        """The keypad's Enter, while a button of the choice that was left still has the focus."""
        self.page.evaluate(PRESSED_AS_IT_GOES)
        return self

    def __getitem__(self, hook: str) -> Locator:
        """The element with this data- attribute: `panel["number"]`, `panel["do=hold"]`."""
        name, _, value = hook.partition("=")
        return self.page.locator(f'[data-{name}="{value}"]' if value else f"[data-{name}]").first

    def dialog(self, name: str) -> Locator:
        found = self.page.locator(f'dialog[data-dialog="{name}"]')
        expect(found).to_be_visible()
        return found

    @property
    def number(self) -> Locator:
        return self.page.locator("[data-citizen] [data-number]")

    def faults(self) -> list[str]:
        """What axe finds."""
        found = Axe().run(self.page).response["violations"]
        return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]

    def leaves_the_screen(self) -> Any:
        """What would make the page scroll, or lies outside of it."""
        drawn(self.page)
        return self.page.evaluate(LEAVES)


MakePanel = Callable[..., Panel]

# A pixel of tolerance for rounding. Lists that scroll in themselves are meant to.
LEAVES = """() => {
  const { scrollWidth, scrollHeight } = document.documentElement;
  const scrolls = scrollWidth > innerWidth || scrollHeight > innerHeight;
  const out = scrolls ? [`page ${scrollWidth}x${scrollHeight}`] : [];
  for (const each of document.querySelectorAll('button, input, h1, h2, h3, .notice, .pill, .number')) {
    if (each.closest('.line, .aside-list, .options-scroll, .choose-list, dialog:not([open])')) continue;
    const { width, left, right, top, bottom } = each.getBoundingClientRect();
    const outside = left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1;
    const cut = each.matches('button') && each.scrollWidth > each.clientWidth + 1;
    if (width && (outside || cut)) out.push(each.outerHTML.slice(0, 120));
  }
  return out;
}"""


def called(hall: RunningHall, counter: str) -> list[tuple[str, int]]:
    """Number and times of the calls to a counter, newest first, as the wall shows them."""
    calls = hall.caller().get(f"{HERE}/board").json["calls"]
    return [(each["number"], each["times"]) for each in calls if each["counter"] == counter]


def waiting(hall: RunningHall, queue: str) -> list[str]:
    rows = hall.caller().get(f"{HERE}/queues").json["queues"]
    return next(list(row["numbers"]) for row in rows if row["id"] == queue)


def ticket_of(hall: RunningHall, number: str) -> str:
    """The id of today's ticket with this number."""
    day = str(hall.caller().get(f"{HERE}/board").json["day"])
    return f"{day[2:].replace('-', '')}-{number}"


# What a press finds in the moment before the browser has drawn the desk.
PRESSED_AS_IT_GOES = """() => {
  const view = document.querySelector('[data-when="choose"]');
  const button = view.querySelector('[data-choose-list] button') ?? view.querySelector('button');
  view.hidden = false;
  button.focus();
  if (document.activeElement !== button) throw new Error('no focus');
  view.hidden = true;
  const press = { key: 'Enter', code: 'NumpadEnter', bubbles: true, cancelable: true };
  button.dispatchEvent(new KeyboardEvent('keydown', press));
}"""
PLACES = """() =>
  [...document.querySelectorAll('.acts button, .outcomes button, [data-dossier]')].map((each) => {
    const { left, top, width, height } = each.getBoundingClientRect();
    return [left, top, width, height].map(Math.round);
  })"""

# Each procedure's texts in the card of a citizen with priority, whose proof is one row more; what is cut.
CUT = """(procedures) => {
  const title = document.querySelector('[data-procedure]');
  const list = document.querySelector('[data-papers]');
  const area = document.querySelector('.citizen-papers');
  const rows = [...list.children];
  const cut = {};
  for (const { code, name, papers, fee, time } of procedures) {
    title.textContent = name;
    title.dataset.length = name.length > 105 ? 'longest' : name.length > 70 ? 'long' : 'short';
    list.replaceChildren(...papers.map((paper) => {
      const row = rows[0].cloneNode(true);
      row.querySelector('[data-words]').textContent = paper;
      return row;
    }), rows.at(-1));
    document.querySelector('[data-fee]').textContent = fee;
    document.querySelector('[data-time]').textContent = time;
    const over = [area, title].filter((each) => each.scrollHeight > each.clientHeight + 1);
    if (over.length)
      cut[code] = over.map((each) => `${each.className} by ${each.scrollHeight - each.clientHeight}`);
  }
  list.replaceChildren(...rows);
  return cut;
}"""


def pad(hall: RunningHall, counter: str) -> Caller:
    caller = hall.caller()
    caller.headers |= PADS[counter]
    return caller


def clear(hall: RunningHall) -> None:
    """Nobody waits, nobody is at a counter, all counters are closed."""
    for counter in hall.caller().get(f"{HERE}/board").json["counters"]:
        if counter["state"] == "closed":
            continue
        officer = pad(hall, counter["id"])
        if counter["number"]:
            officer.on(ticket_of(hall, counter["number"]), "cancel", {"reason": "asked"})
        officer.at(counter["id"], "close")
    for queue in hall.caller().get(f"{HERE}/queues").json["queues"]:
        for number in queue["numbers"]:
            pad(hall, TAKERS[queue["id"]]).on(ticket_of(hall, number), "cancel")


def come(hall: RunningHall, *procedures: str, **more: str) -> list[str]:
    """Citizens take numbers at the kiosk, in this order."""
    kiosk = hall.kiosk()
    return [kiosk.take(each, key=f"panel {next(KEYS)}", **more).number for each in procedures]
