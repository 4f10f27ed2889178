"""The counter panel, seen by an officer with eighty dossiers a day."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.running import HERE, RunningHall, running
from tests.screens.panels import COME_BACK_MS, CUT, PADS, PLACES, Panel, called, clear, come, waiting

MakePanel = Callable[..., Panel]


@pytest.fixture(scope="module")
def demo_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    """One running demo hall for all tests: each works at a counter with a queue of its own."""
    with running(tmp_path_factory.mktemp("panel") / "var") as opened:
        PADS.update({str(counter): opened.pad(str(counter)).headers for counter in range(1, 11)})
        yield opened


@pytest.fixture
def make_panel(browser: Browser, demo_hall: RunningHall) -> Iterator[MakePanel]:
    """An officer's window; after the test it must not have complained, and its counter is free again."""
    panels: list[Panel] = []

    def make(size: tuple[int, int] = (1366, 768)) -> Panel:
        panels.append(Panel(browser, demo_hall, size))
        return panels[-1]

    yield make
    for panel in panels:
        panel.context.close()
    clear(demo_hall)
    assert [panel.troubles for panel in panels if panel.troubles] == []


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


def test_two_presses_a_dossier_once_the_outcome_is_usual(
    make_panel: MakePanel, demo_hall: RunningHall
) -> None:
    panel = make_panel().sit_down("canbo2", "2")
    expect(panel["empty-title"]).to_have_text("Chưa có ai chờ quầy này")
    first, second, third = come(demo_hall, "CT01", "CT01", "CT01")
    expect(panel["main"]).to_contain_text(f"Gọi tiếp {first}")

    panel.press("Space").at("called").press("Space").at("serving")
    panel.press("Space")
    expect(panel["notice"]).to_contain_text("Xin chọn kết quả trước")
    panel.at("serving").press("2", "Space").at("called")
    expect(panel.number).to_have_text(second)
    panel.press("Space").at("serving")
    expect(panel["main"]).to_contain_text("Nhận và trả ngay")
    panel.press("Space").at("called")

    expect(panel.number).to_have_text(third)
    expect(panel["notice"]).to_contain_text(f"{second}: Nhận và trả ngay. Đã gọi {third}.")
    expect(panel["my-day"]).to_contain_text("Hôm nay: 2 lượt")
    panel.press("Space").at("serving").press("Enter").at("free")
    assert waiting(demo_hall, "A") == []


def test_a_double_press_calls_one_citizen_and_starts_nothing(
    make_panel: MakePanel, demo_hall: RunningHall
) -> None:
    panel = make_panel().sit_down("canbo3", "3")
    first, second = come(demo_hall, "HT01", "HT01")
    expect(panel["main"]).to_contain_text(first)

    with panel.moment():
        panel.page.locator("[data-main]").dblclick()
        expect(panel.number).to_have_text(first)
        panel.press("Space")
    panel.at("called")
    for phase in ("serving", "called"):
        with panel.moment():
            panel.press("Space", "Space")
            expect(panel["panel"]).to_have_attribute("data-phase", phase)
            panel.press("Space", "Space")
        panel.at(phase).press("1")

    expect(panel.number).to_have_text(second)
    assert waiting(demo_hall, "B") == []
    assert called(demo_hall, "3") == [(second, 1), (first, 1)]


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


def test_a_recall_counts_down_and_what_cannot_be_done_says_why(
    make_panel: MakePanel, demo_hall: RunningHall
) -> None:
    panel = make_panel().sit_down("canbo5", "6")
    (number,) = come(demo_hall, "KD01")
    expect(panel["main"]).to_contain_text(number)
    panel.press("r")
    expect(panel["notice"]).to_contain_text("Chưa có công dân nào ở quầy.")
    panel.press("Space").at("called")
    expect(panel["recall-more"]).to_have_text("còn 3 lần")

    panel.press("r")
    expect(panel["notice"]).to_contain_text(f"Đã gọi lại {number}.")
    expect(panel["recall-more"]).to_have_text(re.compile(r"sau \d+ giây"))
    expect(panel["do=recall"]).to_have_attribute("aria-disabled", "true")
    panel.at("called").press("r")

    expect(panel["notice"]).to_contain_text("Vừa gọi xong, xin chờ")
    assert called(demo_hall, "6") == [(number, 2)]


def test_held_with_a_reason_and_a_time_then_back_in_service(
    make_panel: MakePanel, demo_hall: RunningHall
) -> None:
    panel = make_panel().sit_down("canbo6", "8")
    (number,) = come(demo_hall, "CA01")
    panel.press("Space").at("called").press("Space").at("serving")

    panel.press("h")
    hold = panel.dialog("hold")
    panel.press("6")
    hold.locator("[name=other]").fill("<b>chờ con trai mang sổ</b>")
    hold.get_by_text("30 phút").click()
    hold.locator("[data-agree]").click()

    panel.at("free")
    row = panel.page.locator("[data-held] li")
    expect(row).to_contain_text(number)
    expect(row).to_contain_text("<b>chờ con trai mang sổ</b>")
    expect(row).to_contain_text(re.compile(r"hẹn \d\d:\d\d"))
    row.get_by_role("button").click()
    panel.at("serving")
    expect(panel.number).to_have_text(number)
    panel.press("7", "Enter").at("free")


def test_transferred_by_what_the_officer_types_keeps_its_number(
    make_panel: MakePanel, demo_hall: RunningHall
) -> None:
    panel = make_panel().sit_down("canbo7", "9")
    (number,) = come(demo_hall, "BH01")
    panel.press("Space").at("called").press("t")
    transfer = panel.dialog("transfer")
    expect(transfer.locator("[name=find]")).to_be_focused()

    panel.press("Enter")
    expect(transfer.locator("[data-error]")).to_have_text("Xin chọn nơi chuyển đến.")
    panel.page.keyboard.type("tra ket qua", delay=20)
    expect(transfer.locator("[data-options] .option:has(:checked)")).to_contain_text("Trả kết quả")
    panel.press("Enter").at("free")

    expect(transfer).to_be_hidden()
    expect(panel["notice"]).to_contain_text(f"{number}: đã chuyển đến")
    assert number in waiting(demo_hall, "T")


def test_another_number_is_called_out_of_turn_with_its_reason(
    make_panel: MakePanel, demo_hall: RunningHall
) -> None:
    panel = make_panel().sit_down("canbo8", "5")
    _first, second = come(demo_hall, "XD01", "XD01")
    expect(panel["line-total"]).to_have_text("2")

    panel.press("c")
    panel.dialog("call")
    panel.page.keyboard.type(second[1:], delay=60)
    panel.press("Enter").at("called")

    expect(panel.number).to_have_text(second)
    expect(panel["because"]).to_contain_text("Quay lại bổ sung giấy tờ")
    panel.press("Delete").at("free")
    expect(panel.page.locator("[data-missed] li").first).to_contain_text(second)
    panel.page.locator("[data-missed] button").first.click()
    expect(panel["notice"]).to_contain_text(f"{second}: đã đưa trở lại hàng chờ.")
    expect(panel["line-total"]).to_have_text("2")


def test_paused_with_a_reason_and_open_again_with_the_same_key(make_panel: MakePanel) -> None:
    panel = make_panel().sit_down("canbo9", "7")

    panel.press("p")
    panel.dialog("pause")
    panel.press("4", "Enter").at("paused")
    expect(panel["empty-text"]).to_contain_text("Ăn trưa")
    panel["language"].click()
    expect(panel["empty-text"]).to_contain_text("Lunch")
    panel["language"].click()
    panel.press("Space").at("free")
    panel["do=close"].click()

    expect(panel["panel"]).to_have_attribute("data-view", "choose")
    expect(panel.counter_button("7")).to_contain_text("Quầy lần trước")


def test_a_counter_is_taken_over_after_a_question_and_both_officers_see_it(
    make_panel: MakePanel, demo_hall: RunningHall
) -> None:
    mine = make_panel().sit_down("canbo1", "10")
    come(demo_hall, "TK01")
    mine.press("Space").at("called")
    other = make_panel().open().log_in("canbo10")

    other.counter_button("10").click()
    question = other.dialog("take_over")
    expect(question).to_contain_text("đang phục vụ số")
    expect(question.locator("[data-dismiss]")).to_be_focused()
    question.locator("[data-agree]").click()

    other.at("called")
    mine.at("taken")
    expect(mine["empty-title"]).to_have_text("Quầy 10 đã có cán bộ khác nhận")
    mine.press("Space")
    expect(mine["notice"]).to_contain_text("Quầy đang do cán bộ khác phụ trách.")
    mine["take-back"].click()
    mine.dialog("take_over").locator("[data-agree]").click()
    mine.at("called")
    other.at("taken")


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


def test_a_scanned_code_is_the_dossier_and_no_command(make_panel: MakePanel, demo_hall: RunningHall) -> None:
    panel = make_panel().sit_down("canbo3", "3")
    come(demo_hall, "HT01")
    panel.press("Space").at("called").press("Space").at("serving")

    with panel.moment():  # a scanner is done before a finger is up
        panel.page.keyboard.type("H27.10.12-261124-0007")
        panel.press("Enter")

    expect(panel["dossier"]).to_have_value("H27.10.12-261124-0007")
    panel.at("serving")
    expect(panel.page.locator("dialog[open]")).to_have_count(0)
    panel["dossier"].fill("27.1")
    expect(panel["dossier-state"]).to_have_text("Sai mẫu")
    panel["dossier"].press("Enter")
    expect(panel["notice"]).to_contain_text("Mã hồ sơ chưa đúng mẫu")
    expect(panel["dossier"]).to_be_focused()
    panel.page.keyboard.type("x")
    expect(panel["dossier"]).to_have_value("27.1X")
    expect(panel.page.locator("dialog[open]")).to_have_count(0)
    panel["dossier"].press("Escape")
    panel.press("1", "Enter")
    expect(panel["notice"]).to_contain_text("Mã hồ sơ chưa đúng mẫu")
    expect(panel["dossier"]).to_be_focused()
    panel["dossier"].fill("")
    panel["dossier"].press("Enter")
    panel.at("serving").press("Enter").at("free")


def test_a_key_presses_no_button_that_has_just_gone(make_panel: MakePanel, demo_hall: RunningHall) -> None:
    """The counter's button of the choice has the focus until the browser has drawn the desk."""
    panel = make_panel().sit_down("canbo4", "4")
    come(demo_hall, "DD01")
    panel.press("Shift")  # from here on the focus is that of somebody who uses keys

    panel.press_what_goes().at("called").press("Delete").at("free")


def test_the_keypad_alone_serves_a_citizen(make_panel: MakePanel, demo_hall: RunningHall) -> None:
    panel = make_panel().sit_down("canbo4", "4")
    (number,) = come(demo_hall, "DD01")

    panel.press("NumpadEnter").at("called").press("NumpadAdd")
    expect(panel["notice"]).to_contain_text(f"Đã gọi lại {number}.")
    panel.at("called").press("NumpadEnter").at("serving")
    panel.press("NumpadMultiply")
    panel.dialog("hold")
    panel.press("Numpad2", "NumpadEnter").at("free")
    expect(panel.page.locator("[data-held] li")).to_contain_text("Đi sao chụp giấy tờ")
    panel.page.locator("[data-held] button").click()
    panel.at("serving").press("Numpad1", "Numpad0").at("free")

    expect(panel["notice"]).to_contain_text(f"{number}: Đã tiếp nhận hồ sơ.")


def test_priority_is_corrected_and_its_proof_is_on_the_list(
    make_panel: MakePanel, demo_hall: RunningHall
) -> None:
    panel = make_panel().sit_down("canbo5", "6")
    come(demo_hall, "KD01", priority="NCT")
    panel.press("Space").at("called")
    expect(panel["papers"]).to_contain_text("Đã xem giấy tờ ưu tiên: Người cao tuổi")

    panel.press("u")
    panel.dialog("priority")
    panel.press("1", "Enter")

    expect(panel["priority"]).to_have_text("Không ưu tiên")
    expect(panel["papers"]).not_to_contain_text("ưu tiên")
    panel.at("called").press("Delete").at("free")


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


def test_paper_trouble_and_sound_are_told_in_the_foot(make_panel: MakePanel, demo_hall: RunningHall) -> None:
    panel = make_panel().sit_down("canbo9", "7")
    expect(panel["health=sound"]).to_contain_text("Không có loa đọc số")

    demo_hall.printer("paper_out")
    expect(panel["troubles"]).to_contain_text("hết giấy", timeout=COME_BACK_MS)
    assert panel.leaves_the_screen() == []
    demo_hall.printer("refill")

    expect(panel["troubles"]).to_have_text("", timeout=COME_BACK_MS)


@pytest.mark.parametrize("size", [(1366, 768), (1024, 768)], ids=["1366", "1024"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_state_can_be_read_by_everybody_and_nothing_scrolls_or_moves(
    make_panel: MakePanel, demo_hall: RunningHall, size: tuple[int, int], language: str
) -> None:
    panel = make_panel(size).open()
    if language == "en":
        panel["language"].click()
    places: set[str] = set()

    def look(*, acts: bool = True) -> None:
        assert panel.faults() == []
        assert panel.leaves_the_screen() == []
        if acts:
            places.add(json.dumps(panel.page.evaluate(PLACES)))

    look(acts=False)
    panel.log_in("canbo2")
    expect(panel.counter_button("2")).to_be_visible()
    look(acts=False)
    panel.counter_button("2").click()
    panel.at("free")
    look()
    come(demo_hall, "CT02", priority="NCT")
    come(demo_hall, "CT01", "CT05")
    panel.press("Space").at("called")
    look()
    panel.press("Space").at("serving")
    look()
    for key, name in [("h", "hold"), ("t", "transfer"), ("u", "priority"), ("x", "cancel"), ("?", "keys")]:
        panel.press(key).dialog(name)
        look()
        panel.press("Escape")
    panel.press("1", "Enter").at("free")
    for key, name in [("c", "call"), ("p", "pause")]:
        panel.press(key).dialog(name)
        look()
        panel.press("Escape")
    panel["do-hall"].click()
    look()
    panel.press("Escape")
    for _ in range(2):
        panel.press("Space").at("called").press("Delete").at("free")
    panel.press("p").dialog("pause")
    panel.press("Enter").at("paused")
    look()
    panel.press("Space").at("free")
    assert len(places) == 1


def test_every_procedure_of_the_catalogue_fits_the_card(
    make_panel: MakePanel, demo_hall: RunningHall
) -> None:
    panel = make_panel().sit_down("canbo2", "2")
    come(demo_hall, "CT01", priority="NCT")
    panel.press("Space").at("called")
    procedures = demo_hall.caller().get(HERE).json["procedures"]

    cut = panel.page.evaluate(CUT, procedures)

    assert cut == {}
