"""The track page in a real browser, as a citizen holds it: 390 by 844, in both languages."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from hall import views
from tests.page_drawn import drawn
from tests.page_time import stand_still
from tests.rules.builders import call, day, issue, minute, opened, plain
from tests.screens.walls import served

TOKEN = "Zk3hWv0x1R9mQ4sT7uY2aA"  # of a slip that was never printed
GOLD = "rgb(255, 184, 28)"
MARKS = count(1)
Json = dict[str, Any]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served() as (address, _here):
        yield address


def waiting(**changes: object) -> Json:
    """What the API says of the third in line."""
    hall = day(opened("2"), *[issue("A01")] * 4, call("2"))
    wait = {"low_minutes": 10, "likely_minutes": 15, "high_minutes": 20}
    return (
        plain(views.phone.track(hall, list(hall.tickets.values())[-1], minute(1))) | {"wait": wait} | changes
    )


def called(**changes: object) -> Json:
    """... and of a citizen called to counter 2."""
    hall = day(issue("A01"), opened("2"), call("2"))
    return plain(views.phone.track(hall, next(iter(hall.tickets.values())), minute(1))) | changes


class Phone:
    """A phone on the track page; `place` is what the hub says, None: it cannot be reached. Once it is open it
    asks only when it is told to: its clock stands still.
    """

    def __init__(self, browser: Browser, address: str) -> None:
        self.context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
        self.page: Page = self.context.new_page()
        self.page.clock.install()
        self.address = address
        self.place: Json | None = None
        self.cancelled: list[str | None] = []
        self.asked: list[tuple[str, str | None]] = []
        self.troubles: list[str] = []
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("request", lambda each: self.asked.append((each.url, each.headers.get("referer"))))
        self.page.route(f"**/api/v1/track/{TOKEN}", self._answer)
        self.page.route(f"**/api/v1/track/{TOKEN}/cancel", self._cancel)

    def _answer(self, route: Route) -> None:
        if self.place is None:
            route.abort()
        elif "error" in self.place:
            route.fulfill(status=404, json=self.place)
        else:
            route.fulfill(json=self.place)

    def _cancel(self, route: Route) -> None:
        self.cancelled.append(route.request.headers.get("idempotency-key"))
        self.place = waiting(state="cancelled", cancel=False)
        route.fulfill(json=self.place)

    def open(self, place: Json | None) -> "Phone":
        self.place = place
        self.page.goto(f"{self.address}/t/{TOKEN}")
        self.page.locator("[data-phone]:not([data-state=loading])").wait_for()
        stand_still(self.page)
        drawn(self.page)
        return self

    def hear(self, place: Json | None) -> None:
        """The hall changes, and the page asks again. By its mark the answer is seen to be shown."""
        mark = f"Trung tâm {next(MARKS)}"
        self.place = place and place | {"hall_name": mark}
        self.page.evaluate("dispatchEvent(new Event('online'))")
        if place:
            expect(self.page.locator("[data-hall-name]")).to_have_text(mark)
        else:
            expect(self.page.locator("[data-banner-part]")).to_be_visible()

    def see(self, state: str) -> None:
        expect(self.page.locator("[data-phone]")).to_have_attribute("data-state", state)


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Phone]:
    phone = Phone(browser, address)
    yield phone
    phone.context.close()
    assert phone.troubles == []


def test_a_waiting_citizen_reads_the_place_in_line_and_a_range_of_minutes(phone: Phone) -> None:
    phone.open(waiting())

    expect(phone.page.locator("[data-number]")).to_have_text("A004")
    expect(phone.page.locator("[data-ahead]")).to_have_text("2")
    expect(phone.page.locator("[data-minutes]")).to_have_text("10–20")
    expect(phone.page.locator("[data-title]")).to_have_text("Xin ông bà chờ")


def test_without_ground_for_a_wait_no_minutes_are_shown(phone: Phone) -> None:
    phone.open(waiting(wait=None))

    expect(phone.page.locator("[data-minutes]")).to_be_hidden()
    expect(phone.page.locator("[data-ahead]")).to_be_visible()


def test_a_waiting_citizen_reads_which_number_is_called_now_and_where(phone: Phone) -> None:
    phone.open(waiting())

    expect(phone.page.locator("[data-calling]")).to_have_text("A001")
    expect(phone.page.locator("[data-calling-part]")).to_contain_text("đang gọi, tại Quầy 2")
    phone.hear(waiting(calling=None))
    expect(phone.page.locator("[data-calling-part]")).to_be_hidden()


def test_the_counter_of_the_number_called_now_is_read_in_one_line(phone: Phone) -> None:
    phone.open(waiting())

    where = phone.page.locator("[data-calling-where]")
    assert where.evaluate("(each) => each.getBoundingClientRect().height") < 30


def test_nobody_is_told_to_be_nearly_called_while_no_counter_is_open(phone: Phone) -> None:
    noon = {"why": "lunch", "opens_at": "2026-11-24T13:30:00+07:00"}

    phone.open(waiting(ahead=0, wait=None, unattended=noon))

    expect(phone.page.locator("[data-title]")).to_have_text("Các quầy đang nghỉ trưa")
    expect(phone.page.locator("[data-text]")).to_have_text("Các quầy gọi số từ 13:30.")


def test_who_is_called_is_shown_the_way_and_giving_up_is_the_smallest_of_all(phone: Phone) -> None:
    phone.open(called())

    expect(phone.page.locator("[data-way]")).to_contain_text("Bên trái")
    expect(phone.page.locator("[data-way]")).to_contain_text("đưa số này cho cán bộ xem")
    size = "(each) => parseFloat(getComputedStyle(each).fontSize)"
    give_up = phone.page.get_by_role("button", name="Tôi không đến được: hủy số này")
    place = phone.page.locator("[data-place]")
    assert give_up.evaluate(size) < place.evaluate(size)
    expect(give_up).to_have_css("border-color", "rgba(0, 0, 0, 0)")
    expect(phone.page.get_by_role("button", name="Bật chuông báo")).to_be_visible()


def test_when_called_the_whole_page_is_gold_with_the_counter(phone: Phone) -> None:
    phone.open(waiting())
    expect(phone.page.locator("body")).not_to_have_css("background-color", GOLD)

    phone.hear(called())

    phone.see("called")
    expect(phone.page.locator("body")).to_have_css("background-color", GOLD)
    expect(phone.page.locator("[data-title]")).to_have_text("Đến lượt ông bà")
    expect(phone.page.locator("[data-text]")).to_have_text("Mời đến Quầy 2")
    assert phone.page.title() == "A001 · Đến lượt ông bà"


def test_the_phone_shakes_and_rings_for_each_call_once_it_was_touched(phone: Phone) -> None:
    phone.page.add_init_script(
        "window.shakes = 0; navigator.vibrate = () => { window.shakes += 1; return true; };"
        "window.tones = 0; const start = OscillatorNode.prototype.start;"
        "OscillatorNode.prototype.start = function (at) { window.tones += 1; return start.call(this, at); };"
    )
    phone.open(waiting())
    phone.page.get_by_role("button", name="Bật chuông báo").click()
    phone.page.wait_for_function("() => window.tones === 1")

    phone.hear(called())
    phone.hear(called())
    phone.hear(called(called_at="2026-11-24T08:05:00+07:00"))
    phone.hear(called(state="serving"))

    phone.see("serving")
    assert phone.page.evaluate("[window.shakes, window.tones]") == [2, 1 + 2 * 6]


def test_a_citizen_gives_the_number_up_after_a_question(phone: Phone) -> None:
    phone.open(waiting())

    phone.page.get_by_role("button", name="Hủy số này").click()
    expect(phone.page.get_by_role("heading", name="Hủy số A004?")).to_be_visible()
    phone.page.get_by_role("button", name="Không, giữ số").click()
    phone.page.get_by_role("button", name="Hủy số này").click()
    phone.page.get_by_role("button", name="Hủy số", exact=True).click()

    phone.see("cancelled")
    expect(phone.page.locator("[data-title]")).to_have_text("Số này đã được hủy")
    expect(phone.page.get_by_role("button", name="Hủy số này")).to_be_hidden()
    assert len(phone.cancelled) == 1


@pytest.mark.parametrize(
    ("state", "title"),
    [
        ("serving", "Đang được phục vụ"),
        ("held", "Chỗ của ông bà được giữ"),
        ("done", "Đã phục vụ xong"),
        ("no_show", "Đã gọi mà chưa thấy ông bà"),
    ],
)
def test_every_state_is_said_in_a_sentence(phone: Phone, state: str, title: str) -> None:
    phone.open(called(state=state, cancel=False))

    expect(phone.page.locator("[data-title]")).to_have_text(title)


def test_an_ended_visit_that_is_taken_back_goes_on(phone: Phone) -> None:
    phone.open(waiting(state="cancelled", cancel=False))
    phone.place = waiting()
    phone.page.clock.run_for(31_000)
    phone.see("waiting")


def test_an_unknown_or_expired_number_says_what_to_do(phone: Phone) -> None:
    refusal = {"code": "unknown_ticket", "message": "No such ticket.", "message_vi": "Không có số này."}

    phone.open({"error": refusal})

    expect(phone.page.locator("[data-title]")).to_have_text("Không tìm thấy số này")
    expect(phone.page.locator("[data-text]")).to_contain_text("quét lại mã trên phiếu")
    expect(phone.page.get_by_role("button", name="Hủy số này")).to_be_hidden()


@pytest.mark.parametrize("minutes", [-60, 10], ids=["an hour back", "ten minutes on"])
def test_since_when_a_phone_is_cut_off_is_said_by_its_clock_as_it_was_put(phone: Phone, minutes: int) -> None:
    phone.open(waiting())
    # In the middle of a minute: what was heard a moment before the clock was put is said by the same minute.
    said = phone.page.evaluate("new Date().setSeconds(30, 0)") + minutes * 60_000
    phone.page.clock.set_system_time(said / 1000)

    phone.hear(None)

    shown = phone.page.evaluate("at => new Date(at).toTimeString().slice(0, 5)", said)
    expect(phone.page.locator("[data-banner]")).to_contain_text(shown)


def test_a_cut_off_phone_keeps_the_place_under_a_dated_banner_and_recovers(phone: Phone) -> None:
    phone.open(waiting())

    phone.hear(None)

    banner = phone.page.locator("[data-banner]")
    expect(banner).to_contain_text("Mất kết nối từ")
    expect(phone.page.locator("[data-ahead]")).to_have_text("2")
    phone.hear(waiting(ahead=1))
    expect(banner).to_be_hidden()
    expect(phone.page.locator("[data-ahead]")).to_have_text("1")


def test_a_citizen_of_a_foreign_tongue_reads_english_and_may_switch(phone: Phone) -> None:
    phone.open(called(language="en"))
    expect(phone.page.locator("html")).to_have_attribute("lang", "en")
    expect(phone.page.locator("[data-text]")).to_have_text("Please go to counter 2")

    phone.page.get_by_role("button", name="Tiếng Việt").click()

    expect(phone.page.locator("[data-text]")).to_have_text("Mời đến Quầy 2")
    expect(phone.page.locator("html")).to_have_attribute("lang", "vi")
    phone.page.reload()
    expect(phone.page.locator("[data-text]")).to_have_text("Mời đến Quầy 2")


@pytest.mark.parametrize("place", [waiting, called])
def test_letters_twice_as_large_still_fit_in_one_column(phone: Phone, place: Callable[[], Json]) -> None:
    phone.page.add_init_script(
        "addEventListener('DOMContentLoaded', () => {"
        " document.documentElement.style.setProperty('font-size', '200%'); })"
    )

    phone.open(place())

    outside = phone.page.evaluate(
        "[...document.querySelectorAll('.phone *')]"
        ".filter((each) => each.getBoundingClientRect().right > 390).map((each) => each.className)"
    )
    assert outside == []
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_token_leaves_the_phone_for_the_hub_alone(phone: Phone, address: str) -> None:
    phone.open(waiting())
    phone.hear(called())
    phone.see("called")

    with_token = {url for url, _referrer in phone.asked if TOKEN in url}
    assert with_token == {f"{address}/t/{TOKEN}", f"{address}/api/v1/track/{TOKEN}"}
    assert [url for url, referrer in phone.asked if TOKEN in (referrer or "")] == []
    assert TOKEN not in phone.page.title() + phone.page.content()
    headers = phone.page.request.get(f"{address}/t/{TOKEN}").headers
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-robots-tag"] == "noindex"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("place", [waiting, called])
def test_the_page_can_be_read_by_everybody(phone: Phone, place: Callable[..., Json], language: str) -> None:
    phone.open(place(language=language))
    phone.page.clock.resume()  # axe waits for itself

    found = Axe().run(phone.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})

    assert found.violations_count == 0, found.generate_report()


def test_the_sign_of_no_connection_is_there_before_the_connection_is_gone(phone: Phone) -> None:
    phone.open(waiting())
    phone.context.set_offline(True)

    phone.hear(None)

    drawn_by = "(icon) => getComputedStyle(icon).maskImage"
    assert phone.page.locator("[data-banner-part] .icon").evaluate(drawn_by).startswith('url("data:')
    assert [url for url, _referrer in phone.asked if url.endswith(".svg") and "sign" not in url] == []
