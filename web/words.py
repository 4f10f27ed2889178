"""The words of a page, for its template and for its script."""

import json
from functools import lru_cache

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

import languages
from hall import trade


@pass_context
def words_block(context: Context, offered: tuple[str, ...], *subjects: str) -> Markup:
    """A block of data, which no sign of the words ends; web/static/words.js reads it. The page's `trade` says
    what is called otherwise in its hall."""
    here = context.get("trade") or trade.COMMON
    of_page = languages.of_page(offered, *subjects)
    words = {language: trade.phrases(here, language, phrases) for language, phrases in of_page.items()}
    return _block("data-phrases", words)


@pass_context
def meanings_block(context: Context) -> Markup:
    """What the search knows of words, of every language there is: people type what they speak. What
    procedures of the State are called means nothing in another trade.
    """
    return _meanings((context.get("trade") or trade.COMMON).published)


@lru_cache(maxsize=2)
def _meanings(published: bool) -> Markup:
    known = {language: words.get("search", {}) for language, words in languages.WORDS.items()}
    if not published:
        known = {language: {"empty": words.get("empty", "")} for language, words in known.items()}
    return _block("data-meanings", known)


def _block(name: str, content: object) -> Markup:
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return Markup(f'<script type="application/json" {name}>{data}</script>')  # noqa: S704
