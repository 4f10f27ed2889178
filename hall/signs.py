"""Which signs the typeface of the slips and screens has, and what is shown in place of the others.

Names are pasted from offices' documents: a hyphen that may not break, a full-width letter, a ligature. A sign
the typeface lacks would leave nothing on the paper, so it is said by its plain equal or seen as `LACKING`.
"""

import re
import unicodedata
from functools import lru_cache

# Be Vietnam Pro, all weights alike; a test holds it against the font.
_HAD = re.compile(
    "[ -~\xa0-\u0107\u010a-\u0113\u0116-\u011b\u011e-\u0121\u0126-\u012b\u012e-\u0131\u0139\u013a\u013d\u013e"
    "\u0141-\u0144\u0147-\u0148\u014c-\u014d\u0150-\u0155\u0158-\u015b\u015e-\u016b\u016e-\u017e\u01a0-\u01a1"
    "\u01af-\u01b0\u01e6-\u01e7\u02c6-\u02c7\u02d8-\u02dc\u0300-\u0304\u0306-\u030c\u0312\u031b\u0323"
    "\u0326-\u0328\u1e20-\u1e21\u1e80-\u1e85\u1e9e\u1ea0-\u1ef9\u2013-\u2014\u2018-\u201a\u201c-\u201e"
    "\u2020-\u2022\u2026\u2030\u2039-\u203a\u2044\u2070\u2074-\u2079\u2080-\u2089\u20ab-\u20ac\u2122"
    "\u215b-\u215e\u2212\u2215\u2248\u2260\u2264-\u2265]"
)
LACKING = "?"

# What Unicode does not know to be equal, or knows by a sign that the typeface lacks too.
_PLAIN = {
    "\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2015": "—", "\u2043": "-", "\u02d7": "-", "\ufe58": "—",
    "№": "Nº", "′": "'", "‵": "'", "‛": "'", "ʹ": "'", "ʼ": "’", "ʻ": "‘", "ˈ": "'", "″": '"', "‟": '"',
    "ʺ": '"', "〃": '"', "→": "->", "←": "<-", "↔": "<->", "⇒": "=>", "⇐": "<=", "⇔": "<=>", "➔": "->",
    "➜": "->", "➝": "->", "➞": "->", "⟶": "->", "⟵": "<-", "►": ">", "▶": ">", "▸": ">", "◄": "<", "◀": "<",
    "‣": "•", "●": "•", "▪": "•", "■": "•", "◦": "•", "∙": "•", "⋅": "·", "・": "·", "‧": "·",
    "\uf0b7": "•", "\uf0a7": "•", "\uf0d8": ">", "\uf0e0": "->", "\uf0e8": "->", "\uf02d": "-", "μ": "µ",
    "℃": "°C", "Ω": "Ohm", "≡": "=", "≦": "≤", "≧": "≥", "⩽": "≤", "⩾": "≥", "∼": "~", "〜": "~",
    "∗": "*", "∣": "|", "❘": "|", "⟨": "<", "⟩": ">", "〈": "<", "〉": ">", "、": ", ", "。": ". ",
    "Ɖ": "Đ", "ɖ": "đ", "ℓ": "l", "℗": "(P)", "℠": "SM", "ĸ": "k", "ŉ": "'n", "ſ": "s",
}  # fmt: skip
_STEERING = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
# No ink and no room: hints where a line may break, how signs join, which way they run, how they look.
_UNSEEN = re.compile("[\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")


def plain(text: str) -> str:
    """`text` as one line in NFC, in signs of the typeface where there is a plain equal. What has none stays
    as it is, for `lacking` to name and `visible` to show. Control characters and spaces are one space.
    """
    composed = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
    spaced = "".join(" " if _parts(sign) else _equal(sign) for sign in composed)
    return " ".join(unicodedata.normalize("NFC", spaced).split())


def lacking(text: str) -> tuple[str, ...]:
    """The signs of a plain text that no slip can show, each once, in their order."""
    return tuple(dict.fromkeys(sign for sign in text if not _HAD.fullmatch(sign)))


@lru_cache(maxsize=1024)
def visible(text: str) -> str:
    """A plain text in which each sign the typeface lacks is `LACKING`: something stands there."""
    return "".join(sign if _HAD.fullmatch(sign) else LACKING for sign in plain(text))


def steering(text: str) -> bool:
    """Whether signs in it steer a screen, a printer or the direction of writing: a line needs none."""
    return any(unicodedata.category(sign) in _STEERING for sign in text)


def named(sign: str) -> str:
    """'"→" (U+2192)'; only the number of one that cannot be shown by itself."""
    point = f"U+{ord(sign):04X}"
    return f'"{sign}" ({point})' if unicodedata.category(sign)[0] not in "CMZ" else point


def _parts(sign: str) -> bool:
    """Whether it only parts words: a space, or what steers machines."""
    return sign not in _PLAIN and unicodedata.category(sign) in ("Cc", "Cf", "Zs", "Zl", "Zp")


def _equal(sign: str) -> str:
    if _HAD.fullmatch(sign):
        return sign
    equal = _PLAIN.get(sign) or unicodedata.normalize("NFKC", sign)
    whole = "".join(_PLAIN.get(each, each) for each in equal)
    if not all(map(_HAD.fullmatch, whole)):
        return sign
    return f" {whole}" if "⁄" in whole else whole  # "2⅓" is not 21 thirds
