"""The officer's panel."""

from counter_panel.routes import pages
from hall import desk, views
from hall.model import Refused
from hall.views.counter import Panel
from web.permissions import AT_A_COUNTER
from web.screens import Arrival, Link, Scene, Screen


def _counter(arrival: Arrival) -> str:
    """The counter where they work. Refuses `no_counter`."""
    place = desk.desk_of(arrival.hall, arrival.actor)
    if place not in arrival.hall.setup.counters:
        raise Refused("no_counter")
    return place


def _view(scene: Scene) -> Panel:
    return views.counter.panel(scene.hall, scene.place or "", scene.now, scene.build, scene.devices)


SCREEN = Screen(
    name="counter_panel",
    namespace="/counter",
    roles=AT_A_COUNTER,
    summary="A counter sees its citizen",
    place=_counter,
    view=_view,
    routes=pages,
    link=Link(3),
)
