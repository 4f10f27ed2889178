"""How this installation runs: addresses, data, printers, voice. Rules of the hall see none of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import languages
from config.table import Table
from hall.spoken import Dialect, Language

LogLevel = Literal["debug", "info", "warning", "error"]
PrinterKind = Literal["network", "virtual"]

SPOKEN: tuple[Language, ...] = ("vi", "en")
DIALECTS: tuple[Dialect, ...] = ("north", "south")
LOG_LEVELS: tuple[LogLevel, ...] = ("debug", "info", "warning", "error")
PRINTER_KINDS: tuple[PrinterKind, ...] = ("network", "virtual")
EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - named to be told apart, not to listen on
HOST = r"[A-Za-z0-9.:_-]+"
NAME = r"[a-z0-9]+(-[a-z0-9]+)*"


@dataclass(frozen=True, slots=True)
class Server:
    """Where the hub listens and what it is called. `public_url` has no slash at its end."""

    host: str
    port: int
    public_url: str | None
    trusted_hosts: tuple[str, ...]
    rate_limits: bool

    def base_url(self, host: str, port: int) -> str:
        """What the QR of a slip begins with, for a hub that listens on `host` and `port`."""
        return self.public_url or f"http://{_bracketed(host)}:{port}"

    def hosts(self, host: str) -> tuple[str, ...]:
        """Every name, without port, under which a request may reach a hub that listens on `host`."""
        public = urlsplit(self.public_url).hostname if self.public_url else None
        names = ["localhost", "127.0.0.1", public, *self.trusted_hosts]
        if host not in EVERYWHERE:
            names.append(host)
        return tuple(dict.fromkeys(name for name in names if name))

    def origins(self, host: str, port: int) -> tuple[str, ...]:
        """Pages of these origins may open a socket."""
        own = [f"http://{_bracketed(name)}:{port}" for name in self.hosts(host)]
        behind_proxy = [f"https://{name}" for name in self.trusted_hosts]
        public = [self.public_url] if self.public_url else []
        return tuple(dict.fromkeys([*public, *own, *behind_proxy]))

    @property
    def secure(self) -> bool:
        """Whether citizens and staff reach the hall over TLS."""
        return self.public_url is not None and self.public_url.startswith("https://")


@dataclass(frozen=True, slots=True)
class PrinterSettings:
    """`kiosks`: names of the kiosks whose slips it prints; none named: those no other printer names."""

    name: str
    kind: PrinterKind
    host: str
    port: int
    width_mm: int
    kiosks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """How calls are spoken. `recorded`: the folder of a recorded set, None: synthetic."""

    languages: tuple[Language, ...]
    dialect: Dialect
    recorded: Path | None
    times: int


@dataclass(frozen=True, slots=True)
class Kiosk:
    languages: tuple[str, ...]
    idle_seconds: int  # without a touch, then the warning
    warn_seconds: int  # the warning stands so long, then the next citizen's start page


@dataclass(frozen=True, slots=True)
class Equipment:
    """What stands in one hall: what its own file says of printers, voice and kiosks."""

    printers: dict[str, PrinterSettings]
    voice: Voice
    kiosk: Kiosk

    def printer_of(self, kiosk: str) -> str | None:
        """The printer for slips of this kiosk; None: the hall prints none."""
        named = [printer.name for printer in self.printers.values() if kiosk in printer.kiosks]
        open_to_all = [printer.name for printer in self.printers.values() if not printer.kiosks]
        return next(iter(named + open_to_all), None)


@dataclass(frozen=True, slots=True)
class Settings:
    """`equipment` by hall."""

    server: Server
    store_dir: Path
    equipment: dict[str, Equipment]
    log_level: LogLevel


def _bracketed(host: str) -> str:
    """An address as it stands in a URL: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def read_settings(root: Table, hall: str) -> Settings:
    """The settings of a hall's configuration file; what is wrong is in its faults."""
    return Settings(
        server=_server(root),
        store_dir=read_store(root),
        equipment={hall: Equipment(_printers(root), _voice(root), _kiosk(root))},
        log_level=_log(root),
    )


def _server(root: Table) -> Server:
    with root.table("server") as table:
        return Server(
            host=table.matching("host", HOST, "127.0.0.1", "127.0.0.1"),
            port=table.number("port", 0, 65535, 8000),
            public_url=_public_url(table),
            trusted_hosts=table.texts("trusted_hosts", ()),
            rate_limits=table.flag("rate_limits", True),
        )


def _public_url(table: Table) -> str | None:
    """Scheme, host and port only: the paths are ours."""
    text = table.text("public_url", "").rstrip("/")
    try:
        parts = urlsplit(text)
        right = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        right = right and not (parts.path or parts.query or parts.fragment or parts.username)
    except ValueError:  # a port that is no number, a bracket left open
        right = False
    if text and not right:
        table.fault("public_url", f'"{text}" is not written like "https://so.thachha.gov.vn"')
    return text or None


def read_store(root: Table) -> Path:
    """Where the data lies."""
    with root.table("store") as table:
        return table.path("dir", table.text("dir", "var"))


def _printers(root: Table) -> dict[str, PrinterSettings]:
    printers = {name: _printer(table, name) for name, table in root.tables("printer", least=0).items()}
    taken: dict[str, str] = {}
    for name, printer in printers.items():
        for kiosk in printer.kiosks:
            if kiosk in taken:
                place = ("printer", name, "kiosks")
                what = f'[printer.{name}] kiosks: "{kiosk}" prints on {taken[kiosk]} already'
                root.reading.faults.add(root.source.name, root.source.line(place), what)
            taken[kiosk] = name
    return printers


def _printer(table: Table, name: str) -> PrinterSettings:
    with table:
        table.check_id(name, NAME, "front")
        kind = table.one_of("kind", PRINTER_KINDS, "network")
        host = table.matching("host", HOST, "192.168.1.50", "")
        if kind == "network" and not host:
            table.fault("host", "is missing: a network printer is reached by its address")
        if kind == "virtual" and host:
            table.fault("host", "a virtual printer has no address: leave it out")
        return PrinterSettings(
            name=name,
            kind=kind,
            host=host,
            port=table.number("port", 1, 65535, 9100),
            width_mm=table.one_number("width_mm", (80, 58), 80),
            kiosks=table.texts("kiosks", ()),
        )


def _voice(root: Table) -> Voice:
    with root.table("voice") as table:
        languages = table.texts("languages", ("vi",), SPOKEN)
        if "vi" not in languages:
            table.fault("languages", 'must hold "vi": every call is spoken in Vietnamese first')
        recorded = table.text("recorded", "")
        folder = table.path("recorded", recorded) if recorded else None
        if folder is not None and not folder.is_dir():
            table.fault("recorded", f"there is no folder {folder}")
        return Voice(
            languages=tuple(each for each in SPOKEN if each in languages),
            dialect=table.one_of("dialect", DIALECTS, "north"),
            recorded=folder,
            times=table.number("times", 1, 3, 2),
        )


def _kiosk(root: Table) -> Kiosk:
    with root.table("kiosk") as table:
        offered = table.texts("languages", ("vi", "en"), languages.KNOWN)
        if languages.FIRST not in offered:
            table.fault("languages", f'must hold "{languages.FIRST}"')
        return Kiosk(
            languages=tuple(each for each in languages.KNOWN if each in offered),
            idle_seconds=table.number("idle_seconds", 5, 600, 20),
            warn_seconds=table.number("warn_seconds", 5, 120, 20),
        )


def _log(root: Table) -> LogLevel:
    with root.table("log") as table:
        return table.one_of("level", LOG_LEVELS, "info")
