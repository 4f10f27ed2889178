"""A morning on a hub that dies again and again: whoever was told a number has it, once, and so on paper."""

import json
import os
import random
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import zxingcpp
from PIL import Image

from hall.setup import WEEKDAYS
from printing.virtual_process import VirtualPrinter
from store.engine import open_store
from store.print_jobs import PrintJob, PrintJobs
from tests.configs import AT_NOON, changed
from tests.running import (
    AT_REST,
    BOUND_SECONDS,
    HALL,
    HERE,
    Caller,
    RunningHall,
    Unanswered,
    running,
    wait_for,
)

CYCLES = int(os.environ.get("KILL_CYCLES", "20"))  # docs/tests.md
AT_PAPER = max(1, CYCLES * 2 // 5)  # takes as long as the rest
AT_WORK = max(1, CYCLES - AT_PAPER)
PROCEDURES = ("CT01", "CT01", "HT01", "CT01")  # of each kiosk
COUNTER = "2"  # calls from queue A
MOST_ANSWERS, AN_ANSWER = 12, 0.012  # the hub dies so soon after a restart, at any moment of an answer
MOST_SLIPS, A_SLIP = 3, 0.4  # ... or after so many slips, at any moment of the next one
ROWS_PER_SECOND = 5000  # such a printer takes a quarter of a second for a slip


@dataclass
class Asking:
    """One who asks, each time with a new key, until the hub is gone. `told`: what was answered to each key;
    `unanswered`: the key whose answer never came."""

    ask: Callable[[Caller, str], bytes | None]
    name: str
    told: dict[str, bytes] = field(default_factory=dict)
    unanswered: str | None = None
    count: int = 0

    def until_killed(self, caller: Caller, answered: Callable[[], None], most: int) -> None:
        try:
            for _ in range(most):
                self.count += 1
                self.unanswered = f"{self.name}-{self.count}"
                self.once_more(caller)
                answered()
        except Unanswered:
            caller.close()

    def once_more(self, caller: Caller) -> None:
        """Asks with the key which has no answer yet."""
        if self.unanswered is not None:
            answer = self.ask(caller, self.unanswered)
            if answer is not None:
                self.told[self.unanswered] = answer
            self.unanswered = None


def taking(procedure: str) -> Callable[[Caller, str], bytes | None]:
    def take(kiosk: Caller, key: str) -> bytes:
        reply = kiosk.take(procedure, key=key)
        assert reply.status == 201, reply.body
        return reply.body

    return take


def call(pad: Caller, key: str) -> bytes | None:
    """The next citizen, who has gone home; None where nobody waits."""
    reply = pad.at(COUNTER, "next", key=key)
    if reply.status != 200:
        assert reply.code == "queue_empty"
        return None
    gone = pad.on(reply.json["ticket"]["id"], "no_show", key=f"{key}-gone")
    assert gone.status == 200, gone.body
    return reply.body


class Morning:
    """Four kiosks and a counter at work on a hub that dies again and again."""

    def __init__(self, hall: RunningHall) -> None:
        self.hall = hall
        self.chance = random.Random()
        self.pad = hall.pad(COUNTER)
        self.kiosk_token = hall.new_token("kiosk")
        assert self.pad.at(COUNTER, "open").status == 200
        self.kiosks = [Asking(taking(each), f"kiosk{n}") for n, each in enumerate(PROCEDURES)]
        self.counter = Asking(call, "counter")
        self._answered = threading.Condition()
        self._answers = 0

    def killed_at_work(self) -> None:
        """SIGKILL while everybody asks as fast as the hub answers."""
        answers = self.chance.randint(1, MOST_ANSWERS)

        def answered() -> bool:
            with self._answered:
                return self._answered.wait_for(lambda: self._answers >= answers, BOUND_SECONDS)

        self._until_killed(answered, self.chance.uniform(0, AN_ANSWER), sys.maxsize)

    def killed_at_paper(self, printer: VirtualPrinter) -> None:
        """SIGKILL while the slips of a few citizens are being printed."""
        printer.tell("slow", rows_per_second=ROWS_PER_SECOND)
        slips = printer.tell("state")["state"]["slips"] + self.chance.randint(1, MOST_SLIPS)

        def printed() -> bool:
            return bool(printer.tell("wait", slips=slips, seconds=BOUND_SECONDS)["ok"])

        self._until_killed(printed, self.chance.uniform(0, A_SLIP), 2)
        printer.tell("fast")

    def _until_killed(self, due: Callable[[], bool], moment: float, most: int) -> None:
        """SIGKILL `moment` seconds after `due`; each asks `most` times."""
        self._answers = 0
        with ThreadPoolExecutor(len(self.kiosks) + 1) as pool:
            work = [
                pool.submit(each.until_killed, self.hall.caller(self.kiosk_token), self._tick, most)
                for each in self.kiosks
            ]
            work.append(pool.submit(self.counter.until_killed, self._at_the_pad(), lambda: None, most))
            came = due()
            threading.Event().wait(moment)
            self.hall.kill()
            for each in work:
                each.result()
        assert came, "the hub does not answer"

    def goes_on(self) -> None:
        """After a restart: whose touch was not answered touches again, and so does the officer; whoever was
        answered before is told the same."""
        self.hall.start()
        kiosk = self.hall.caller(self.kiosk_token)
        for each in self.kiosks:
            each.once_more(kiosk)
        self.counter.once_more(self._at_the_pad())
        assert not self.told_otherwise(3)

    def told_otherwise(self, some: int) -> list[str]:
        """Of so many keys, old ones and the newest, those that are not answered as before."""
        kiosk = self.hall.caller(self.kiosk_token)
        return [
            key
            for each in self.kiosks
            for key in {
                *list(each.told)[-1:],
                *self.chance.sample(list(each.told), min(some, len(each.told))),
            }
            if each.ask(kiosk, key) != each.told[key]
        ]

    def given(self) -> dict[str, str]:
        """By the address on each citizen's slip the ticket's id, which ends in the number."""
        told = [json.loads(answer) for each in self.kiosks for answer in each.told.values()]
        tickets = [each["ticket"]["id"] for each in told]
        assert len(set(tickets)) == len(tickets), "a number was given twice"
        return {each["track_url"]: each["ticket"]["id"] for each in told}

    def called(self) -> list[str]:
        return [json.loads(answer)["ticket"]["id"] for answer in self.counter.told.values()]

    def waiting(self) -> list[str]:
        lines = self.hall.caller().get(f"{HERE}/queues").json["queues"]
        return [number for line in lines for number in line["numbers"]]

    def _at_the_pad(self) -> Caller:
        fresh = self.hall.caller()
        fresh.headers = self.pad.headers
        return fresh

    def _tick(self) -> None:
        with self._answered:
            self._answers += 1
            self._answered.notify_all()


@contextmanager
def a_printer(tmp_path: Path) -> Iterator[tuple[VirtualPrinter, Path]]:
    """A printer which stays on when the hub dies, and the configuration of a hub that uses it."""
    printer = VirtualPrinter(tmp_path / "slips").start()
    try:
        where = f'kind = "network"\nhost = "{printer.host}"\nport = {printer.port}'
        yield (
            printer,
            changed(
                tmp_path,
                ('kind = "virtual"', where),
                AT_NOON,
                *[('days = ["mon", "tue", "wed", "thu", "fri"]', f"days = {json.dumps(WEEKDAYS)}")] * 2,
                ('closed_days = ["', 'closed_days = [] # ["'),
                ('closes = "11:30"', 'closes = "13:30"'),
                ("rate_limits = true", "rate_limits = false"),
            ),
        )
    finally:
        printer.stop()


@contextmanager
def a_morning(tmp_path: Path) -> Iterator[tuple[Morning, VirtualPrinter]]:
    """With its printer; when its hub was killed often enough everything is looked at."""
    here = ("--host", "127.0.0.1")  # not the demo: its slips go to a printer that dies with the hub
    with a_printer(tmp_path) as (printer, config), running(tmp_path / "var", *here, config=config) as hall:
        morning = Morning(hall)
        yield morning, printer
        everybody_has_the_number(morning)
        every_slip_came_once(morning, printer, tmp_path / "slips")
        assert hall.command("verify").stdout == ""


def everybody_has_the_number(morning: Morning) -> None:
    called = morning.called()
    numbers = {number_of(ticket) for ticket in morning.given().values()}
    assert numbers == without_gap(numbers)
    assert len(set(called)) == len(called), "a citizen was called twice"
    assert sorted(morning.waiting()) == sorted(numbers - {number_of(ticket) for ticket in called})
    assert not morning.told_otherwise(1000)


def every_slip_came_once(morning: Morning, printer: VirtualPrinter, folder: Path) -> None:
    given = morning.given()
    states = slips_at_rest(morning.hall, printer, set(given.values()))
    papers = Counter(given[address_on(slip)] for slip in folder.glob("*.png"))
    assert set(states.values()) <= AT_REST, "a slip was given up"
    assert {ticket for ticket, state in states.items() if state == "confirmed"} <= papers.keys()
    assert papers.most_common(1)[0][1] == 1, "a slip was printed twice"


def number_of(ticket: str) -> str:
    return ticket.partition("-")[2]


def without_gap(numbers: set[str]) -> set[str]:
    counts = Counter(number[0] for number in numbers)
    return {f"{queue}{each:03d}" for queue, count in counts.items() for each in range(1, count + 1)}


def slips_at_rest(hall: RunningHall, printer: VirtualPrinter, tickets: set[str]) -> dict[str, str]:
    """What the hub says of each ticket's only slip, once there is nothing left to print."""
    database = open_store(hall.store, lock=False)
    try:
        jobs = PrintJobs(database)

        def made() -> list[PrintJob]:
            return [job for ticket in tickets for job in jobs.of_ticket(HALL, ticket)]

        def unprinted() -> int:
            return sum(job.state in ("queued", "sending") for job in made())

        def goes_on(left: int) -> bool:
            return wait_for(lambda: unprinted() < left, every=0.2)

        while left := unprinted():  # a slow machine has given more of them, and draws each more slowly
            assert goes_on(left), "the printing stands still"
        assert wait_for(lambda: printer.tell("state")["state"]["idle"])
        assert len(made()) == len(tickets)
        return {job.ticket: job.state for job in made()}
    finally:
        database.close()


def address_on(slip: Path) -> str:
    with Image.open(slip) as picture:
        (code,) = zxingcpp.read_barcodes(picture.convert("L"))
    return code.text
