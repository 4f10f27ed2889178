"""The first page: where the screens of this house are. In the demo with all that is needed to try them."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template

from web.doors import Pages


@dataclass(frozen=True, slots=True)
class Front:
    """`halls`: name by id. `demo_links`: by hall the paths of its screens with tokens; None: no demo."""

    halls: Mapping[str, str]
    demo_links: Mapping[str, Mapping[str, str]] | None


pages = Pages[Front]("front", __name__)


@pages.page("/", "The addresses of the screens")
def front(shown: Front) -> str:
    return render_template("web/front.html", halls=shown.halls, demo=shown.demo_links)
