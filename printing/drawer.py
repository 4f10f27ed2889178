"""Slips are drawn in a process of their own: 15 ms of computing each, away from the loop that serves.

Run as `python -m printing.drawer` with a socket as standard input; ends when the other side closes it.
"""

import logging

import msgspec

from printing.slip import Slip
from worker import Worker, work

DRAWN, FAILED = b"\x00", b"\x01"

log = logging.getLogger(__name__)


class DrawerFailed(Exception):
    """This slip could not be drawn. Nothing was sent to a printer."""


class Order(msgspec.Struct, frozen=True):
    slip: Slip
    width_dots: int


class Drawer:
    """Draws for all printers, one slip at a time; a process that dies or hangs is started again."""

    def __init__(self, *, answer_seconds: float = 20.0) -> None:
        self.worker = Worker("printing.drawer", answer_seconds)

    def start(self) -> None:
        """Starts the process now, so that the first citizen does not wait for it."""
        self.worker.start()

    def draw(self, slip: Slip, width_dots: int) -> bytes:
        """The bytes for the printer. Raises DrawerFailed when a process died or hung over it twice."""
        order = msgspec.json.encode(Order(slip, width_dots))
        try:
            answer = self.worker.ask(order)
        except OSError as trouble:
            log.warning("the drawing process is gone: %s", trouble)
            try:
                answer = self.worker.ask(order)
            except OSError as again:
                raise DrawerFailed(str(again)) from again
        if answer[:1] == FAILED:
            raise DrawerFailed(answer[1:].decode())
        return answer[1:]

    def stop(self) -> None:
        self.worker.stop()


def drawn(order: bytes) -> bytes:
    """The worker's answer to one order."""
    # Imported here: the hub imports this module and has no use for Pillow or python-escpos.
    from printing.escpos import encode
    from printing.picture import draw

    asked = msgspec.json.decode(order, type=Order)
    try:
        return DRAWN + encode(draw(asked.slip, asked.width_dots))
    except Exception as fault:  # one slip that cannot be drawn must not end the drawing of others
        log.exception("slip %s", asked.slip.number)
        return FAILED + f"{type(fault).__name__}: {fault}".encode()


if __name__ == "__main__":
    work("drawer", drawn)
