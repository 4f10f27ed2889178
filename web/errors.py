"""How a refusal leaves the hall: its status, its two sentences, as JSON or as a page."""

from html import escape

import msgspec
from flask import Response

from hall import words
from hall.setup import Setup
from hall.trade import COMMON
from hall.trade import text as in_words_of
from languages import FIRST, say

UNAUTHENTICATED = frozenset({"unauthenticated", "login_failed", "session_ended"})
STATUS = {
    **dict.fromkeys(UNAUTHENTICATED, 401),
    **dict.fromkeys(("forbidden", "csrf", "not_your_counter"), 403),
    **dict.fromkeys(("malformed", "unknown_key", "missing_key", "wrong_type", "too_long", "bad_text"), 400),
    **dict.fromkeys(("bad_date", "reason_required", "outcome_required", "misdirected"), 400),
    **dict.fromkeys(("key_required", "key_too_long"), 400),
    "not_found": 404,
    "number_lost": 410,
    "method_not_allowed": 405,
    "too_large": 413,
    "key_reused": 422,
    "rate_limited": 429,
    "cannot_store": 503,
    "internal": 500,
}
# A screen's own words stay readable where its scripts and styles do not come.
PAGE = """<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{product}</title>
<link rel="stylesheet" href="/static/web/tokens.css">
<main class="refusal" data-code="{code}">
<h1>{vi}</h1>
<p lang="en">{en}</p>
</main>
</html>
"""


HTTP_CODES = {404: "not_found", 405: "method_not_allowed", 413: "too_large", 429: "rate_limited"}


def code_of(status: int) -> str:
    """What the web server itself refuses, as the hall says it."""
    return HTTP_CODES.get(status, "internal" if status >= 500 else "malformed")


def status_of(code: str) -> int:
    """409 is what the rules of the hall refuse."""
    return STATUS.get(code, 404 if code.startswith("unknown_") else 409)


def _named(facts: dict[str, str | int], setup: Setup | None) -> dict[str, words.Text]:
    """What the hall calls things of its own."""
    counter = setup.counters.get(str(facts.get("counter"))) if setup else None
    return {"counter": words.named(counter.name, counter.name_en)} if counter else {}


def refusal(code: str, facts: dict[str, str | int], setup: Setup | None = None, *, as_page: bool) -> Response:
    """In the words of the hall that was asked."""
    trade = setup.trade if setup else COMMON
    text = in_words_of(trade, words.refusal(code, **(facts | _named(facts, setup))))
    if as_page:
        body = PAGE.format(
            product=say(FIRST, "front", "product"), code=escape(code), vi=escape(text.vi), en=escape(text.en)
        ).encode()
        response = Response(body, status_of(code), mimetype="text/html")
    else:
        others = {f"message_{language}": said for language, said in text.said.items() if language != "en"}
        told = {"error": {"code": code, "message": text.en, **others}}
        response = Response(msgspec.json.encode(told), status_of(code), mimetype="application/json")
    if code == "rate_limited":
        response.headers["Retry-After"] = str(facts.get("seconds", 60))
    if status_of(code) == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response
