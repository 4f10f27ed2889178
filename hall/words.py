"""What the hub says to people, Vietnamese and English: refusals, why somebody is next, troubles.

Plain values in, `Text` out, and never an error: a sentence that cannot be filled is said shorter.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from hall import refusals

LONGEST_FACT = 60


@dataclass(frozen=True, slots=True)
class Text:
    """One thing said in both languages, NFC."""

    vi: str
    en: str

    def filled(self, facts: Mapping[str, "str | int | Text"]) -> "Text":
        return Text(
            self.vi.format_map({name: _said(fact, "vi") for name, fact in facts.items()}),
            self.en.format_map({name: _said(fact, "en") for name, fact in facts.items()}),
        )


STATES = {  # of a ticket
    "waiting": Text("đang chờ", "waiting"),
    "called": Text("đang được gọi", "called"),
    "serving": Text("đang được phục vụ", "being served"),
    "held": Text("đang tạm giữ", "on hold"),
    "done": Text("đã hoàn tất", "finished"),
    "no_show": Text("đã vắng mặt khi được gọi", "a no-show"),
    "cancelled": Text("đã hủy", "cancelled"),
}
PRIORITY = {  # the classes a line is made of
    "returning": Text("quay lại quầy", "coming back to this counter"),
    "priority": Text("ưu tiên", "priority"),
    "booked": Text("đặt lịch hẹn", "booked"),
    "ordinary": Text("theo thứ tự", "in order"),
}
TROUBLES = {
    ("printer", "paper_low"): Text("{who}: sắp hết giấy, xin chuẩn bị cuộn mới.", "{who}: paper runs low."),
    ("printer", "paper_out"): Text(
        "{who}: hết giấy, xin thay cuộn giấy.", "{who}: out of paper, please refill."
    ),
    ("printer", "cover_open"): Text(
        "{who}: nắp đang mở, xin đóng nắp.", "{who}: cover open, please close it."
    ),
    ("printer", "offline"): Text(
        "{who}: mất kết nối, xin kiểm tra nguồn điện và dây cáp.",
        "{who}: no answer, please check power and cable.",
    ),
    ("display", "offline"): Text(
        "{who}: mất kết nối, công dân có thể không thấy số gọi.",
        "{who}: off line, citizens may not see the calls.",
    ),
    ("kiosk", "offline"): Text(
        "{who}: mất kết nối, công dân chưa lấy được số tại máy này.",
        "{who}: off line, no numbers are given there.",
    ),
    ("sound", "off"): Text(
        "{who}: chưa bật âm thanh, xin chạm nút “Bật âm thanh” trên màn hình.",
        "{who}: sound is off, please touch “Enable sound” on that screen.",
    ),
    ("sound", "none"): Text(
        "Không có màn hình nào đang đọc số, xin gọi công dân trực tiếp.",
        "No screen speaks, please call people yourself.",
    ),
}
_ANY_TROUBLE = Text("{who}: có sự cố, xin kiểm tra.", "{who}: something is wrong, please check.")

REFUSALS: dict[str, Text] = {code: Text(*pair) for code, pair in refusals.REFUSALS.items()}
_DETAILED = {code: tuple(Text(*pair) for pair in pairs) for code, pairs in refusals.DETAILED.items()}


def refusal(code: str, **facts: str | int) -> Text:
    """What to tell people about a refusal. Facts that no sentence needs are left aside; an unknown code
    is told as `internal`."""
    if code not in REFUSALS:
        return REFUSALS["internal"]
    known: dict[str, str | int | Text] = dict(facts)
    if (state := STATES.get(str(facts.get("state")))) is not None:
        known["state"] = state
    for text in _DETAILED.get(code, ()):
        if _blanks(text) <= known.keys():
            return text.filled(known)
    return REFUSALS[code]


def because(
    as_class: str,
    *,
    turn: int | None = None,
    of: int | None = None,
    waited_minutes: int,
    passed_over: int = 0,
    own_choice: str | None = None,
) -> Text:
    """Why this citizen comes next: "ưu tiên 2/1, chờ 14 phút". `turn`/`of` are the weights of the class
    and of the ordinary citizens; left out when either is None."""
    if own_choice is not None:
        reason = _said(own_choice, "vi")
        chosen = Text(f"cán bộ chọn: {reason}", f"chosen by the officer: {reason}")
        parts = [chosen if reason else Text("cán bộ chọn", "chosen by the officer")]
    else:
        name = PRIORITY.get(as_class, PRIORITY["ordinary"])
        share = f" {turn}/{of}" if turn is not None and of is not None else ""
        parts = [Text(name.vi + share, name.en + share)]
    parts.append(waited(waited_minutes))
    if passed_over > 0:
        people = "person who came" if passed_over == 1 else "people who came"
        parts.append(Text(f"trước {passed_over} người đến sớm hơn", f"before {passed_over} {people} earlier"))
    return Text(", ".join(part.vi for part in parts), ", ".join(part.en for part in parts))


def waited(minutes: int) -> Text:
    if minutes < 1:
        return Text("vừa đến", "just arrived")
    return Text(f"chờ {minutes} phút", f"waited {minutes} minute{'' if minutes == 1 else 's'}")


def trouble(what: str, state: str, who: str) -> Text:
    """A device's trouble as the staff read it: what is wrong with `who` and what to do."""
    return TROUBLES.get((what, state), _ANY_TROUBLE).filled({"who": who})


def _blanks(text: Text) -> set[str]:
    return {name for said in (text.vi, text.en) for _, name, _, _ in Formatter().parse(said) if name}


def _said(fact: str | int | Text, language: str) -> str:
    """A fact fit to stand in a sentence: NFC, printable, short."""
    if isinstance(fact, Text):
        return fact.vi if language == "vi" else fact.en
    shown = unicodedata.normalize("NFC", "".join(sign for sign in str(fact) if sign.isprintable())).strip()
    return shown if len(shown) <= LONGEST_FACT else shown[: LONGEST_FACT - 1] + "…"
