"""What a printer is asked, and what its four answers to DLE EOT mean."""

import secrets

from printing.transports import PrinterReading

ASK_STATUS = [bytes((0x10, 0x04, question)) for question in (1, 2, 3, 4)]  # DLE EOT, answered at once
BARRIER = b"\x1dr\x01"  # GS r 1, answered in turn
MARKED = b"\x1d(H\x06\x0000"  # GS ( H, function 48: in turn too, with the four signs that follow
BEGIN = b"\x1b@"  # ESC @, as every slip begins: forgets what was left in the buffer
NO_AUTOMATIC = b"\x1da\x00"  # GS a 0; said after ESC @, which may bring automatic status back
# No sign of a mark looks like an answer to DLE EOT, which may come in its midst.
SIGNS, OWN_SIGNS = 0x40, 0x60


def mark_of(job: int) -> bytes:
    """Four signs that no other of the last 65,536 slips has had."""
    return bytes(SIGNS + (job >> shift & 0x0F) for shift in (12, 8, 4, 0))


def without_automatic(slip: bytes) -> bytes:
    """The same slip from a printer that says nothing by itself meanwhile."""
    at = len(BEGIN) if slip.startswith(BEGIN) else 0
    return slip[:at] + NO_AUTOMATIC + slip[at:]


def read(printer: int, offline: int, error: int, paper: int) -> PrinterReading:
    """The four answers to DLE EOT 1, 2, 3, 4; what a person can mend first."""
    if offline & 0x04:
        return PrinterReading("cover_open")
    if paper & 0x60 or offline & 0x20:
        return PrinterReading("paper_out")
    if error & 0x08:
        return PrinterReading("offline", "cutter")
    if printer & 0x08 or error & 0x60:
        return PrinterReading("offline", "error" if error & 0x60 else "")
    if paper & 0x0C:
        return PrinterReading("paper_low", ready=True)
    return PrinterReading("ok", ready=True)


def own_mark() -> bytes:
    """Of a question that belongs to no slip."""
    return bytes(OWN_SIGNS + secrets.randbelow(16) for _ in range(4))
