"""What a printer on the network says of itself and of a slip, and what we may believe."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.escpos import encode
from printing.network import NetworkPrinter, Pace
from printing.picture import draw
from printing.questions import mark_of
from printing.replies import Automatic, InTurn, Processed, Replies, Sensor
from printing.transports import Delivery, PrinterReading
from printing.virtual_process import VirtualPrinter
from store.printers import Ability
from tests.printing.paper import a_slip
from tests.printing.scripted import COVER_OPEN, PAPER_END, ScriptedDrawer, ScriptedLine, ScriptedPrinter

SLIP = encode(draw(a_slip(), 576))
OK = PrinterReading("ok", ready=True)

IN_VAIN = Pace(answer=0.2, notice=0.5, print=0.6)  # for answers that do not come


def untold(reading: PrinterReading) -> None:
    """Of tests which look at the outcome alone."""


@pytest.fixture
def virtual(tmp_path: Path) -> Iterator[VirtualPrinter]:
    virtual = VirtualPrinter(tmp_path / "slips").start()
    yield virtual
    virtual.stop()


@pytest.fixture
def printer(virtual: VirtualPrinter) -> Iterator[NetworkPrinter]:
    printer = NetworkPrinter(
        virtual.host, virtual.port, pace=Pace(connect=20, answer=4, notice=9, send=20, print=60)
    )
    yield printer
    printer.close()


def slips(virtual: VirtualPrinter) -> int:
    return int(virtual.tell("state")["state"]["slips"])


def test_a_good_slip_is_confirmed_only_when_it_is_on_paper(
    virtual: VirtualPrinter, printer: NetworkPrinter
) -> None:
    assert printer.status() == OK

    assert printer.send(1, SLIP, untold) == Delivery("confirmed")

    assert slips(virtual) == 1


@pytest.mark.parametrize(
    ("order", "reading"),
    [
        ("near_end", PrinterReading("paper_low", ready=True)),
        ("paper_out", PrinterReading("paper_out")),
        ("cover_open", PrinterReading("cover_open")),
        ("offline", PrinterReading("offline")),
        ("unplug", PrinterReading("offline", "connection refused")),
    ],
)
def test_trouble_is_named_before_a_slip_is_sent(
    virtual: VirtualPrinter, printer: NetworkPrinter, order: str, reading: PrinterReading
) -> None:
    assert printer.status() == OK

    virtual.tell(order)
    assert printer.status() == reading

    for mend in ("refill", "online", "plug"):
        virtual.tell(mend)
    assert printer.status() == OK


def test_a_slip_the_paper_did_not_suffice_for_is_uncertain_and_confirmed_after_the_refill(
    virtual: VirtualPrinter, printer: NetworkPrinter
) -> None:
    assert printer.status() == OK
    virtual.tell("paper_out", after_rows=300)

    assert printer.send(7, SLIP, untold) == Delivery("uncertain", "paper_out")
    assert printer.status().state == "paper_out"
    assert printer.printed_late() == []

    virtual.tell("refill")
    assert virtual.tell("wait", slips=1, seconds=20)["ok"]
    late: list[int] = []
    while not late:
        assert printer.status() == OK
        late = printer.printed_late()
    assert late == [7]
    assert printer.send(8, SLIP, untold) == Delivery("confirmed")
    assert slips(virtual) == 2


def test_a_cable_pulled_in_the_middle_of_a_slip_makes_it_uncertain(
    virtual: VirtualPrinter, printer: NetworkPrinter
) -> None:
    assert printer.status() == OK
    virtual.tell("slow", rows_per_second=100)

    def pull_once_it_prints() -> None:
        while virtual.tell("state")["state"]["idle"]:
            pass
        virtual.tell("unplug")

    pull = threading.Thread(target=pull_once_it_prints)
    pull.start()

    delivery = printer.send(1, SLIP, untold)

    pull.join()
    assert delivery.outcome == "uncertain"
    assert printer.status().state == "offline"


def test_a_connection_the_printer_closed_meanwhile_loses_no_slip(
    virtual: VirtualPrinter, printer: NetworkPrinter
) -> None:
    assert printer.status() == OK
    virtual.tell("unplug")
    virtual.tell("plug")

    assert printer.status() == OK
    assert printer.send(1, SLIP, untold) == Delivery("confirmed")


def test_a_cheap_printer_that_knows_no_marks_confirms_as_well(
    virtual: VirtualPrinter, printer: NetworkPrinter
) -> None:
    virtual.tell("plain")
    assert printer.status() == OK
    assert printer.ability == Ability(status=True, barrier="turn")

    assert [printer.send(job, SLIP, untold) for job in (1, 2, 3)] == [Delivery("confirmed")] * 3

    assert slips(virtual) == 3


def test_a_printer_that_fell_silent_gets_nothing_until_it_speaks_again(
    virtual: VirtualPrinter, printer: NetworkPrinter
) -> None:
    assert printer.status() == OK

    virtual.tell("silent")
    patient, printer.pace = printer.pace, IN_VAIN
    assert printer.status() == PrinterReading("silent", "no answer")

    virtual.tell("answer")
    printer.pace = patient
    assert printer.status() == OK


def test_a_printer_that_falls_silent_in_the_middle_of_a_slip_makes_it_uncertain_and_is_told(
    virtual: VirtualPrinter, printer: NetworkPrinter
) -> None:
    assert printer.status() == OK
    virtual.tell("silent")
    printer.pace = IN_VAIN
    told: list[str] = []

    assert printer.send(1, SLIP, lambda reading: told.append(reading.state)).outcome == "uncertain"

    assert told == ["silent"]


def test_a_silent_printer_s_slip_is_uncertain_and_confirmed_by_its_own_mark_when_it_speaks_again(
    virtual: VirtualPrinter, printer: NetworkPrinter
) -> None:
    assert printer.status() == OK
    virtual.tell("paper_out", after_rows=300)
    assert printer.send(1, SLIP, untold) == Delivery("uncertain", "paper_out")

    virtual.tell("refill")

    late: list[int] = []
    while not late:
        printer.status()
        late = printer.printed_late()
    assert late == [1]


def test_a_slow_slip_is_waited_for_and_told(virtual: VirtualPrinter, printer: NetworkPrinter) -> None:
    assert printer.status() == OK
    virtual.tell("slow", rows_per_second=300)
    printer.pace = Pace(answer=2, notice=0.5, print=60)
    told: list[str] = []

    assert printer.send(1, SLIP, lambda reading: told.append(reading.state)) == Delivery("confirmed")

    assert told == ["waiting"]


# A printer of the tests, in its own time.


def scripted(**can: bool) -> tuple[ScriptedPrinter, NetworkPrinter]:
    paper = ScriptedPrinter(**can)
    return paper, NetworkPrinter("", 0, dial=paper.dial, clock=paper.clock)


def slip(number: int) -> bytes:
    return ScriptedDrawer.draw(a_slip(f"A{number:03d}"), 576)


def test_status_nobody_asked_for_in_the_middle_of_a_slip_confirms_nothing() -> None:
    paper, printer = scripted(marks=False, turns=False)
    assert printer.status() == OK
    paper.at(3, lambda: paper.says(PAPER_END))
    paper.at(3, lambda: setattr(paper, "stuck", True))

    assert printer.send(1, slip(1), untold) == Delivery("uncertain", "paper_out")

    assert paper.printed == []


@pytest.mark.parametrize("marks", [True, False])
@pytest.mark.parametrize(
    "words",
    [b"\x00", b"\x6f", b"\x00\x00\x00\x00", COVER_OPEN[1:], b"\x37\x22@@@B\x00"],
)
def test_no_byte_but_its_own_answer_confirms_a_slip_that_is_cut_short(words: bytes, marks: bool) -> None:
    paper, printer = scripted(marks=marks)
    assert printer.status() == OK
    paper.at(4, lambda: paper.says(words))
    paper.at(4, lambda: setattr(paper, "stuck", True))

    assert printer.send(1, slip(1), untold).outcome == "uncertain"

    assert paper.printed == []


@pytest.mark.parametrize(("word", "outcome"), [(b"\x0c", "uncertain"), (b"\x03", "confirmed")])
def test_an_answer_that_says_itself_that_there_is_no_paper_confirms_nothing(
    word: bytes, outcome: str
) -> None:
    paper, printer = scripted(marks=False)
    assert printer.status() == OK
    paper.at(7, lambda: setattr(paper, "turn", word))

    detail = "paper_out" if outcome == "uncertain" else ""
    assert printer.send(1, slip(1), untold) == Delivery(outcome, detail)  # type: ignore[arg-type]


@pytest.mark.parametrize("marks", [True, False])
def test_a_lost_answer_makes_one_slip_uncertain_and_no_other(marks: bool) -> None:
    paper, printer = scripted(marks=marks)
    outcomes = []
    for number in range(1, 5):
        while not printer.status().ready:
            pass
        if number == 2:
            paper.at(7, lambda: setattr(paper, "lose", 1))
        outcomes.append(printer.send(number, slip(number), untold).outcome)

    assert outcomes == ["confirmed", "uncertain", "confirmed", "confirmed"]
    assert paper.printed == ["A001", "A002", "A003", "A004"]


def test_a_lost_answer_is_found_out_within_seconds_where_the_printer_knows_marks() -> None:
    paper, printer = scripted()
    assert printer.status() == OK
    paper.at(7, lambda: setattr(paper, "lose", 1))
    began = paper.now

    assert printer.send(1, slip(1), untold) == Delivery("uncertain", "its answer was lost")

    assert paper.now - began < 8


def test_a_line_that_takes_a_few_bytes_at_a_time_is_told_as_waiting_within_five_seconds() -> None:
    paper, printer = scripted()
    assert printer.status() == OK
    takes, told = paper.takes, list[tuple[str, float]]()
    line = paper._line
    assert line is not None

    def send(data: bytes, seconds: float) -> int:
        paper.passes(paper.now + seconds - 0.1)
        takes(data[:9])
        return len(data[:9])

    line.send = send  # type: ignore[method-assign]
    began = paper.now

    outcome = printer.send(
        1, slip(1), lambda reading: told.append((reading.state, paper.now - began))
    ).outcome

    assert (outcome, paper.printed) == ("confirmed", ["A001"])
    assert told[0][0] == "waiting"
    assert told[0][1] < 5


def test_more_words_than_questions_stop_no_printing() -> None:
    paper, printer = scripted()
    assert printer.status() == OK
    paper.twice = 50

    assert printer.status() == OK
    assert printer.send(1, slip(1), untold) == Delivery("confirmed")
    assert printer.status() == OK


def test_a_printer_that_answers_each_question_with_all_it_knows_stops_no_printing() -> None:
    paper, printer = scripted()
    obeys = paper.takes

    def takes(data: bytes) -> None:
        obeys(data)
        if data.startswith(b"\x10\x04"):
            paper.says(b"\x12\x12\x1e\x12\x1e")

    paper.takes = takes  # type: ignore[method-assign]
    for number in (1, 2):
        assert printer.status() == OK
        assert printer.send(number, slip(number), untold) == Delivery("confirmed")


def test_a_printer_that_never_stops_talking_holds_up_nobody() -> None:
    paper, printer = scripted()
    assert printer.status() == OK
    dial = paper.dial
    babbling = type("Babbling", (ScriptedLine,), {"hear": lambda self, seconds: b"\x00" * 4096})
    paper.dial = lambda: babbling(paper)  # type: ignore[method-assign]
    printer = NetworkPrinter("", 0, dial=paper.dial, clock=paper.clock)

    assert printer.status() == PrinterReading("offline", "it never stops talking")

    printer = NetworkPrinter("", 0, dial=dial, clock=paper.clock)
    assert printer.status() == OK


def test_a_printer_that_answers_no_barrier_is_never_taken_at_its_silence() -> None:
    paper, printer = scripted(marks=False, turns=False)
    assert printer.status() == OK
    assert printer.ability == Ability(status=True, barrier="none")
    began = paper.now

    assert printer.send(1, slip(1), untold) == Delivery("uncertain", "no answer after the slip")

    assert paper.now - began < 6


def test_a_hung_printer_whose_port_is_held_elsewhere_is_silent_and_nothing_is_sent() -> None:
    paper, printer = scripted()
    assert printer.status() == OK
    paper.hung = True
    paper.cuts()
    began = paper.now

    assert printer.status() == PrinterReading("silent", "no answer")

    assert paper.now - began < 5


def test_a_printer_that_was_never_heard_gets_its_slip_and_nobody_says_that_it_is_printed() -> None:
    paper, printer = scripted(marks=False, turns=False, sensors=False)

    readings = [printer.status() for _ in range(3)]

    assert [each.state for each in readings] == ["silent"] * 3
    assert [each.ready for each in readings] == [False, True, True]
    assert printer.send(1, slip(1), untold) == Delivery("uncertain", "silent")
    assert paper.printed == ["A001"]


def test_a_printer_of_which_people_say_that_it_cannot_answer_is_not_asked() -> None:
    paper = ScriptedPrinter(marks=False, turns=False, sensors=False)
    printer = NetworkPrinter("", 0, dial=paper.dial, clock=paper.clock, one_way=True)

    assert printer.status() == PrinterReading("unknown", "this printer does not answer", ready=True)
    assert printer.send(1, slip(1), untold) == Delivery("sent", "this printer does not answer")

    assert paper.now == 0
    assert paper.printed == ["A001"]


def test_after_a_restart_the_hub_knows_that_this_printer_can_answer() -> None:
    paper, before = scripted()
    assert before.status() == OK
    paper.silent = True
    after = NetworkPrinter("", 0, ability=before.ability, dial=paper.dial, clock=paper.clock)

    readings = [after.status() for _ in range(4)]

    assert {each.ready for each in readings} == {False}


def test_a_line_that_was_closed_before_the_first_byte_leaves_the_slip_as_it_was() -> None:
    paper, printer = scripted()
    assert printer.status() == OK
    paper.cuts()

    assert printer.send(1, slip(1), untold) == Delivery("unsent", "reset")

    assert printer.status() == OK
    assert printer.send(1, slip(1), untold) == Delivery("confirmed")
    assert paper.printed == ["A001"]


def test_another_printer_at_the_same_address_is_found_out() -> None:
    paper, printer = scripted()
    assert printer.status() == OK
    paper.marks = False
    paper.cuts()

    assert printer.status() == OK

    assert printer.ability.barrier == "turn"
    assert printer.send(1, slip(1), untold) == Delivery("confirmed")


def test_a_printer_that_stops_answering_barriers_is_waited_for_and_then_used_without() -> None:
    paper, printer = scripted()
    assert printer.status() == OK
    paper.marks = paper.turns = False
    paper.cuts()
    began = paper.now

    assert printer.status() == PrinterReading("waiting", "no answer to the barrier")
    while not printer.status().ready:
        pass

    assert 60 <= paper.now - began < 90
    assert printer.ability.barrier == "none"


def test_automatic_status_is_switched_off_after_each_beginning() -> None:
    paper, printer = scripted()
    sent: list[bytes] = []
    takes = paper.takes

    def noted(data: bytes) -> None:
        sent.append(data)
        takes(data)

    paper.takes = noted  # type: ignore[method-assign]

    printer.status()
    printer.send(1, slip(1), untold)

    off = b"\x1da\x00"
    assert off in sent[4]
    assert sent[-1].startswith(b"\x1b@" + off)


@given(st.lists(st.binary(max_size=5), max_size=6))
def test_answers_are_the_same_in_whatever_pieces_they_come(pieces: list[bytes]) -> None:
    whole, apart = Replies(), Replies()

    one_by_one = [reply for piece in pieces for reply in apart.feed(piece)]

    assert list(whole.feed(b"".join(pieces))) == one_by_one


def test_every_answer_is_told_apart_by_its_bits_and_its_place() -> None:
    said = (
        b"\x12\x37\x22@A\x16BC\x13\x00"
        + PAPER_END
        + b"\x01"
        + b"\x10\x00"
        + b"\x37\x22AAAA\x00"
        + b"\xff\x00"
    )

    assert list(Replies().feed(said)) == [
        Sensor(0x12), Sensor(0x16), Processed(b"@ABC"), Automatic(PAPER_END), InTurn(1), Processed(b"AAAA"),
        InTurn(0),
    ]  # fmt: skip
    assert Automatic(PAPER_END).trouble == "paper_out"
    assert Automatic(COVER_OPEN).trouble == "cover_open"
    assert Automatic(b"\x10\x00\x03\x00").trouble is None


def test_no_two_of_many_slips_have_the_same_mark() -> None:
    assert len({mark_of(job) for job in range(1, 65537)}) == 65536
