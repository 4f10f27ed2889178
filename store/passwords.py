"""Whether a password will do (OWASP ASVS 5.0, 6.2): long enough, and none that is guessed first."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Literal

SHORTEST, LONGEST = 8, 256
# Guesses of somebody who tries first what people choose. Over a network some ten thousand are made in a
# night, and up to a million are what zxcvbn calls easy. Without its marks a password need not be as good:
# nobody tries every mark at every place, but everybody tries none.
ENOUGH, ENOUGH_WITHOUT_MARKS = 1_000_000, 25_000
LOOKED_AT = 64  # signs; what is longer is not guessed, and takes long to look at
# What people here choose, without accents; zxcvbn knows what people choose elsewhere.
COMMON = (
    "matkhau", "anhyeuem", "emyeuanh", "vietnam", "motcua", "canbo", "quantri", "hanhchinh",
    "hanhchinhcong", "matkhaumoi", "doimatkhau", "quenmatkhau", "khongcomatkhau", "khongbiet", "mk",
    "yeuem", "yeuanh", "emyeu", "anhyeu", "toiyeuem", "maimaiyeuem", "tinhyeu", "nhoem", "toiyeuvietnam",
    "giadinh", "banbe", "hanhphuc", "sinhnhat", "thanhcong", "congchua", "hoangtu", "thienthan", "conmeo",
    "concho", "ngoctrinh", "xinchao", "chaoban", "nguyen", "nguyenvana", "nguyenvanan", "hanoi", "saigon",
    "danang", "haiphong", "hatinh", "nghean", "hochiminh", "hoangsa", "truongsa", "bacho", "vietcong",
    "quantrivien", "giamdoc", "tiepnhan", "tiepdan", "chungthuc", "hotich", "hoso", "thutuc", "dichvucong",
    "ubnd", "uyban", "congan", "congchuc", "vanphong", "ketoan", "maytinh", "khachhang",
)  # fmt: skip
RUN = 4  # words of a name that are tried as one

Weakness = Literal["too_short", "too_long", "too_common"]


def weakness(password: str, name: str = "", house: Iterable[str] = ()) -> Weakness | None:
    """None: it will do. `name` of whose it is and of the `house`: the first things that are tried."""
    password = unicodedata.normalize("NFC", password)
    if len(password.strip()) < SHORTEST:
        return "too_short"
    if len(password) > LONGEST:
        return "too_long"
    from zxcvbn import zxcvbn  # its lists take 0.2 s to read, and only a new password needs them

    known = [*_runs(name), *(run for each in house for run in _runs(each)), *COMMON]
    typed = _bare(password[:LOOKED_AT])
    without_marks = re.sub(r"[\W_]+", "", typed)
    for text, enough in ((typed, ENOUGH), (without_marks, ENOUGH_WITHOUT_MARKS)):
        if text and zxcvbn(text, user_inputs=known)["guesses"] < enough:
            return "too_common"
    return None


def _bare(text: str) -> str:
    """As it is typed where there are no accents and no full-width signs: "Mật khẩu" is "mat khau"."""
    parts = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _runs(text: str) -> Iterator[str]:
    """What a name gives to try: each of its words, and some beside each other as one."""
    words = re.findall(r"\w+", _bare(text))
    for first in range(len(words)):
        for last in range(first, min(first + RUN, len(words))):
            yield "".join(words[first : last + 1])
