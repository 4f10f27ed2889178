"""The kiosk's page. Everything it shows of the day comes by the API and its socket."""

from collections.abc import Mapping
from typing import Protocol

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from hall.model import Hall
from hall.setup import Setup

# Codes of the catalogue behind the two ways that have a button of their own.
RESULT, GUIDANCE = "TK01", "TK02"


class Hub(Protocol):
    """The present state of one hall."""

    @property
    def hall(self) -> Hall: ...


def blueprint(
    halls: Mapping[str, Hub], *, idle_seconds: int = 20, warn_seconds: int = 20, english: bool = True
) -> Blueprint:
    """The route /kiosk/HALL. After `idle_seconds` without a touch the page asks, `warn_seconds` later it
    begins anew. `english`: whether it is offered."""
    routes = Blueprint("kiosk", __name__, template_folder="templates")

    @routes.get("/kiosk/<hall>")
    def kiosk(hall: str) -> ResponseReturnValue:
        if hall not in halls:
            abort(404)
        setup = halls[hall].hall.setup
        return render_template(
            "kiosk/kiosk.html",
            hall=setup,
            result=_offered(setup, RESULT),
            guidance=_offered(setup, GUIDANCE),
            idle_seconds=idle_seconds,
            warn_seconds=warn_seconds,
            english=english,
        )

    return routes


def _offered(setup: Setup, procedure: str) -> str:
    return procedure if procedure in setup.procedures else ""
