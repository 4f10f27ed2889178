"""The words of a hall's trade: a pharmacy has customers and prescriptions where a commune has citizens and
dossiers. The program's sentences are in `languages/`; what a hall calls otherwise is changed in them here.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import get_args

from hall.model import Outcome
from hall.setup import Named, Trade
from hall.words import Text
from languages import FIRST, Phrase, say

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
COMMON = Trade()  # the program's own words


def outcomes(trade: Trade) -> dict[str, Named]:
    """What a visit may end with, by code: the hall's own list, or all in the program's words."""
    if trade.outcomes:
        return trade.outcomes
    return {code: Named(*(_outcome(trade, code, language) for language in ("vi", "en"))) for code in OUTCOMES}


def _outcome(trade: Trade, code: str, language: str) -> str:
    return said(trade, say(language, "panel", f"outcome_{code}"), language)


def said(trade: Trade, sentence: str, language: str) -> str:
    """A sentence in the words of the trade; a word at its beginning keeps its capital."""
    return changed(sentence, tuple(trade.words.get(language, {}).items()))


@lru_cache(maxsize=4096)
def changed(sentence: str, words: tuple[tuple[str, str], ...]) -> str:
    """`words`: what the program says and what is said here."""
    if not words:
        return sentence
    own = {program.casefold(): here for program, here in words}
    return _any_of(tuple(own)).sub(lambda found: _like(found[0], own[found[0].casefold()]), sentence)


@lru_cache(maxsize=16)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


def _like(found: str, here: str) -> str:
    return here[:1].upper() + here[1:] if found[:1].isupper() else here


def text(trade: Trade, told: Text) -> Text:
    return Text({language: said(trade, sentence, language) for language, sentence in told.said.items()})


def phrases(trade: Trade, language: str, known: Mapping[str, Phrase]) -> dict[str, Phrase]:
    """The phrases of a page in the words of the trade, with its outcomes and its examples of a search."""
    changed: dict[str, Phrase] = {
        key: said(trade, phrase, language)
        if isinstance(phrase, str)
        else {form: said(trade, sentence, language) for form, sentence in phrase.items()}
        for key, phrase in known.items()
    }
    for code, named in trade.outcomes.items():
        if f"outcome_{code}" in changed:
            changed[f"outcome_{code}"] = named.name if language == FIRST else named.name_en
    if "search_hint" in changed and (examples := trade.search_examples.get(language)):
        quoted = ", ".join(say(language, "kiosk", "quoted", text=each) for each in examples)
        changed["search_hint"] = say(language, "kiosk", "search_hint_like", examples=quoted)
    return changed
