"""What of a pasted name can be shown: each sign, its plain equal, or its name for whoever wrote it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.signs import LACKING, lacking, named, plain, visible
from printing.typeface import face

EVERY = [chr(point) for point in range(0x20, 0x3000)]


@pytest.mark.parametrize("weight", [500, 600, 700, 800])
def test_the_signs_are_those_of_the_font(weight: int) -> None:
    font = face(weight, 40)
    nothing = bytes(font.getmask("\uffff"))
    inked = {
        sign
        for sign in EVERY
        if unicodedata.category(sign)[0] not in "CZ" and bytes(font.getmask(sign)) != nothing
    }

    assert {sign for sign in EVERY if sign not in " \xa0\xad" and not lacking(sign)} == inked


@pytest.mark.parametrize(
    ("pasted", "shown"),
    [
        ("Mẫu TP\u2011HT\u2010CN", "Mẫu TP-HT-CN"),
        ("Số № 5", "Số Nº 5"),
        ("A → B ← C", "A -> B <- C"),
        ("5′ 6″", "5' 6\""),
        ("ＡＢＣ１２３（ａ）％", "ABC123(a)%"),
        ("ﬁ ﬂ ﬀ ﬃ ﬄ Ĳ", "fi fl ff ffi ffl IJ"),
        ("Chứng\u00adthực\u200b sao\u2060 y\ufeff", "Chứngthực sao y"),
        ("Sao\u00a0y\u202fbản\u2009chính\u3000", "Sao y bản chính"),
        (unicodedata.normalize("NFD", "Thủ tục hộ tịch"), "Thủ tục hộ tịch"),
        ("½ tờ, 2 m², 3³ ® ™ ©", "½ tờ, 2 m², 3³ ® ™ ©"),
        ("2⅓ tờ", "2 1⁄3 tờ"),
        ("Ⅳ ① ℃ µ μ …", "IV 1 °C µ µ …"),
        ("\u200fA\u202eB\u2069", "AB"),
        ("Sao y\x1b@\x1dV\x00 bản\u200b \u202echính\n", "Sao y @ V bản chính"),
        ("𝐇𝐨̂̀ 𝐬𝐨̛", "Hồ sơ"),
        ("\uf0b7 một", "• một"),
    ],
)
def test_a_pasted_sign_is_shown_by_its_plain_equal(pasted: str, shown: str) -> None:
    assert plain(pasted) == visible(pasted) == shown


@pytest.mark.parametrize(
    ("pasted", "names"),
    [
        ("Quầy 😀", ['"😀" (U+1F600)']),
        ("Cпо", ['"п" (U+043F)', '"о" (U+043E)']),
        ("中文", ['"中" (U+4E2D)', '"文" (U+6587)']),
        ("q\u0307\u0324", ["U+0324"]),
        ("✓ xong", ['"✓" (U+2713)']),
    ],
)
def test_a_sign_without_an_equal_is_named_by_its_number(pasted: str, names: list[str]) -> None:
    assert [named(sign) for sign in lacking(plain(pasted))] == names
    assert LACKING in visible(pasted)


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_no_sign_with_ink_is_dropped_without_a_word(text: str) -> None:
    seen = visible(text)

    assert lacking(seen) == ()
    assert visible(seen) == seen
    for sign in text:
        if unicodedata.category(sign)[0] in "LNPS":
            assert visible(sign) != "", sign
