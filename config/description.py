"""What the program understood of a configuration, in lines for the operator."""

from collections.abc import Iterator
from itertools import groupby

from config.settings import EVERYWHERE, Equipment, PrinterSettings, Settings
from hall.setup import Counter, Setup


def describe(setups: dict[str, Setup], settings: Settings) -> str:
    """Some lines for each hall, then those of the installation."""
    lines = [line for setup in setups.values() for line in _hall(setup)]
    return "\n".join([*lines, *_settings(settings)])


def _hall(setup: Setup) -> Iterator[str]:
    yield f"hall {setup.hall}: {setup.name}, {setup.authority} ({setup.timezone})"
    before = setup.rules.tickets_before_minutes
    for days, stretches in groupby(setup.hours, key=lambda hours: hours.days):
        spans = ", ".join(f"{each.opens:%H:%M}-{each.closes:%H:%M}" for each in stretches)
        yield f"  open {' '.join(days)}: {spans}; numbers {before} min earlier"
    yield f"  closed days: {', '.join(setup.closed_days) or 'none'}"
    for queue in setup.queues.values():
        fields = ", ".join(field.code for field in setup.fields.values() if field.queue == queue.id)
        count = sum(procedure.queue == queue.id for procedure in setup.procedures.values())
        takers = [_taker(counter, queue.id) for counter in setup.counters.values()]
        counters = ", ".join(filter(None, takers))
        quota = f", {queue.daily_quota} a day" if queue.daily_quota else ""
        yield f"  queue {queue.id} {queue.name}: {fields}, {count} procedures, counter {counters}{quota}"
    frequent = sum(procedure.frequent for procedure in setup.procedures.values())
    yield (
        f"  {len(setup.fields)} fields, {len(setup.procedures)} procedures ({frequent} frequent), "
        f"{len(setup.priorities)} priority groups, {len(setup.counters)} counters"
    )


def _taker(counter: Counter, queue: str) -> str:
    """`3`, `1 (over 30 min)`, or nothing when the counter does not take the queue."""
    for take in counter.takes:
        if take.queue == queue:
            return f"{counter.id} (over {take.over_minutes} min)" if take.over_minutes else counter.id
    return ""


def _settings(settings: Settings) -> Iterator[str]:
    server = settings.server
    yield f"listens on {server.host}:{server.port}"
    if server.public_url is None and server.host in EVERYWHERE:
        yield f"  note: no phone can open http://{server.host}; set public_url for the QR of the slips"
    else:
        yield f"phones reach it at {server.base_url(server.host, server.port)}"
    if server.trusted_hosts:
        yield f"screens also open it as {', '.join(server.trusted_hosts)}"
    yield f"keeps its data in {settings.store_dir}"
    for equipment in settings.equipment.values():
        yield from _equipment(equipment)
    if not server.rate_limits:
        yield "note: rate limits are off"
    yield f"log level {settings.log_level}"


def _equipment(equipment: Equipment) -> Iterator[str]:
    for printer in equipment.printers.values():
        yield f"printer {printer.name}: {_printer(printer)}"
    if not equipment.printers:
        yield "no printer: numbers are shown on the kiosk only"
    voice = equipment.voice
    recorded = f", recorded set {voice.recorded}" if voice.recorded else ""
    yield f"speaks {', '.join(voice.languages)} ({voice.dialect}), {voice.times} times{recorded}"
    kiosk = equipment.kiosk
    yield (
        f"kiosk: {', '.join(kiosk.languages)}; warns after {kiosk.idle_seconds} s, "
        f"begins anew {kiosk.warn_seconds} s later"
    )


def _printer(printer: PrinterSettings) -> str:
    where = f"{printer.host}:{printer.port}" if printer.kind == "network" else "virtual"
    kiosks = ", ".join(printer.kiosks) or "all kiosks"
    mute = "" if printer.answers else ", cannot answer"
    return f"{where}, {printer.width_mm} mm, for {kiosks}{mute}"
