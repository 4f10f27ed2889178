"""A citizen's own page, opened by the QR of a slip; its socket tells anyone the numbers of the hall."""

from hall import views
from phone.routes import pages
from web.permissions import EVERYBODY, LOOK
from web.screens import Screen

SCREEN = Screen(
    name="phone",
    namespace="/queue",
    roles=EVERYBODY,
    summary="Phones and anyone: numbers only",
    view=lambda scene: views.public.queues(scene.hall, scene.now, scene.build),
    routes=pages,
    rate=LOOK,
)
