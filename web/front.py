"""The first page: where the screens of this house are. In the demo with all that is needed to try them."""

from collections.abc import Mapping

from flask import Blueprint, render_template


def blueprint(halls: Mapping[str, str], demo_links: Mapping[str, Mapping[str, str]] | None) -> Blueprint:
    """`halls`: name by id. `demo_links`: by hall the paths of its screens with tokens; None: no demo."""
    routes = Blueprint("front", __name__, template_folder="templates")

    @routes.get("/")
    def front() -> str:
        return render_template("web/front.html", halls=halls, demo=demo_links)

    return routes
