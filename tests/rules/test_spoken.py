"""Numbers as people say them. The words are read back by a reader written here, so that saying and reading
cannot share a mistake."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall import spoken
from hall.spoken import LARGEST, call_sentence, cardinal, spoken_counter, spoken_number

ALL = range(10_000)
UNITS_VI = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6,
    "bảy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
ONES_EN = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
UNITS_EN = {word: value for value, word in enumerate(ONES_EN)}
TENS_EN = {word: 10 * value for value, word in enumerate(TENS, start=2)}


def read_vi(words: str) -> int:
    total = group = unit = 0
    for word in words.split():
        if word in {"nghìn", "ngàn", "triệu", "tỷ"}:
            size = {"triệu": 10**6, "tỷ": 10**9}.get(word, 10**3)
            total, group, unit = total + (group + unit) * size, 0, 0
        elif word == "trăm":
            group, unit = group + unit * 100, 0
        elif word == "mươi":
            group, unit = group + unit * 10, 0
        elif word == "mười":
            group += 10
        elif word not in {"linh", "lẻ"}:
            unit = UNITS_VI[word]
    return total + group + unit


def read_en(words: str) -> int:
    total = group = 0
    for word in words.replace("-", " ").split():
        if word == "hundred":
            group *= 100
        elif word in {"thousand", "million", "billion"}:
            total += group * {"thousand": 10**3, "million": 10**6, "billion": 10**9}[word]
            group = 0
        elif word != "and":
            group += TENS_EN.get(word) or UNITS_EN[word]
    return total + group


@pytest.mark.parametrize(
    ("n", "north"),
    [
        (0, "không"),
        (1, "một"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (104, "một trăm linh bốn"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (115, "một trăm mười lăm"),
        (121, "một trăm hai mươi mốt"),
        (555, "năm trăm năm mươi lăm"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (1010, "một nghìn không trăm mười"),
        (1015, "một nghìn không trăm mười lăm"),
        (1021, "một nghìn không trăm hai mươi mốt"),
        (1105, "một nghìn một trăm linh năm"),
        (9999, "chín nghìn chín trăm chín mươi chín"),
        (21_005, "hai mươi mốt nghìn không trăm linh năm"),
        (1_000_000, "một triệu"),
    ],
)
def test_hard_numbers_are_said_as_in_the_north(n: int, north: str) -> None:
    assert cardinal(n, "vi") == north


@pytest.mark.parametrize(
    ("n", "south"),
    [(105, "một trăm lẻ năm"), (1005, "một ngàn không trăm lẻ năm"), (24, "hai mươi tư"), (15, "mười lăm")],
)
def test_the_south_says_le_and_ngan(n: int, south: str) -> None:
    assert cardinal(n, "vi", dialect="south") == south


@pytest.mark.parametrize(
    ("n", "words"),
    [(0, "zero"), (13, "thirteen"), (21, "twenty-one"), (67, "sixty-seven"), (105, "one hundred and five"),
     (1005, "one thousand and five"), (1250, "one thousand two hundred and fifty")],
)  # fmt: skip
def test_english_numbers(n: int, words: str) -> None:
    assert cardinal(n, "en") == words


def test_every_number_to_9999_is_understood_as_itself() -> None:
    assert [read_vi(cardinal(n, "vi")) for n in ALL] == list(ALL)
    assert [read_vi(cardinal(n, "vi", "south")) for n in ALL] == list(ALL)
    assert [read_en(cardinal(n, "en")) for n in ALL] == list(ALL)


def test_no_number_to_9999_sounds_like_another() -> None:
    assert len({cardinal(n, "vi") for n in ALL}) == len(ALL)
    assert len({cardinal(n, "vi", "south") for n in ALL}) == len(ALL)


def test_no_number_breaks_a_rule_of_speech() -> None:
    for n in ALL:
        words = cardinal(n, "vi").split()
        for before, word in zip(["", *words], words, strict=False):
            assert (before, word) not in {
                ("mươi", "một"),
                ("mươi", "bốn"),
                ("mươi", "năm"),
                ("mười", "năm"),
                ("mười", "mốt"),
                ("mười", "tư"),
                ("một", "mươi"),
                ("không", "mươi"),
            }, n
            if word in {"mốt", "tư"}:
                assert before == "mươi", n
            if word == "lăm":
                assert before in {"mươi", "mười"}, n
            if word == "linh":
                assert before == "trăm", n


def test_the_dialects_differ_in_two_words_only() -> None:
    for n in ALL:
        assert cardinal(n, "vi").replace("linh", "lẻ").replace("nghìn", "ngàn") == cardinal(n, "vi", "south")


@given(st.integers(min_value=0, max_value=LARGEST))
def test_large_counts_are_understood_too(n: int) -> None:
    assert (
        read_vi(cardinal(n, "vi")) == read_vi(cardinal(n, "vi", "south")) == read_en(cardinal(n, "en")) == n
    )


@pytest.mark.parametrize("n", [-1, LARGEST + 1])
def test_a_count_that_has_no_words_is_refused(n: int) -> None:
    with pytest.raises(ValueError, match="not between"):
        cardinal(n, "vi")


@pytest.mark.parametrize(
    ("number", "vi", "en"),
    [
        ("A042", "A không bốn hai", "A zero four two"),
        ("B005", "bê không không năm", "B zero zero five"),
        ("C111", "xê một một một", "C one one one"),
        ("H1005", "hát một không không năm", "H one zero zero five"),
        ("TK010", "tê ca không một không", "T K zero one zero"),
        ("Đ001", "đê không không một", "Đ zero zero one"),
    ],
)
def test_a_ticket_is_said_figure_by_figure(number: str, vi: str, en: str) -> None:
    assert spoken_number(number, "vi") == vi
    assert spoken_number(number, "en") == en


def test_letters_are_said_as_in_school() -> None:
    said = {letter: spoken.sign_name(letter, "vi") for letter in "ABCDEGHKLTU"}

    assert said == {
        "A": "A", "B": "bê", "C": "xê", "D": "dê", "E": "e", "G": "giê", "H": "hát", "K": "ca", "L": "e-lờ",
        "T": "tê", "U": "u",
    }  # fmt: skip


def test_every_ticket_of_a_day_keeps_its_leading_zeros_and_its_own_sound() -> None:
    numbers = [f"{letter}{ordinal:03d}" for letter in "ABCDEGHKLT" for ordinal in range(1, 1500)]

    said = [spoken_number(number, "vi") for number in numbers]

    assert len(set(said)) == len(numbers)
    for number, words in zip(numbers, said, strict=True):
        digits = [UNITS_VI[word] for word in words.split()[1:]]
        assert "".join(map(str, digits)) == number[1:]


@pytest.mark.parametrize(
    ("counter", "vi", "en"),
    [("1", "một", "one"), ("15", "mười lăm", "fifteen"), ("67", "sáu mươi bảy", "sixty-seven"),
     ("B2", "bê hai", "B two"), ("12A", "mười hai A", "twelve A"), ("03", "không ba", "zero three"),
     ("A", "A", "A")],
)  # fmt: skip
def test_a_counter_is_said_as_people_say_it(counter: str, vi: str, en: str) -> None:
    assert spoken_counter(counter, "vi") == vi
    assert spoken_counter(counter, "en") == en


def test_the_call_is_the_sentence_of_the_hall() -> None:
    assert (
        call_sentence("A025", "1", "vi") == "Xin mời công dân có số thứ tự A không hai năm đến quầy số một."
    )
    assert call_sentence("A025", "1", "en") == "Ticket number A zero two five, please go to counter one."


def test_a_counter_without_a_number_is_called_by_its_name() -> None:
    said = call_sentence("T007", "tra-ket-qua", "vi", name="quầy trả kết quả")

    assert said == "Xin mời công dân có số thứ tự tê không không bảy đến quầy trả kết quả."
    assert call_sentence("T007", "3", "vi", name="Quầy 3").endswith("đến quầy số ba.")


@pytest.mark.parametrize(
    ("name", "vi"),
    [
        ("Phòng 201", "đến phòng hai không một"),
        ("Phòng 15", "đến phòng mười lăm"),
        ("Phòng 007", "đến phòng không không bảy"),
        ("Tầng 2, phòng B12", "đến tầng hai, phòng bê mười hai"),
        ("Phòng 2.01A", "đến phòng hai không một A"),
        ("Quầy A-03", "đến quầy A không ba"),
        ("Quầy thuốc 1 & 2", "đến quầy thuốc một và hai"),
        ("UBND xã", "đến UBND xã"),
        ("Quầy 12", "đến quầy số mười hai"),
        ("Quầy số 5", "đến quầy số năm"),
        ("Quầy Nº5", "đến quầy số năm"),
        ("Phòng C2²", "đến phòng xê hai ²"),
    ],
)
def test_a_counter_is_called_by_the_name_that_wall_and_slip_show(name: str, vi: str) -> None:
    said = call_sentence("A042", "phong-201", "vi", name=name)

    assert said == f"Xin mời công dân có số thứ tự A không bốn hai {vi}."


@given(st.text(max_size=4), st.text(max_size=4))
def test_any_name_of_a_counter_can_be_said(before: str, after: str) -> None:
    for name in (f"Phòng {before}2{after}", f"Quầy {before}2{after}"):
        assert call_sentence("A042", "phong-201", "vi", name=name)


def test_in_english_a_room_is_called_by_its_english_name() -> None:
    assert call_sentence("A042", "phong-201", "en", name="Room 201").endswith(
        ", please go to room two zero one."
    )
    assert call_sentence("A042", "12", "en", name="Counter 12").endswith(", please go to counter twelve.")


def test_a_call_holds_no_figure_which_a_speech_program_would_misread() -> None:
    for counter in range(1, 100):
        for number in ("A001", "H999", "T1005"):
            said = call_sentence(number, str(counter), "vi") + call_sentence(number, str(counter), "en")
            assert not any(sign.isdigit() for sign in said)
            assert unicodedata.is_normalized("NFC", said)
