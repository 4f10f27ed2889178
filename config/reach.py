"""Under which addresses a hub is reached: names, ports and origins as browsers write them.

A browser writes a name in small letters, one with marks in its ASCII form, an IPv6 address in brackets and
at its shortest, and no port where it is the usual one of the scheme.
"""

import ipaddress
import re
import unicodedata
from dataclasses import dataclass

USUAL_PORTS = {"http": 80, "https": 443}
LAST_PORT = 65535
LONGEST_HOST = 253
LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
# What may stand around a name: a scheme, a port, a slash.
ADDRESS = re.compile(r"(?:(https?)://)?(\[[^\[\]/@]*\]|[^\[\]:/@?#\s]+)(?::([0-9]{1,5}))?/?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WebAddress:
    """A name or IP address, and the port where one is said. `scheme`: "http", "https", or nothing."""

    host: str
    port: int | None = None
    scheme: str = ""

    def __str__(self) -> str:
        return bracketed(self.host) + (f":{self.port}" if self.port else "")


def host_of(text: str) -> str | None:
    """A name or IP address as browsers write it, IPv6 without its brackets. None: it is none."""
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        text = text[1:-1]
    if ":" in text:
        return _ip(text, ipaddress.IPv6Address)
    if not all(sign.isascii() or unicodedata.category(sign)[0] in "LMN" for sign in text):
        return None  # a hyphen that Word made, a curly quote
    try:
        name = text.removesuffix(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    labels = name.split(".")
    if len(name) > LONGEST_HOST or not all(map(LABEL.fullmatch, labels)):
        return None
    # Browsers take what ends in a number for an IPv4 address, and 192.168.1.500 is none.
    return _ip(name, ipaddress.IPv4Address) if re.fullmatch("[0-9]+|0x[0-9a-f]*", labels[-1]) else name


def _ip(text: str, kind: type[ipaddress.IPv4Address | ipaddress.IPv6Address]) -> str | None:
    try:
        return str(kind(text)) if "%" not in text else None  # a zone is of one machine's own network card
    except ValueError:
        return None


def web_address(text: str) -> WebAddress | None:
    """`hub.lan`, `Hub.LAN:8443`, `https://hub.lan/`, `[fd00::1]:8000`. None: no browser could open it."""
    if text.count(":") > 1 and host_of(text) is not None:
        return WebAddress(str(host_of(text)))
    found = ADDRESS.fullmatch(text.strip())
    host = host_of(found[2]) if found else None
    if found is None or host is None or (found[2].startswith("[") and ":" not in host):
        return None
    port = int(found[3]) if found[3] else None
    return (
        None
        if port is not None and not 0 < port <= LAST_PORT
        else WebAddress(host, port, (found[1] or "").lower())
    )


def origin_of(text: str) -> tuple[str, str, int] | None:
    """Scheme, host and port of an origin. None: it is that of no page we know, such as `null`."""
    place = web_address(text)
    if place is None or not place.scheme or text.endswith("/"):
        return None
    return place.scheme, place.host, place.port or USUAL_PORTS[place.scheme]


def bracketed(host: str) -> str:
    """A host as it stands in a URL: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def is_of_one_machine(host: str) -> bool:
    """Whether it leads every machine to itself, or to none: a phone that opens it finds no hub."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified


def is_of_no_machine(host: str) -> bool:
    """Whether no single machine can have it: 0.0.0.0, the address of a group, that of everybody."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_unspecified or address.is_multicast or str(address) == "255.255.255.255"


@dataclass(frozen=True, slots=True)
class Reach:
    """The addresses of one hub. `own`: names of the machine it listens on; `named`: those the operator gave
    it; `public`: what the slips' QR begins with.
    """

    port: int
    own: frozenset[str]
    named: tuple[WebAddress, ...] = ()
    public: WebAddress | None = None

    def answers(self, host: str) -> bool:
        """Whether a request with this Host header is for us."""
        place = web_address(host)
        return place is not None and not place.scheme and place.host in self._hosts

    def welcome(self, origin: str | None, host: str) -> bool:
        """Whether a socket may be opened; a program that is no page names no origin, and shows a token."""
        return self.answers(host) and (origin is None or self.ours(origin, host))

    def ours(self, origin: str, host: str) -> bool:
        """Whether a page of this origin is one of ours, asking at `host`, its Host header.

        The page's name must be one of ours. Its port is right where it asks the address it came from, and
        where the port is ours or was given. A given name without a port may be served at port 80, and over
        TLS, which we do not speak ourselves, at any port by whatever stands before us.
        """
        found = origin_of(origin)
        if found is None or found[1] not in self._hosts:
            return False
        scheme, name, port = found
        asked = web_address(host)
        if asked and (asked.host, asked.port or USUAL_PORTS[scheme]) == (name, port):
            return True
        if (scheme, port) == ("http", self.port) or (self.public and found == origin_of(self.public_origin)):
            return True
        given = [place for place in self.named if place.host == name]
        return any(port == place.port if place.port else scheme == "https" or port == 80 for place in given)

    @property
    def public_origin(self) -> str:
        return f"{self.public.scheme}://{self.public}" if self.public else ""

    @property
    def _hosts(self) -> frozenset[str]:
        public = {self.public.host} if self.public else set()
        return self.own | public | {place.host for place in self.named}
