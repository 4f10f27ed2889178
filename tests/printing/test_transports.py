"""What a printer on the network says of itself and of a slip, and what we may believe."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from printing.escpos import encode
from printing.picture import draw
from printing.transports import Delivery, NetworkPrinter, PrinterReading
from printing.virtual_process import VirtualPrinter
from tests.printing.paper import a_slip

SLIP = encode(draw(a_slip(), 576))
OK = PrinterReading("ok", ready=True)

IN_VAIN = 0.2  # so long a test waits for an answer that does not come


@pytest.fixture
def virtual(tmp_path: Path) -> Iterator[VirtualPrinter]:
    virtual = VirtualPrinter(tmp_path / "slips").start()
    yield virtual
    virtual.stop()


@pytest.fixture
def printer(virtual: VirtualPrinter) -> Iterator[NetworkPrinter]:
    printer = NetworkPrinter(
        virtual.host, virtual.port, connect_seconds=20, answer_seconds=4, send_seconds=20, print_seconds=60
    )
    yield printer
    printer.close()


def slips(virtual: VirtualPrinter) -> int:
    return int(virtual.tell("state")["state"]["slips"])


def test_a_good_slip_is_confirmed_only_when_it_is_on_paper(
    virtual: VirtualPrinter, printer: NetworkPrinter
) -> None:
    assert printer.status() == OK

    assert printer.send(1, SLIP) == Delivery("confirmed")

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

    assert printer.send(7, SLIP) == Delivery("uncertain", "paper_out")
    assert printer.status().state == "paper_out"
    assert printer.printed_late() == []

    virtual.tell("refill")
    assert virtual.tell("wait", slips=1, seconds=20)["ok"]
    late: list[int] = []
    while not late:
        assert printer.status() == OK
        late = printer.printed_late()
    assert late == [7]
    assert printer.send(8, SLIP) == Delivery("confirmed")
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

    delivery = printer.send(1, SLIP)

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
    assert printer.send(1, SLIP) == Delivery("confirmed")


def test_a_printer_that_never_answers_gets_its_slips_and_they_are_sent_not_confirmed(
    virtual: VirtualPrinter, printer: NetworkPrinter
) -> None:
    virtual.tell("silent")
    printer._answer_seconds = IN_VAIN

    reading = printer.status()

    assert (reading.state, reading.ready) == ("unknown", True)
    assert printer.send(1, SLIP).outcome == "sent"
    assert virtual.tell("wait", slips=1, seconds=20)["ok"]


def test_a_printer_that_fell_silent_gets_nothing_until_it_speaks_again(
    virtual: VirtualPrinter, printer: NetworkPrinter
) -> None:
    assert printer.status() == OK

    virtual.tell("silent")
    patience, printer._answer_seconds = printer._answer_seconds, IN_VAIN
    assert printer.status() == PrinterReading("unknown", "no answer")

    virtual.tell("answer")
    printer._answer_seconds = patience
    assert printer.status() == OK


def test_a_printer_that_falls_silent_in_the_middle_of_a_slip_makes_it_uncertain(
    virtual: VirtualPrinter, printer: NetworkPrinter
) -> None:
    assert printer.status() == OK
    virtual.tell("silent")
    printer._answer_seconds = IN_VAIN

    assert printer.send(1, SLIP).outcome == "uncertain"


def test_a_slow_slip_is_waited_for(virtual: VirtualPrinter, printer: NetworkPrinter) -> None:
    assert printer.status() == OK
    virtual.tell("slow", rows_per_second=300)
    printer._answer_seconds = 2  # an answer is given up before the slip is on paper

    assert printer.send(1, SLIP) == Delivery("confirmed")


def test_words_of_the_printer_that_were_not_asked_for_confirm_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        answers = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}

        def babble() -> None:
            client, _ = listener.accept()
            with client:
                # An automatic status of four bytes, flow control, a late answer to nobody.
                client.sendall(b"\x10\x00\x00\x00\x11\x00")
                while asked := client.recv(4096):
                    if asked.startswith(b"\x10\x04"):
                        client.sendall(bytes(answers[word] for word in asked[2::3]))
                    else:
                        client.sendall(b"\x11\x10\x13")

        threading.Thread(target=babble, daemon=True).start()
        printer = NetworkPrinter(*listener.getsockname(), answer_seconds=20, print_seconds=1)

        assert printer.status() == OK
        delivery = printer.send(1, SLIP)

        assert delivery == Delivery("uncertain", "no answer after the slip")
        printer.close()
