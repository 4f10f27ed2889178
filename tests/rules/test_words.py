"""What the hall says to people: complete, polite, in both languages, and never an error of its own."""

import re
import unicodedata
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import languages
from hall import model, trade, words
from hall.setup import Trade
from hall.words import REFUSALS, because, refusal, trouble
from web import errors, reading

COMPUTER_WORDS = re.compile(
    r"server|token|database|json|http|api\b|session|cookie|client|socket|timeout|code|null|request|máy chủ|"
    r"cơ sở dữ liệu|tham số|ngoại lệ|truy vấn|giao thức",
    re.IGNORECASE,
)
REFUSED = languages.WORDS["vi"]["refusals"]  # every sentence, by code and the facts it needs


def said_of(key: str, language: str) -> list[str]:
    return languages.sentences(languages.WORDS[language]["refusals"][key])


@pytest.mark.parametrize("key", sorted(REFUSED))
def test_every_refusal_says_what_happened_and_what_to_do_now(key: str) -> None:
    for vi in said_of(key, "vi"):
        assert vi.count(".") >= 2 or "; " in vi or "?" in vi, (
            "one sentence for what happened, one for what to do"
        )
        assert re.search(r"Vui lòng|Mời|Xin", vi), vi
    for en in said_of(key, "en"):
        assert re.search(r"[Pp]lease|Thank you", en), en
    for sentence in said_of(key, "vi") + said_of(key, "en"):
        assert sentence[0].isupper() or sentence.startswith("{counter}")  # a name
        assert sentence.endswith(".")


@pytest.mark.parametrize("key", sorted(REFUSED))
def test_refusals_are_plain_vietnamese(key: str) -> None:
    for vi in said_of(key, "vi"):
        assert not COMPUTER_WORDS.search(re.sub(r"\{\w+\}", "", vi))
        assert len(vi) <= 130, "read at a glance on a kiosk"
        assert vi != unicodedata.normalize("NFD", vi), "written with its marks"


def test_every_code_that_has_a_status_has_words() -> None:
    assert {*errors.STATUS, *errors.UNAUTHENTICATED} - REFUSALS == set()
    assert {*reading.NEEDED.values(), *reading.KINDS.values()} - REFUSALS == set()


def test_a_fuller_sentence_needs_the_facts_its_key_names() -> None:
    for key, phrase in REFUSED.items():
        code, *facts = key.split(".")
        assert code in REFUSALS
        assert languages.blanks(phrase) == set(facts)


def test_a_refusal_tells_the_facts_it_is_given() -> None:
    assert refusal("still_serving", number="A042").vi == (
        "Số A042 còn đang ở quầy này. Vui lòng hoàn tất, tạm giữ hoặc chuyển số đó trước."
    )
    assert "3 lần" in refusal("recall_limit", limit=3).vi
    assert "7 giây" in refusal("recall_limit", wait_seconds=7).vi
    assert refusal("wrong_state", state="held").said == {
        "vi": "Việc này không thực hiện được vì số này đang tạm giữ. Vui lòng xem lại số trên màn hình.",
        "en": "That cannot be done: the ticket is on hold. Please look at the ticket again.",
    }


def test_a_refusal_without_its_facts_is_said_shorter() -> None:
    assert refusal("still_serving", other="x") == refusal("still_serving")
    assert refusal("still_serving").vi.startswith("Quầy còn một công dân chưa xong.")


def test_a_code_without_words_is_told_as_our_own_fault() -> None:
    assert refusal("no_such_code") == refusal("internal")


@given(st.sampled_from(sorted(REFUSALS)), st.text() | st.integers(), st.text() | st.integers())
def test_no_fact_breaks_or_swells_a_sentence(code: str, fact: str | int, other: str | int) -> None:
    facts = {name for phrase in REFUSED.values() for name in languages.blanks(phrase)}

    said = refusal(code, **{name: other if place % 2 else fact for place, name in enumerate(sorted(facts))})

    for sentence in (said.vi, said.en):
        assert sentence.isprintable()
        assert len(sentence) < 130 + 2 * words.LONGEST_FACT


def test_a_fact_cannot_reach_into_the_program() -> None:
    assert "{key.__class__}" in refusal("unknown_key", key="{key.__class__}").en


def test_every_state_and_class_has_words_of_its_own() -> None:
    for kind, prefix in ((model.TicketState, "state_"), (model.Class, "class_")):
        for language in languages.KNOWN:
            said = [languages.say(language, "tickets", prefix + each) for each in get_args(kind)]
            assert len(set(said)) == len(said)


def test_the_officer_reads_why_this_citizen_comes_next() -> None:
    assert because("priority", turn=2, of=1, waited_minutes=14).said == {
        "vi": "ưu tiên, chờ 14 phút (cứ gọi 2 người ưu tiên thì gọi 1 người theo thứ tự)",
        "en": "priority, waited 14 minutes (each time 2 by priority, then 1 in order)",
    }
    assert because("ordinary", waited_minutes=0).vi == "theo thứ tự, vừa đến"
    assert because("booked", waited_minutes=1).en == "booked, waited 1 minute"
    assert because("booked", turn=1, of=2, waited_minutes=1).vi == (
        "đặt lịch hẹn, chờ 1 phút (cứ gọi 1 người hẹn trước thì gọi 2 người theo thứ tự)"
    )
    assert because("priority", waited_minutes=5, passed_over=3).said == {
        "vi": "ưu tiên, chờ 5 phút, trước 3 người đến sớm hơn",
        "en": "priority, waited 5 minutes, before 3 people who came earlier",
    }


def test_an_officers_own_choice_is_told_with_its_reason() -> None:
    frail = words.reason("choice", "frail", None)
    assert because("ordinary", waited_minutes=9, own_choice=frail).vi == (
        "cán bộ chọn: Người yếu, người bệnh, trẻ nhỏ, chờ 9 phút"
    )
    assert because("ordinary", waited_minutes=9, own_choice=words.NOTHING).vi == "cán bộ chọn, chờ 9 phút"


def test_staff_are_told_what_to_do_about_a_device() -> None:
    assert trouble("printer", "paper_out", "Máy in 1").vi == "Máy in 1: hết giấy, xin thay cuộn giấy."
    assert trouble("printer", "on_fire", "Máy in 1").vi == "Máy in 1: có sự cố, xin kiểm tra."


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Đăng ký khai sinh", "Đăng ký khai sinh"),
        ("Cấp giấy phép (lần đầu, cấp lại, gia hạn)", "Cấp giấy phép"),
        ("Cấp giấy phép xây dựng, sửa chữa nhà ở riêng lẻ", "Cấp giấy phép xây dựng…"),
        ("Xác nhận tình trạng hôn nhân của cá nhân", "Xác nhận tình trạng hôn nhân…"),
        ("a" * 60, "a" * 29 + "…"),
    ],
)
def test_a_name_too_long_for_a_slip_ends_where_people_still_know_it(name: str, short: str) -> None:
    assert words.shortened(name, 30) == short


@given(st.text(max_size=300).map(str.strip), st.integers(10, 120))
def test_a_shortened_name_fits(name: str, longest: int) -> None:
    short = words.shortened(name, longest)

    assert len(short) <= longest
    assert short or not name


def test_a_refusal_calls_a_counter_by_its_name_as_the_wall_does() -> None:
    room = words.named("Phòng 201", "Room 201")

    assert refusal("counter_closed", counter=room).vi.startswith("Phòng 201 đang đóng.")
    assert refusal("counter_closed", counter=room).en.startswith("Room 201 is closed.")
    assert refusal("counter_closed", counter="3").vi.startswith("Quầy 3 đang đóng.")
    assert refusal("unknown_counter", counter="99").vi.startswith("Không có quầy số 99.")


def test_a_word_of_the_trade_at_the_beginning_of_a_sentence_keeps_its_capital() -> None:
    pharmacy = Trade(words={"vi": {"công dân": "khách", "hồ sơ": "đơn thuốc"}})

    assert trade.said(pharmacy, "Công dân chờ. Hỏi công dân số hồ sơ.", "vi") == (
        "Khách chờ. Hỏi khách số đơn thuốc."
    )
    assert trade.said(pharmacy, "Citizen", "en") == "Citizen"
