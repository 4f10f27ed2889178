"""The browser's library and the page module that wraps it, against the real server."""

import signal
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.listening import listening
from tests.live.conftest import SmallHall
from tests.page_time import stand_still

CONNECT = """
async (token) => {
  const live = await import("/static/live/live.js");
  window.shown = []; window.states = []; window.acks = [];
  window.line = live.connect({
    namespace: "/display", hall: "thach-ha", tokenFrom: () => token,
    onSnapshot: (snapshot) => window.shown.push(snapshot.version),
    onState: (state) => window.states.push(state),
    onAck: (reply) => window.acks.push(reply),
    heartbeat: () => ({sound: "on"}),
  });
}
"""
ONLINE = "window.states.at(-1)?.online === true"
LATEST_RETRY_MS = 1_200  # as tests/js/live.test.js holds it
OFFLINE = "window.states.at(-1)?.online === false"


def test_the_browser_library_is_told_acknowledged_and_dismissed(hall: SmallHall) -> None:
    with listening(hall.url, "/display", "display-7") as told:
        first = dict([told(), told()])
        assert first["snapshot"]["version"] == 0
        assert first["ack"] == {"speak": True}

        hall.post("/change")
        assert told()[1]["version"] == 1
        hall.post("/beacon")
        assert told() == ["beacon", {"version": 1, "day": "2026-11-24"}]

        hall.post("/revoke?token=display-7")
        assert told() == ["closed", {"code": "revoked"}]
        # This reason keeps the library from coming back by itself.
        assert told() == ["disconnect", "io server disconnect"]

    with listening(hall.url, "/display", "display-7") as told:
        assert told() == ["refused", "unauthorized"]


@pytest.fixture
def page_of(browser: Browser) -> Iterator[Callable[[SmallHall], Page]]:
    opened: list[BrowserContext] = []

    def open_page(hall: SmallHall) -> Page:
        opened.append(browser.new_context())
        page = opened[-1].new_page()
        page.goto(hall.url + "/page")
        return page

    yield open_page
    for context in opened:
        context.close()


def test_a_page_shows_each_change_and_hears_the_answer(hall: SmallHall, page_of: Callable[..., Page]) -> None:
    page = page_of(hall)
    page.clock.install()

    page.evaluate(CONNECT, "display-1")
    page.wait_for_function("window.shown.length === 1")
    page.wait_for_function("window.acks.some((reply) => reply.speak)")
    stand_still(page)  # or a change that comes late is answered by a heartbeat more
    hall.post("/change")

    page.wait_for_function("window.shown.join() === '0,1'")
    assert page.evaluate("window.states.at(-1).refused") is None
    page.evaluate("window.line.send('announced', {call: '261124-1'})")
    page.evaluate("window.line.beat()")
    page.clock.fast_forward(50)
    page.wait_for_function("window.acks.length === 2")
    assert [said["event"] for said in hall.inside()["said"]] == ["heartbeat", "announced", "heartbeat"]


def test_a_page_whose_hub_died_says_since_when_and_is_back_at_the_next_try(
    hall: SmallHall, page_of: Callable[..., Page]
) -> None:
    page = page_of(hall)
    page.clock.install()
    page.evaluate(CONNECT, "display-1")
    page.wait_for_function(ONLINE)
    page.wait_for_function("window.shown.length === 1")

    stand_still(page)
    hall.stop(signal.SIGKILL)
    page.wait_for_function(OFFLINE)
    assert page.evaluate("typeof window.states.at(-1).lastAt === 'number'")
    for tries in range(1, 6):  # until they have grown as rare as they get
        page.clock.fast_forward(LATEST_RETRY_MS)
        page.wait_for_function(
            "tries => window.states.filter((each) => !each.online).length > tries", arg=tries
        )
    hall.settings["version"] = 5
    hall.start()
    page.clock.fast_forward(LATEST_RETRY_MS)
    page.clock.resume()  # a slow machine may answer that try too late

    page.wait_for_function("window.shown.at(-1) === 5")
    page.wait_for_function(ONLINE)


def test_a_line_that_is_silent_is_given_up_though_it_looks_open(
    hall: SmallHall, page_of: Callable[..., Page]
) -> None:
    page = page_of(hall)
    page.clock.install()
    page.evaluate(CONNECT, "display-1")
    page.wait_for_function("window.shown.length === 1")
    hall.process.send_signal(signal.SIGSTOP)
    stand_still(page)
    silent_for_ms = page.evaluate("performance.now() - window.states.at(-1).lastAt")

    page.clock.fast_forward(24_900 - silent_for_ms)
    assert page.evaluate(ONLINE)
    page.clock.fast_forward(200)

    assert page.evaluate(OFFLINE)
    hall.process.send_signal(signal.SIGCONT)
    page.clock.resume()
    page.wait_for_function(ONLINE)


def test_a_revoked_page_learns_why_and_does_not_knock_again_at_once(
    hall: SmallHall, page_of: Callable[..., Page]
) -> None:
    page = page_of(hall)
    page.clock.install()
    page.evaluate(CONNECT, "display-7")
    page.wait_for_function(ONLINE)

    stand_still(page)
    hall.post("/revoke?token=display-7")

    page.wait_for_function("window.states.at(-1).refused === 'revoked'")
    knocks: list[str] = []
    page.on("request", lambda request: knocks.append(request.url))
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.clock.fast_forward(25_000)
    assert page.evaluate("window.states.at(-1).refused") == "revoked"
    assert knocks == []
    page.clock.fast_forward(40_000)
    page.wait_for_function("window.states.at(-1).refused === 'unauthorized'")


def test_a_page_of_an_older_release_loads_itself_anew(hall: SmallHall, page_of: Callable[..., Page]) -> None:
    page = page_of(hall)
    page.clock.install()
    page.evaluate(CONNECT, "display-1")
    page.wait_for_function("window.shown.length === 1")

    stand_still(page)
    hall.post("/missed?build=2")
    hall.post("/change")
    page.wait_for_function("window.shown.length === 2")
    with page.expect_navigation():
        page.clock.fast_forward(3_000)

    assert page.evaluate("window.line") is None


def test_a_hub_set_back_to_a_backup_is_believed(hall: SmallHall, page_of: Callable[..., Page]) -> None:
    hall.post("/change?times=9")
    page = page_of(hall)
    page.clock.install()
    page.evaluate(CONNECT, "display-1")
    page.wait_for_function("window.shown.at(-1) === 9")

    stand_still(page)
    hall.stop()
    page.wait_for_function(OFFLINE)
    hall.start()
    page.clock.fast_forward(LATEST_RETRY_MS)
    page.wait_for_function(ONLINE)
    hall.post("/beacon")
    assert page.evaluate("window.shown.at(-1)") == 9
    hall.post("/beacon")
    page.wait_for_function(OFFLINE)
    page.clock.fast_forward(LATEST_RETRY_MS)

    page.wait_for_function("window.shown.at(-1) === 0")


def test_a_page_that_came_without_the_library_asks_for_it_again(
    hall: SmallHall, page_of: Callable[..., Page]
) -> None:
    page = page_of(hall)
    page.route("**/vendor/*", lambda route: route.abort())
    page.reload()  # a page that is open already sends its next request past a new route

    with page.expect_navigation():
        page.evaluate(CONNECT, "display-1")

    page.unroute("**/vendor/*")
    page.evaluate(CONNECT, "display-1")
    page.wait_for_function("window.shown.length === 1")


def test_a_device_keeps_its_token_and_hides_it(hall: SmallHall, page_of: Callable[..., Page]) -> None:
    page = page_of(hall)
    page.goto(hall.url + "/page?zone=2#token=secret-1&mute=1")
    read = 'async () => (await import("/static/live/live.js")).deviceToken("thach-ha", "display")'

    first = page.evaluate(read)

    assert first == "secret-1"
    expect(page).to_have_url(hall.url + "/page?zone=2#mute=1")
    page.goto(hall.url + "/page")
    assert page.evaluate(read) == "secret-1"
    page.goto("about:blank")
    page.goto(hall.url + "/page#token=secret-2")
    assert page.evaluate(read) == "secret-2"
