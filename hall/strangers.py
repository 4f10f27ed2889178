"""Strangers are told apart by where they come from, and by nothing they say."""

import ipaddress
import re

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

HOUSE_BITS = 64  # what a house is given of IPv6: one machine there has as many addresses as it likes
# As proxies write it: 10.0.0.7, 10.0.0.7:5555, fd00::1, [fd00::1], [fd00::1]:5555.
WRITTEN = re.compile(r"\[([0-9a-f:.]+)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+)(?::\d+)?|([0-9a-f:.]+)", re.IGNORECASE)


def address_of(text: str) -> IPAddress | None:
    """An IPv4 address that came in over IPv6 is the IPv4 one. None: it is none."""
    written = WRITTEN.fullmatch(text.strip().partition("%")[0])  # a zone is of one network card
    if written is None:
        return None
    try:
        found = ipaddress.ip_address(next(filter(None, written.groups())))
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, ipaddress.IPv6Address) else found


def as_one(address: IPAddress | None) -> str:
    """Under which name all count who are one: an IPv4 address, or the house of an IPv6 one."""
    if address is None:
        return "unknown"
    if address.version == 4 or address.is_loopback:
        return str(address)
    return str(ipaddress.ip_network((int(address), HOUSE_BITS), strict=False))
