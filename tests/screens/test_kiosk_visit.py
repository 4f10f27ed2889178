"""The kiosk as a citizen meets it, in a real browser: from the first touch to the number in the hand."""

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Route, expect

from tests.screens.kiosk_page import FIELD_HT, SAO_Y, SIZES, TAKE, KioskPage, snapshot

GROUP = "[data-priority='NCT']"
PAPER_OUT = {"state": "paper_out", "since": "2026-11-24T08:30:00+07:00"}
WARNING = "[data-warning]"


def take_number(kiosk: KioskPage, how: str = TAKE) -> None:
    kiosk.touch(SAO_Y)
    kiosk.at("procedure")
    kiosk.touch(how)


@SIZES
def test_two_touches_give_a_number_for_what_most_people_come_for(
    kiosk: KioskPage, size: tuple[int, int]
) -> None:
    kiosk.open(size)

    take_number(kiosk)

    kiosk.at("ticket")
    assert kiosk.text("[data-ticket-number]") == "A025"
    assert kiosk.text("[data-ticket-counters]") == "Quầy 1 hoặc 2"
    assert [wish for wish, _ in kiosk.issued] == [{"procedure": "CT01", "language": "vi"}]


@SIZES
@pytest.mark.parametrize("mode", ["", "large"])
def test_nobody_is_the_next_one_while_every_counter_is_closed(
    kiosk: KioskPage, size: tuple[int, int], mode: str
) -> None:
    early = {"why": "before_hours", "opens_at": "2026-11-24T07:30:00+07:00"}
    kiosk.waiting = {"ahead": 0, "wait": None}
    nobody = snapshot()
    nobody["queues"][0]["unattended"] = early
    kiosk.snapshot = nobody
    kiosk.open(size)
    if mode:
        kiosk.touch(f"[data-mode='{mode}']")

    take_number(kiosk)

    kiosk.at("ticket")
    slip = kiosk.text(".slip")
    assert "Chưa có quầy nào mở" in slip
    assert "Các quầy gọi số từ 07:30." in slip
    assert "người tiếp theo" not in slip
    inside, outside = (
        kiosk.page.locator(each).bounding_box() for each in ("[data-ticket-unattended]", ".slip")
    )
    assert inside
    assert outside
    assert inside["y"] + inside["height"] <= outside["y"] + outside["height"]
    kiosk.tell(queues=snapshot()["queues"])  # a counter opens
    expect(kiosk.page.locator("[data-ticket-ahead-words]")).to_have_text("Ông bà là người tiếp theo")
    expect(kiosk.page.locator("[data-ticket-unattended]")).to_be_hidden()


def test_a_priority_is_declared_with_the_same_two_touches(kiosk: KioskPage) -> None:
    kiosk.open()

    take_number(kiosk, GROUP)

    kiosk.at("ticket")
    assert kiosk.issued[0][0] == {"procedure": "CT01", "priority": "NCT", "language": "vi"}
    assert "Người cao tuổi" in kiosk.text("[data-ticket-priority]")


def test_a_field_leads_to_all_its_procedures_those_most_come_for_first(kiosk: KioskPage) -> None:
    kiosk.open()

    kiosk.touch(FIELD_HT)

    kiosk.at("field")
    codes = [row.get_attribute("data-procedure") for row in kiosk.page.locator(".list .row").all()]
    expected = [each for each in kiosk.facts["procedures"] if each["field"] == "HT"]
    assert sorted(code or "" for code in codes) == sorted(each["code"] for each in expected)
    frequent = [each["code"] for each in expected if each["frequent"]]
    assert codes[: len(frequent)] == frequent


def test_before_the_number_one_sees_papers_fee_time_and_wait(kiosk: KioskPage) -> None:
    kiosk.open()

    kiosk.touch(SAO_Y)

    kiosk.at("procedure")
    procedure = next(each for each in kiosk.facts["procedures"] if each["code"] == "CT01")
    shown = kiosk.text("[data-about]")
    for words in (*procedure["papers"], procedure["fee"], procedure["time"], procedure["name"]):
        assert words in shown
    assert "8 người · 15–25 phút" in shown


def test_who_comes_for_a_result_waits_in_its_own_queue(kiosk: KioskPage) -> None:
    kiosk.open()

    kiosk.touch("[data-result-button]")
    kiosk.at("procedure")
    kiosk.touch(TAKE)

    kiosk.at("ticket")
    assert kiosk.text("[data-ticket-number]").startswith("T")


@pytest.mark.parametrize(("keys", "shown"), [("hooj tijch", "hộ tịch"), ("ho tich", "ho tich")])
def test_the_search_is_typed_on_the_screen_with_or_without_marks(
    kiosk: KioskPage, keys: str, shown: str
) -> None:
    kiosk.open()
    kiosk.touch("[data-open-search]")
    kiosk.at("search")

    for key in keys:
        kiosk.touch("[data-word='space']" if key == " " else f".key:text-is('{key.upper()}')")

    assert kiosk.page.locator("[data-input]").input_value() == shown
    found = [
        row.get_attribute("data-procedure") or "" for row in kiosk.page.locator("[data-found] .row").all()
    ]
    assert found[0].startswith("HT")


def test_a_word_nobody_knows_leads_to_a_person(kiosk: KioskPage) -> None:
    kiosk.open()
    kiosk.touch("[data-open-search]")
    kiosk.at("search")
    kiosk.page.locator("[data-input]").fill("zzzq")

    kiosk.touch("[data-guidance-button]")
    kiosk.at("procedure")
    kiosk.touch(TAKE)

    kiosk.at("ticket")
    assert kiosk.issued[0][0]["procedure"] == "TK02"


@SIZES
@pytest.mark.parametrize("mode", ["", "large", "low"])
def test_the_way_to_a_person_is_in_sight_beside_whatever_was_found(
    kiosk: KioskPage, size: tuple[int, int], mode: str
) -> None:
    kiosk.open(size)
    if mode:
        kiosk.touch(f"[data-mode='{mode}']")
    kiosk.touch("[data-open-search]")
    kiosk.at("search")
    guide, found = kiosk.page.locator("[data-guidance-button]"), kiosk.page.locator("[data-found] .row")

    for typed, least, most in (("", 1, 9), ("chong chet", 1, 9), ("đăng ký", 12, 24), ("ly hon", 0, 0)):
        kiosk.page.locator("[data-input]").fill(typed)

        assert least <= found.count() <= most, typed
        box = guide.bounding_box()
        assert box, typed
        middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
        assert guide.evaluate("(it, at) => it.contains(document.elementFromPoint(...at))", middle), typed
        assert box["y"] + box["height"] <= size[1], typed


def test_a_keyboard_of_the_machine_writes_telex_too_and_a_letter_taken_away_is_the_one_that_is_seen(
    kiosk: KioskPage,
) -> None:
    kiosk.open()
    kiosk.touch("[data-open-search]")
    kiosk.at("search")
    field = kiosk.page.locator("[data-input]")

    for keys, shown in (
        ("muaw", "mưa"),
        ("thuowr", "thuở"),
        ("photo", "photo"),
        ("web", "web"),
        ("HOOJ", "HỘ"),
    ):
        field.fill("")
        field.press_sequentially(keys)
        assert field.input_value() == shown

    field.press("Backspace")
    assert field.input_value() == "H"
    kiosk.touch("[data-word='erase']")
    assert field.input_value() == ""


def test_the_last_letter_of_a_long_sentence_is_seen(kiosk: KioskPage) -> None:
    kiosk.open()
    kiosk.touch("[data-open-search]")
    kiosk.at("search")
    field = kiosk.page.locator("[data-input]")
    field.fill("cháu ơi bác hỏi cái giấy khai sinh cho thằng cháu nội mới đẻ")

    kiosk.touch(".key:text-is('E')")

    assert field.evaluate("it => it.scrollWidth > it.clientWidth")
    assert field.evaluate("it => it.scrollWidth - it.clientWidth - it.scrollLeft") <= 1


def test_letters_that_an_input_method_puts_together_are_left_to_it(kiosk: KioskPage) -> None:
    kiosk.open()
    kiosk.touch("[data-open-search]")
    kiosk.at("search")
    field = kiosk.page.locator("[data-input]")
    method = kiosk.page.context.new_cdp_session(kiosk.page)

    method.send("Input.imeSetComposition", {"text": "as", "selectionStart": 2, "selectionEnd": 2})
    assert field.input_value() == "as"
    method.send("Input.insertText", {"text": "ấ"})

    assert field.input_value() == "ấ"


def test_a_double_touch_makes_one_ticket(kiosk: KioskPage) -> None:
    kiosk.open()
    kiosk.touch(SAO_Y)
    kiosk.at("procedure")

    kiosk.page.locator(TAKE).locator("visible=true").dblclick()

    kiosk.at("ticket")
    assert len(kiosk.issued) == 1


def test_the_second_tap_on_a_tile_does_not_touch_what_comes_up_under_it(kiosk: KioskPage) -> None:
    kiosk.open()
    box = kiosk.page.locator(FIELD_HT).bounding_box()
    assert box

    for _ in range(2):
        kiosk.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    kiosk.at("field")
    assert kiosk.issued == []


def test_an_answer_lost_on_the_line_is_the_same_ticket_at_last(kiosk: KioskPage) -> None:
    def lost_at_first(route: Route, turn: int) -> bool:
        if turn < 3:
            route.abort()
        return turn < 3

    kiosk.answer = lost_at_first
    kiosk.open()

    take_number(kiosk)
    expect(kiosk.page.locator("[data-give-up]")).to_be_visible()
    kiosk.page.clock.resume()

    kiosk.at("ticket")
    assert len(kiosk.issued) == 3
    assert len({key for _, key in kiosk.issued}) == 1
    assert len(kiosk.numbers) == 1


def test_a_page_loaded_anew_in_the_middle_shows_the_number_it_was_asking_for(kiosk: KioskPage) -> None:
    def lost(route: Route, _turn: int) -> bool:
        route.abort()
        return True

    kiosk.answer = lost
    kiosk.open()
    take_number(kiosk)
    kiosk.at("taking")
    expect(kiosk.page.locator("[data-give-up]")).to_be_visible()

    kiosk.answer = None
    kiosk.page.reload()

    kiosk.at("ticket")
    assert len({key for _, key in kiosk.issued}) == 1


def test_the_number_can_be_voided_for_a_while_and_then_no_more(kiosk: KioskPage) -> None:
    kiosk.open()
    take_number(kiosk)
    kiosk.at("ticket")

    expect(kiosk.page.locator("[data-void]")).to_be_visible()
    kiosk.later(30)

    expect(kiosk.page.locator("[data-void]")).to_be_hidden()
    expect(kiosk.page.locator("[data-done]")).to_be_visible()


def test_a_voided_number_is_said_to_be_gone(kiosk: KioskPage) -> None:
    kiosk.open()
    take_number(kiosk)
    kiosk.at("ticket")

    kiosk.touch("[data-void]")

    kiosk.at("voided")
    assert kiosk.text("[data-voided]") == "Đã hủy số A025"
    assert "POST /api/v1/halls/thach-ha/tickets/261124-A025/cancel" in kiosk.asked


def test_a_phone_reads_the_code_of_the_ticket_off_the_screen(
    kiosk: KioskPage, tmp_path_factory: pytest.TempPathFactory
) -> None:
    picture = tmp_path_factory.mktemp("kiosk") / "ticket.png"
    kiosk.open()
    take_number(kiosk)
    kiosk.at("ticket")

    kiosk.page.screenshot(path=picture)

    read = [code.text for code in zxingcpp.read_barcodes(Image.open(picture))]
    assert read == ["http://192.168.1.20:8000/t/k3yOfTheTicket22chars"]


@pytest.mark.parametrize(
    ("job", "printer", "words"),
    [
        ("confirmed", {"state": "ok"}, "Phiếu đã in xong. Mời ông bà lấy phiếu bên dưới."),
        ("queued", {"state": "ok"}, "Đang in phiếu. Mời ông bà lấy phiếu bên dưới."),
        ("queued", PAPER_OUT, "Máy in hết giấy. Số của ông bà là A025, xin ghi nhớ hoặc chụp ảnh số này."),
        ("failed", {"state": "offline"}, "Phiếu chưa in được. Số của ông bà là A025"),
        ("uncertain", {"state": "ok"}, "Phiếu có thể chưa in ra. Số của ông bà là A025"),
        (
            "sending",
            {"state": "waiting"},
            "Máy in đang in chậm, xin ông bà chờ thêm một lát. Số của ông bà là A025",
        ),
        ("queued", {"state": "silent"}, "Máy in chưa trả lời. Số của ông bà là A025"),
        (
            "sent",
            {"state": "ok"},
            "Phiếu đã gửi đến máy in. Nếu không thấy phiếu, xin ông bà ghi nhớ số A025",
        ),
        (None, {"state": "none"}, "Số của ông bà là A025, xin ghi nhớ hoặc chụp ảnh số này."),
    ],
    ids=["printed", "printing", "no paper", "failed", "uncertain", "waiting", "silent", "sent", "no printer"],
)
def test_what_became_of_the_slip_is_said(
    kiosk: KioskPage, job: str | None, printer: dict[str, str], words: str
) -> None:
    kiosk.print_state, kiosk.snapshot = job, snapshot(printer=printer)
    kiosk.open()

    take_number(kiosk)

    kiosk.at("ticket")
    kiosk.later(1)
    expect(kiosk.page.locator("[data-print-text]")).to_contain_text(words)


def test_paper_that_runs_out_while_the_ticket_is_shown_is_told(kiosk: KioskPage) -> None:
    kiosk.print_state = "queued"
    kiosk.open()
    take_number(kiosk)
    kiosk.at("ticket")

    kiosk.tell(printer=PAPER_OUT)

    expect(kiosk.page.locator("[data-print-text]")).to_contain_text("xin ghi nhớ")


def test_who_has_gone_is_asked_after_and_then_forgotten(kiosk: KioskPage) -> None:
    kiosk.open()
    kiosk.language("en")
    kiosk.touch("[data-mode='large']")
    kiosk.touch(SAO_Y)
    kiosk.at("procedure")

    kiosk.later(81)
    expect(kiosk.page.locator(WARNING)).to_be_visible()
    kiosk.touch("[data-more-time]")
    kiosk.later(1)
    expect(kiosk.page.locator(WARNING)).to_be_hidden()
    kiosk.later(81)
    expect(kiosk.page.locator(WARNING)).to_be_visible()
    kiosk.later(20)

    kiosk.at("start")
    assert kiosk.text("[data-at='start'] h1") == "Ông bà cần làm việc gì?"
    expect(kiosk.page.locator("html")).to_have_class("")


@pytest.mark.parametrize(
    ("why", "opens", "title", "when"),
    [
        ("lunch", "2026-11-24T13:00:00+07:00", "Trung tâm đang nghỉ trưa", "lúc 13:00."),
        ("before_hours", "2026-11-24T07:00:00+07:00", "Chưa đến giờ lấy số", "lúc 07:00."),
        ("after_hours", "2026-11-25T07:00:00+07:00", "đã hết giờ", "lúc 07:00 Thứ Tư, ngày 25/11."),
        ("day_off", "2026-11-30T07:00:00+07:00", "Hôm nay trung tâm nghỉ", "lúc 07:00 Thứ Hai, ngày 30/11."),
    ],
)
def test_a_closed_hall_says_when_to_come_back(
    kiosk: KioskPage, why: str, opens: str, title: str, when: str
) -> None:
    kiosk.snapshot = snapshot(open=False, closed_why=why, opens_at=opens)

    kiosk.open(step="closed")

    assert title in kiosk.text("[data-closed-title]")
    assert when in kiosk.text("[data-closed-text]")


def test_papers_can_be_looked_up_while_the_hall_is_closed_and_no_number_is_offered(kiosk: KioskPage) -> None:
    kiosk.snapshot = snapshot(open=False, closed_why="lunch", opens_at="2026-11-24T13:00:00+07:00")
    kiosk.open(step="closed")

    kiosk.touch("[data-open-fields]")
    kiosk.at("search")
    kiosk.touch(f".search {SAO_Y}")

    kiosk.at("procedure")
    expect(kiosk.page.locator("[data-papers]")).to_contain_text("Bản chính")
    expect(kiosk.page.locator("[data-take]")).to_be_hidden()


def test_the_hall_opens_before_the_eyes_of_who_waits(kiosk: KioskPage) -> None:
    kiosk.snapshot = snapshot(open=False, closed_why="before_hours", opens_at="2026-11-24T07:00:00+07:00")
    kiosk.open(step="closed")

    kiosk.tell(open=True, closed_why=None, opens_at=None)

    kiosk.at("start")


def test_a_full_queue_says_what_now(kiosk: KioskPage) -> None:
    full = snapshot()
    full["queues"][0]["refusal"] = "quota_reached"
    kiosk.snapshot = full
    kiosk.open()
    assert "Hôm nay đã hết số" in kiosk.text("[data-field='CT']")

    kiosk.touch(SAO_Y)

    kiosk.at("procedure")
    expect(kiosk.page.locator("[data-take]")).to_be_hidden()
    assert "ngày làm việc tiếp theo" in kiosk.text("[data-take-not-text]")


def test_the_last_number_gone_in_this_moment_is_said_in_the_words_of_the_hall(kiosk: KioskPage) -> None:
    refusal = {
        "code": "quota_reached",
        "message": "None left.",
        "message_vi": "Hôm nay đã hết số cho Chứng thực.",
    }

    def refused(route: Route, _turn: int) -> bool:
        route.fulfill(status=409, json={"error": refusal})
        return True

    kiosk.answer = refused
    kiosk.open()

    take_number(kiosk)

    kiosk.at("refused")
    assert kiosk.text("[data-refused-text]") == refusal["message_vi"]


def test_a_printer_in_trouble_is_told_before_and_numbers_go_on(kiosk: KioskPage) -> None:
    kiosk.snapshot = snapshot(printer=PAPER_OUT)

    kiosk.open()

    assert "Máy in đang hết giấy" in kiosk.text("[data-banner]")


def test_a_cut_line_is_told_and_old_waits_are_not(kiosk: KioskPage) -> None:
    kiosk.open()
    expect(kiosk.page.locator("[data-field='CT'] [data-line]")).to_have_text("8 người · 15–25 phút")
    kiosk.page.route("**/socket.io/", lambda route: route.abort())

    kiosk.page.evaluate("window.hub.cut()")

    expect(kiosk.page.locator("[data-banner]")).to_contain_text("Máy đang mất liên lạc từ")
    expect(kiosk.page.locator("[data-field='CT'] [data-line]")).to_be_hidden()


def test_a_machine_without_a_token_sends_people_elsewhere(kiosk: KioskPage) -> None:
    kiosk.open(token="", step="stopped")

    assert "Mời ông bà lấy số ở máy khác" in kiosk.text("[data-at='stopped']")
