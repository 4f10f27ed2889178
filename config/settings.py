"""How this installation runs: addresses, data, printers, voice. Rules of the hall see none of it."""

import errno
import ipaddress
import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Literal

import languages
from config.reach import (
    LAST_PORT,
    USUAL_PORTS,
    Reach,
    bracketed,
    host_of,
    is_of_no_machine,
    is_of_one_machine,
    web_address,
)
from config.table import Reading, Table
from hall import signs
from hall.spoken import Dialect, Language

LogLevel = Literal["debug", "info", "warning", "error"]
PrinterKind = Literal["network", "virtual"]

SPOKEN: tuple[Language, ...] = ("vi", "en")
DIALECTS: tuple[Dialect, ...] = ("north", "south")
LOG_LEVELS: tuple[LogLevel, ...] = ("debug", "info", "warning", "error")
PRINTER_KINDS: tuple[PrinterKind, ...] = ("network", "virtual")
EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - named to be told apart, not to listen on
MAY_NOT = frozenset({errno.ENOENT, errno.EACCES, errno.EPERM, errno.EROFS})
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
NAME = r"[a-z0-9]+(-[a-z0-9]+)*"


@dataclass(frozen=True, slots=True)
class Server:
    """Where the hub listens and what it is called. `public_url` has no slash at its end. `proxy`: the address
    of the only one whose word is taken for who asks."""

    host: str
    port: int
    public_url: str | None
    trusted_hosts: tuple[str, ...]
    rate_limits: bool
    proxy: str | None = None

    def base_url(self, host: str, port: int) -> str:
        """What the QR of a slip begins with, for a hub that listens on `host` and `port`."""
        return self.public_url or f"http://{bracketed(host)}:{port}"

    def link(self, path: str) -> tuple[str, bool]:
        """The address that a device opens for a `path`, and whether it can from where it stands."""
        named = (place for each in self.trusted_hosts if (place := web_address(each)))
        place = next((each for each in named if not is_of_one_machine(each.host)), None)
        if self.public_url is None and self.host in EVERYWHERE and place:
            if place.port == USUAL_PORTS["https"]:
                return f"https://{bracketed(place.host)}{path}", True
            return f"http://{bracketed(place.host)}:{place.port or self.port}{path}", True
        reached = self.public_url is not None or self.host not in EVERYWHERE
        return self.base_url(self.host, self.port) + path, reached

    def reach(self, host: str, port: int) -> Reach:
        """Under which addresses a hub that listens on `host` and `port` is asked."""
        listening = host_of(host) if host not in EVERYWHERE else None
        named = tuple(place for each in self.trusted_hosts if (place := web_address(each)))
        public = web_address(self.public_url) if self.public_url else None
        return Reach(port, LOOPBACK | ({listening} if listening else set()), named, public)

    @property
    def secure(self) -> bool:
        """Whether citizens and staff reach the hall over TLS."""
        return self.public_url is not None and self.public_url.startswith("https://")


@dataclass(frozen=True, slots=True)
class PrinterSettings:
    """`kiosks`: names of the kiosks whose slips it prints; none named: those no other printer names.
    `answers`: false for one that cannot say what became of a slip."""

    name: str
    kind: PrinterKind
    host: str
    port: int
    width_mm: int
    kiosks: tuple[str, ...]
    answers: bool


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
    tickets_per_minute: int


@dataclass(frozen=True, slots=True)
class Equipment:
    """What stands in one hall: what its own file says of printers, voice and kiosks, and its emblem."""

    printers: dict[str, PrinterSettings]
    voice: Voice
    kiosk: Kiosk
    emblem: Path | None = None  # a picture that browsers show and Pillow reads

    def printer_of(self, kiosk: str) -> str | None:
        """The printer for slips of this kiosk; None: the hall prints none."""
        wanted = folded(kiosk)
        named = [each.name for each in self.printers.values() if wanted in map(folded, each.kiosks)]
        open_to_all = [printer.name for printer in self.printers.values() if not printer.kiosks]
        return next(iter(named + open_to_all), None)

    def without_partner(self, kiosks: Iterable[str], language: str = "en") -> Iterator[str]:
        """Sentences for the operator: printers' kiosks that no token is named after, and those of `kiosks`,
        the names of the tokens, whose slips come out nowhere."""
        kiosks = list(kiosks)
        known = set(map(folded, kiosks))
        for printer in self.printers.values():
            for name in printer.kiosks:
                if folded(name) not in known:
                    named = {"printer": printer.name, "name": name, "kiosks": ", ".join(kiosks)}
                    what = "no_such_kiosk" if kiosks else "no_kiosk_yet"
                    yield languages.say(language, "config", what, **named)
        for name in dict.fromkeys(kiosks):
            if self.printers and self.printer_of(name) is None:
                yield languages.say(language, "config", "prints_nowhere", name=name)


@dataclass(frozen=True, slots=True)
class Settings:
    """`store_second`: where copies of the second place lie; None: with the data only. `equipment` by hall."""

    server: Server
    store_dir: Path
    store_second: Path | None
    equipment: dict[str, Equipment]
    log_level: LogLevel


def folded(name: str) -> str:
    """A kiosk's name as it is compared: "Kiosk-1" and "kiosk-1 " are one machine to whoever wrote them."""
    return " ".join(unicodedata.normalize("NFKC", signs.plain(name)).casefold().split())


def read_settings(root: Table, hall: str, emblem: Path | None) -> Settings:
    """The settings of a hall's configuration file; what is wrong is in its faults."""
    folder, second = read_store(root)
    return Settings(
        server=_server(root),
        store_dir=folder,
        store_second=second,
        equipment={hall: Equipment(_printers(root), _voice(root), _kiosk(root), emblem)},
        log_level=_log(root),
    )


def _server(root: Table) -> Server:
    with root.table("server") as table:
        return Server(
            host=_listening(table),
            port=table.number("port", 0, LAST_PORT, 8000),
            public_url=_public_url(table),
            trusted_hosts=_trusted_hosts(table),
            rate_limits=table.flag("rate_limits", True),
            proxy=_proxy(table),
        )


def _listening(table: Table) -> str:
    said = table.text("host", "127.0.0.1")
    host = host_of(said)
    if said and host is None:
        table.fault("host", "no_network_card", said=said)
    return host or said


def _proxy(table: Table) -> str | None:
    said = table.text("proxy", "")
    try:
        return str(ipaddress.ip_address(said)) if said else None
    except ValueError:
        table.fault("proxy", "not_like", said=said, example="127.0.0.1")
        return None


def _public_url(table: Table) -> str | None:
    """Scheme, host and port only, as browsers write them: the paths are ours."""
    text = table.text("public_url", "")
    place = web_address(text.rstrip("/"))
    if not text:
        return None
    if place is None or not place.scheme:
        table.fault("public_url", "not_like", said=text, example="https://so.thachha.gov.vn")
        return None
    if is_of_one_machine(place.host) or is_of_no_machine(place.host):
        table.fault("public_url", "leads_nowhere", said=text)
    usual = place.port == USUAL_PORTS[place.scheme]
    return f"{place.scheme}://{replace(place, port=None) if usual else place}"


def _trusted_hosts(table: Table) -> tuple[str, ...]:
    """Names, with a port where one was given; capitals, scheme and slash are put right."""
    found: list[str] = []
    for said in table.texts("trusted_hosts", ()):
        place = web_address(said)
        if place is None or is_of_no_machine(place.host):
            table.fault("trusted_hosts", "no_name_of_a_hub", said=said)
        elif str(place) not in found:
            found.append(str(place))
    return tuple(found)


def read_store(root: Table) -> tuple[Path, Path | None]:
    """Where the data lies, and where the copies of its second place. That folder need not be there now: its
    disk may not be mounted, and the hall works without."""
    with root.table("store") as table:
        folder = table.path("dir", table.text("dir", "var"))
        if why := _cannot_be_made(folder, table.reading):
            table.fault("dir", "no_place_for_data", path=folder, why=why)
        said = table.text("second", "")
        second = table.path("second", said) if said else None
        if second is not None and second.resolve().is_relative_to(folder.resolve()):
            table.fault("second", "second_with_data", path=second, folder=folder)
        elif second is not None and second.exists() and (why := _cannot_be_made(second, table.reading)):
            table.fault("second", "no_second_place", path=second, why=why)
        return folder, second


def _cannot_be_made(folder: Path, reading: Reading) -> str | None:
    """Why the data cannot lie in this folder, which may not be there yet. None: it can."""
    try:
        ways = (folder, *folder.absolute().parents)
        there = next(each for each in ways if each.exists() or each.is_symlink())
        if not there.is_dir():
            return reading.tell("no_folder_there", path=there)
        if there != folder:
            # Asked by doing: rights, a read-only disk and folders of the kernel all say no in their own way.
            Path(mkdtemp(prefix=".motcua-", dir=there)).rmdir()
            return None
        if not os.access(there, os.R_OK | os.W_OK | os.X_OK):
            return reading.tell("may_not_write")
    except OSError as error:
        return reading.tell("may_not_write") if error.errno in MAY_NOT else f"{error.strerror}"
    return None


def _printers(root: Table) -> dict[str, PrinterSettings]:
    printers = {name: _printer(table, name) for name, table in root.tables("printer", least=0).items()}
    taken: dict[str, str] = {}
    for name, printer in printers.items():
        for kiosk in map(folded, printer.kiosks):
            if kiosk in taken:
                place = ("printer", name, "kiosks")
                what = root.reading.tell("prints_already", kiosk=kiosk, printer=taken[kiosk])
                line = root.source.line(place)
                root.reading.faults.add(root.source.name, line, f"[printer.{name}] kiosks: {what}")
            taken[kiosk] = name
    return printers


def _printer(table: Table, name: str) -> PrinterSettings:
    with table:
        table.check_id(name, NAME, "front")
        kind = table.one_of("kind", PRINTER_KINDS, "network")
        said = table.text("host", "")
        host = host_of(said)
        if kind == "network" and not said:
            table.fault("host", "printer_without_host")
        elif kind == "network" and (host is None or is_of_no_machine(host)):
            table.fault("host", "no_printer_there", said=said)
        if kind == "virtual" and said:
            table.fault("host", "virtual_with_host")
        return PrinterSettings(
            name=name,
            kind=kind,
            host=host or said,
            port=table.number("port", 1, LAST_PORT, 9100),
            width_mm=table.one_number("width_mm", (80, 58), 80),
            kiosks=table.texts("kiosks", ()),
            answers=table.flag("answers", True),
        )


def _voice(root: Table) -> Voice:
    with root.table("voice") as table:
        languages = table.texts("languages", ("vi",), SPOKEN)
        if "vi" not in languages:
            table.fault("languages", "no_vietnamese", language="vi")
        recorded = table.text("recorded", "")
        folder = table.path("recorded", recorded) if recorded else None
        if folder is not None and not folder.is_dir():
            table.fault("recorded", "no_folder", path=folder)
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
            table.fault("languages", "no_vietnamese", language=languages.FIRST)
        return Kiosk(
            languages=tuple(each for each in languages.KNOWN if each in offered),
            idle_seconds=table.number("idle_seconds", 5, 600, 20),
            warn_seconds=table.number("warn_seconds", 5, 120, 20),
            tickets_per_minute=table.number("tickets_per_minute", 1, 600, 30),
        )


def _log(root: Table) -> LogLevel:
    with root.table("log") as table:
        return table.one_of("level", LOG_LEVELS, "info")
