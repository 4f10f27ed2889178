"""The words of a page, for its template and for its script."""

import json

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

import languages
from hall import trade


@pass_context
def words_block(context: Context, offered: tuple[str, ...], *subjects: str) -> Markup:
    """A block of data, which no sign of the words ends; web/static/words.js reads it. The page's `trade` says
    what is called otherwise in its hall."""
    words = {
        language: trade.phrases(context.get("trade") or trade.COMMON, language, phrases)
        for language, phrases in languages.of_page(offered, *subjects).items()
    }
    data = json.dumps(words, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return Markup(f'<script type="application/json" data-phrases>{data}</script>')  # noqa: S704
