"""The counter panel: one page; what an officer may do there, the API and the socket decide."""

from collections.abc import Mapping
from typing import Protocol

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from hall.model import Hall
from web.guard import present


class Hub(Protocol):
    """The present state of one hall."""

    @property
    def hall(self) -> Hall: ...


def blueprint(halls: Mapping[str, Hub]) -> Blueprint:
    """The route under /counter. Log-in happens in the page, which is told only whether that is needed."""
    routes = Blueprint("counter_panel", __name__, template_folder="templates")

    @routes.get("/counter/<hall>")
    def panel(hall: str) -> ResponseReturnValue:
        if hall not in halls:
            abort(404)
        setup = halls[hall].hall.setup
        inside = present().session is not None
        return render_template(
            "counter_panel/panel.html", hall=setup.hall, hall_name=setup.name, inside=inside
        )

    return routes
