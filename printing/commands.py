"""ESC/POS read as a printer reads it: bytes in any pieces, whole commands out.

Lengths are honoured, so picture data is never taken for commands.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

DLE, ESC, FS, GS = 0x10, 0x1B, 0x1C, 0x1D


@dataclass(frozen=True, slots=True)
class EscPosCommand:
    """`name` such as "ESC @", "GS v", "DLE EOT", "LF" or "text"; `raw` is the whole, `data` what follows."""

    name: str
    raw: bytes
    data: bytes = b""


# How many bytes follow the two-byte name. Callables get what has arrived after it; None: not yet known.
Size = int | Callable[[bytes], int | None]


def _word(low: int, high: int) -> int:
    return low + 256 * high


def _raster(after: bytes) -> int | None:
    return None if len(after) < 6 else 6 + _word(after[2], after[3]) * _word(after[4], after[5])


def _columns(after: bytes) -> int | None:
    if len(after) < 3:
        return None
    return 3 + _word(after[1], after[2]) * (3 if after[0] in (32, 33) else 1)


def _counted(after: bytes) -> int | None:
    return None if len(after) < 3 else 3 + _word(after[1], after[2])


def _stored_picture(after: bytes) -> int | None:
    return None if len(after) < 2 else 2 + after[0] * after[1] * 8


def _to_zero(after: bytes) -> int | None:
    end = after.find(0)
    return None if end < 0 else end + 1


def _barcode(after: bytes) -> int | None:
    if not after:
        return None
    if after[0] > 6:
        return None if len(after) < 2 else 2 + after[1]
    end = after.find(0, 1)
    return None if end < 0 else end + 1


def _cut(after: bytes) -> int | None:
    if not after:
        return None
    return 2 if after[0] in (65, 66, 97, 98, 103, 104) else 1


def _status(after: bytes) -> int | None:
    if not after:
        return None
    return 2 if after[0] in (7, 8, 18) else 1


def _pulse(after: bytes) -> int | None:
    if not after:
        return None
    return {1: 3, 2: 3, 7: 2, 8: 8}.get(after[0], 1)


SIZES: dict[tuple[int, int], Size] = {
    **{(ESC, ord(letter)): 1 for letter in "!-EGMadJtRV{3 =SU%?rueK"},
    **{(ESC, ord(letter)): 2 for letter in "$\\c"},
    (ESC, ord("p")): 3,
    (ESC, ord("W")): 8,
    (ESC, ord("*")): _columns,
    (ESC, ord("D")): _to_zero,
    **{(GS, ord(letter)): 1 for letter in "!BrahwHfIbTj/E"},
    **{(GS, ord(letter)): 2 for letter in "LWP$\\"},
    (GS, ord("v")): _raster,
    (GS, ord("V")): _cut,
    (GS, ord("(")): _counted,
    (GS, ord("*")): _stored_picture,
    (GS, ord("k")): _barcode,
    (FS, ord("p")): 2,
    **{(FS, ord(letter)): 1 for letter in "!-W"},
    (DLE, 0x04): _status,
    (DLE, 0x05): 1,
    (DLE, 0x14): _pulse,
}
LEADS = {DLE: "DLE", ESC: "ESC", FS: "FS", GS: "GS"}
DLE_NAMES = {0x04: "EOT", 0x05: "ENQ", 0x14: "DC4"}
SINGLE = {0x09: "HT", 0x0A: "LF", 0x0C: "FF", 0x0D: "CR", 0x18: "CAN"}


class Reader:
    def __init__(self) -> None:
        self._kept = bytearray()

    def feed(self, received: bytes) -> Iterator[EscPosCommand]:
        """The commands completed by these bytes; the rest is kept for the next call."""
        self._kept += received
        while self._kept and (command := self._first()):
            del self._kept[: len(command.raw)]
            yield command

    def forget(self) -> None:
        """The line broke in the middle of a command: it will never be completed."""
        self._kept.clear()

    def _first(self) -> EscPosCommand | None:
        lead = self._kept[0]
        if lead not in LEADS:
            return self._plain()
        if len(self._kept) < 2:
            return None
        letter = self._kept[1]
        size = SIZES.get((lead, letter), 0)
        after = size if isinstance(size, int) else size(bytes(self._kept[2 : 2 + 4096]))
        if after is None or len(self._kept) < 2 + after:
            return None
        raw = bytes(self._kept[: 2 + after])
        name = f"{LEADS[lead]} {DLE_NAMES.get(letter, chr(letter)) if lead == DLE else chr(letter)}"
        return EscPosCommand(name, raw, raw[2:])

    def _plain(self) -> EscPosCommand:
        first = self._kept[0]
        if first < 0x20:
            return EscPosCommand(SINGLE.get(first, "control"), bytes(self._kept[:1]))
        end = next((place for place, byte in enumerate(self._kept) if byte < 0x20), len(self._kept))
        text = bytes(self._kept[:end])
        return EscPosCommand("text", text, text)
