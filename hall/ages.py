"""The age that the ground of a priority names: "Luật Người cao tuổi, Điều 2 (từ đủ 60 tuổi)" -> from 60."""

import re
from dataclasses import dataclass
from typing import Literal

Sense = Literal["from", "over", "under", "to"]

_AGE = re.compile(
    r"(?:(?P<word>từ đủ|từ|đủ|trên|dưới|chưa đủ|đến)\s+)?(?P<years>\d{1,3})\s+tuổi(?P<down>\s+trở xuống)?",
    re.IGNORECASE,
)
_SENSES: dict[str, Sense] = {"trên": "over", "dưới": "under", "chưa đủ": "under", "đến": "to"}


@dataclass(frozen=True, slots=True)
class Age:
    """In years. `from` and `to` include the year, `over` and `under` do not."""

    sense: Sense
    years: int


def age_in(ground: str) -> Age | None:
    """The first age of the ground; None: it names none."""
    found = _AGE.search(ground)
    if found is None:
        return None
    sense = _SENSES.get((found["word"] or "").lower(), "from")
    return Age("to" if found["down"] else sense, int(found["years"]))
