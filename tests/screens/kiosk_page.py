"""A kiosk's page in a real browser, with a hub that says what the test wants."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any, cast
from urllib.parse import urlsplit

import pytest
from flask import Flask, Response
from playwright.sync_api import Page, Request, Route
from werkzeug.serving import WSGIRequestHandler, make_server

import config
import kiosk.routes
from hall import views
from hall.fold import fresh
from tests.page_drawn import drawn
from tests.rules.builders import plain
from tests.web.doorway import HALL, MORNING
from web import pages
from web.guard import HEADERS
from web.screens import Announces, Site

STANDIN = Path(__file__).parent / "standin"
TICKETS = f"/api/v1/halls/{HALL}/tickets"
Json = dict[str, Any]
UPRIGHT, WIDE = (1080, 1920), (1920, 1080)
SIZES = pytest.mark.parametrize("size", [UPRIGHT, WIDE], ids=["upright", "wide"])
SAO_Y, FIELD_HT, TAKE = "[data-procedure='CT01']", "[data-field='HT']", "[data-ordinary]"
SETTLED_SECONDS = 0.65  # a new step takes no touches for 0.4 s, and the page looks at its clock every 0.25 s


CONFIG = config.read(Path(__file__).parents[2] / "config.toml", {})
SETUP = CONFIG.setups[HALL]
DAY = fresh(SETUP, MORNING.date())


def facts() -> Json:
    """The hall of config.toml as the API tells it."""
    return plain(views.public.hall_facts(DAY, MORNING))


def snapshot(**changes: object) -> Json:
    return dict(json.loads((STANDIN / "kiosk.json").read_text())) | changes


class Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """A line for each file would hide what a failing test says."""


@contextmanager
def served() -> Iterator[str]:
    """The page and its files as the hub serves them, with the same headers. Gives the address."""
    app = Flask("kiosk-test", static_folder=None)
    announcer = cast(Announces, None)  # a kiosk says nothing
    site = Site(lambda: DAY, CONFIG.settings.equipment[HALL].kiosk, announcer, ())
    app.register_blueprint(pages.pages.blueprint(pages.StaticFiles(["kiosk"])))
    app.register_blueprint(kiosk.routes.pages.blueprint({HALL: site}))

    @app.after_request
    def dress(response: Response) -> Response:
        response.headers.update(HEADERS)
        return response

    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


@dataclass
class KioskPage:
    """`issued` are the bodies and keys of the tickets asked for, in order."""

    page: Page
    address: str
    facts: Json = field(default_factory=facts)
    snapshot: Json = field(default_factory=snapshot)
    issued: list[tuple[Json, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    print_state: str | None = "confirmed"
    answer: Callable[[Route, int], bool] | None = None  # True: has answered the n-th asking itself
    numbers: dict[str, Json] = field(default_factory=dict)  # by key
    waiting: Json = field(default_factory=dict)  # changes of every ticket's facts
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda said: self._note(said.type, said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.route("**/vendor/socket.io.esm.min.js", self._file)
        self.page.route("**/stand-in/snapshot", lambda route: route.fulfill(json=self.snapshot))
        self.page.route("**/socket.io/", lambda route: route.fulfill(json={"status": "ok"}))
        self.page.route("**/api/v1/**", self._api)

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and "Failed to load resource" not in text:
            self.complaints.append(text)

    def _file(self, route: Route) -> None:
        route.fulfill(path=STANDIN / "socket.io.js", content_type="text/javascript")

    def open(self, size: tuple[int, int] = UPRIGHT, *, token: str = "t0ken", step: str = "start") -> None:
        """From here on time passes at the kiosk only as the test says."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.clock.install(time=MORNING)
        self.page.clock.pause_at(MORNING + timedelta(seconds=1))
        self.page.goto(f"{self.address}/kiosk/{HALL}" + (f"#token={token}" if token else ""))
        self.at(step)
        if token:
            # A function: an expression is asked anew by eval, which the CSP of the page refuses.
            self.page.wait_for_function("() => window.hub?.sockets.size > 0")  # it has heard the snapshot
        drawn(self.page)

    def at(self, step: str) -> None:
        """Waits until the step is there, and for as long as it takes no touches yet."""
        self.page.wait_for_selector(f"[data-kiosk][data-step='{step}']")
        self.settle()
        self.page.wait_for_selector(f"[data-kiosk][data-step='{step}']:not(.settling)")

    def settle(self) -> None:
        self.later(SETTLED_SECONDS)

    def later(self, seconds: float) -> None:
        self.page.clock.run_for(round(1000 * seconds))

    def touch(self, what: str) -> None:
        self.page.locator(f"{what}:visible").first.click()

    def language(self, language: str) -> None:
        self.touch(f"[data-language='{language}']")

    def tell(self, **changes: object) -> None:
        self.page.evaluate("change => window.hub.tell(change)", changes)

    def text(self, what: str) -> str:
        return self.page.locator(what).inner_text()

    def _api(self, route: Route, request: Request) -> None:
        path = urlsplit(request.url).path
        self.asked.append(f"{request.method} {path}")
        if path == TICKETS:
            self._tickets(route, request)
        elif path.endswith("/print"):
            job = {"job": 1, "state": self.print_state} if self.print_state else None
            route.fulfill(json={"print": job})
        elif path.endswith("/cancel"):
            route.fulfill(json={"ticket": {"state": "cancelled"}})
        else:
            route.fulfill(json=self.facts)

    def _tickets(self, route: Route, request: Request) -> None:
        key = request.headers.get("idempotency-key", "")
        self.issued.append((json.loads(request.post_data or "{}"), key))
        if self.answer and self.answer(route, len(self.issued)):
            return
        route.fulfill(status=201, json=self._ticket(key, self.issued[-1][0]))

    def _ticket(self, key: str, wish: Json) -> Json:
        """The same key, the same ticket: as the hub does."""
        procedure = next(each for each in self.facts["procedures"] if each["code"] == wish["procedure"])
        queue = next(each for each in self.snapshot["queues"] if each["id"] == procedure["queue"])
        number = f"{procedure['queue']}{len(self.numbers) + 25:03d}"
        ticket = {
            "id": f"261124-{number}", "number": number, "procedure": wish["procedure"], "queue": queue["id"],
            "priority": wish.get("priority"), "state": "waiting", "issued_at": "2026-11-24T08:31:00+07:00",
            "ahead": queue["waiting"], "wait": queue["wait"], "counters": queue["counters"],
            "unattended": queue["unattended"],
        }  # fmt: skip
        printing = {"job": 1, "state": "queued"} if self.print_state else None
        answer = {
            "ticket": ticket | self.waiting,
            "token": "k3yOfTheTicket22chars",
            "track_url": "http://192.168.1.20:8000/t/k3yOfTheTicket22chars",
            "print": printing,
        }
        return self.numbers.setdefault(key, answer)
