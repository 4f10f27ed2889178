"""Reasons are codes that can be counted, with a note where the code does not say it all."""

import json
import unicodedata
from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import languages
from hall import calling, desk, views, words
from hall.actors import officer
from hall.devices import Devices
from hall.events import CounterPaused, TicketCalled, TicketHeld
from hall.fold import fold
from hall.model import Hall
from hall.reasons import CODES, UNCHOSEN, Kind, Reason, read, told
from hall.views.why import why_called
from store import codec
from tests.rules.builders import act, call, day, issue, minute, named, opened

EVERY = [(kind, code) for kind, codes in CODES.items() for code in codes]


@pytest.mark.parametrize(("kind", "code"), EVERY)
def test_a_reason_is_known_by_its_code_and_by_its_words_however_they_are_typed(kind: Kind, code: str) -> None:
    text = words.reason(kind, code, None)

    for said in (
        code,
        text.vi,
        text.en,
        text.vi.upper(),
        unicodedata.normalize("NFD", text.vi),
        f" {text.en} ",
    ):
        assert read(kind, said) == Reason(code), said
    assert read(kind, text.vi, "chờ con trai") == Reason(code, "chờ con trai")


def test_no_two_reasons_of_a_kind_have_the_same_words() -> None:
    for kind, codes in CODES.items():
        texts = [words.reason(kind, code, None) for code in codes]
        for language in languages.KNOWN:
            said = [text.said[language].casefold() for text in texts]
            assert len(set(said)) == len(said)


def test_every_reason_has_its_words_and_all_words_are_of_a_reason() -> None:
    keys = {
        f"{kind}_{code}" for kinds in (CODES, UNCHOSEN) for kind, codes in kinds.items() for code in codes
    }

    assert keys == languages.WORDS[languages.FIRST]["reasons"].keys() - {"with_note"}


@pytest.mark.parametrize("kind", CODES)
@given(said=st.text(min_size=1), note=st.none() | st.text(min_size=1))
def test_what_an_officer_says_is_never_lost(kind: Kind, said: str, note: str | None) -> None:
    reason = read(kind, said, note)

    shown = told(kind, reason)
    assert reason.code in (*CODES[kind], "not_said")
    assert note is None or note in shown.vi
    assert reason.code != "other" or note is None or note in shown.en
    if reason.code == "other" and reason.note not in (None, note):
        assert said in shown.vi


def test_other_words_are_a_note() -> None:
    assert read("pause", "Đưa con đi khám") == Reason("other", "Đưa con đi khám")
    assert read("pause", "Đưa con đi khám", "về lúc 15:00") == Reason(
        "other", "Đưa con đi khám: về lúc 15:00"
    )
    assert read("pause", "other", "Đưa con đi khám") == Reason("other", "Đưa con đi khám")
    assert read("hold", "Việc gấp") == Reason("other", "Việc gấp"), "a reason of another kind is none of this"


def test_a_call_out_of_turn_without_a_reason_says_so() -> None:
    assert read("choice", "") == Reason("not_said")
    assert read("choice", "", "con ốm") == Reason("other", "con ốm")


@pytest.mark.parametrize(
    ("said", "vi"),
    [
        ("Việc gấp", "cán bộ chọn: Việc gấp, chờ 2 phút"),
        ("Người ốm", "cán bộ chọn: Người ốm, chờ 2 phút"),
        ("", "cán bộ chọn, chờ 2 phút"),
    ],
)
def test_the_sentence_of_a_choice_is_the_one_it_was(said: str, vi: str) -> None:
    hall = day(opened("1"), issue())
    ticket = named(hall, "A001").id
    hall = fold(
        calling.call_ticket(hall, "1", ticket, read("choice", said), by=officer(1), now=minute(2)), hall
    )

    assert why_called(hall, hall.tickets[ticket]).vi == vi


def test_the_panel_is_told_codes_notes_and_words_of_both_languages() -> None:
    hall = day(opened("1"), issue(), call("1", at=1))
    hall = act(calling.hold, "1", "A001", Reason("fee", "thiếu 20.000 đ"), None, at=2)(hall)
    hall = fold(
        desk.pause_counter(hall, "1", Reason("other", "Trực nhật"), by=officer(1), now=minute(3)), hall
    )

    shown = msgspec.to_builtins(views.counter.panel(hall, "1", minute(4), "b", Devices()))

    keys = ("reason", "note", "reason_vi", "reason_en")
    assert [shown["counter"][f"pause_{key}"] for key in keys] == ["other", *["Trực nhật"] * 3]
    (held,) = shown["held"]
    assert [held[key] for key in keys] == [
        "fee",
        "thiếu 20.000 đ",
        "Nộp phí, lệ phí (thiếu 20.000 đ)",
        "Paying the fee (thiếu 20.000 đ)",
    ]


AT = minute(0)


def written_by_the_first_release(kind: str, **facts: object) -> CounterPaused | TicketHeld | TicketCalled:
    body = {"at": AT.isoformat(), "by": "staff:1", "counter": "1"} | facts
    event = codec.decode(kind, 1, json.dumps(body).encode())
    assert isinstance(event, CounterPaused | TicketHeld | TicketCalled)
    return event


@pytest.mark.parametrize(
    ("said", "code", "note"), [("Ăn trưa", "lunch", None), ("Đưa con đi khám", "other", "Đưa con đi khám")]
)
def test_a_pause_of_the_first_release_has_a_code_where_its_words_are_known(
    said: str, code: str, note: str | None
) -> None:
    event = written_by_the_first_release("counter_paused", reason=said)

    assert fold([event], day(opened("1"))).counter("1").pause_reason == Reason(code, note)


def test_a_hold_of_the_first_release_has_a_code_where_its_words_are_known() -> None:
    known = written_by_the_first_release("ticket_held", ticket="t", reason="Đi sao chụp giấy tờ", until=None)
    own = written_by_the_first_release("ticket_held", ticket="t", reason="Đi phô tô", until=None)

    assert isinstance(known, TicketHeld)
    assert isinstance(own, TicketHeld)
    assert [(known.reason, known.note), (own.reason, own.note)] == [("copies", None), ("other", "Đi phô tô")]


@pytest.mark.parametrize(
    ("said", "code", "note"),
    [
        (None, None, None),
        ("", "not_said", None),
        ("Người yếu, người bệnh, trẻ nhỏ", "frail", None),
        ("Gọi đích danh", "other", "Gọi đích danh"),
    ],
)
def test_a_choice_of_the_first_release_has_a_code_where_its_words_are_known(
    said: str | None, code: str | None, note: str | None
) -> None:
    event = written_by_the_first_release(
        "ticket_called",
        ticket="t",
        call="c",
        queue="A",
        as_class="ordinary",
        turn=0,
        waited_seconds=60,
        passed_over=0,
        own_choice=said,
    )

    assert isinstance(event, TicketCalled)
    assert (event.own_choice, event.note) == (code, note)


def test_the_same_pause_again_is_no_new_one_and_another_note_is() -> None:
    def paused(hall: Hall, reason: Reason) -> list[object]:
        return list(desk.pause_counter(hall, "1", reason, by=officer(1), now=AT + timedelta(minutes=1)))

    working = day(opened("1"))
    hall = fold(desk.pause_counter(working, "1", Reason("meeting"), by=officer(1), now=AT), working)

    assert paused(hall, Reason("meeting")) == []
    assert len(paused(hall, Reason("meeting", "giao ban"))) == 1
