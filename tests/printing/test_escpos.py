"""Bytes for the printer, read back as the printer reads them."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from printing.commands import EscPosCommand, Reader
from printing.escpos import encode
from printing.picture import draw
from tests.configs import ROOT
from tests.printing.paper import a_slip, codes_on, commands_in


def picture_of(commands: list[EscPosCommand], width: int) -> Image.Image:
    rasters = [command.data for command in commands if command.name == "GS v"]
    rows = b"".join(data[6:] for data in rasters)
    return Image.frombytes("1", (width, len(rows) * 8 // width), bytes(255 - byte for byte in rows))


def test_the_printer_gets_the_picture_dot_for_dot_in_small_pieces_and_one_cut() -> None:
    for width in (576, 384):
        drawn = draw(a_slip(), width)

        commands = commands_in(encode(drawn))

        pieces = [command.data for command in commands if command.name == "GS v"]
        assert [command.name for command in commands] == ["ESC @", *["GS v"] * len(pieces), "ESC d", "GS V"]
        assert all(piece[4] + 256 * piece[5] <= 256 for piece in pieces)
        assert picture_of(commands, width).tobytes() == drawn.tobytes()
        assert codes_on(picture_of(commands, width)) == codes_on(drawn)


def test_without_a_cut_the_paper_stays_whole() -> None:
    assert "GS V" not in [command.name for command in commands_in(encode(draw(a_slip(), 576), cut=False))]


def test_a_service_that_may_write_nowhere_but_in_its_data_prints() -> None:
    """As under systemd's ProtectSystem=strict, where /tmp can only be read; and nothing is left behind."""
    program = "import tempfile; tempfile._candidate_tempdir_list = list; import printing.escpos"
    memory = Path("/dev/shm")
    before = set(memory.iterdir())

    said = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (said.returncode, said.stderr) == (0, "")
    assert not [each for each in set(memory.iterdir()) - before if list(each.glob("*.pickle"))]


# A picture whose dots spell "cut", "open the drawer" and "tell your status".
SPELLING = b"\x1dv0\x00\x0c\x00\x02\x00" + b"\x1dV\x00\x1bp\x00\x32\x32\x10\x04\x01\x1b@" * 2 + b"\x00" * 4
SPELLING = SPELLING[: 8 + 24]
STREAM = (
    b"\x1b@"
    + SPELLING
    + b"\x10\x04\x02"
    + b"Xin\n"
    + b"\x1dr\x01"
    + b"\x1b*\x21\x02\x00"
    + b"\x1b\x1b\x1b" * 2
    + b"\x1d(k\x03\x00\x1dV\x00"
    + b"\x1dk\x04AB\x00"
    + b"\x1dk\x49\x03\x1d\x1d\x1d"
    + b"\x1dVB\x03"
    + b"\x10\x14\x01\x00\x01"
)
NAMES = ["ESC @", "GS v", "DLE EOT", "text", "LF", "GS r", "ESC *", "GS (", "GS k", "GS k", "GS V"]
NAMES += ["DLE DC4"]


@settings(max_examples=100)
@given(st.lists(st.integers(0, len(STREAM)), max_size=12))
def test_commands_are_the_same_however_the_network_cuts_the_bytes(cuts: list[int]) -> None:
    reader, raw = Reader(), b""
    names: list[str] = []

    for start, end in pairwise([0, *sorted(cuts), len(STREAM)]):
        for command in reader.feed(STREAM[start:end]):
            raw += command.raw
            # A word may come in two pieces of text; both are the same text on paper.
            if (command.name, names[-1:]) != ("text", ["text"]):
                names.append(command.name)

    assert raw == STREAM
    assert names == NAMES


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_a_printer_reads_any_noise_without_losing_a_byte(noise: bytes) -> None:
    reader = Reader()

    read = b"".join(command.raw for command in reader.feed(noise))

    assert noise.startswith(read)
