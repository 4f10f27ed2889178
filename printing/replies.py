"""What a receipt printer says, whole and told apart.

Every kind of answer has bits that never change, and a printer says more than it was asked: four bytes of
automatic status whenever something changes, flow control at any moment. A byte counts only as what its bits
and its place make it; what fits nowhere is dropped.
"""

from collections.abc import Iterator
from dataclasses import dataclass

XON, XOFF = 0x11, 0x13
HEADER, IDENTIFIER = 0x37, 0x22  # of the answer to GS ( H: header, identifier, four signs, NUL
LONGEST = 7


@dataclass(frozen=True, slots=True)
class Sensor:
    """The answer to one DLE EOT, 0xx1xx10: given at once, whatever lies in the buffer."""

    word: int


@dataclass(frozen=True, slots=True)
class Automatic:
    """Status nobody asked for: 0xx1xx00, then three bytes 0xx0xxxx in one piece."""

    words: bytes

    @property
    def trouble(self) -> str | None:
        """What it complains of, as a printer's state; None: nothing that keeps it from printing."""
        printer, error, paper, _ = self.words
        if printer & 0x20:
            return "cover_open"
        if paper & 0x0C:
            return "paper_out"
        return "offline" if printer & 0x08 or error & 0x68 else None


@dataclass(frozen=True, slots=True)
class Processed:
    """The answer to GS ( H: all before this mark is on paper. The mark is the one that was sent."""

    mark: bytes


@dataclass(frozen=True, slots=True)
class InTurn:
    """The answer to GS r, 0xx0xxxx: one byte that does not say which question it answers. Printers that obey
    on though their paper is at its end say so by it."""

    word: int = 0

    @property
    def trouble(self) -> str | None:
        """As of `Automatic`."""
        return "paper_out" if self.word & 0x0C else None


Reply = Sensor | Automatic | Processed | InTurn


class Replies:
    def __init__(self) -> None:
        self._kept = bytearray()

    def feed(self, heard: bytes) -> Iterator[Reply]:
        """The answers completed by these bytes; the beginning of one is kept for the next call."""
        for byte in heard:
            if byte in (XON, XOFF):
                continue
            if byte & 0x93 == 0x12:
                yield Sensor(byte)  # may stand in the midst of a longer answer
            elif (reply := self._longer(byte)) is not None:
                yield reply

    def forget(self) -> None:
        """The line is quiet or gone: what has begun will not be completed."""
        self._kept.clear()

    def _longer(self, byte: int) -> Reply | None:
        if self._kept and not self._fits(byte):
            self._kept.clear()
        if not self._kept:
            if byte & 0x90 == 0:
                return InTurn(byte)
            if byte == HEADER or byte & 0x93 == 0x10:
                self._kept.append(byte)
            return None
        self._kept.append(byte)
        return self._completed()

    def _fits(self, byte: int) -> bool:
        if self._kept[0] != HEADER:
            return byte & 0x90 == 0
        match len(self._kept):
            case 1:
                return byte == IDENTIFIER
            case 6:
                return byte == 0
        return 0x20 <= byte <= 0x7E

    def _completed(self) -> Reply | None:
        reply: Reply | None = None
        if self._kept[0] == HEADER:
            reply = Processed(bytes(self._kept[2:6])) if len(self._kept) == LONGEST else None
        elif len(self._kept) == 4:
            reply = Automatic(bytes(self._kept))
        if reply is not None:
            self._kept.clear()
        return reply
