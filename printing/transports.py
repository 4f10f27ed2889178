"""Bytes to a printer on the network (port 9100), and its own word on what became of them."""

import socket
import time
from collections import deque
from dataclasses import dataclass
from typing import Literal, Protocol

PrinterState = Literal["ok", "paper_low", "paper_out", "cover_open", "offline", "unknown"]

ASK_STATUS = b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04"  # DLE EOT 1-4, answered at once
BARRIER = b"\x1dr\x01"  # GS r 1, answered in turn: after all before it is on paper


@dataclass(frozen=True, slots=True)
class PrinterReading:
    """`ready`: a slip may be sent now. A printer that never answers anything is `unknown` and ready."""

    state: PrinterState
    detail: str = ""
    ready: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """`sent`: this printer cannot say. `uncertain`: it could and did not; the slip may be on paper."""

    outcome: Literal["confirmed", "sent", "uncertain"]
    detail: str = ""


class Transport(Protocol):
    def status(self) -> PrinterReading: ...
    def send(self, job: int, data: bytes) -> Delivery: ...
    def printed_late(self) -> list[int]: ...
    def close(self) -> None: ...


class NetworkPrinter:
    """One connection, kept: port 9100 takes one client. Used by one thread."""

    def __init__(
        self,
        host: str,
        port: int,
        *,
        connect_seconds: float = 3.0,
        answer_seconds: float = 2.0,
        send_seconds: float = 30.0,
        print_seconds: float = 60.0,
    ) -> None:
        self._address = (host, port)
        self._connect_seconds = connect_seconds
        self._answer_seconds = answer_seconds
        self._send_seconds = send_seconds
        self._print_seconds = print_seconds
        self._line: socket.socket | None = None
        self._ever_answered = False
        self._asked_in_vain = False
        self._words: deque[int] = deque()
        self._owed: deque[int] = deque()
        self._late: list[int] = []

    def status(self) -> PrinterReading:
        """Asks all four DLE EOT. A kept connection may have been closed meanwhile: then once more."""
        for _ in range(2):
            kept = self._line is not None
            try:
                return self._ask()
            except OSError as trouble:
                self.close()
                reading = PrinterReading("offline", _why(trouble))
                if not kept:
                    break
        return reading

    def send(self, job: int, data: bytes) -> Delivery:
        """After `status` said ready. From the first byte on, no answer means uncertain, never 'again'."""
        try:
            peer = self._connected()
            peer.settimeout(self._send_seconds)
            peer.sendall(data)
            self._owed.append(job)
            peer.sendall(BARRIER)
        except OSError as trouble:
            self.close()
            return Delivery("uncertain", _why(trouble))
        if not self._ever_answered:
            self._owed.clear()
            return Delivery("sent", "this printer does not answer")
        return self._await_barrier(job)

    def printed_late(self) -> list[int]:
        """Jobs reported uncertain whose barrier has been answered since, such as after a refill."""
        late, self._late = self._late, []
        return late

    def close(self) -> None:
        if self._line is not None:
            self._line.close()
        self._line = None
        self._owed.clear()
        self._words.clear()

    def _connected(self) -> socket.socket:
        if self._line is None:
            self._line = socket.create_connection(self._address, timeout=self._connect_seconds)
            self._line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        return self._line

    def _ask(self) -> PrinterReading:
        peer = self._connected()
        peer.settimeout(self._send_seconds)
        self._words.clear()
        peer.sendall(ASK_STATUS)
        # Once in vain: do not hold up every slip for an answer that will not come, but still hear one.
        patience = self._answer_seconds / 10 if self._asked_in_vain else self._answer_seconds
        deadline = time.monotonic() + patience
        while len(self._words) < 4 and self._hear(deadline):
            pass
        if len(self._words) < 4:
            if self._ever_answered:
                # A late answer would be taken for the next question's.
                self.close()
                return PrinterReading("unknown", "no answer")
            self._asked_in_vain = True
            return PrinterReading("unknown", "this printer does not answer", ready=True)
        self._ever_answered, self._asked_in_vain = True, False
        return _read(*self._words)

    def _await_barrier(self, job: int) -> Delivery:
        deadline = time.monotonic() + self._print_seconds
        while True:
            try:
                look = min(deadline, time.monotonic() + self._answer_seconds / 2)
                while job in self._owed and self._hear(look):
                    pass
                if job not in self._owed:
                    self._late.remove(job)
                    return Delivery("confirmed")
                reading = self._ask()
            except OSError as trouble:
                self.close()
                return Delivery("uncertain", _why(trouble))
            if job in self._late:
                self._late.remove(job)
                return Delivery("confirmed")
            if not reading.ready:
                return Delivery("uncertain", reading.state)
            if time.monotonic() >= deadline:
                return Delivery("uncertain", "no answer after the slip")

    def _hear(self, deadline: float) -> bool:
        """Takes in what the printer says. False at the deadline. Raises OSError when it hung up."""
        left = deadline - time.monotonic()
        if left <= 0:
            return False
        peer = self._connected()
        peer.settimeout(left)
        try:
            heard = peer.recv(64)
        except TimeoutError:
            return False
        if not heard:
            raise ConnectionResetError("the printer closed the connection")
        for word in heard:
            if word & 0x93 == 0x12:
                self._words.append(word)
            elif word & 0x90 == 0 and self._owed:
                self._late.append(self._owed.popleft())
        return True


def _read(printer: int, offline: int, error: int, paper: int) -> PrinterReading:
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


def _why(trouble: OSError) -> str:
    return (trouble.strerror or str(trouble) or type(trouble).__name__).lower()
