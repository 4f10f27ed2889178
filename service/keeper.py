"""Looks after the halls while nobody does anything there."""

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime

from hall.actors import ANYONE
from hall.opening import Opening, opening, working
from hub import Hub
from live.health import DeviceHealth
from live.publisher import Publisher
from store.accounts import Accounts
from store.database import StoreUnavailable

TICK_SECONDS = 0.5
REFRESH_SECONDS = 30.0  # waits grow and conditions such as "B over 30 min" come true without an event

log = logging.getLogger("service")


class Keeper:
    """Twice a second: days roll over, doors open and close, revoked actors leave, troubles are told."""

    def __init__(
        self,
        hubs: Mapping[str, Hub],
        health: DeviceHealth,
        publisher: Publisher,
        accounts: Accounts,
        clock: Callable[[], datetime],
    ) -> None:
        self._hubs = hubs
        self._health = health
        self._publisher = publisher
        self._accounts = accounts
        self._clock = clock
        self._hours: dict[str, tuple[Opening, Opening]] = {}  # of the doors, of the counters
        self._told = ""
        self._stopping = threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._work, name="keeper", daemon=True).start()

    def stop(self) -> None:
        self._stopping.set()

    def look(self) -> None:
        """At the devices of every hall; staff are told what is new."""
        for name in self._hubs:
            if self._health.look(name):
                self._publisher.changed(name)

    def _work(self) -> None:
        ticks = 0
        while not self._stopping.wait(TICK_SECONDS):
            ticks += 1
            steps = [self.look, self._turn_days, self._dismiss_revoked]
            if ticks * TICK_SECONDS >= REFRESH_SECONDS:
                ticks = 0
                steps.append(self._publisher.refresh)
            told = next(iter([trouble for step in steps if (trouble := self._trouble_of(step))]), "")
            if told and told != self._told:  # twice a second would fill a full disk
                log.warning("cannot keep now: %s", told)
            self._told = told

    @staticmethod
    def _trouble_of(step: Callable[[], None]) -> str:
        """What of the disk was in its way; empty: nothing. A step that fails holds up none of the others."""
        try:
            step()
        except StoreUnavailable as trouble:
            return str(trouble)
        except Exception:  # the edge of the worker: the next step goes on
            log.exception("looking after the halls")
        return ""

    def _turn_days(self) -> None:
        for name, hub in self._hubs.items():
            hub.roll()
            now = hub.now()
            hours = opening(hub.setup, now), working(hub.setup, now)
            if self._hours.setdefault(name, hours) != hours:
                self._hours[name] = hours
                self._publisher.changed(name)

    def _dismiss_revoked(self) -> None:
        """Tokens revoked on the command line and sessions that ended take effect on open sockets."""
        present = self._accounts.present(now=self._clock())
        for let_in_by in self._publisher.in_use() - present - {ANYONE.id}:
            self._publisher.close_all_of(let_in_by)
