"""The hall live for whoever is in charge of it: its socket alone, there is no page of it."""

from hall import views
from hall.actors import SUPERVISORS
from web.screens import Screen

SCREEN = Screen(
    name="supervisor",
    namespace="/supervisor",
    roles=SUPERVISORS,
    summary="The hall live",
    view=lambda scene: views.supervisor.overview(scene.hall, scene.now, scene.build, scene.devices),
)
