"""What the spool asks of a way to a printer, whatever the way is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

# "waiting": a slip, or an answer to a question behind it, is not there yet. "silent": it says nothing at all.
# "unknown": people say that it cannot answer.
PrinterState = Literal[
    "ok", "paper_low", "paper_out", "cover_open", "offline", "waiting", "silent", "unknown"
]


@dataclass(frozen=True, slots=True)
class PrinterReading:
    """`ready`: a slip may be sent now. "silent" and ready: it never said a word, perhaps it cannot."""

    state: PrinterState
    detail: str = ""
    ready: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """`sent`: people say that this printer cannot answer. `uncertain`: the slip may be on paper, or not.
    `unsent`: not one byte left, it may be tried again."""

    outcome: Literal["confirmed", "sent", "uncertain", "unsent"]
    detail: str = ""


Tell = Callable[[PrinterReading], None]


class Transport(Protocol):
    def status(self) -> PrinterReading: ...

    def send(self, job: int, data: bytes, tell: Tell) -> Delivery:
        """After `status` said ready. From the first byte on, no answer means uncertain, never 'again'. `tell`
        hears how the printer is while its answer is waited for."""

    def printed_late(self) -> list[int]:
        """Jobs reported uncertain whose own answer has come since, such as after a refill."""

    def close(self) -> None: ...
