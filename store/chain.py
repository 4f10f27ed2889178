"""A checksum over a day's events, each over all before it: it tells what is changed, taken out or swapped."""

from datetime import date
from hashlib import blake2b

BYTES = 8
Row = tuple[int, str, str, int, bytes, bytes | None]  # seq, at, kind, version, body, checksum


def begin(hall: str, day: date) -> bytes:
    """Before the first event of the day."""
    return blake2b(f"{hall}|{day.isoformat()}".encode(), digest_size=BYTES).digest()


def link(before: bytes, at: str, kind: str, version: int, body: bytes) -> bytes:
    """The checksum of an event which follows one of the checksum `before`; about a microsecond."""
    said = b"%b%b|%b|%d|%b" % (before, at.encode(), kind.encode(), version, body)
    return blake2b(said, digest_size=BYTES).digest()


class Chain:
    """The checksums of a day, row by row. `checksum`: of the day up to `seq`."""

    def __init__(self, checksum: bytes, seq: int = 0) -> None:
        self.checksum = checksum
        self.seq = seq
        self._chained = False

    def fault(
        self, seq: int, at: str, kind: str, version: int, body: bytes, kept: bytes | None
    ) -> str | None:
        """What is wrong with the row that follows, about event `self.seq`; None: it is as it was kept."""
        self.seq += 1
        if seq != self.seq:
            return f"is not there, {seq} follows"
        self.checksum = link(self.checksum, at, kind, version, body)
        # Releases before 0.2.0 kept none: a day of theirs begins without.
        if kept != self.checksum and (kept is not None or self._chained):
            return "has another checksum than it was kept with"
        self._chained = kept is not None
        return None
