"""The track page of a citizen's phone. One page for all: the token stays in the address and the script."""

from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue

routes = Blueprint("phone", __name__, template_folder="templates")


@routes.get("/t/<token>")
def track(token: str) -> ResponseReturnValue:
    """The same page for a known and an unknown token: the script asks the API, which limits guessing."""
    page = make_response(render_template("phone/track.html"))
    # The address is the secret: it goes into no cache, no search index and no referrer.
    page.headers["Cache-Control"] = "no-store"
    page.headers["Referrer-Policy"] = "no-referrer"
    page.headers["X-Robots-Tag"] = "noindex"
    return page
