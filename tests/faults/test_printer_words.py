"""What a printer says and does not say, through the whole hub: what kiosk and panel then tell."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from store.engine import open_store
from tests.faults.killing import a_printer
from tests.faults.printers import AUTOMATIC, odd_printer
from tests.listening import listening
from tests.running import HERE, Caller, RunningHall, running, wait_for

SOON = 5.0
LATE = 2.0  # what a machine shared by other tests may add


@contextmanager
def a_hall(tmp_path: Path, port: int) -> Iterator[RunningHall]:
    """Open at every hour, with one network printer."""
    with a_printer(tmp_path) as (_, config):
        text = config.read_text(encoding="utf-8")
        at = text.index("port = ", text.index("[printer.front]"))
        config.write_text(text[:at] + f"port = {port}" + text[text.index("\n", at) :], encoding="utf-8")
    with running(tmp_path / "var", "--host", "127.0.0.1", config=config) as hall:
        yield hall


def taken(kiosk: Caller, key: str) -> str:
    reply = kiosk.take(key=key)
    assert reply.status == 201, reply.body
    return str(reply.json["ticket"]["id"])


def state_of(kiosk: Caller, ticket: str) -> str:
    return str(kiosk.get(f"{HERE}/tickets/{ticket}/print").json["print"]["state"])


def is_confirmed(kiosk: Caller, ticket: str) -> bool:
    return wait_for(lambda: state_of(kiosk, ticket) == "confirmed")


class Told:
    """What a screen is told, as it is told."""

    def __init__(self, next_thing: Callable[[], list[Any]]) -> None:
        self._next = next_thing

    def until(self, right: Callable[[dict[str, Any]], bool]) -> float:
        """Seconds until a snapshot is as it should be; the test's own bound ends it otherwise."""
        began = monotonic()
        while True:
            what, said = self._next()
            if what == "snapshot" and right(said):
                return monotonic() - began


@contextmanager
def screens(hall: RunningHall) -> Iterator[tuple[Caller, Told, Told]]:
    """A kiosk that takes numbers, and what the kiosk and a counter's panel are told."""
    token, pad = hall.new_token("kiosk"), hall.new_token("counter", "2")
    with listening(hall.base, "/kiosk", token) as kiosk, listening(hall.base, "/counter", pad) as panel:
        yield hall.caller(token), Told(kiosk), Told(panel)


def printer_is(state: str) -> Callable[[dict[str, Any]], bool]:
    return lambda snapshot: snapshot["printer"]["state"] == state


def troubled(what: str, state: str) -> Callable[[dict[str, Any]], bool]:
    return lambda snapshot: (what, state) in {(each["what"], each["state"]) for each in snapshot["troubles"]}


def test_a_good_slip_is_confirmed_with_and_without_marks(tmp_path: Path) -> None:
    with odd_printer() as (printer, port), a_hall(tmp_path, port) as hall:
        kiosk = hall.caller(hall.new_token("kiosk"))
        for marks in (True, False):
            printer.tell(marks=marks)
            printer.hang_up()
            assert is_confirmed(kiosk, taken(kiosk, f"marks-{marks}"))
        assert printer.cuts == 2


def test_a_slip_with_nothing_but_automatic_status_as_its_answer_is_uncertain_and_staff_are_told(
    tmp_path: Path,
) -> None:
    with (
        odd_printer(marks=False, turns=False) as (printer, port),
        a_hall(tmp_path, port) as hall,
        screens(hall) as (kiosk, _, panel),
    ):
        printer.tell(at_pictures=AUTOMATIC)
        ticket = taken(kiosk, "one")

        panel.until(troubled("slip", "uncertain"))

        assert state_of(kiosk, ticket) == "uncertain"


def test_a_printer_that_falls_silent_is_told_within_seconds_and_its_slip_waits(tmp_path: Path) -> None:
    with (
        odd_printer() as (printer, port),
        a_hall(tmp_path, port) as hall,
        screens(hall) as (kiosk, seen, panel),
    ):
        first = taken(kiosk, "one")
        assert is_confirmed(kiosk, first)
        printer.tell(reads=False)
        began = monotonic()

        second = taken(kiosk, "two")
        seen.until(printer_is("silent"))
        panel.until(troubled("printer", "silent"))

        assert monotonic() - began < SOON + LATE
        assert state_of(kiosk, second) in ("queued", "sending", "uncertain")
        printer.tell(reads=True)
        assert is_confirmed(kiosk, second)


def test_after_a_restart_a_hung_printer_gets_nothing_and_its_slip_is_not_said_to_be_sent(
    tmp_path: Path,
) -> None:
    with odd_printer() as (printer, port), a_hall(tmp_path, port) as hall:
        kiosk = hall.caller(hall.new_token("kiosk"))
        first = taken(kiosk, "one")
        assert is_confirmed(kiosk, first)
        hall.kill()
        printer.tell(reads=False)
        hall.start()

        with screens(hall) as (again, seen, _):
            second = taken(again, "two")
            seen.until(printer_is("silent"))
            assert state_of(again, second) == "queued"

        printer.tell(reads=True)
        assert is_confirmed(again, second)
        assert printer.cuts == 2


def test_a_printer_never_heard_is_told_as_silent_and_its_slip_never_as_printed(tmp_path: Path) -> None:
    with (
        odd_printer(sensors=False, marks=False, turns=False) as (printer, port),
        a_hall(tmp_path, port) as hall,
        screens(hall) as (kiosk, seen, panel),
    ):
        ticket = taken(kiosk, "one")

        seen.until(printer_is("silent"))
        panel.until(troubled("slip", "uncertain"))

        assert printer.has_cut(1)
        assert state_of(kiosk, ticket) == "uncertain"


def test_a_slip_that_takes_long_is_told_as_waiting(tmp_path: Path) -> None:
    with (
        odd_printer() as (printer, port),
        a_hall(tmp_path, port) as hall,
        screens(hall) as (kiosk, seen, panel),
    ):
        first = taken(kiosk, "one")
        assert is_confirmed(kiosk, first)
        printer.tell(marks=False, turns=False)

        second = taken(kiosk, "two")

        assert seen.until(printer_is("waiting")) < SOON + LATE
        panel.until(troubled("printer", "waiting"))
        assert state_of(kiosk, second) in ("sending", "uncertain")


@pytest.mark.parametrize("what", ["hours old", "voided"])
def test_slips_nobody_waits_for_are_not_printed_when_the_hub_starts(tmp_path: Path, what: str) -> None:
    with odd_printer(reads=False) as (printer, port), a_hall(tmp_path, port) as hall:
        kiosk = hall.caller(hall.new_token("kiosk"))
        ticket = taken(kiosk, "one")
        assert state_of(kiosk, ticket) == "queued"
        if what == "voided":
            assert kiosk.on(ticket, "cancel", key="away").status == 200
        hall.kill()
        if what == "hours old":
            aged(hall, hours=3)
        printer.tell(reads=True)
        hall.start()

        assert wait_for(lambda: state_of(kiosk, ticket) == "failed")
        fresh = taken(kiosk, "two")
        assert is_confirmed(kiosk, fresh)
        assert printer.cuts == 1


def aged(hall: RunningHall, hours: int) -> None:
    """As if the hub had been off for so long."""
    database = open_store(hall.store, lock=False)
    try:
        then = datetime.now(UTC) - timedelta(hours=hours)
        database.execute("UPDATE print_jobs SET queued_at = ?", (then.isoformat(),))
    finally:
        database.close()
