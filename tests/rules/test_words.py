"""What the hall says to people: complete, polite, in both languages, and never an error of its own."""

import ast
import re
import unicodedata
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall import model, refusals, words
from hall.words import REFUSALS, Text, because, refusal, trouble
from web import errors, reading

ROOT = Path(__file__).resolve().parent.parent.parent
CODES = (
    "malformed", "unknown_key", "wrong_type", "too_long", "bad_text", "too_large", "key_required",
    "key_reused", "key_too_long", "unauthenticated", "forbidden", "csrf", "unknown_hall",
    "unknown_procedure", "unknown_priority", "unknown_counter", "unknown_ticket", "unknown_queue",
    "not_found", "method_not_allowed", "hall_closed", "quota_reached",
    "procedure_unavailable", "queue_empty", "counter_closed", "counter_paused", "still_serving",
    "counter_taken", "at_other_counter", "not_your_counter", "not_your_ticket", "wrong_state",
    "recall_limit", "void_too_late", "reason_required", "outcome_required",
    "bad_dossier", "same_place", "no_printer", "rate_limited", "login_failed",
    "session_ended", "cannot_store", "internal", "misdirected",
)  # fmt: skip
SOURCES = ("hall", "store", "web", "api", "kiosk", "display", "counter_panel", "phone", "live", "printing")
COMPUTER_WORDS = re.compile(
    r"server|token|database|json|http|api\b|session|cookie|client|socket|timeout|code|null|request|máy chủ|"
    r"cơ sở dữ liệu|tham số|ngoại lệ|truy vấn|giao thức",
    re.IGNORECASE,
)
TABLES: dict[str, dict[str, Text]] = {"STATES": dict(words.STATES), "PRIORITY": dict(words.PRIORITY)}


def said_of(code: str) -> list[tuple[str, str]]:
    return [refusals.REFUSALS[code], *refusals.DETAILED.get(code, ())]


def codes_raised() -> dict[str, str]:
    """Every code the source names when it refuses, with where."""
    raised: dict[str, str] = {}
    paths = [*ROOT.glob("*.py")]
    for folder in SOURCES:
        paths += (ROOT / folder).rglob("*.py")
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused":
                for code in ast.walk(node.args[0]) if node.args else ():
                    if isinstance(code, ast.Constant) and isinstance(code.value, str):
                        raised[code.value] = f"{path.name}:{node.lineno}"
    return raised


@pytest.mark.parametrize("code", sorted({*CODES, *REFUSALS}))
def test_every_refusal_says_what_happened_and_what_to_do_now(code: str) -> None:
    for vi, en in said_of(code):
        assert vi.count(".") >= 2 or "; " in vi or "?" in vi, (
            "one sentence for what happened, one for what to do"
        )
        assert re.search(r"Vui lòng|Mời|Xin", vi), vi
        assert re.search(r"[Pp]lease|Thank you", en), en
        for sentence in (vi, en):
            assert sentence[0].isupper()
            assert sentence.endswith(".")


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_refusals_are_plain_vietnamese(code: str) -> None:
    for vi, _ in said_of(code):
        assert unicodedata.is_normalized("NFC", vi)
        assert not COMPUTER_WORDS.search(re.sub(r"\{\w+\}", "", vi))
        assert len(vi) <= 130, "read at a glance on a kiosk"
        assert vi != unicodedata.normalize("NFD", vi), "written with its marks"


def test_every_code_that_is_raised_has_words() -> None:
    raised = codes_raised()

    assert raised, "nothing found: the search is broken"
    assert {code: where for code, where in raised.items() if code not in REFUSALS} == {}


def test_every_code_that_has_a_status_has_words() -> None:
    assert {*errors.STATUS, *errors.UNAUTHENTICATED} - REFUSALS.keys() == set()
    assert {*reading.NEEDED.values(), *reading.KINDS.values()} - REFUSALS.keys() == set()


def test_detailed_sentences_belong_to_a_code_and_name_the_same_facts_in_both_languages() -> None:
    for code, pairs in refusals.DETAILED.items():
        assert code in REFUSALS
        for vi, en in pairs:
            assert set(re.findall(r"\{(\w+)\}", vi)) == set(re.findall(r"\{(\w+)\}", en)) != set()


def test_a_refusal_tells_the_facts_it_is_given() -> None:
    assert refusal("still_serving", number="A042").vi == (
        "Số A042 còn đang ở quầy này. Vui lòng hoàn tất, tạm giữ hoặc chuyển số đó trước."
    )
    assert "3 lần" in refusal("recall_limit", limit=3).vi
    assert "7 giây" in refusal("recall_limit", wait_seconds=7).vi
    assert refusal("wrong_state", state="held") == Text(
        "Việc này không thực hiện được vì số này đang tạm giữ. Vui lòng xem lại số trên màn hình.",
        "That cannot be done: the ticket is on hold. Please look at the ticket again.",
    )


def test_a_refusal_without_its_facts_is_said_shorter() -> None:
    assert refusal("still_serving") == REFUSALS["still_serving"]
    assert refusal("still_serving", other="x") == REFUSALS["still_serving"]


def test_a_code_without_words_is_told_as_our_own_fault() -> None:
    assert refusal("no_such_code") == REFUSALS["internal"]


@given(st.sampled_from(sorted(REFUSALS)), st.text() | st.integers(), st.text() | st.integers())
def test_no_fact_breaks_or_swells_a_sentence(code: str, fact: str | int, other: str | int) -> None:
    facts = {name for pairs in refusals.DETAILED.values() for name in re.findall(r"\{(\w+)\}", str(pairs))}

    said = refusal(code, **{name: other if place % 2 else fact for place, name in enumerate(sorted(facts))})

    for sentence in (said.vi, said.en):
        assert sentence.isprintable()
        assert len(sentence) < 130 + 2 * words.LONGEST_FACT


def test_a_fact_cannot_reach_into_the_program() -> None:
    assert "{key.__class__}" in refusal("unknown_key", key="{key.__class__}").en


@pytest.mark.parametrize(
    ("kind", "table"),
    [(model.TicketState, words.STATES), (model.Class, words.PRIORITY)],
)
def test_every_state_and_class_has_words(kind: object, table: dict[str, Text]) -> None:
    assert set(table) == set(get_args(kind))


@pytest.mark.parametrize("name", sorted(TABLES))
def test_word_lists_are_complete_and_unambiguous(name: str) -> None:
    table = TABLES[name]

    for text in table.values():
        assert text.vi
        assert text.en
        assert unicodedata.is_normalized("NFC", text.vi)
    assert len({text.vi for text in table.values()}) == len(table)
    assert len({text.en for text in table.values()}) == len(table)


def test_the_officer_reads_why_this_citizen_comes_next() -> None:
    assert because("priority", turn=2, of=1, waited_minutes=14) == Text(
        "ưu tiên 2/1, chờ 14 phút", "priority 2/1, waited 14 minutes"
    )
    assert because("ordinary", waited_minutes=0).vi == "theo thứ tự, vừa đến"
    assert because("booked", waited_minutes=1).en == "booked, waited 1 minute"
    assert because("priority", waited_minutes=5, passed_over=3) == Text(
        "ưu tiên, chờ 5 phút, trước 3 người đến sớm hơn",
        "priority, waited 5 minutes, before 3 people who came earlier",
    )


def test_an_officers_own_choice_is_told_with_its_reason() -> None:
    assert because("ordinary", waited_minutes=9, own_choice="Người già yếu").vi == (
        "cán bộ chọn: Người già yếu, chờ 9 phút"
    )
    assert because("ordinary", waited_minutes=9, own_choice="").vi == "cán bộ chọn, chờ 9 phút"


def test_staff_are_told_what_to_do_about_a_device() -> None:
    assert trouble("printer", "paper_out", "Máy in 1").vi == "Máy in 1: hết giấy, xin thay cuộn giấy."
    assert trouble("printer", "on_fire", "Máy in 1").vi == "Máy in 1: có sự cố, xin kiểm tra."
    for what, state in words.TROUBLES:
        said = trouble(what, state, "Máy 1")
        assert "{" not in said.vi + said.en


def test_words_need_nothing_but_themselves() -> None:
    for name in ("words", "refusals", "spoken"):
        for node in ast.walk(ast.parse((ROOT / "hall" / f"{name}.py").read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("hall"):
                assert [alias.name for alias in node.names] == ["refusals"], (
                    f"{name} imports more of the hall"
                )
