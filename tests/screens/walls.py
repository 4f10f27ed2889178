"""A wall to look at: its page and its voice served for real, the hub's snapshots given by the test."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Route
from werkzeug.serving import make_server

import config
import display.routes
import phone.routes
from hall import views
from hall.model import Call, Hall
from hall.setup import Counter, Queue, Take
from hall.spoken import Language
from tests.page_drawn import drawn
from tests.rules.builders import MORNING, a_setup, day, plain
from voice.announcer import Announcer
from voice.sound import from_wav, to_wav
from voice.speaker import Speaker
from web import pages
from web.guard import HEADERS
from web.screens import Site

Json = dict[str, Any]
LIVE = Path(__file__).with_name("standin") / "live.js"
QUEUES = {
    "A": ("Chứng thực", "#A01D17"), "B": ("Hộ tịch", "#0A5C63"), "C": ("Đất đai", "#7A4B00"),
    "D": ("Xây dựng", "#4A3AA7"), "E": ("Bảo trợ xã hội", "#9A2A6A"), "F": ("Lao động", "#1B5E20"),
    "G": ("Kinh doanh", "#00539B"), "H": ("Cư trú", "#5D4037"), "K": ("Bảo hiểm", "#37474F"),
    "T": ("Nhận kết quả", "#0E2233"),
}  # fmt: skip
CONFIG = config.read(Path(__file__).parents[2] / "config.toml", {})
LETTERS = "".join(QUEUES)
NOW = MORNING + timedelta(minutes=31, seconds=5)

# A pixel is left for rounding.
OVERFLOWING = """() => [".card", ".row", ".cell", ".line", ".head", ".waiting"]
  .flatMap((each) => [...document.querySelectorAll(`${each} > *`)])
  .filter((text) => {
    const inner = text.getBoundingClientRect();
    const outer = text.parentElement.getBoundingClientRect();
    return inner.width > 0 && (inner.left < outer.left - 1 || inner.right > outer.right + 1 ||
      inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1);
  }).map((text) => `${text.className}: ${text.textContent}`)"""
REPORTED = """(sound) =>
  window.sent.findLast(([event]) => event === "heartbeat")?.[1].sound === sound"""
PLAYED = """() => { window.played = [];
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (at) {
    window.played.push([at, at + this.buffer.duration]);
    return start.call(this, at);
  }; }"""


def a_hall(counters: int = 10, names: dict[str, str] | None = None) -> Hall:
    """A hall of ten queues and so many counters; `names` of counters where they are not "Quầy N"."""
    setup = a_setup(
        queues={letter: Queue(letter, name, name, hue) for letter, (name, hue) in QUEUES.items()},
        counters={
            str(each): Counter(
                str(each),
                (names or {}).get(str(each), f"Quầy {each}"),
                f"Counter {each}",
                "Dãy bên trái, gần cửa vào",
                "On the left, near the door",
                (Take(LETTERS[each % 10]),),
            )
            for each in range(1, counters + 1)
        },
        message="Từ ngày 01/12 trung tâm nhận hồ sơ đất đai cả sáng thứ Bảy.",
    )
    return day(setup=setup)


def number_at(counter: int) -> str:
    return f"{LETTERS[counter % 10]}{counter * 7:03d}"


def calling(hall: Hall, *counters: int, now: datetime = NOW, ago: float = 2, apart: float = 70) -> Hall:
    """Citizens called to these counters in turn, `apart` seconds between, the last `ago` before `now`."""
    made = [
        Call(
            f"261124-{100 + place}",
            f"261124-{number_at(counter)}",
            number_at(counter),
            str(counter),
            now - timedelta(seconds=ago + apart * (len(counters) - 1 - place)),
            1,
        )
        for place, counter in enumerate(counters)
    ]
    return replace(hall, calls=(*reversed(made), *hall.calls)[:8])


def board(hall: Hall, *, now: datetime = NOW, version: int = 1, busy: bool = True, **changes: object) -> Json:
    """The display snapshot of this hall; `busy`: every counter but each seventh has a citizen."""
    snapshot = plain(views.wall.board(hall, now, "b"))
    counters = [
        row
        | {"state": "paused" if place % 7 == 0 else "open", "number": number_at(place) if place % 7 else None}
        for place, row in enumerate(snapshot["counters"], start=1)
    ]
    queues = [row | {"waiting": 3 * place % 13} for place, row in enumerate(snapshot["queues"])]
    at_work: Json = {"unattended": None, "unattended_queues": []}
    filled = {"counters": counters, "queues": queues} | at_work if busy else {}
    return snapshot | {"version": version} | filled | changes


MakeWall = Callable[..., "Wall"]


class Here:
    """What the routes of the display ask of a hub."""

    def __init__(self) -> None:
        self.hall = a_hall()


class BriefSpeaker(Speaker):
    """The hall's own voice, of which a third of a second is kept: long enough to be spoken over."""

    def say(self, text: str, language: Language) -> bytes:
        whole = from_wav(super().say(text, language))
        return to_wav(replace(whole, samples=whole.samples[: whole.rate // 3]))


@contextmanager
def served() -> Iterator[tuple[str, Here]]:
    """The address of a server with the pages of wall and phone, and the hall it speaks for."""
    here = Here()
    announcer = Announcer(BriefSpeaker(answer_seconds=60))
    app = Flask("walls", static_folder=None)
    app.register_blueprint(pages.pages.blueprint(pages.StaticFiles(["display", "phone"])))
    site = Site(lambda: here.hall, CONFIG.settings.equipment["thach-ha"].kiosk, announcer, ("vi",))
    app.register_blueprint(display.routes.pages.blueprint({"thach-ha": site}))
    app.register_blueprint(phone.routes.pages.blueprint({"thach-ha": site}))

    @app.after_request
    def dress(answer: Any) -> Any:
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer

    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", here
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        announcer.stop()


class Wall:
    """One display showing one hall."""

    def __init__(self, context: BrowserContext, address: str, here: Here) -> None:
        self.page: Page = context.new_page()
        self.address = address
        self.here = here
        self.troubles: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", self._console)
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.route("**/static/live/live.js", lambda route: route.fulfill(path=LIVE))
        self.page.route("**/api/v1/halls/thach-ha", self._facts)

    def _console(self, message: Any) -> None:
        if message.type == "error":
            self.troubles.append(message.text)

    def _facts(self, route: Route) -> None:
        route.fulfill(json=plain(views.public.hall_facts(self.here.hall, NOW)))

    def open(self, hall: Hall, snapshot: Json | None, query: str = "", speaks: bool = True) -> "Wall":
        self.here.hall = hall
        self.page.add_init_script(f"window.snapshot = {_js(snapshot)}; window.speak = {_js(speaks)};")
        self.page.add_init_script(
            "window.announced = []; document.addEventListener('announced', "
            "(event) => window.announced.push(event.detail), true);"
        )
        self.page.goto(f"{self.address}/display/thach-ha{query}")
        self.page.locator(
            "[data-wall][data-state]:not([data-state=waiting])" if snapshot else "h2"
        ).first.wait_for()
        if snapshot:
            self.page.locator("[data-hours]:not(:empty)").wait_for()  # the facts of the hall have come too
        drawn(self.page)
        return self

    def touch(self) -> "Wall":
        """Somebody allows the sound, as browsers without the kiosk's flag want it."""
        self.page.locator("[data-enable-sound]").click()
        self.page.locator("[data-wall][data-sound=on]").wait_for()
        return self

    def tell(self, hall: Hall, snapshot: Json) -> None:
        self.here.hall = hall
        self.page.evaluate("(snapshot) => window.tell(snapshot)", snapshot)

    def overflowing(self) -> list[str]:
        """Texts which leave the panel, row or cell that holds them."""
        return list(self.page.evaluate(OVERFLOWING))

    def listen(self) -> "Wall":
        """From now on every sound is written down: start and end on the clock of the sound card."""
        self.page.evaluate(PLAYED)
        return self

    @property
    def number(self) -> str:
        return self.page.locator("[data-stage] [data-number]").first.inner_text().replace("\n", "")

    @property
    def state(self) -> str | None:
        return self.page.locator("[data-wall]").get_attribute("data-state")

    def reports(self, sound: str) -> None:
        """The last heartbeat says so of the sound."""
        self.page.wait_for_function(REPORTED, arg=sound)

    def sent(self, event: str) -> list[Json]:
        return list(
            self.page.evaluate("(event) => window.sent.filter((s) => s[0] === event).map((s) => s[1])", event)
        )

    def spoken(self) -> list[Json]:
        return list(self.page.evaluate("window.announced"))


@contextmanager
def walls(browser: Browser, address: str, here: Here) -> Iterator[MakeWall]:
    """Makes walls, each in a screen of its own; at the end none of them may have complained."""
    made: list[Wall] = []

    def make(width: int = 1920, height: int = 1080, *, still: bool = False) -> Wall:
        made.append(wall := Wall(a_screen(browser, width, height, still=still), address, here))
        return wall

    yield make
    for wall in made:
        wall.page.context.close()
        assert wall.troubles == []


def _js(value: object) -> str:
    return json.dumps(value)


def a_screen(
    browser: Browser, width: int = 1920, height: int = 1080, *, still: bool = False
) -> BrowserContext:
    return browser.new_context(
        viewport={"width": width, "height": height},
        reduced_motion="reduce" if still else "no-preference",
        timezone_id="America/New_York",  # the clock of the screen is of no account
    )
