"""What works on this machine: said in the words of whoever sits at the terminal, printers as they have shown
themselves and not as one would like them."""

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from zoneinfo import ZoneInfo

from config import Config, PrinterSettings, Voice
from hall import words
from hall.events import ClockStepped
from hub.clock import TOLD
from languages import of_locale, say
from printing import typeface
from printing.network import NetworkPrinter
from printing.transports import PrinterReading
from service.control import is_serving
from store.database import Database, DataGone, StoreUnavailable
from store.engine import is_kept, must_be_there, open_store
from store.journal import Journal
from store.printers import Ability, Barrier, KnownPrinters
from voice.speaker import Speaker, SpeakerFailed
from web.vendor import LIBRARIES

ENOUGH_BYTES = 500 * 1024 * 1024
DAY = "%d/%m/%Y"
MINUTE = "%d/%m/%Y %H:%M"
LOOKS = 3  # a printer that has just been switched on needs more than one
ANSWERS: Mapping[Barrier, str] = {
    "mark": "doctor_mark",
    "turn": "doctor_turn",
    "none": "doctor_no_barrier",
    "unknown": "doctor_unknown",
}


@dataclass(frozen=True, slots=True)
class Finding:
    well: bool
    text: str

    def __str__(self) -> str:
        return f"{'ok' if self.well else '!!'}  {self.text}"


def findings(config: Config, now: datetime) -> Iterator[Finding]:
    """A sentence each, as it is found; what takes long comes last. Asks printers only where no hub does."""
    directory = config.settings.store_dir
    serving = is_serving(directory)
    yield _told("doctor_serving" if serving else "doctor_resting")
    yield from _disk(directory, config.settings.store_second)
    yield Finding(*_fonts())
    yield _told("doctor_screens", well=all(each.is_file() for each in LIBRARIES.values()))
    try:
        database = open_store(directory, lock=False) if is_kept(directory) else None
    except StoreUnavailable as trouble:
        yield Finding(False, str(trouble))
        database = None
    try:
        for hall, setup in config.setups.items():
            yield from clock_of(database, hall, now.astimezone(ZoneInfo(setup.timezone)))
        equipment = config.settings.equipment.values()
        for printer in chain.from_iterable(each.printers.values() for each in equipment):
            yield from _printer(printer, database, now, ask=not serving)
    finally:
        if database is not None:
            database.close()
    for each in config.settings.equipment.values():
        yield _voice(each.voice)


def _told(key: str, *, well: bool = True, **facts: object) -> Finding:
    return Finding(well, say(of_locale(os.environ), "commands", key, **facts))


def _disk(directory: Path, second: Path | None) -> Iterator[Finding]:
    there = next(each for each in (directory, *directory.absolute().parents) if each.exists())
    free = shutil.disk_usage(there).free
    yield _told("doctor_disk", well=free >= ENOUGH_BYTES, directory=directory, free=free // 1024**2)
    try:
        must_be_there(directory, second)
    except DataGone as gone:
        yield Finding(False, str(gone))
    else:
        if not is_kept(directory):
            yield _told("doctor_no_data")
    if second is not None:
        well = second.is_dir()
        yield _told("doctor_second" if well else "doctor_no_second", well=well, folder=second)


def _fonts() -> tuple[bool, str]:
    try:
        typeface.face(700, 40)
    except OSError as trouble:
        return False, str(trouble)
    return True, _told("doctor_fonts").text


def clock_of(database: Database | None, hall: str, now: datetime) -> Iterator[Finding]:
    """Against the day in which the hall is by its journal, and what its hub saw of the clock in it."""
    journal = Journal(database) if database is not None else None
    day = journal.current_day(hall) if journal is not None else None
    events = journal.read(hall, day) if journal is not None and day is not None else []
    newest = events[-1].at.astimezone(now.tzinfo) if events else None
    if newest is not None and newest > now:
        yield _told("doctor_clock_behind", well=False, now=f"{now:{MINUTE}}", at=f"{newest:{MINUTE}}")
    else:
        yield _told("doctor_clock", now=f"{now:{MINUTE}}", hall=hall)
    if day is not None and (day > now.date() or (newest is not None and newest.date() > day)):
        yield _told("doctor_clock_date", well=False, hall=hall, day=f"{day:{DAY}}", today=f"{now:{DAY}}")
    for each in events:
        if isinstance(each, ClockStepped) and abs(by := timedelta(seconds=each.seconds)) >= TOLD:
            put = each.at.astimezone(now.tzinfo)
            yield _told(
                "doctor_clock_put", well=False, was=f"{put - by:{MINUTE}}", at=f"{put:{MINUTE}}", hall=hall
            )


def _printer(
    printer: PrinterSettings, database: Database | None, now: datetime, *, ask: bool
) -> Iterator[Finding]:
    if printer.kind == "virtual":
        yield _told("doctor_virtual", name=printer.name)
        return
    where = f"{printer.host}:{printer.port}"
    known = KnownPrinters(database) if database is not None else None
    ability = known.ability(printer.name, where) if known is not None else Ability()
    if not printer.answers:
        yield _told("doctor_one_way", name=printer.name, where=where)
        return
    if ask:
        line = NetworkPrinter(printer.host, printer.port, ability=ability)
        reading = _asked(line)
        if known is not None and line.ability != ability:
            known.learn(printer.name, where, line.ability, now)
        ability = line.ability
        yield _state(printer.name, reading)
    else:
        yield _told("doctor_not_asked", name=printer.name)
    barrier = ANSWERS[ability.barrier]
    yield _told(barrier, well=barrier != "doctor_no_barrier", name=printer.name, where=where)


def _asked(line: NetworkPrinter) -> PrinterReading:
    try:
        for _ in range(LOOKS):
            reading = line.status()
            if reading.state not in ("silent", "waiting"):
                break
        return reading
    finally:
        line.close()


def _state(name: str, reading: PrinterReading) -> Finding:
    if reading.state == "ok":
        return _told("doctor_printer_ok", name=name)
    return Finding(False, words.trouble("printer", reading.state, name).said[of_locale(os.environ)])


def _voice(voice: Voice) -> Finding:
    if voice.recorded is not None:
        return _told("doctor_recorded", folder=voice.recorded)
    speaker = Speaker()
    try:
        speaker.say(text="Mời số A 001", language="vi")
    except SpeakerFailed as trouble:
        return _told("doctor_mute", well=False, why=trouble)
    finally:
        speaker.stop()
    return _told("doctor_voice")
