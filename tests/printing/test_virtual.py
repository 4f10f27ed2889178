"""The printer made of software does what a printer of metal does."""

import json
import socket
import struct
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from printing import questions
from printing.escpos import encode
from printing.mechanism import keep_slip
from printing.picture import draw
from printing.virtual_process import VirtualPrinter
from tests.printing.paper import TRACK_URL, a_slip, codes_on

ASK_STATUS, BARRIER = b"".join(questions.ASK_STATUS), questions.BARRIER
SLIP = encode(draw(a_slip(), 576))


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[VirtualPrinter]:
    virtual = VirtualPrinter(tmp_path / "slips").start()
    yield virtual
    virtual.stop()


@pytest.fixture
def line(printer: VirtualPrinter) -> Iterator[socket.socket]:
    with connected(printer) as connection:
        yield connection


def connected(printer: VirtualPrinter) -> socket.socket:
    return socket.create_connection((printer.host, printer.port), timeout=10)


def heard(line: socket.socket, count: int) -> bytes:
    words = b""
    while len(words) < count:
        word = line.recv(count - len(words))
        assert word, "the printer hung up"
        words += word
    return words


def silence(line: socket.socket) -> bool:
    """Nothing was said before the answer to a status question that is asked now."""
    line.sendall(b"\x10\x04\x03")
    return heard(line, 1) == b"\x12"


def kept(printer: VirtualPrinter, folder: Path, count: int) -> list[Path]:
    assert printer.tell("wait", slips=count, seconds=20)["ok"]
    return sorted(folder.glob("*.png"))


def test_a_slip_is_kept_as_picture_and_bytes(
    printer: VirtualPrinter, line: socket.socket, tmp_path: Path
) -> None:
    line.sendall(SLIP)

    (picture,) = kept(printer, tmp_path / "slips", 1)
    assert picture.name == "0001.png"
    assert picture.with_suffix(".bin").read_bytes() == SLIP
    with Image.open(picture) as paper:
        assert paper.width == 576
        assert codes_on(paper) == [TRACK_URL]
    assert not list((tmp_path / "slips").glob(".*")), "a half-written file is left"


def test_a_folder_that_takes_no_files_holds_the_slip_until_it_does(
    printer: VirtualPrinter, line: socket.socket, tmp_path: Path
) -> None:
    (tmp_path / "slips").rename(tmp_path / "away")
    line.sendall(SLIP + BARRIER)
    told = b""
    while told != b"\x1a\x12\x52\x12":
        line.sendall(ASK_STATUS)
        told = heard(line, 4)

    (tmp_path / "away").rename(tmp_path / "slips")

    assert heard(line, 1) == b"\x00"
    assert len(kept(printer, tmp_path / "slips", 1)) == 1


def test_two_printers_keeping_slips_in_one_folder_never_take_each_other_s_name(tmp_path: Path) -> None:
    together = threading.Barrier(4)

    def keep(which: int) -> None:
        together.wait()
        for slip in range(5):
            keep_slip(tmp_path, Image.new("1", (576, 8), 1), f"{which}-{slip}".encode())

    printers = [threading.Thread(target=keep, args=(which,)) for which in range(4)]
    for each in printers:
        each.start()
    for each in printers:
        each.join(30)

    assert len({each.read_bytes() for each in tmp_path.glob("*.bin")}) == 20
    assert len(list(tmp_path.glob("*.png"))) == 20


def test_a_printer_switched_on_again_never_overwrites_a_slip(printer: VirtualPrinter, tmp_path: Path) -> None:
    slips = tmp_path / "slips"
    with connected(printer) as line:
        line.sendall(SLIP * 2)
        kept(printer, slips, 2)
    port = printer.port
    printer.stop()
    before = {each.name: each.read_bytes() for each in slips.glob("0*")}

    printer.start()
    with connected(printer) as line:
        line.sendall(encode(draw(a_slip("A026"), 576)))
        kept(printer, slips, 1)

    assert printer.port == port
    assert sorted(each.name for each in slips.glob("*.png")) == ["0001.png", "0002.png", "0003.png"]
    assert {name: (slips / name).read_bytes() for name in before} == before


@pytest.mark.parametrize(
    ("orders", "words"),
    [
        (["refill"], "12 12 12 12"),
        (["near_end"], "12 12 12 1e"),
        (["paper_out"], "1a 32 12 7e"),
        (["cover_open"], "1a 16 12 12"),
        (["offline"], "1a 12 12 12"),
        (["cover_open", "cover_close"], "12 12 12 12"),
        (["offline", "online"], "12 12 12 12"),
    ],
)
def test_it_answers_how_it_is_at_once(
    printer: VirtualPrinter, line: socket.socket, orders: list[str], words: str
) -> None:
    for order in orders:
        assert printer.tell(order)["ok"]

    line.sendall(SLIP[:2000] if "paper_out" in orders else b"")
    if "paper_out" in orders:
        line.sendall(SLIP[2000:])
    line.sendall(ASK_STATUS)

    assert heard(line, 4).hex(" ") == words


def test_without_paper_it_keeps_what_it_got_and_prints_it_after_the_refill(
    printer: VirtualPrinter, line: socket.socket, tmp_path: Path
) -> None:
    printer.tell("paper_out")

    line.sendall(SLIP + BARRIER)
    line.sendall(ASK_STATUS)
    assert heard(line, 4).hex(" ") == "1a 32 12 7e"
    assert silence(line)
    state = printer.tell("state")["state"]
    assert (state["slips"], state["waiting_bytes"]) == (0, len(SLIP + BARRIER))

    printer.tell("refill")
    assert heard(line, 1) == b"\x00"
    (picture,) = kept(printer, tmp_path / "slips", 1)
    assert picture.with_suffix(".bin").read_bytes() == SLIP


def test_paper_that_ends_in_the_middle_of_a_slip_gives_one_slip_after_the_refill(
    printer: VirtualPrinter, line: socket.socket, tmp_path: Path
) -> None:
    printer.tell("paper_out", after_rows=300)

    line.sendall(SLIP + BARRIER)
    while printer.tell("state")["state"]["paper"] != "out":
        assert silence(line)
    assert silence(line)
    assert not printer.tell("wait", slips=1, seconds=0.3)["ok"]

    printer.tell("refill")
    assert heard(line, 1) == b"\x00"
    (picture,) = kept(printer, tmp_path / "slips", 1)
    with Image.open(picture) as paper:
        assert codes_on(paper) == [TRACK_URL]


def test_near_the_end_of_the_roll_it_prints_and_says_so(
    printer: VirtualPrinter, line: socket.socket, tmp_path: Path
) -> None:
    printer.tell("near_end")

    line.sendall(SLIP + BARRIER)

    assert heard(line, 1) == b"\x03"
    assert len(kept(printer, tmp_path / "slips", 1)) == 1


def test_a_silent_printer_prints_and_says_nothing(
    printer: VirtualPrinter, line: socket.socket, tmp_path: Path
) -> None:
    printer.tell("silent")
    line.sendall(ASK_STATUS + SLIP + BARRIER)
    kept(printer, tmp_path / "slips", 1)
    while not printer.tell("state")["state"]["idle"]:
        pass

    printer.tell("answer")

    assert silence(line)


def test_a_slow_printer_is_still_printing_while_it_answers(
    printer: VirtualPrinter, line: socket.socket, tmp_path: Path
) -> None:
    printer.tell("slow", rows_per_second=20)

    line.sendall(SLIP + BARRIER + ASK_STATUS)
    assert heard(line, 4).hex(" ") == "12 12 12 12"
    assert printer.tell("state")["state"]["slips"] == 0

    printer.tell("fast")
    assert heard(line, 1) == b"\x00"


def test_a_cable_pulled_and_put_back(printer: VirtualPrinter, line: socket.socket) -> None:
    assert silence(line)

    printer.tell("unplug")

    with pytest.raises(ConnectionRefusedError):
        connected(printer)
    line.settimeout(10)
    assert line.recv(1) == b""

    printer.tell("plug")
    with connected(printer) as again:
        again.sendall(ASK_STATUS)
        assert heard(again, 4).hex(" ") == "12 12 12 12"


def test_a_slip_torn_by_the_network_does_not_swallow_the_next_one(
    printer: VirtualPrinter, tmp_path: Path
) -> None:
    with connected(printer) as line:
        line.sendall(SLIP[: len(SLIP) // 2])
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    with connected(printer) as line:
        line.sendall(SLIP)
        (picture,) = kept(printer, tmp_path / "slips", 1)

    drawn, fed = draw(a_slip(), 576), 180
    with Image.open(picture) as paper:
        end = paper.height - fed
        whole = paper.convert("1").crop((0, end - drawn.height, 576, end))
    assert whole.tobytes() == drawn.tobytes()


def test_a_second_client_waits_for_its_turn(printer: VirtualPrinter, line: socket.socket) -> None:
    line.sendall(b"\x10\x04\x01")
    assert heard(line, 1) == b"\x12"

    with connected(printer) as second:
        second.sendall(b"\x10\x04\x01")
        second.settimeout(0.3)
        with pytest.raises(TimeoutError):
            second.recv(1)
        line.close()
        second.settimeout(10)
        assert heard(second, 1) == b"\x12"


def test_text_sent_by_others_is_printed_as_text(
    printer: VirtualPrinter, line: socket.socket, tmp_path: Path
) -> None:
    line.sendall(b"\x1b@Trang in thu\n\x1bd\x03\x1dVA\x00")

    (picture,) = kept(printer, tmp_path / "slips", 1)

    with Image.open(picture) as paper:
        assert paper.convert("1").histogram()[0] > 50


@pytest.mark.parametrize(
    "order",
    [
        '{"do": "dance"}',
        '{"do": "slow"}',
        '{"do": "slow", "rows_per_second": 0}',
        "[]",
        "{",
        '{"do": "refill", "x": 1}',
    ],
)
def test_an_order_it_does_not_know_changes_nothing(printer: VirtualPrinter, order: str) -> None:
    before = printer.tell("state")["state"]

    with socket.create_connection((printer.host, printer.control_port), timeout=10) as control:
        control.sendall(order.encode() + b"\n")
        answer = json.loads(control.makefile().readline())

    assert answer["ok"] is False
    assert printer.tell("state")["state"] == before


def test_it_ends_when_the_hub_that_started_it_dies(printer: VirtualPrinter) -> None:
    process = printer._process
    assert isinstance(process, subprocess.Popen)
    assert process.stdin is not None

    process.stdin.close()
    process.stdin = None

    assert process.wait(timeout=10) == 0
