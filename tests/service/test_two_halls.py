"""Two halls in one house: each has its own printers, and speaks its own languages."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest
from flask import Flask

import config
import display.routes
from config import Equipment
from hall.actors import device, officer
from hall.views import kiosk
from hub import Lasting, Steady
from printing.slip import read
from service.printers import Printers
from store.accounts import Accounts
from store.engine import open_store
from store.print_jobs import PrintJobs
from store.printers import KnownPrinters
from tests.running import ROOT, wait_for
from tests.screens.walls import a_hall, calling
from tests.web.doorway import MORNING
from voice.announcer import Announcer
from voice.speaker import Speaker
from web.screens import Site

HERE, THERE = "thach-ha", "can-loc"
OURS = config.read(ROOT / "config.toml", {}).settings.equipment[HERE]


def equipment(**printers: tuple[str, ...]) -> Equipment:
    """A hall with virtual printers, each for these kiosks."""
    front = OURS.printers["front"]
    return replace(
        OURS, printers={name: replace(front, name=name, kiosks=each) for name, each in printers.items()}
    )


@contextmanager
def printing_halls(folder: Path) -> Iterator[tuple[Printers, Accounts]]:
    database = open_store(folder, lock=False)
    with ThreadPoolExecutor(1) as pool:
        accounts = Accounts(database, pool)
        printers = Printers(
            {HERE: equipment(front=(), back=("by the door",)), THERE: equipment(desk=())},
            accounts,
            PrintJobs(database),
            KnownPrinters(database),
            folder / "slips",
            lambda job: read(job.slip, track_url="", reprint=job.reprint),
            lambda job: True,
            lambda: MORNING,
            Lasting(lambda: MORNING, Steady(monotonic)),
            on_change=lambda: None,
            all_virtual=True,
        )
        try:
            yield printers, accounts
        finally:
            printers.stop()
            database.close()


def states(printers: Printers, hall: str) -> dict[str, str]:
    return {name: status.state for name, status in printers.statuses(hall).items()}


def test_staff_of_a_hall_are_told_of_its_own_printers_only(tmp_path: Path) -> None:
    with printing_halls(tmp_path) as (printers, _accounts):
        printers.start()

        assert wait_for(lambda: states(printers, HERE) == {"front": "ok", "back": "ok"})
        assert wait_for(lambda: states(printers, THERE) == {"desk": "ok"})
        assert printers.as_shown(HERE, "front").state == "ok"
        assert printers.as_shown(THERE, None) == kiosk.Printer("none", None)


def test_a_slip_comes_out_in_the_hall_where_it_was_asked_for(tmp_path: Path) -> None:
    with printing_halls(tmp_path) as (printers, accounts):
        made, _token = accounts.create_device("kiosk", HERE, "by the door", None, now=MORNING)
        named = device(made.id, "kiosk", HERE)

        assert printers.of(HERE, named) == "back"
        assert (printers.of(HERE, officer(1)), printers.of(THERE, officer(1))) == ("front", "desk")


def test_a_printer_whose_kiosk_nobody_made_is_told_when_the_hub_starts(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with printing_halls(tmp_path) as (printers, accounts):
        accounts.create_device("kiosk", HERE, "By the window", None, now=MORNING)
        printers.start()

    told = [record.getMessage() for record in caplog.records]
    assert f'{HERE}: [printer.back] kiosks: no kiosk token is named "by the door"; ' in "\n".join(told)


def test_each_hall_speaks_its_own_languages() -> None:
    state, announcer = calling(a_hall(), 1), Announcer(Speaker())
    app = Flask("two halls")
    sites = {
        HERE: Site(lambda: state, OURS.kiosk, announcer, ("vi",)),
        THERE: Site(lambda: state, OURS.kiosk, announcer, ("vi", "en")),
    }
    app.register_blueprint(display.routes.pages.blueprint(sites))

    try:
        said = [
            json.loads(app.test_client().get(f"/display/{hall}/announcement/{state.calls[0].id}").data)
            for hall in sites
        ]
    finally:
        announcer.stop()

    assert [each["sentence_en"] is None for each in said] == [True, False]
    assert said[0]["sentence_vi"] == said[1]["sentence_vi"]
