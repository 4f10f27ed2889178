"""The first page: where the screens of this house are. In the demo with all that is needed to try them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import render_template

from web.doors import Pages


@dataclass(frozen=True, slots=True)
class Shown:
    """A link to a screen. `window`: it opens in one of its own."""

    name: str
    address: str
    window: bool


@dataclass(frozen=True, slots=True)
class Front:
    """`halls`: name of each and what of it can be opened from here."""

    halls: Callable[[], Sequence[tuple[str, Sequence[Shown]]]]
    demo: bool


pages = Pages[Front]("front", __name__)


@pages.page("/", "The addresses of the screens")
def front(shown: Front) -> str:
    return render_template("web/front.html", halls=shown.halls(), demo=shown.demo)
