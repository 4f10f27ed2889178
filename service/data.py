"""Looks after the data: whether its files are there and can be written, and that of the second place."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from datetime import datetime
from pathlib import Path
from time import monotonic

from hall.devices import Trouble
from store.database import RESTORE, Database, DataGone, StoreUnavailable
from store.second_place import SecondPlace

TICK_SECONDS = 0.5
TRY_AGAIN_SECONDS = 5.0  # a disk that failed is tried so often, whether somebody asks for a number or not

log = logging.getLogger("service")


class DataKeeper:
    """Looks twice a second, on a thread of its own: others may be waiting for the disk. `disk`: native
    threads, which wait for it without holding up anybody; `on_change`: the trouble is another one."""

    def __init__(
        self,
        database: Database,
        directory: Path,
        second: SecondPlace,
        disk: Executor,
        clock: Callable[[], datetime],
        on_change: Callable[[], None],
    ) -> None:
        self.trouble: Trouble | None = None
        self._database = database
        self._directory = directory
        self._second = second
        self._disk = disk
        self._clock = clock
        self._on_change = on_change
        self._stopping = threading.Event()
        self._syncing: Future[None] | None = None
        self._tried_at = monotonic()
        self._told = ""
        self._rescued = False

    def start(self) -> None:
        threading.Thread(target=self._work, name="data", daemon=True).start()

    def stop(self) -> None:
        self._stopping.set()
        self._second.close()

    def _work(self) -> None:
        while not self._stopping.wait(TICK_SECONDS):
            try:
                before = self.trouble
                self._look()
                if self.trouble != before:
                    self._on_change()
            except StoreUnavailable as trouble:
                log.warning("the screens are told later: %s", trouble)
            except Exception:  # the edge of the worker: the next look goes on
                log.exception("looking after the data")

    def _look(self) -> None:
        self._second.look()
        if self._syncing is None or self._syncing.done():
            self._syncing = self._disk.submit(self._second.sync)
        state, said = self._state()
        if self.trouble is None or state != self.trouble.state:
            self.trouble = Trouble("data", "", state, self._clock()) if state else None
        said = said or (f"the second place: {self._second.trouble}" if self._second.trouble else "")
        if said != self._told:
            self._told = said
            if said:
                log.error("%s", said)
            else:
                log.info("the data can be written again")

    def _state(self) -> tuple[str, str]:
        """What is wrong in a word and in a sentence; empty: nothing."""
        try:
            self._database.look()
            if self._database.failing() and monotonic() - self._tried_at > TRY_AGAIN_SECONDS:
                self._tried_at = monotonic()
                self._database.probe()
        except DataGone as gone:
            self._rescue()
            return "gone", str(gone)
        except StoreUnavailable as trouble:
            return "full", str(trouble)
        return ("full", self._told or "the data cannot be written") if self._database.failing() else ("", "")

    def _rescue(self) -> None:
        """Once: what the hub has open is lost with it."""
        if self._rescued:
            return
        self._rescued = True
        file = self._directory / f"rescued-{self._clock():%Y%m%d-%H%M%S}.sqlite"
        trouble = self._disk.submit(self._rescued_to, file).result()
        if trouble is None:
            log.error("what was open is rescued in %s: stop the hub, then %s", file, RESTORE)
        else:
            log.error("what was open could not be rescued: %s", trouble)

    def _rescued_to(self, file: Path) -> StoreUnavailable | None:
        """The trouble is handed over: gevent logs a traceback of all that its threads raise."""
        try:
            self._database.rescue(file)
        except StoreUnavailable as trouble:
            return trouble
        return None
