"""The counter panel at work, for an officer with eighty dossiers a day: citizens, keys, dialogs."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.running import HERE, RunningHall
from tests.screens.panels import MakePanel, called, come, waiting

CARD = "042068001234||Nguyen Van A|01011968|Nam|Thach Ha|01012022"


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
    panel.write("tra ket qua")
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
    dialog = panel.dialog("call")
    panel.write(second[1:]).press("Enter")
    expect(dialog.locator("[data-error]")).to_have_text("Xin chọn lý do: phím 1 đến 5.")
    expect(dialog.locator("[name=reason]:checked")).to_have_count(0)
    panel.press("1", "Enter").at("called")

    expect(panel.number).to_have_text(second)
    expect(panel["because"]).to_contain_text("Quay lại bổ sung giấy tờ")
    panel.press("Delete").at("free")
    expect(panel.page.locator("[data-missed] li").first).to_contain_text(second)
    panel.page.locator("[data-missed] button").first.click()
    expect(panel["notice"]).to_contain_text(f"{second}: đã đưa trở lại hàng chờ.")
    expect(panel["line-total"]).to_have_text("2")


def test_who_sits_down_without_a_number_is_served_at_once(
    make_panel: MakePanel, demo_hall: RunningHall
) -> None:
    panel = make_panel().sit_down("canbo9", "7")

    panel.press("n")
    dialog = panel.dialog("serve")
    panel.press("Enter")
    expect(dialog.locator("[data-error]")).to_have_text("Xin chọn thủ tục.")
    panel.write("xh01")
    dialog.get_by_text("Người cao tuổi", exact=True).click()
    panel.press("Enter").at("serving")

    number = panel.number.inner_text().replace("\n", "")
    expect(panel["notice"]).to_contain_text(f"Đã cấp số {number} và bắt đầu phục vụ.")
    expect(panel["priority"]).to_contain_text("Người cao tuổi")
    assert called(demo_hall, "7") == []
    panel.press("6", "Enter").at("free")


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


def test_a_scanned_code_is_the_dossier_and_no_command(make_panel: MakePanel, demo_hall: RunningHall) -> None:
    panel = make_panel().sit_down("canbo3", "3")
    come(demo_hall, "HT01")
    panel.press("Space").at("called").press("Space").at("serving")

    panel.scan(*"H27.10.12-261124-0007", "Enter", "Enter", "Tab")

    expect(panel["dossier"]).to_have_value("H27.10.12-261124-0007")
    panel.at("serving")
    expect(panel.page.locator("dialog[open]")).to_have_count(0)
    panel["dossier"].fill("H.1")
    expect(panel["dossier-state"]).to_have_text("Sai mẫu")
    panel["dossier"].press("Enter")
    expect(panel["notice"]).to_contain_text("Mã hồ sơ chưa đúng mẫu")
    expect(panel["dossier"]).to_be_focused()
    panel.page.keyboard.type("x")
    expect(panel["dossier"]).to_have_value("H.1X")
    panel.at("serving")  # a letter taken for a command is carried out a moment later
    expect(panel.page.locator("dialog[open]")).to_have_count(0)
    panel["dossier"].press("Escape")
    panel.press("1", "Enter")
    expect(panel["notice"]).to_contain_text("Mã hồ sơ chưa đúng mẫu")
    expect(panel["dossier"]).to_be_focused()
    panel["dossier"].fill("")
    panel["dossier"].press("Enter")
    panel.at("serving").press("Enter").at("free")


@pytest.mark.parametrize("read", ["HT 0012", "12345", "A026", "0076", CARD])
def test_a_piece_of_paper_calls_serves_and_finishes_nobody(
    make_panel: MakePanel, demo_hall: RunningHall, read: str
) -> None:
    panel = make_panel().sit_down("canbo3", "3")
    come(demo_hall, "HT01", "HT01")

    for phase, then in (("free", "Space"), ("called", "Space"), ("serving", "")):
        panel.at(phase)
        before = demo_hall.caller().get(f"{HERE}/board").json["version"]
        panel.scan(*read, "Enter")
        expect(panel["notice"]).to_contain_text("Đã quét")
        expect(panel.page.locator("dialog[open]")).to_have_count(0)
        assert demo_hall.caller().get(f"{HERE}/board").json["version"] == before
        if then:
            panel.at(phase).press(then)
    panel.at("serving").press("h").dialog("hold")
    panel.scan(*read, "Enter")
    panel.dialog("hold")
    panel.press("Escape").at("serving").press("1", "Enter").at("free")


def test_a_piece_of_paper_confirms_no_dialog_in_which_something_is_written(
    make_panel: MakePanel, demo_hall: RunningHall
) -> None:
    """Its signs are in the field at once: what they mean there, a person has to say."""
    panel = make_panel().sit_down("canbo3", "3")
    (number,) = come(demo_hall, "HT01")
    panel.press("Space").at("called").press("Space").at("serving").press("t")
    panel.scan(*"HT01", "Enter", "Enter")
    expect(panel.dialog("transfer").locator("[name=find]")).to_have_value("HT01")
    panel.press("Escape").at("serving").press("h", "6")
    panel.scan(*CARD, "Enter")
    note = panel.dialog("hold").locator("[name=other]")
    expect(note).to_have_value("")
    expect(panel.dialog("hold").locator("[data-error]")).to_contain_text("thẻ căn cước")
    panel.press("Escape").at("serving")

    panel["dossier"].fill("H27.10.12-261124-0007")
    panel["dossier"].focus()
    panel.scan(*CARD, "Enter")
    expect(panel["dossier"]).to_have_value("H27.10.12-261124-0007")
    panel["dossier"].focus()
    panel.scan(*"H27.10.12-261124-0008", "Enter", *"H27.10.12-261124-0009", "Enter")
    expect(panel["dossier"]).to_have_value("H27.10.12-261124-0009")
    expect(panel.number).to_have_text(number)
    panel.at("serving").press("1", "Enter").at("free")


def test_a_code_scanned_while_a_visit_is_being_finished_is_noted_for_nobody(
    make_panel: MakePanel, demo_hall: RunningHall
) -> None:
    panel = make_panel().sit_down("canbo3", "3")
    come(demo_hall, "HT01", "HT01")
    panel.press("Space").at("called").press("Space").at("serving").press("1")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    panel.page.route("**/finish", hold)
    panel.press("Space")
    panel.scan(*"H27.10.12-261124-0007", "Enter")

    expect(panel["notice"]).to_contain_text("không ghi, xin quét lại")
    expect(panel["dossier"]).to_have_value("")
    held[0].continue_()
    panel.at("called").press("Delete").at("free")


def test_a_scanner_that_spells_with_the_keypad_finishes_nobody(
    make_panel: MakePanel, demo_hall: RunningHall
) -> None:
    """As sellers set it, so that Vietnamese names come through: Alt and figures for each sign."""
    panel = make_panel().sit_down("canbo3", "3")
    come(demo_hall, "HT01")
    panel.press("Space").at("called").press("Space").at("serving").press("1")
    with panel.moment():
        for sign in "A026":
            panel.page.keyboard.down("Alt")
            for figure in f"{ord(sign):03}":
                panel.page.keyboard.press(f"Numpad{figure}")
            panel.page.keyboard.up("Alt")
        panel.page.keyboard.press("Enter")
        panel.page.clock.run_for(450)

    expect(panel["notice"]).to_contain_text("A026")
    panel.at("serving").press("1", "Enter").at("free")


def test_the_space_bar_is_the_big_buttons_wherever_the_tab_key_has_led(
    make_panel: MakePanel, demo_hall: RunningHall
) -> None:
    panel = make_panel().sit_down("canbo3", "3")
    come(demo_hall, "HT01", "HT01")
    panel.press("Space").at("called").press("Space").at("serving").press("1")
    panel["do=finish"].focus()

    panel.press("Space").at("called")
    panel["do=no_show"].focus()
    panel.press("Enter").at("free")


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
