"""Who asks, where a proxy stands before the hub: the address it tells, and nobody else's word for it."""

from collections.abc import Callable, Iterable
from typing import Any

from hall.strangers import address_of, as_one

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def behind(application: Application, proxy: str | None) -> Application:
    """`proxy`: the only address whose X-Forwarded-For is believed, the last entry of it: those before were
    written by who asked. None: nobody's is. From here on REMOTE_ADDR says who is counted as one.
    """
    trusted = address_of(proxy or "")

    def asked(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        told = str(environ.pop("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2]
        asking = address_of(str(environ.get("REMOTE_ADDR", "")))
        if asking is not None and asking == trusted:
            asking = address_of(told) or asking
        environ["REMOTE_ADDR"] = as_one(asking)
        return application(environ, start_response)

    return asked
