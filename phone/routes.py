"""The track page of a citizen's phone. One page for all: the token stays in the address and the script."""

from flask import Response, make_response, render_template

import languages
from web.doors import Pages
from web.screens import Sites

TRACK = "/t/{token}"

pages = Pages[Sites]("phone", __name__)


@pages.page(TRACK, "A citizen's own page", described=True)
def track(sites: Sites, token: str) -> Response:
    """The same page for a known and an unknown token: the script asks the API, which limits guessing. Where
    there are several halls, in the program's own words.
    """
    setups = [site.hall().setup for site in sites.values()]
    trade = setups[0].trade if len(setups) == 1 else None
    page = make_response(render_template("phone/track.html", languages=languages.KNOWN, trade=trade))
    # The address is the secret: it goes into no cache, no search index and no referrer.
    page.headers["Cache-Control"] = "no-store"
    page.headers["Referrer-Policy"] = "no-referrer"
    page.headers["X-Robots-Tag"] = "noindex"
    return page
