"""The kiosk's page. Everything it shows of the day comes by the API and its socket."""

from flask import render_template

from hall.setup import Setup
from web.doors import Pages
from web.screens import Sites

pages = Pages[Sites]("kiosk", __name__)


@pages.page("/kiosk/{hall}", "The kiosk")
def kiosk(sites: Sites, hall: str) -> str:
    setup, manners = sites[hall].hall().setup, sites[hall].kiosk
    return render_template(
        "kiosk/kiosk.html",
        hall=setup,
        trade=setup.trade,
        emblem=sites[hall].emblem,
        result=_offered(setup, setup.trade.result),
        guidance=_offered(setup, setup.trade.guidance),
        idle_seconds=manners.idle_seconds,
        warn_seconds=manners.warn_seconds,
        languages=tuple(manners.languages),
    )


def _offered(setup: Setup, procedure: str) -> str:
    return procedure if procedure in setup.procedures else ""
