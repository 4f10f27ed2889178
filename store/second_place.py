"""What a hall last gave out, in a second place: should the data be lost, no number is given again.

A file a hall, with two slots that are written in turn: whatever a power cut does to one of them, the other is
whole. A slot is in the kernel's hands with each change, so that it outlives the hub, and on the disk within
a second, so that a ticket waits for one disk write only. A copy may lie elsewhere, on another disk: it is as
new within the second, and tells of a folder that is gone as a whole, or was put back as a whole.
"""

import os
import zlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from math import inf
from pathlib import Path
from threading import Lock
from time import monotonic

import msgspec

from store.files import sync_directory
from store.secret import FILE as SECRET

FOLDER = "second"
BURST_SECONDS = 0.02  # gives out fewer numbers than a block
SLOT = 16 * 1024  # a hall of a thousand queues
CHECKSUM = 4


class Mark(msgspec.Struct, frozen=True):
    """The newest event of a hall: its day, seq and checksum, and each queue's last ordinal of the day."""

    day: date
    seq: int
    chain: bytes
    issued: Mapping[str, int]
    turn: int = 0  # the slot with the higher one is the newer


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Mark)


class SecondPlace:
    """`directory`: of the hall's data; `elsewhere`: a folder for the copies, which nobody makes here, for its
    disk may not be mounted. Troubles of this place stop nobody: `trouble` tells the newest."""

    def __init__(
        self, directory: Path, burst_seconds: float = BURST_SECONDS, *, elsewhere: Path | None = None
    ) -> None:
        self.folder = directory / FOLDER
        self._elsewhere = elsewhere
        self._burst_seconds = burst_seconds
        self._trouble: OSError | None = None
        self._trouble_elsewhere: OSError | None = None
        self._slots: dict[str, tuple[int, bytes]] = {}  # by hall what was written last: its turn and itself
        self._files: dict[str, int] = {}
        self._turns: dict[str, int] = {}
        self._last: dict[str, tuple[date, int, bytes, Mapping[str, int]]] = {}
        self._written_at: dict[str, float] = {}
        self._unwritten: set[str] = set()
        self._unsynced: set[str] = set()
        self._lock = Lock()

    @property
    def trouble(self) -> OSError | None:
        return self._trouble or self._trouble_elsewhere

    def read(self, hall: str) -> Mark | None:
        """What was noted last; None: nothing, or nothing whole."""
        marks: list[Mark] = []
        for folder in self._folders():
            with suppress(OSError):
                slots = (folder / f"{hall}.mark").read_bytes()
                marks += [mark for at in (0, SLOT) if (mark := _whole(slots[at : at + SLOT])) is not None]
        return max(marks, key=lambda mark: mark.turn, default=None)

    def marks(self) -> dict[str, Mark]:
        """By hall, what was noted last."""
        return {hall: mark for hall in self._halls() if (mark := self.read(hall)) is not None}

    def unreadable(self) -> list[str]:
        """The halls of which something was noted and nothing can be read any more."""
        return [hall for hall in self._halls() if self.read(hall) is None]

    def _halls(self) -> list[str]:
        return sorted({file.stem for folder in self._folders() for file in folder.glob("*.mark")})

    def _folders(self) -> list[Path]:
        return [self.folder] if self._elsewhere is None else [self.folder, self._elsewhere]

    def note(self, hall: str, day: date, seq: int, chain: bytes, issued: Mapping[str, int]) -> None:
        """Called once the events are kept, and before anybody is told of them. Of a burst only the first is
        written at once: a lost burst is known by it, and the numbers of the others lie in the block that is
        skipped then."""
        self._last[hall] = (day, seq, chain, issued)
        if monotonic() - self._written_at.get(hall, -inf) < self._burst_seconds:
            self._unwritten.add(hall)
        else:
            self._write(hall)

    def _write(self, hall: str) -> None:
        if hall not in self._turns:
            before = self.read(hall)
            self._turns[hall] = before.turn if before is not None else 0
        turn = self._turns[hall] = self._turns[hall] + 1
        said = _ENCODER.encode(Mark(*self._last[hall], turn))
        slot = zlib.crc32(said).to_bytes(CHECKSUM) + len(said).to_bytes(CHECKSUM) + said
        try:
            self._slots[hall] = (turn, slot)
            self._unsynced.add(hall)
            os.pwrite(self._opened(hall), slot, turn % 2 * SLOT)
            self._trouble = None
        except OSError as error:
            self._trouble = error
        self._written_at[hall] = monotonic()
        self._unwritten.discard(hall)

    def sync(self) -> None:
        """To the disk; may wait for it, so not on the thread that serves."""
        for hall in list(self._unsynced):
            self._unsynced.discard(hall)
            try:
                if (handle := self._files.get(hall)) is not None:
                    os.fdatasync(handle)
            except OSError as error:
                self._trouble = error
            if self._elsewhere is not None:
                self._copy(hall, self._elsewhere)

    def _copy(self, hall: str, elsewhere: Path) -> None:
        """A turn that is left out leaves the slot of the one before, which is as good until this is whole."""
        turn, slot = self._slots[hall]
        try:
            handle = os.open(elsewhere / f"{hall}.mark", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                os.pwrite(handle, slot, turn % 2 * SLOT)
                os.fdatasync(handle)
            finally:
                os.close(handle)
            self._trouble_elsewhere = None
        except OSError as error:
            self._trouble_elsewhere = error

    def close(self) -> None:
        self.look()
        self.sync()
        for handle in self._files.values():
            os.close(handle)
        self._files.clear()

    def look(self) -> None:
        """Writes what of a burst is not written yet, and all anew where somebody took the files away."""
        for hall, handle in list(self._files.items()):
            with suppress(OSError):
                if os.path.samestat(os.fstat(handle), self._file(hall).stat()):
                    continue
            self._close(hall)
            self._unwritten.add(hall)
        for hall in list(self._unwritten):
            self._write(hall)

    def _close(self, hall: str) -> None:
        handle = self._files.pop(hall, None)
        if handle is not None:
            os.close(handle)

    def _file(self, hall: str) -> Path:
        return self.folder / f"{hall}.mark"

    def _opened(self, hall: str) -> int:
        handle = self._files.get(hall)
        if handle is not None:
            return handle
        with self._lock:
            begin(self.folder.parent)
            handle = os.open(self._file(hall), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            sync_directory(self.folder)
            self._files[hall] = handle
        return handle


def begin(directory: Path) -> None:
    """From now on a hall was begun in this folder, whatever becomes of its data."""
    folder = directory / FOLDER
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sync_directory(directory)


def was_begun(directory: Path, elsewhere: Path | None = None) -> bool:
    """Whether a hall was ever begun here; by an earlier release if it gave out a number."""
    known = elsewhere is not None and any(elsewhere.glob("*.mark"))
    return known or (directory / FOLDER).is_dir() or (directory / SECRET).exists()


def _whole(slot: bytes) -> Mark | None:
    checksum, length = slot[:CHECKSUM], int.from_bytes(slot[CHECKSUM : 2 * CHECKSUM])
    said = slot[2 * CHECKSUM : 2 * CHECKSUM + length]
    if len(said) != length or zlib.crc32(said).to_bytes(CHECKSUM) != checksum:
        return None
    with suppress(msgspec.MsgspecError, UnicodeDecodeError):
        return _DECODER.decode(said)
    return None
