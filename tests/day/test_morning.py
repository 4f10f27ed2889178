"""A morning in the hall, in its order: people come, are called and served, a cable is cut, the plug pulled.

The tests are one story and share its screens; each leaves the counter free for the next.
"""

import re
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Route, expect

from tests.day.morning import COME_BACK_MS, COUNTER, Morning, number_in, spoken_by
from tests.running import HERE, wait_for

ANNOUNCED_MS = 40_000  # the chime and the sentence twice, and what is said before it
HALL_TIME = re.compile(r"từ (\d\d:\d\d)")


def address_on(slip: Path) -> str:
    with Image.open(slip) as picture:
        (code,) = zxingcpp.read_barcodes(picture.convert("L"))
    return code.text


def hall_time(morning: Morning) -> str:
    """The time of day at the hall, as the hub tells it: "10:18"."""
    return str(morning.hall.caller().get(f"{HERE}/board").json["at"])[11:16]


def test_two_touches_give_a_number_and_its_slip_leads_to_its_page(morning: Morning) -> None:
    kiosk = morning.kiosk

    kiosk.choose("CT01")
    kiosk.take()

    kiosk.at("ticket")
    assert number_in(kiosk["ticket-number"]) == "A001"
    expect(kiosk["ticket-counters"]).to_contain_text(COUNTER)
    assert wait_for(lambda: len(morning.hall.slips()) == 1)
    phone = morning.phone(address_on(morning.hall.slips()[0]))
    expect(phone["number"]).to_have_text("A001")
    expect(phone["phone"]).to_have_attribute("data-state", "waiting")
    kiosk["done"].click()
    kiosk.at("start")


def test_a_key_calls_the_citizen_and_everybody_sees_it(morning: Morning) -> None:
    panel, phone = morning.panel, morning.phones[0]
    expect(panel["line-total"]).to_have_text("1")

    panel.press("Space")

    panel.phase("called")
    panel.has("A001")
    expect(panel["because"]).not_to_be_empty()
    morning.wall.shows("A001")
    expect(phone["phone"]).to_have_attribute("data-state", "called", timeout=COME_BACK_MS)
    expect(phone["text"]).to_contain_text(COUNTER)


def test_an_officer_serves_with_the_keyboard_and_a_reload_keeps_all(morning: Morning) -> None:
    panel = morning.panel

    panel.press("Space")
    panel.phase("serving")
    panel.press("d")
    expect(panel["dossier"]).to_be_focused()
    panel.page.keyboard.type("H27.10-261124-0001")
    panel.page.reload()

    panel.phase("serving")
    panel.has("A001")
    expect(panel["procedure"]).to_contain_text("Chứng thực")
    expect(panel["dossier"]).to_have_value("H27.10-261124-0001")
    expect(panel["papers"].locator("input")).not_to_have_count(0)


def test_who_fetches_a_paper_keeps_the_place_and_comes_back(morning: Morning) -> None:
    panel = morning.panel

    panel.press("h")
    expect(panel["dialog=hold"]).to_be_visible()
    panel.press("1")
    panel.press("Enter")
    panel.phase("free")
    expect(panel["held"]).to_contain_text("A001")
    panel.page.locator("[data-held] button").click()

    panel.phase("serving")
    panel.has("A001")
    expect(panel["held"]).not_to_contain_text("A001")


def test_a_visit_ends_with_its_outcome_and_the_next_citizen_comes(morning: Morning) -> None:
    panel, kiosk, phone = morning.panel, morning.kiosk, morning.phones[0]
    assert [kiosk.ticket(), kiosk.ticket()] == ["A002", "A003"]
    expect(panel["line-total"]).to_have_text("2")

    panel.press("1")
    panel.press("Space")

    panel.phase("called")
    panel.has("A002")
    morning.wall.shows("A002")
    expect(phone["phone"]).to_have_attribute("data-state", "done", timeout=COME_BACK_MS)
    expect(panel["my-day"]).to_contain_text("1")


def test_a_citizen_is_sent_on_to_another_queue_with_the_same_number(morning: Morning) -> None:
    panel = morning.panel
    panel.press("s")
    panel.phase("serving")

    panel.press("t")
    expect(panel["dialog=transfer"]).to_be_visible()
    panel.page.keyboard.type("Hộ tịch")
    panel.page.locator("[data-dialog=transfer] .option").first.click()
    panel.page.locator("[data-dialog=transfer] [data-agree]").click()

    panel.phase("free")
    lines = {row["id"]: row["numbers"] for row in morning.hall.caller().get(f"{HERE}/queues").json["queues"]}
    assert (lines["A"], lines["B"]) == (["A003"], ["A002"])


def test_who_does_not_come_is_recalled_and_then_let_go(morning: Morning) -> None:
    panel = morning.panel
    panel.press("Space")
    panel.phase("called")

    panel.press("r")
    panel.says("Đã gọi lại A003")
    board = morning.hall.caller().get(f"{HERE}/board").json
    panel.press("Delete")

    panel.phase("free")
    assert (board["calls"][0]["number"], board["calls"][0]["times"]) == ("A003", 2)
    expect(panel["missed-total"]).to_have_text("1")


def test_a_kiosk_with_its_cable_cut_says_since_when_and_makes_one_ticket(morning: Morning) -> None:
    kiosk, version = morning.kiosk, morning.hall.version()

    with kiosk.cable_cut():
        expect(kiosk.page.locator(kiosk.banner)).to_be_visible(timeout=COME_BACK_MS)
        since = HALL_TIME.search(kiosk["banner-text"].inner_text())
        assert since is not None
        assert abs(minutes(since[1]) - minutes(hall_time(morning))) <= 1
        kiosk.choose("HT01")
        kiosk.take()
        kiosk.at("taking")
        expect(kiosk["taking-text"]).to_contain_text("thử lại", timeout=COME_BACK_MS)
        assert morning.hall.version() == version
    kiosk.at("ticket")
    kiosk.is_back()

    assert number_in(kiosk["ticket-number"]) == "B001"
    assert morning.hall.version() == version + 1
    kiosk["done"].click()
    kiosk.at("start")


def test_an_answer_that_is_lost_on_its_way_makes_no_second_ticket(morning: Morning) -> None:
    kiosk, version = morning.kiosk, morning.hall.version()
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(route.fetch().json()["ticket"]["number"])
        return route.abort()

    kiosk.away = True
    kiosk.page.route("**/tickets", lose_the_first)
    kiosk.page.reload()  # a page that is open already sends its next request past a new route
    kiosk.at("start")
    kiosk.choose("HT01")
    kiosk.page.locator('[data-at="procedure"] [data-ordinary]').dblclick()
    kiosk.at("ticket")
    kiosk.page.unroute("**/tickets")
    kiosk.is_back()

    assert [number_in(kiosk["ticket-number"])] == lost == ["B002"]
    assert morning.hall.version() == version + 1
    kiosk["done"].click()
    kiosk.at("start")


def minutes(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:])


def test_wall_and_panel_keep_their_numbers_while_the_cable_is_cut(morning: Morning) -> None:
    wall, panel, kiosk = morning.wall, morning.panel, morning.kiosk
    kiosk.ticket()
    expect(panel["line-total"]).to_have_text("1")

    with wall.cable_cut(), panel.cable_cut():
        for screen in (wall, panel):
            banner = screen.page.locator(screen.banner)
            expect(banner).to_be_visible(timeout=COME_BACK_MS)
            since = HALL_TIME.search(banner.inner_text())
            assert since is not None
            assert abs(minutes(since[1]) - minutes(hall_time(morning))) <= 1
        wall.shows("A003")
        panel.press("Space")
        kiosk.ticket()
        expect(panel["line-total"]).to_have_text("1")
    wall.is_back()
    panel.is_back()

    expect(panel["line-total"]).to_have_text("2", timeout=COME_BACK_MS)
    panel.phase("free")
    expect(wall.page.locator("[data-waiting] [data-count]").first).to_have_text("2", timeout=COME_BACK_MS)


def test_after_the_plug_was_pulled_every_screen_comes_back_by_itself(morning: Morning) -> None:
    hall, panel, kiosk = morning.hall, morning.panel, morning.kiosk
    panel.press("Space")
    panel.phase("called")
    number = number_in(panel.page.locator("[data-citizen] [data-number]"))
    morning.wall.shows(number)
    version = hall.version()

    for screen in morning.screens:
        screen.away = True
    hall.kill()
    hall.hang_up()
    for screen in (kiosk, morning.wall, panel):
        expect(screen.page.locator(screen.banner)).to_be_visible(timeout=COME_BACK_MS)
    morning.wall.shows(number)
    panel.has(number)
    hall.start()
    for screen in (kiosk, morning.wall, panel):
        screen.is_back()

    assert hall.version() == version
    panel.phase("called")
    panel.press("Space")
    panel.phase("serving")
    panel.press("1")
    panel.press("Enter")
    panel.phase("free")
    assert kiosk.ticket("HT01") == "B003"


def test_paper_that_runs_out_is_told_at_kiosk_and_counter_and_the_number_stays(morning: Morning) -> None:
    hall, kiosk, panel = morning.hall, morning.kiosk, morning.panel

    hall.printer("paper_out")
    expect(kiosk["banner-text"]).to_contain_text("hết giấy", timeout=COME_BACK_MS)
    expect(panel["troubles"]).to_contain_text("hết giấy", timeout=COME_BACK_MS)
    kiosk.choose("HT01")
    with kiosk.page.expect_response("**/tickets") as issued:
        kiosk.take()
    kiosk.at("ticket")
    assert number_in(kiosk["ticket-number"]) == "B004"
    expect(kiosk["print"]).to_contain_text("giấy")
    expect(kiosk["qr"].locator("svg")).to_be_visible()

    hall.printer("refill")
    address = issued.value.json()["track_url"]
    assert wait_for(lambda: address_on(hall.slips()[-1]) == address)
    expect(panel["troubles"]).not_to_contain_text("hết giấy", timeout=COME_BACK_MS)
    kiosk["done"].click()
    kiosk.at("start")
    expect(kiosk["banner"]).not_to_contain_text("hết giấy")


def test_the_wall_has_spoken_the_clips_of_its_calls(morning: Morning) -> None:
    wall = morning.wall
    morning.kiosk.ticket()
    morning.panel.press("Space")
    morning.panel.phase("called")
    called = number_in(morning.panel.page.locator("[data-citizen] [data-number]"))

    expect(wall["wall"]).to_have_attribute("data-announced", re.compile(f'"{called}"'), timeout=ANNOUNCED_MS)

    said = spoken_by(wall)
    told = morning.hall_said(said["call"])
    assert [clip["url"] for clip in told["clips"]] == said["clips"]
    assert len(said["clips"]) >= 3  # the chime, and the sentence twice
    assert said["clips"][1:] == said["clips"][1 : 1 + len(said["clips"]) // 2] * 2
    assert "quầy số hai" in told["sentence_vi"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_can_be_read_by_everybody(morning: Morning, language: str) -> None:
    kiosk, panel, phone = morning.kiosk, morning.panel, morning.phones[0]
    kiosk[f"language={language}"].click()
    phone[f"language={language}"].click()
    if panel.page.locator("html").get_attribute("lang") != language:
        panel["language"].click()
    found = {"wall": morning.wall.faults(), "phone": phone.faults(), "panel": panel.faults()}

    found["kiosk"] = kiosk.faults()
    kiosk.choose("CT01")
    found["kiosk, procedure"] = kiosk.faults()
    kiosk.take()
    kiosk.at("ticket")
    found["kiosk, ticket"] = kiosk.faults()
    kiosk["done"].click()
    kiosk.at("start")

    assert [page for page, faults in found.items() if faults] == [], found
    for screen in (kiosk, panel, phone):
        assert screen.page.locator("html").get_attribute("lang") == (
            "vi" if screen is kiosk else language
        )  # the kiosk greets the next citizen in Vietnamese


def test_no_page_has_complained_all_morning(morning: Morning) -> None:
    assert {type(screen).__name__: screen.troubles for screen in morning.screens if screen.troubles} == {}
    assert "Traceback" not in morning.hall.log.read_text()
    assert morning.hall.command("verify").stdout == ""
