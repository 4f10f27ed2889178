"""The configuration taken while the hub runs, or refused with its lines while the one before goes on."""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from threading import Lock

from config import Config, ConfigErrors, different
from hall.setup import Setup
from hub import Hub
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
        read: Callable[[], Config],
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

    def wished(self, wish: ReloadWish) -> ReloadAnswer:
        if wish.day:
            return to_todays_date(self._hubs)
        if Path(wish.config) != self._file:
            return ReloadAnswer(
                FAILED, [f"the hub on this data runs with {self._file}, not with {wish.config}"]
            )
        return self.take()

    def take(self) -> ReloadAnswer:
        with self._one_at_a_time:
            answer = self._take()
        level = logging.INFO if answer.code == TAKEN else logging.ERROR
        for line in answer.lines:
            log.log(level, "reload: %s", line)
        return answer

    def _take(self) -> ReloadAnswer:
        try:
            config = self._read()
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
                yield f"{hall}: taken"
            else:
                yield f"{hall}: nothing has changed"

    def _needs_restart(self, config: Config) -> Iterator[str]:
        for hall, setup in config.setups.items():
            if hall not in self._hubs:
                yield f"needs a restart: hall {hall} is new"
            elif setup.timezone != self._hubs[hall].setup.timezone:
                yield "needs a restart: [hall] timezone"
        for hall in self._hubs:
            if hall not in config.setups:
                yield f"needs a restart: hall {hall} has gone"
        yield from self._unspoken(config)
        for key in different(self._running.settings, config.settings):
            yield f"needs a restart: {key}"

    def _unspoken(self, config: Config) -> Iterator[str]:
        """A recorded set is read once: what is new is spoken by the synthetic voice until then."""
        for hall in self._hubs.keys() & config.setups.keys():
            before, after = self._running.setups[hall], config.setups[hall]
            new = [
                *(after.queues.keys() - before.queues.keys()),
                *(after.counters.keys() - before.counters.keys()),
            ]
            if new and self._running.settings.equipment[hall].voice.recorded is not None:
                yield f"needs a restart: [voice] recorded, for {', '.join(new)}"
