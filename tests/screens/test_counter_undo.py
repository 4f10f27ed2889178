"""A wrong key at the panel costs nothing, and nothing is kept of a citizen that nobody chose."""

import re

from playwright.sync_api import expect

from tests.running import RunningHall
from tests.screens.panels import MakePanel, come, pad, ticket_of, waiting


def test_somebody_absent_was_started_by_a_second_space_and_is_a_no_show_after_all(
    make_panel: MakePanel, demo_hall: RunningHall
) -> None:
    panel = make_panel().sit_down("canbo2", "2")
    (number,) = come(demo_hall, "CT01")
    expect(panel["main"]).to_contain_text(number)
    expect(panel["undo"]).to_be_hidden()
    panel.press("Space").at("called").press("Space").at("serving")
    expect(panel["undo"]).to_contain_text(f"việc bắt đầu {number}")
    expect(panel["undo-seconds"]).to_have_text(re.compile(r"^\d+ giây$"))

    panel.press("z").at("called")
    expect(panel["notice"]).to_contain_text(f"Đã lấy lại: {number} chưa bắt đầu")
    expect(panel["undo"]).to_be_hidden()
    panel.press("Delete").at("free")

    expect(panel.page.locator("[data-missed] li")).to_contain_text(number)
    panel["undo"].click()
    panel.at("called").press("z")
    expect(panel["notice"]).to_contain_text("Không còn việc nào lấy lại được")


def test_space_finished_the_wrong_one_and_both_are_where_they_were(
    make_panel: MakePanel, demo_hall: RunningHall
) -> None:
    panel = make_panel().sit_down("canbo3", "3")
    first, second = come(demo_hall, "HT01", "HT01")
    panel.press("Space").at("called").press("Space").at("serving")
    panel.scan(*"H27.10.12-261124-0007", "Enter").press("7", "Space").at("called")
    expect(panel.number).to_have_text(second)

    panel.press("z").at("serving")

    expect(panel.number).to_have_text(first)
    expect(panel["notice"]).to_contain_text(f"{second} về lại chỗ cũ trong hàng chờ.")
    expect(panel["dossier"]).to_have_value("H27.10.12-261124-0007")
    assert waiting(demo_hall, "B") == [second]


def test_x_and_enter_cancel_nobody_and_one_in_service_is_cancelled_for_a_reason(
    make_panel: MakePanel, demo_hall: RunningHall
) -> None:
    panel = make_panel().sit_down("canbo6", "8")
    (number,) = come(demo_hall, "CA01")
    panel.press("Space").at("called").press("x")
    cancel = panel.dialog("cancel")
    expect(cancel.locator("[data-dismiss]")).to_be_focused()
    expect(cancel.locator("[data-options]")).to_be_hidden()
    assert "button-main" not in (cancel.locator("[data-agree]").get_attribute("class") or "")
    panel.press("Enter").at("called")
    expect(cancel).to_be_hidden()
    panel.press("x").dialog("cancel")
    assert pad(demo_hall, "8").on(ticket_of(demo_hall, number), "start").status == 200
    expect(panel["panel"]).to_have_attribute("data-phase", "serving")
    cancel.locator("[data-agree]").click()
    expect(cancel.locator("[data-options]")).to_be_visible()
    panel.press("Escape", "z").at("called")

    panel.press("Space").at("serving").press("x")
    expect(panel.dialog("cancel").locator("[data-dismiss]")).to_be_focused()
    expect(cancel.locator("[name=reason]:checked")).to_have_count(0)
    cancel.locator("[data-agree]").click()
    expect(cancel.locator("[data-error]")).to_have_text("Xin chọn lý do: phím 1 đến 5.")
    panel.press("1", "Enter").at("free")

    expect(panel["notice"]).to_contain_text(f"{number}: đã hủy số.")
    panel.press("z").at("serving")
    expect(panel.number).to_have_text(number)


def test_no_reason_is_chosen_beforehand(make_panel: MakePanel, demo_hall: RunningHall) -> None:
    panel = make_panel().sit_down("canbo7", "9")
    come(demo_hall, "BH01")
    panel.press("p")
    for name in ("pause", "hold"):
        dialog = panel.dialog(name)
        expect(dialog.locator("[name=reason]:checked")).to_have_count(0)
        panel.press("Enter")
        expect(dialog.locator("[data-error]")).to_have_text("Xin chọn lý do: phím 1 đến 6.")
        panel.press("6", "Escape")
        expect(dialog).to_be_hidden()
        if name == "pause":
            panel.at("free").press("Space").at("called").press("h")
    panel.at("called").press("h")

    expect(panel.dialog("hold").locator("[name=reason]:checked")).to_have_count(0)


def test_a_number_past_those_shown_is_found_by_the_hub_and_called(
    make_panel: MakePanel, demo_hall: RunningHall
) -> None:
    panel = make_panel().sit_down("canbo5", "6")
    numbers = come(demo_hall, *["KD01"] * 34)
    expect(panel["line-total"]).to_have_text("34")

    panel.press("c")
    dialog = panel.dialog("call")
    panel.scan(*numbers[-1], "Enter")
    expect(panel["panel"]).to_have_attribute("data-phase", "free")
    panel.press("Escape").scan(*numbers[-1], "Enter")
    expect(panel["notice"]).to_contain_text(f"Đã quét phiếu {numbers[-1]}: đang chờ.")
    panel.press("c")
    panel.page.keyboard.type(numbers[-1][1:])
    expect(dialog.locator(".option:has(:checked)")).to_contain_text(numbers[-1])
    panel.page.keyboard.press("Control+a")
    panel.page.keyboard.type("E999")
    expect(dialog.locator("[data-none]")).to_have_text("Hôm nay không có số E999.")
    panel.page.keyboard.press("Control+a")
    panel.page.keyboard.type(numbers[-1].lower())
    dialog.get_by_text("Việc gấp").click()
    dialog.locator("[data-agree]").click()

    panel.at("called")
    expect(panel.number).to_have_text(numbers[-1])
    expect(panel["because"]).to_contain_text("Việc gấp")


def test_a_take_over_in_the_middle_of_a_service_names_who_and_whom(
    make_panel: MakePanel, demo_hall: RunningHall
) -> None:
    first = make_panel().sit_down("canbo9", "7")
    (number,) = come(demo_hall, "XH01")
    first.press("Space").at("called").press("Space").at("serving").press("h")
    first.dialog("hold")
    second = make_panel().open().log_in("canbo10")
    second.counter_button("7").click()

    dialog = second.dialog("take_over")
    expect(dialog.locator("[data-text]")).to_have_text(
        re.compile(rf"canbo9 phụ trách quầy này từ \d\d:\d\d\. Đang phục vụ số {number} từ \d\d:\d\d\.")
    )
    expect(dialog.locator("[data-dismiss]")).to_be_focused()
    assert "button-main" not in (dialog.locator("[data-agree]").get_attribute("class") or "")
    dialog.locator("[data-agree]").click()
    second.at("serving")

    expect(first["empty-title"]).to_have_text("canbo10 đã nhận Quầy 7")
    expect(first["empty-text"]).to_contain_text(re.compile(r"Từ \d\d:\d\d"))
    expect(first["empty-text"]).to_contain_text(f"Số {number} do người đó phục vụ tiếp.")
    expect(first.page.locator("dialog[open]")).to_have_count(0)
    expect(first["undo"]).to_be_hidden()
    first["choose-other"].click()
    expect(first["choose-error"]).to_have_text(re.compile(r"canbo10 đã nhận Quầy 7 từ \d\d:\d\d\."))


def test_accounts_without_a_page_are_told_so_and_where_to_go(
    make_panel: MakePanel, demo_hall: RunningHall
) -> None:
    password = "quay mot cua xa Thach Ha"
    for role, word in (("supervisor", "phụ trách"), ("admin", "server.py")):
        command = ("user", "add", f"so-{role}", "--role", role, "--password-stdin")
        added = demo_hall.command(*command, input=f"{password}\n")
        assert added.returncode == 0, added.stderr
        panel = make_panel().open().log_in(f"so-{role}", password)

        expect(panel["login-error"]).to_contain_text(word)
        expect(panel["login-error"]).to_contain_text("chưa có trang riêng trong bản này")
        expect(panel["panel"]).to_have_attribute("data-view", "login")
    panel.page.get_by_text("Về trang đầu").click()
    expect(panel.page.get_by_text("trang riêng chưa có trong bản này")).to_be_visible()
