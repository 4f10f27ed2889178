"""The counter panel: one page; what an officer may do there, the API and the socket decide."""

from flask import render_template

import languages
from web.doors import Pages
from web.guard import present
from web.screens import Sites

pages = Pages[Sites]("counter_panel", __name__)


@pages.page("/counter/{hall}", "The officer's panel")
def panel(sites: Sites, hall: str) -> str:
    """Log-in happens in the page, which is told only whether that is needed."""
    setup = sites[hall].hall().setup
    inside = present().session is not None
    return render_template(
        "counter_panel/panel.html",
        hall=setup.hall,
        hall_name=setup.name,
        trade=setup.trade,
        inside=inside,
        languages=languages.KNOWN,
    )
