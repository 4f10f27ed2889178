"""The words of a page, for its template and for its script."""

import json
from functools import lru_cache

from markupsafe import Markup

import languages


@lru_cache(maxsize=64)
def words_block(offered: tuple[str, ...], *subjects: str) -> Markup:
    """A block of data, which no sign of the words ends; web/static/words.js reads it."""
    words = languages.of_page(offered, *subjects)
    data = json.dumps(words, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return Markup(f'<script type="application/json" data-phrases>{data}</script>')  # noqa: S704
