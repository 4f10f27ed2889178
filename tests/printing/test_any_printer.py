"""Whatever a printer does: "confirmed" is said only of a slip that is on paper, and printing goes on."""

import json
import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from printing.network import NetworkPrinter
from printing.slip import Slip, read
from printing.spool import LOOK_SECONDS, Printer, PrinterStatus, Spool
from store.engine import open_store
from store.print_jobs import JobState, PrintJob, PrintJobs
from store.printers import KnownPrinters
from tests.printing.paper import MORNING, a_slip
from tests.printing.scripted import COVER_OPEN, PAPER_END, WELL, ScriptedDrawer, ScriptedPrinter

NAME = "kiosk"
STEPS = st.integers(1, 12)  # a slip has seven commands and its barrier
# One byte that looks like the answer to GS r; automatic status whole and torn; flow control; noise.
STRAYS = (
    st.sampled_from([b"\x00", b"\x01", b"\x0c", PAPER_END, COVER_OPEN, PAPER_END[:2], b"\x13\x11"])
    | st.binary(max_size=9)
)  # fmt: skip
MISHAPS = st.sampled_from(
    ["line cut", "reboots", "reboots behind a box", "loses an answer", "answers twice", "out of paper",
     "stuck", "says a word", "says a word and is stuck", "hub killed"]
)  # fmt: skip
FACTS = json.dumps({"counters": ["1"], "ahead": 1, "wait": None, "issued_at": MORNING.isoformat(),
                    **dict.fromkeys(("authority", "centre", "procedure"), "x")})  # fmt: skip


class Killed(BaseException):
    """The plug of the hub is pulled."""


class WatchedJobs(PrintJobs):
    """Every word about a job is held against what is on paper at this moment."""

    paper: Callable[[], list[str]]
    untrue: list[str]

    def report(self, job: int, state: JobState, detail: str, now: datetime) -> bool:
        found = self.get(job)
        if state == "confirmed" and found is not None and number(found) not in self.paper():
            self.untrue.append(number(found))
        if detail == "fault of the program":
            self.untrue.append(detail)
        return super().report(job, state, detail, now)


def number(job: PrintJob) -> str:
    return job.ticket.rpartition("-")[2]


def slip_of(job: PrintJob) -> Slip:
    return read(job.slip, track_url="", reprint=job.reprint)


class AnyPrinter(RuleBasedStateMachine):
    """One printer, one spool, in the printer's own time. `most_strays`: times it says what nobody asked for,
    in all: nothing tells a printer that knows no marks from one that makes up every answer."""

    marks, turns, most_strays = True, True, 99

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.db = open_store(Path(self.folder.name), lock=False)
        self.jobs = WatchedJobs(self.db)
        self.known = KnownPrinters(self.db)
        self.printer = ScriptedPrinter(marks=self.marks, turns=self.turns)
        self.jobs.paper, self.jobs.untrue = lambda: self.printer.printed, []
        self.told: list[PrinterStatus] = []
        self.count = self.strays = 0
        self.looking = False

    @initialize()
    def starts(self) -> None:
        self.opened()

    def looks(self) -> None:
        self.looking = True
        try:
            self.spool.look(NAME)
        except Killed:
            self.looking = False
            self.printer.cuts()
            self.opened()
        self.looking = False

    def opened(self) -> None:
        """A hub on what the last one kept."""
        transport = NetworkPrinter(
            "", 0,
            ability=self.known.ability(NAME, "here"),
            learnt=lambda ability: self.known.learn(NAME, "here", ability, self.printer.wall_clock()),
            dial=self.printer.dial,
            clock=self.printer.clock,
        )  # fmt: skip
        self.spool = Spool(
            self.jobs, [Printer(NAME, transport)], ScriptedDrawer(), slip_of, self.printer.wall_clock,
            on_change=lambda name, status: self.told.append(status), lasting=self.printer.wall_clock,
        )  # fmt: skip
        self.jobs.reset_after_crash(self.printer.wall_clock())

    @rule(mishaps=st.lists(st.tuples(STEPS, MISHAPS), max_size=3), words=STRAYS)
    def a_citizen_touches(self, mishaps: list[tuple[int, str]], words: bytes) -> None:
        """And things happen before the n-th command that the printer obeys from now on."""
        for at, mishap in mishaps:
            self.printer.at(at, self.deed(mishap, words))
        self.queued()
        self.looks()

    def deed(self, mishap: str, words: bytes) -> Callable[[], None]:
        printer = self.printer
        deeds: dict[str, Callable[[], None]] = {
            "line cut": printer.cuts,
            "reboots": printer.reboots,
            "reboots behind a box": partial(printer.reboots, keeps_line=True),
            "loses an answer": partial(setattr, printer, "lose", 1),
            "answers twice": partial(setattr, printer, "twice", 2),
            "out of paper": partial(self.sticks, (0x1A, 0x32, 0x12, 0x7E)),
            "stuck": partial(self.sticks, (WELL,) * 4),
            "says a word": partial(self.says, words),
            "says a word and is stuck": partial(self.breaks_off, words),
            "hub killed": self.dies,
        }
        return deeds[mishap]

    def says(self, words: bytes) -> None:
        if self.strays < self.most_strays:
            self.strays += 1
            self.printer.says(words)

    def sticks(self, words: tuple[int, ...]) -> None:
        self.printer.stuck, self.printer.words = True, list(words)

    def breaks_off(self, words: bytes) -> None:
        self.says(words)
        self.sticks((WELL,) * 4)

    def dies(self) -> None:
        if self.looking:
            raise Killed

    @rule(times=st.integers(1, 20))
    def a_while_passes(self, times: int) -> None:
        for _ in range(times):
            self.printer.passes(self.printer.now + LOOK_SECONDS)
            self.looks()

    @rule(lost=st.integers(0, 5), twice=st.integers(0, 5))
    def answers_badly(self, lost: int, twice: int) -> None:
        self.printer.lose, self.printer.twice = lost, twice

    @rule()
    def is_mended(self) -> None:
        self.printer.stuck, self.printer.words = False, [0x12] * 4
        self.printer.works()

    @rule(silent=st.booleans())
    def falls_silent(self, silent: bool) -> None:
        self.printer.silent = silent

    @rule(hung=st.booleans(), unplugged=st.booleans())
    def is_held_by_another(self, hung: bool, unplugged: bool) -> None:
        self.printer.hung, self.printer.unplugged = hung, unplugged

    @rule(seconds=st.sampled_from([0.0, 0.3, 2.0, 9.0]))
    def is_slow(self, seconds: float) -> None:
        self.printer.seconds_a_command = seconds

    @invariant()
    def nothing_untrue_was_said(self) -> None:
        assert self.jobs.untrue == []
        assert "fault of the program" not in {each.detail for each in self.told}
        assert len(self.printer.printed) == len(set(self.printer.printed)), "two papers of one slip"

    def teardown(self) -> None:
        try:
            if hasattr(self, "spool"):
                self.printing_goes_on()
                self.nothing_untrue_was_said()
        finally:
            self.db.close()
            self.folder.cleanup()

    def printing_goes_on(self) -> None:
        """Once the printer is well again the next citizen gets a slip, and nobody is forgotten."""
        self.printer.comes_to_its_senses()
        self.a_while_passes(60)
        last = self.queued()
        self.a_while_passes(60)
        job = self.jobs.get(last)
        assert job is not None
        assert number(job) in self.printer.printed
        assert self.jobs.queued(NAME) == []
        assert job.state == ("confirmed" if self.marks or self.turns else "uncertain")

    def queued(self) -> int:
        self.count += 1
        name = f"A{self.count:03d}"
        slip = json.dumps(json.loads(FACTS) | {"number": name})
        now = self.printer.wall_clock()
        return self.jobs.queue("h", MORNING.date(), f"261124-{name}", NAME, slip, reprint=False, now=now)


class KnowsNoMarks(AnyPrinter):
    marks, most_strays = False, 2


class AnswersNoBarrier(AnyPrinter):
    marks, turns, most_strays = False, False, 2


@pytest.mark.parametrize("kind", [AnyPrinter, KnowsNoMarks, AnswersNoBarrier])
def test_whatever_a_printer_does_confirmed_is_on_paper_and_printing_goes_on(
    kind: type[AnyPrinter], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    run_state_machine_as_test(kind, settings=settings(max_examples=60, stateful_step_count=15, deadline=None))


def test_the_scripted_printer_prints_a_slip_that_is_drawn() -> None:
    printer = ScriptedPrinter()
    line = printer.dial()

    line.send(ScriptedDrawer.draw(a_slip("A025"), 576), 1)

    assert printer.printed == ["A025"]
