"""How an officer comes to a counter and leaves it, and what the panel keeps when line or printer fail."""

import re

from playwright.sync_api import Route, expect

from tests.running import HERE, RunningHall
from tests.screens.panels import COME_BACK_MS, MakePanel, called, come, waiting


def test_a_wrong_password_is_told_in_a_sentence_and_the_right_one_opens_the_choice(
    make_panel: MakePanel,
) -> None:
    panel = make_panel().open()
    expect(panel.page.locator("[data-login] [name=name]")).to_be_focused()

    panel.log_in("canbo1", "wrong")
    expect(panel["login-error"]).to_contain_text("không đúng")
    panel.log_in("canbo1")

    expect(panel["panel"]).to_have_attribute("data-view", "choose")
    expect(panel.counter_button("1")).to_contain_text("Chưa mở")
    expect(panel.counter_button("1")).to_contain_text("Hộ tịch khi chờ quá 30 phút")


def test_a_counter_is_taken_over_after_a_question_and_both_officers_see_it(
    make_panel: MakePanel, demo_hall: RunningHall
) -> None:
    mine = make_panel().sit_down("canbo1", "10")
    come(demo_hall, "TK01")
    mine.press("Space").at("called")
    other = make_panel().open().log_in("canbo10")

    other.counter_button("10").click()
    question = other.dialog("take_over")
    expect(question).to_contain_text("canbo1 phụ trách quầy này từ")
    expect(question.locator("[data-dismiss]")).to_be_focused()
    question.locator("[data-agree]").click()

    other.at("called")
    mine.at("taken")
    expect(mine["empty-title"]).to_have_text("canbo10 đã nhận Quầy 10")
    mine.scan(*"H27.10.12-261124-0007", "Enter")
    expect(mine["notice"]).to_contain_text("quầy do cán bộ khác phụ trách: không ghi")
    mine.press("Space")
    expect(mine["notice"]).to_contain_text("Quầy đang do cán bộ khác phụ trách.")
    mine["take-back"].click()
    mine.dialog("take_over").locator("[data-agree]").click()
    mine.at("called")
    other.at("taken")


def test_logging_out_closes_the_counter_but_not_under_a_citizen(
    make_panel: MakePanel, demo_hall: RunningHall
) -> None:
    panel = make_panel().sit_down("canbo8", "5")
    (number,) = come(demo_hall, "XD01")
    expect(panel["main"]).to_contain_text(number)
    panel.press("Space").at("called")
    panel["logout"].click()
    leaving = panel.dialog("logout")

    leaving.locator("[data-agree]").click()
    expect(leaving.locator("[data-error]")).to_contain_text("Xin hoàn tất, tạm giữ hoặc chuyển")
    leaving.locator("[data-dismiss]").click()
    panel.press("Delete").at("free")
    panel["logout"].click()
    leaving.locator("[data-agree]").click()

    expect(panel["panel"]).to_have_attribute("data-view", "login")
    expect(panel["login-text"]).not_to_contain_text("kết thúc")
    counters = demo_hall.caller().get(f"{HERE}/board").json["counters"]
    assert next(each["state"] for each in counters if each["id"] == "5") == "closed"


def test_a_pad_works_without_log_in_at_its_own_counter(make_panel: MakePanel, demo_hall: RunningHall) -> None:
    panel = make_panel().open(f"#token={demo_hall.new_token('counter', '5')}")
    expect(panel["head-name"]).to_have_text("Quầy 5")
    (number,) = come(demo_hall, "XD01")

    if panel["panel"].get_attribute("data-phase") == "closed":
        panel.press("Space").at("free")
    panel.press("Space").at("called")

    expect(panel.number).to_have_text(number)
    assert "token" not in panel.page.url


def test_after_the_session_ended_a_log_in_brings_everything_back(
    make_panel: MakePanel, demo_hall: RunningHall
) -> None:
    panel = make_panel().sit_down("canbo7", "9")
    (number,) = come(demo_hall, "BH01")
    panel.press("Space").at("called")
    csrf = panel.page.request.get("/api/v1/me").json()["csrf"]

    panel.page.request.post("/api/v1/logout", data={}, headers={"X-CSRF-Token": csrf})

    expect(panel["login-text"]).to_contain_text("Phiên làm việc đã kết thúc", timeout=COME_BACK_MS)
    panel.log_in("canbo7")
    panel.at("called")
    expect(panel.number).to_have_text(number)


def test_a_reload_brings_back_citizen_ticks_code_and_outcome(
    make_panel: MakePanel, demo_hall: RunningHall
) -> None:
    panel = make_panel().sit_down("canbo2", "2")
    (number,) = come(demo_hall, "CT01")
    panel.press("Space").at("called").press("Space").at("serving")
    panel.page.locator(".paper").first.click()
    panel.press("d")
    expect(panel["dossier"]).to_be_focused()
    panel.page.keyboard.type("h27.10.12-261124-0001")
    panel.press("Enter", "3")
    expect(panel["main"]).to_contain_text("Yêu cầu bổ sung")

    panel.page.reload()
    panel.at("serving")

    expect(panel.number).to_have_text(number)
    expect(panel["dossier"]).to_have_value("H27.10.12-261124-0001")
    expect(panel.page.locator(".paper input").first).to_be_checked()
    expect(panel["main"]).to_contain_text("Yêu cầu bổ sung")
    panel.press("Enter").at("free")


def test_a_lost_answer_never_calls_two_citizens(make_panel: MakePanel, demo_hall: RunningHall) -> None:
    panel = make_panel()
    sent: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        sent.append(route.request.headers["idempotency-key"])
        if len(sent) > 1:
            return route.continue_()
        route.fetch()
        return route.abort()

    # Before the page is there: a page that is open already sends its next request past a new route.
    panel.page.route("**/counters/4/next", lose_the_first_answer)
    panel.sit_down("canbo4", "4")
    first, second = come(demo_hall, "DD01", "DD01")
    expect(panel["main"]).to_contain_text(first)
    panel.press("Space").at("called")

    expect(panel.number).to_have_text(first)
    expect(panel["notice"]).to_contain_text(f"Đã gọi {first}.")
    assert len(set(sent)) == 1 < len(sent)
    assert waiting(demo_hall, "C") == [second]
    assert called(demo_hall, "4") == [(first, 1)]


def test_a_cut_cable_dims_everything_under_a_dated_banner_and_heals(
    make_panel: MakePanel, demo_hall: RunningHall
) -> None:
    panel = make_panel().sit_down("canbo6", "8")
    (number,) = come(demo_hall, "CA01")
    panel.press("Space").at("called")

    panel.context.set_offline(True)
    panel.page.evaluate("window.dispatchEvent(new Event('offline'))")
    expect(panel["offline"]).to_contain_text(re.compile(r"Mất kết nối từ \d\d:\d\d"), timeout=40_000)
    expect(panel.number).to_have_text(number)
    dimmed = panel.page.locator(".acts button:not([aria-disabled])")
    expect(dimmed).to_have_count(0)
    panel.press("Space")
    expect(panel["notice"]).to_contain_text("Đang mất kết nối.")
    assert panel.leaves_the_screen() == []

    panel.context.set_offline(False)
    expect(panel["offline"]).to_be_hidden(timeout=COME_BACK_MS)


def test_paper_trouble_and_sound_are_told_in_the_foot(make_panel: MakePanel, demo_hall: RunningHall) -> None:
    panel = make_panel().sit_down("canbo9", "7")
    expect(panel["health=sound"]).to_contain_text("Không có loa đọc số")

    demo_hall.printer("paper_out")
    expect(panel["troubles"]).to_contain_text("hết giấy", timeout=COME_BACK_MS)
    assert panel.leaves_the_screen() == []
    demo_hall.printer("refill")

    expect(panel["troubles"]).to_have_text("", timeout=COME_BACK_MS)
