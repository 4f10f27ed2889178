"""The configuration: TOML files and environment variables into frozen values, or every fault at once."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import languages
from config import description
from config.differences import different
from config.halls import read_hall
from config.reach import bracketed
from config.settings import (
    EVERYWHERE,
    LOOPBACK,
    Equipment,
    Kiosk,
    PrinterSettings,
    Server,
    Settings,
    Voice,
    read_settings,
    read_store,
)
from config.source import ConfigErrors, Source
from config.syntax import Unreadable, decoded
from config.table import Reading, Table
from hall.setup import Setup

__all__ = [
    "EVERYWHERE",
    "LOOPBACK",
    "Config",
    "ConfigErrors",
    "Equipment",
    "Kiosk",
    "PrinterSettings",
    "Reading",
    "Server",
    "Settings",
    "Voice",
    "bracketed",
    "data_folder",
    "describe",
    "different",
    "read",
]


@dataclass(frozen=True, slots=True)
class Config:
    """The halls by id, and how this installation runs."""

    setups: dict[str, Setup]
    settings: Settings


def read(path: Path, environ: Mapping[str, str]) -> Config:
    """The configuration of `path` with what `environ` overrides. Raises ConfigErrors with every fault."""
    return read_with(Reading(environ), path)


def read_with(reading: Reading, path: Path) -> Config:
    """As `read`; `reading` holds afterwards every key and variable that would be accepted."""
    source = reading.source(path)
    if source is None:
        raise ConfigErrors(reading.faults.lines())
    with Table(reading, source, (), source.data, "") as root:
        setup, emblem = read_hall(reading, root)
        settings = read_settings(root, setup.hall, emblem)
    reading.refuse_unknown_variables()
    for file, what in languages.FAULTS:
        reading.faults.add(file, 0, what)
    if reading.faults.found:
        raise ConfigErrors(reading.faults.lines())
    return Config({setup.hall: setup}, settings)


def describe(config: Config, language: str = "en") -> str:
    """What was understood, in lines for the operator."""
    return description.describe(config.setups, config.settings, language)


def data_folder(path: Path, environ: Mapping[str, str]) -> Path | None:
    """Where the data of `path` lies, whatever else is wrong in it; None: not even that can be read."""
    try:
        said = {"store": _store_of(decoded(path.read_bytes()))}
    except (OSError, ValueError, Unreadable):
        return None
    reading = Reading(environ)
    with Table(reading, Source(str(path), path.parent, said, {}), (), said, "") as root:
        folder, _ = read_store(root)
    return None if reading.faults.found else folder


def _store_of(text: str) -> object:
    """The table [store]; where the text is no TOML any more, what stands under its head."""
    try:
        whole = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        section = re.search(r"^\[store\].*?(?=^\[|\Z)", text, re.MULTILINE | re.DOTALL)
        whole = tomllib.loads(section[0] if section else "")
    return whole.get("store", {})
