"""What the program understood of a configuration, in lines for the operator."""

from collections.abc import Iterator
from itertools import groupby

import languages
from config.reach import bracketed
from config.settings import EVERYWHERE, Equipment, PrinterSettings, Settings
from hall.setup import Counter, Setup


def describe(setups: dict[str, Setup], settings: Settings, language: str) -> str:
    """Some lines for each hall, then those of the installation."""
    return "\n".join(Description(language).lines(setups, settings))


class Description:
    """The lines in one language."""

    def __init__(self, language: str) -> None:
        self._language = language

    def say(self, what: str, **facts: object) -> str:
        return languages.say(self._language, "config", what, **facts)

    def lines(self, setups: dict[str, Setup], settings: Settings) -> Iterator[str]:
        for setup in setups.values():
            yield from self._hall(setup)
        yield from self._settings(settings)

    def _hall(self, setup: Setup) -> Iterator[str]:
        named = {"name": setup.name, "authority": setup.authority, "timezone": setup.timezone}
        yield self.say("is_hall", hall=setup.hall, **named)
        before = setup.rules.tickets_before_minutes
        for days, stretches in groupby(setup.hours, key=lambda hours: hours.days):
            spans = ", ".join(f"{each.opens:%H:%M}-{each.closes:%H:%M}" for each in stretches)
            yield self.say("is_open", days=" ".join(days), spans=spans, minutes=before)
        yield self.say("is_closed", days=", ".join(setup.closed_days) or self.say("is_none"))
        for queue in setup.queues.values():
            takers = [self._taker(counter, queue.id) for counter in setup.counters.values()]
            yield self.say(
                "is_queue",
                queue=queue.id,
                name=queue.name,
                fields=", ".join(field.code for field in setup.fields.values() if field.queue == queue.id),
                count=sum(procedure.queue == queue.id for procedure in setup.procedures.values()),
                counters=", ".join(filter(None, takers)),
                quota=self.say("is_quota", quota=queue.daily_quota) if queue.daily_quota else "",
            )
        yield self.say(
            "is_whole",
            fields=len(setup.fields),
            procedures=len(setup.procedures),
            frequent=sum(procedure.frequent for procedure in setup.procedures.values()),
            priorities=len(setup.priorities),
            counters=len(setup.counters),
        )

    def _taker(self, counter: Counter, queue: str) -> str:
        """`3`, `1 (over 30 min)`, or nothing when the counter does not take the queue."""
        for take in counter.takes:
            if take.queue == queue and take.over_minutes:
                return self.say("is_taken_over", counter=counter.id, minutes=take.over_minutes)
            if take.queue == queue:
                return counter.id
        return ""

    def _settings(self, settings: Settings) -> Iterator[str]:
        server = settings.server
        yield self.say("is_listening", address=f"{bracketed(server.host)}:{server.port}")
        if server.public_url is None and server.host in EVERYWHERE:
            yield self.say("is_unreached", host=server.host)
        else:
            yield self.say("is_reached", address=server.base_url(server.host, server.port))
        if server.trusted_hosts:
            yield self.say("is_opened", names=", ".join(server.trusted_hosts))
        yield self.say("is_kept", folder=settings.store_dir)
        if (second := settings.store_second) is not None:
            yield self.say("is_noted" if second.is_dir() else "is_not_noted", folder=second)
        for equipment in settings.equipment.values():
            yield from self._equipment(equipment)
        if not server.rate_limits:
            yield self.say("is_unlimited")
        yield self.say("is_logged", level=settings.log_level)

    def _equipment(self, equipment: Equipment) -> Iterator[str]:
        yield from map(self._printer, equipment.printers.values())
        if not equipment.printers:
            yield self.say("is_no_printer")
        voice, kiosk = equipment.voice, equipment.kiosk
        yield self.say(
            "is_spoken",
            languages=", ".join(voice.languages),
            dialect=voice.dialect,
            times=voice.times,
            recorded=self.say("is_recorded", folder=voice.recorded) if voice.recorded else "",
        )
        if equipment.emblem:
            yield self.say("is_emblem", file=equipment.emblem)
        spoken = ", ".join(kiosk.languages)
        yield self.say("is_kiosk", languages=spoken, idle=kiosk.idle_seconds, warn=kiosk.warn_seconds)

    def _printer(self, printer: PrinterSettings) -> str:
        network = printer.kind == "network"
        return self.say(
            "is_printer",
            name=printer.name,
            where=f"{printer.host}:{printer.port}" if network else self.say("is_virtual"),
            width=printer.width_mm,
            kiosks=", ".join(printer.kiosks) or self.say("is_for_all"),
            mute="" if printer.answers else self.say("is_mute"),
        )
