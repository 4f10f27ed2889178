"""The configuration taken while the hub runs, or refused with its lines while the one before goes on."""

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from threading import Lock

from config import Config, ConfigErrors, different
from hall.setup import Setup
from hub import Hub
from languages import of_locale, say
from service.control import ReloadAnswer, ReloadWish
from service.dates import to_todays_date
from store.database import StoreUnavailable

TAKEN, FAILED, WRONG_CONFIGURATION = 0, 1, 78  # exit codes of the command

log = logging.getLogger(__name__)


class Reload:
    """`running` is what the hub was started with: its settings hold until it ends. `read` reads `file` again;
    `taken(hall)` is told of each hall that is set up anew."""

    def __init__(
        self,
        file: Path,
        running: Config,
        read: Callable[[Mapping[str, str]], Config],
        hubs: Mapping[str, Hub],
        taken: Callable[[str], None],
        *,
        always_open: bool,
    ) -> None:
        self._file = file
        self._running = running
        self._read = read
        self._hubs = hubs
        self._taken = taken
        self._always_open = always_open
        self._one_at_a_time = Lock()
        self._environ: Mapping[str, str] = os.environ

    def wished(self, wish: ReloadWish) -> ReloadAnswer:
        if wish.day:
            return to_todays_date(self._hubs)
        if Path(wish.config) != self._file:
            language = of_locale(_surroundings(wish.language))
            said = say(language, "commands", "reload_other_file", file=self._file, asked=wish.config)
            return ReloadAnswer(FAILED, [said])
        return self.take(wish.language)

    def take(self, language: str = "") -> ReloadAnswer:
        """Answers in this language; empty: in that of the hub's own surroundings."""
        with self._one_at_a_time:
            self._environ = _surroundings(language)
            answer = self._take()
        level = logging.INFO if answer.code == TAKEN else logging.ERROR
        for line in answer.lines:
            log.log(level, "reload: %s", line)
        return answer

    def _take(self) -> ReloadAnswer:
        try:
            config = self._read(self._environ)
        except ConfigErrors as errors:
            return ReloadAnswer(WRONG_CONFIGURATION, errors.lines)
        try:
            return ReloadAnswer(TAKEN, [*self._halls(config.setups), *self._needs_restart(config)])
        except StoreUnavailable as trouble:
            return ReloadAnswer(FAILED, [str(trouble)])

    def _halls(self, setups: Mapping[str, Setup]) -> Iterator[str]:
        for hall, hub in self._hubs.items():
            if hall not in setups:
                continue
            setup = replace(setups[hall], timezone=hub.setup.timezone)
            if hub.take(replace(setup, always_open=True) if self._always_open else setup):
                self._taken(hall)
                yield self._say("reload_taken", hall=hall)
            else:
                yield self._say("reload_same", hall=hall)

    def _needs_restart(self, config: Config) -> Iterator[str]:
        for hall, setup in config.setups.items():
            if hall not in self._hubs:
                yield self._say("reload_new_hall", hall=hall)
            elif setup.timezone != self._hubs[hall].setup.timezone:
                yield self._say("reload_restart", what="[hall] timezone")
        for hall in self._hubs:
            if hall not in config.setups:
                yield self._say("reload_gone_hall", hall=hall)
        yield from self._unspoken(config)
        for key in different(self._running.settings, config.settings):
            yield self._say("reload_restart", what=key)

    def _unspoken(self, config: Config) -> Iterator[str]:
        """A recorded set is read once: what is new is spoken by the synthetic voice until then."""
        for hall in self._hubs.keys() & config.setups.keys():
            before, after = self._running.setups[hall], config.setups[hall]
            new = [
                *(after.queues.keys() - before.queues.keys()),
                *(after.counters.keys() - before.counters.keys()),
            ]
            if new and self._running.settings.equipment[hall].voice.recorded is not None:
                yield self._say("reload_voice", what=", ".join(new))

    def _say(self, what: str, /, **facts: object) -> str:
        return say(of_locale(self._environ), "commands", what, **facts)


def _surroundings(language: str) -> Mapping[str, str]:
    """The variables of the hub, with the language of whoever asks."""
    return {**os.environ, "LC_ALL": language} if language else os.environ
