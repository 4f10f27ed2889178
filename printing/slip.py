"""What a slip says: the facts and the words. Nothing here draws, so the hub can hold slips without Pillow."""

import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec


@dataclass(frozen=True, slots=True)
class Slip:
    """`wait` in minutes, low and high. `foot`: the hall's own last line; empty: the usual one."""

    authority: str
    centre: str
    number: str
    procedure: str
    counters: tuple[str, ...]
    ahead: int | None
    wait: tuple[int, int] | None
    issued_at: datetime
    track_url: str | None = None
    language: str = "vi"
    reprint: bool = False
    priority: str | None = None
    foot: str = ""


def read(facts: str | bytes, *, track_url: str | None, reprint: bool) -> Slip:
    """The slip of a print job. The stored facts never hold the token, so its address is added here.

    Raises msgspec.ValidationError where the facts are not a slip's.
    """
    slip = msgspec.json.decode(facts, type=Slip)
    return replace(slip, track_url=track_url, reprint=reprint)


def plain(text: str) -> str:
    """One line of NFC text: control, format and unassigned characters become spaces, spaces become one."""
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in composed)
    return " ".join(visible.split())


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of one language; {..} is filled by the functions below."""

    title: str
    reprint: str
    counter: str
    or_: str
    priority: str
    ahead: str
    ahead_one: str
    nobody_ahead: str
    minutes: str
    minutes_short: str
    track: str
    track_how: str
    weekdays: tuple[str, ...]
    morning: str
    afternoon: str
    foot: str


WORDS = {
    "vi": Words(
        title="PHIẾU SỐ THỨ TỰ",
        reprint="IN LẠI",
        counter="Quầy",
        or_="hoặc",
        priority="Ưu tiên: {}",
        ahead="người chờ trước",
        ahead_one="người chờ trước",
        nobody_ahead="Sắp đến lượt ông bà",
        minutes="phút, khoảng chừng",
        minutes_short="phút chờ",
        track="Ông bà có điện thoại?",
        track_how="Quét mã này để xem còn bao nhiêu người chờ trước.",
        weekdays=("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"),
        morning="Buổi sáng",
        afternoon="Buổi chiều",
        foot="Vui lòng giữ phiếu và chờ gọi số. Xin cảm ơn!",
    ),
    "en": Words(
        title="YOUR NUMBER",
        reprint="IN LẠI · REPRINT",
        counter="Counter",
        or_="or",
        priority="Priority: {}",
        ahead="people before you",
        ahead_one="person before you",
        nobody_ahead="You are next",
        minutes="minutes, about",
        minutes_short="minutes",
        track="Have a phone?",
        track_how="Scan this code to see how many people are before you.",
        weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        morning="Morning",
        afternoon="Afternoon",
        foot="Please keep this slip and wait for your number. Thank you!",
    ),
}


def words_of(slip: Slip) -> Words:
    return WORDS.get(slip.language, WORDS["vi"])


def where(slip: Slip) -> str:
    """'Quầy 1, 2 hoặc 3'; empty when no counter is known yet."""
    words = words_of(slip)
    *first, last = [plain(counter) for counter in slip.counters] or [""]
    if not first:
        return f"{words.counter} {last}" if last else ""
    return f"{words.counter} {', '.join(first)} {words.or_} {last}"


def waiting(slip: Slip, *, short: bool = False) -> tuple[tuple[str, str], ...]:
    """Pairs (figure, what it counts): people ahead, minutes. Without a figure: a sentence by itself.

    `short`: words that fit beside the figure on narrow paper.
    """
    words = words_of(slip)
    if slip.ahead == 0:
        return (("", words.nobody_ahead),)
    pairs = []
    if slip.ahead is not None:
        pairs.append((str(slip.ahead), words.ahead_one if slip.ahead == 1 else words.ahead))
    if slip.wait is not None:
        low, high = slip.wait
        minutes = words.minutes_short if short else words.minutes
        pairs.append((str(low) if low == high else f"{low}–{high}", minutes))
    return tuple(pairs)


def when(slip: Slip) -> tuple[str, str]:
    """The hour and the day, apart, so that narrow paper can set them on two lines."""
    words, at = words_of(slip), slip.issued_at
    half = words.morning if at.hour < 12 else words.afternoon
    return f"{at:%H:%M} · {half}", f"{words.weekdays[at.weekday()]}, {at:%d/%m/%Y}"
