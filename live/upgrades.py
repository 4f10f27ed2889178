"""The way to a websocket: who may ask for one, and how many are opened in a second."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import gevent

from live.websocket import Allowance

# A websocket costs over 1 ms to open: a flood may not take the core. Most screens open few, and for them a
# part is kept: a flood of one address takes the rest.
OFTEN = (600.0, 300.0)  # at once, and a second after that
SELDOM = (150.0, 75.0)
SELDOM_EACH = (30.0, 2.0)  # of one address; more is often
ADDRESSES_KEPT = 1000
PATIENCE_SECONDS = 1.5  # a page gives up after 2
# Whether a page of this Origin (None: no page) may open a socket at this Host.
Welcome = Callable[[str | None, str], bool]


class Upgrades:
    """How many websockets may be opened now, and by whom."""

    def __init__(self) -> None:
        self._often, self._seldom = Allowance(*OFTEN), Allowance(*SELDOM)
        self._each: OrderedDict[str, Allowance] = OrderedDict()

    def take(self, address: str) -> float | None:
        """Seconds to wait before going on. None: too many."""
        own = self._each.setdefault(address, Allowance(*SELDOM_EACH))
        self._each.move_to_end(address)
        if len(self._each) > ADDRESSES_KEPT:
            self._each.popitem(last=False)
        wait = self._seldom.take() if own.take() is not None else None
        return self._often.take(PATIENCE_SECONDS) if wait is None else wait


def only_upgrades(application: Callable[..., Any], path: str, welcome: Welcome) -> Callable[..., Any]:
    """Answers what is not a new websocket under `path`, before Engine.IO keeps something for it.

    A browser does not tell a page why its websocket was refused. A page that asks without an upgrade learns
    it: 403 where its address is none of ours, else 400.
    """
    upgrades = Upgrades()

    def guarded(environ: dict[str, Any], start_response: Callable[..., object]) -> Any:
        if environ["PATH_INFO"].startswith(path):
            tokens = {token.strip().lower() for token in environ.get("HTTP_CONNECTION", "").split(",")}
            query = parse_qs(environ.get("QUERY_STRING", ""))
            upgrade = "upgrade" in tokens and environ.get("HTTP_UPGRADE", "").lower() == "websocket"
            if not welcome(environ.get("HTTP_ORIGIN"), environ.get("HTTP_HOST", "")):
                status = "400 Bad Request" if upgrade else "403 Forbidden"
                start_response(status, [("Content-Type", "text/plain"), ("Connection", "close")])
                return [b"not an address of this hub: see [server] trusted_hosts"]
            if not upgrade or query.get("transport") != ["websocket"] or "sid" in query:
                start_response("400 Bad Request", [("Content-Type", "text/plain"), ("Connection", "close")])
                return [b"websocket only"]
            wait = upgrades.take(str(environ.get("REMOTE_ADDR", "")))
            if wait is None:
                start_response("503 Service Unavailable", [("Retry-After", "1"), ("Connection", "close")])
                return [b""]
            gevent.sleep(wait)
        return application(environ, start_response)

    return guarded
