"""A receipt printer on the network that says what a test tells it to say, and keeps what it was sent."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from printing.commands import Reader
from tests.running import BOUND_SECONDS

AUTOMATIC = b"\x34\x00\x0c\x00"  # cover open, paper end


@dataclass
class OddPrinter:
    """`sensors`, `marks`, `turns`: whether it answers DLE EOT, GS ( H, GS r. `reads`: whether anybody reads
    at its port at all. `at_pictures`: said once, in the middle of the next slip."""

    sensors: bool = True
    marks: bool = True
    turns: bool = True
    reads: bool = True
    at_pictures: bytes = b""
    cuts: int = 0
    dialled: int = 0
    _changed: threading.Condition = field(default_factory=threading.Condition, init=False)
    _clients: list[socket.socket] = field(default_factory=list, init=False)

    def tell(self, **what: object) -> None:
        with self._changed:
            for name, value in what.items():
                setattr(self, name, value)
            self._changed.notify_all()

    def hang_up(self) -> None:
        with self._changed:
            for client in self._clients:
                with contextlib.suppress(OSError):
                    client.shutdown(socket.SHUT_RDWR)

    def has_cut(self, slips: int, seconds: float = BOUND_SECONDS) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self.cuts >= slips, seconds)

    def serve(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                with self._changed:
                    self.dialled += 1
                    self._clients.append(client)
                threading.Thread(target=self._converse, args=(client,), daemon=True).start()

    def _converse(self, client: socket.socket) -> None:
        reader = Reader()
        with client, contextlib.suppress(OSError):
            while self._may_read() and (heard := client.recv(65536)):
                for command in reader.feed(heard):
                    self._obey(command.name, command.raw, client.sendall)

    def _may_read(self) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self.reads)

    def _obey(self, name: str, raw: bytes, say: Callable[[bytes], None]) -> None:
        with self._changed:
            self.cuts += name == "GS V"
            said, self.at_pictures = (self.at_pictures, b"") if name == "GS v" else (b"", self.at_pictures)
            if name == "DLE EOT" and self.sensors:
                said = b"\x12"
            elif name == "GS (" and self.marks:
                said = b"\x37\x22" + raw[7:11] + b"\x00"
            elif name == "GS r" and self.turns:
                said = b"\x00"
            self._changed.notify_all()
        if said:
            say(said)


@contextmanager
def odd_printer(
    *, sensors: bool = True, marks: bool = True, turns: bool = True, reads: bool = True
) -> Iterator[tuple[OddPrinter, int]]:
    """The printer and its port on this machine."""
    printer = OddPrinter(sensors, marks, turns, reads)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=printer.serve, args=(listener,), daemon=True).start()
        try:
            yield printer, int(listener.getsockname()[1])
        finally:
            printer.tell(reads=True)
            printer.hang_up()
