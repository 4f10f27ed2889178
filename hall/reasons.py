"""Why a counter pauses, a citizen steps aside, an officer calls out of turn or cancels somebody.

A code that can be counted, and a note in the officer's own words where the code does not say it all.
"""

import unicodedata
from dataclasses import dataclass
from typing import Literal

from hall import words

Kind = Literal["pause", "hold", "choice", "cancel"]
OTHER = "other"
NOT_SAID = "not_said"  # a call out of turn needs no reason
WALKED_IN = "walked_in"  # called out of turn, for somebody sat down without a number
CODES: dict[Kind, tuple[str, ...]] = {  # the words are in languages/*/reasons.json
    "pause": ("meeting", "signing", "short_break", "lunch", "system", OTHER),
    "hold": ("papers", "copies", "form", "fee", "other_office", OTHER),
    "choice": ("back_with_papers", "frail", "urgent", "supervisor", OTHER),
    "cancel": ("went_away", "asked", "twice", "not_here", OTHER),
}
UNCHOSEN: dict[Kind, tuple[str, ...]] = {"choice": (WALKED_IN,)}  # what was done says it, and no dialog asks


@dataclass(frozen=True, slots=True)
class Reason:
    """`code` is one of `CODES` or `UNCHOSEN` of its kind, or `NOT_SAID`."""

    code: str
    note: str | None = None


def read(kind: Kind, said: str, note: str | None = None) -> Reason:
    """What is meant by a code or by its words in any language; all other words are kept as a note."""
    wanted = _plain(said)
    if not wanted:
        return Reason(OTHER if note or kind != "choice" else NOT_SAID, note)
    if (code := _CODE_OF[kind].get(wanted)) is not None:
        return Reason(code, note)
    return Reason(OTHER, f"{said}: {note}" if note else said)


def told(kind: Kind, reason: Reason) -> words.Text:
    """As people read it; nothing where no reason was said."""
    return words.NOTHING if reason.code == NOT_SAID else words.reason(kind, reason.code, reason.note)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip().casefold()


_CODE_OF: dict[Kind, dict[str, str]] = {
    kind: {
        _plain(said): code for code in codes for said in (code, *words.reason(kind, code, None).said.values())
    }
    for kind, codes in CODES.items()
}
