"""The whole API over a real hub and a real database, without sockets, printers and pages."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

import api.counters
import api.public
import api.session
import api.tickets
from api.context import Context
from hub import Hub
from service.permissions import PERMISSIONS
from store.accounts import Accounts
from store.engine import open_store
from store.journal import Journal
from store.print_jobs import PrintJobs
from tests.rules.builders import a_setup
from tests.web.doorway import HALL, REACH, Clock
from web.guard import Guard, GuardSettings
from web.openapi import describe


@dataclass
class WholeApi:
    app: Flask
    hub: Hub
    accounts: Accounts
    clock: Clock

    def bearer(self, role: str, counter: str | None = None) -> dict[str, str]:
        """The header of a new device."""
        device_role = next(each for each in ("kiosk", "display", "counter") if each == role)
        _device, token = self.accounts.create_device(device_role, HALL, role, counter, now=self.clock())
        return {"Authorization": f"Bearer {token}"}


@contextmanager
def whole_api(directory: Path) -> Iterator[WholeApi]:
    database, clock = open_store(directory, lock=False), Clock()
    journal, jobs, setup = Journal(database), PrintJobs(database), a_setup(always_open=True)
    hub = Hub(setup, journal, jobs, b"s" * 32, clock=clock, steady=clock.steady, changed=lambda hall: None)
    context = Context(
        {HALL: hub},
        "0.1",
        "b",
        lambda token: f"http://localhost/t/{token}",
        lambda hall, actor: "p",
        lambda *facts: b"{}",
        lambda: describe("0.1", tuple(PERMISSIONS.doors.values())),
        lambda: accounts.names(),  # noqa: PLW0108 (made below)
    )
    with ThreadPoolExecutor(1) as pool:
        accounts = Accounts(database, pool, throttle=False)
        settings = GuardSettings(frozenset({HALL}), REACH.answers, REACH.ours, limits=False)
        guard = Guard(accounts, settings, PERMISSIONS, clock)
        app = Flask("api", static_folder=None)
        guard.install(
            app,
            api.public.doors.answered(context),
            api.session.doors.answered(guard),
            api.tickets.doors.answered(context),
            api.counters.doors.answered(context),
        )
        guard.seal(app)
        try:
            yield WholeApi(app, hub, accounts, clock)
        finally:
            database.close()
