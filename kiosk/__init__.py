"""The kiosk: where a citizen finds a procedure and takes a number."""

from hall import views
from kiosk.routes import pages
from web.screens import Link, Screen

SCREEN = Screen(
    name="kiosk",
    namespace="/kiosk",
    roles=frozenset({"kiosk"}),
    summary="A kiosk shows what it may give",
    place=lambda arrival: arrival.printer(),
    view=lambda scene: views.kiosk.offer(scene.hall, scene.now, scene.build, scene.printer()),
    routes=pages,
    link=Link(1, device="kiosk", device_name="Ki-ốt 1"),
    single=True,
    watched=True,
)
