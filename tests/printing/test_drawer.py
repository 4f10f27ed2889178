"""Slips are drawn beside the hub, and a drawing process that dies is replaced before anybody notices."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from printing.drawer import Drawer, DrawerFailed
from printing.escpos import encode
from printing.picture import draw
from tests.printing.paper import a_slip
from worker import ROOT


@pytest.fixture
def drawer() -> Iterator[Drawer]:
    drawer = Drawer(answer_seconds=60)
    yield drawer
    drawer.stop()


def pid(drawer: Drawer) -> int:
    running = drawer.worker.pid
    assert running is not None
    return running


@pytest.mark.parametrize("width", [576, 384])
def test_the_drawing_process_gives_the_same_bytes(drawer: Drawer, width: int) -> None:
    slip = a_slip(reprint=True, language="en", priority="Older people")

    assert drawer.draw(slip, width) == encode(draw(slip, width))


def test_a_killed_drawing_process_costs_no_slip(drawer: Drawer) -> None:
    drawer.start()
    first = pid(drawer)
    os.kill(first, signal.SIGKILL)

    assert drawer.draw(a_slip(), 576) == encode(draw(a_slip(), 576))

    assert pid(drawer) != first


def test_a_slip_that_cannot_be_drawn_is_refused_and_the_next_one_is_drawn(drawer: Drawer) -> None:
    with pytest.raises(DrawerFailed):
        drawer.draw(a_slip(track_url="x" * 5000), 576)

    before = pid(drawer)
    assert drawer.draw(a_slip(), 576).startswith(b"\x1b@")
    assert pid(drawer) == before


def test_a_drawing_process_that_hangs_is_replaced(drawer: Drawer) -> None:
    drawer.draw(a_slip(), 576)
    first = pid(drawer)
    os.kill(first, signal.SIGSTOP)
    assert drawer.worker._line is not None
    drawer.worker._line.settimeout(0.2)  # for this process; the next one is given its time

    assert drawer.draw(a_slip(), 576).startswith(b"\x1b@")

    assert pid(drawer) != first


def test_two_printers_may_ask_at_once(drawer: Drawer) -> None:
    drawn: dict[str, bytes] = {}

    def ask(number: str) -> None:
        drawn[number] = drawer.draw(a_slip(number), 576)

    asking = [threading.Thread(target=ask, args=(f"A{n:03d}",)) for n in range(6)]
    for each in asking:
        each.start()
    for each in asking:
        each.join(30)

    assert drawn == {number: encode(draw(a_slip(number), 576)) for number in drawn}
    assert len(drawn) == 6


def test_the_hub_holds_slips_without_loading_pillow() -> None:
    program = (
        "import sys, printing.spool, printing.drawer, printing.transports, printing.virtual_process;"
        "print([name for name in ('PIL', 'escpos', 'segno', 'fontpkg') if name in sys.modules])"
    )

    said = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert said.stdout.strip() == "[]"
