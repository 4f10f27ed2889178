"""The wall display: the calls of a hall, shown and spoken."""

from display.routes import pages
from hall import views
from web.schemas import Announced
from web.screens import Link, Said, Screen

SCREEN = Screen(
    name="display",
    namespace="/display",
    roles=frozenset({"display"}),
    summary="A wall shows the hall",
    events=(Said("announced", "A call was shown and spoken", Announced),),
    view=lambda scene: views.wall.board(scene.hall, scene.now, scene.build),
    routes=pages,
    link=Link(2, device="display", device_name="Màn hình sảnh"),
    speaks=True,
    watched=True,
)
