"""Who asks, where a proxy stands before the hub: the address it tells, and nobody else's word for it."""

import ipaddress
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def behind(application: Application, proxy: str | None) -> Application:
    """`proxy`: the only address whose X-Forwarded-For is believed, the last entry of it: those before were
    written by who asked. None: nobody's is.
    """

    def asked(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        told = str(environ.pop("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2]
        if proxy is not None and _plain(environ.get("REMOTE_ADDR", "")) == proxy:
            environ["REMOTE_ADDR"] = _plain(told) or proxy
        return application(environ, start_response)

    return asked


def _plain(address: str) -> str:
    """As it is compared: an IPv4 address that came in over IPv6 is the IPv4 one. Empty: it is none."""
    try:
        found = ipaddress.ip_address(address.strip())
    except ValueError:
        return ""
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return str(mapped or found)
