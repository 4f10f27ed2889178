"""A receipt printer that needs no paper: listens as printers do, keeps each slip as picture and bytes.

`python -m printing.virtual --keep DIR` prints one line of JSON with its ports when it is ready, and keeps it
as DIR/printer.json. The control port takes one JSON object a line, `{"do": "paper_out"}`, and answers each:
`{"ok": true, "state": {..}}`.
"""

import argparse
import contextlib
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from printing.mechanism import Mechanism
from worker import NICENESS

LOOPBACK = "127.0.0.1"
LONGEST_ORDER = 4096


class PrintPort:
    """Port 9100 of a printer: one client at a time, the next one waits."""

    def __init__(self, mechanism: Mechanism, port: int) -> None:
        self._mechanism = mechanism
        self._client: socket.socket | None = None
        self._listener: socket.socket | None = _listen(port)
        self.port: int = self._listener.getsockname()[1]
        self._plugged = threading.Condition()

    def serve(self) -> None:
        while True:
            with self._plugged:
                self._plugged.wait_for(lambda: self._listener is not None)
                listener = self._listener
            with contextlib.suppress(OSError):
                if listener is not None:
                    client, _ = listener.accept()
                    self._converse(client)

    def unplug(self) -> None:
        """As when the cable is pulled: whoever talks is cut off, nobody is let in."""
        with self._plugged:
            for each in (self._client, self._listener):
                if each is not None:
                    with contextlib.suppress(OSError):
                        each.shutdown(socket.SHUT_RDWR)
                    each.close()
            self._client = self._listener = None

    def plug(self) -> None:
        with self._plugged:
            if self._listener is None:
                self._listener = _listen(self.port)
                self._plugged.notify_all()

    def _converse(self, client: socket.socket) -> None:
        with self._plugged:
            self._client = client
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def answer(word: bytes) -> None:
            with contextlib.suppress(OSError):
                client.sendall(word)

        with client, contextlib.suppress(OSError):
            while received := client.recv(65536):
                self._mechanism.receive(received, answer)
        self._mechanism.hung_up()


class ControlPort:
    """Does to the printer what people and accidents do."""

    def __init__(self, mechanism: Mechanism, port: PrintPort) -> None:
        self._mechanism = mechanism
        change = mechanism.change
        self._deeds: dict[str, Callable[[], None]] = {
            "near_end": lambda: change(paper="near_end"),
            "cover_open": lambda: change(cover_open=True),
            "cover_close": lambda: change(cover_open=False),
            "offline": lambda: change(offline=True),
            "online": lambda: change(offline=False),
            "silent": lambda: change(silent=True),
            "answer": lambda: change(silent=False),
            "plain": lambda: change(plain=True),
            "fast": lambda: change(rows_per_second=None),
            "refill": lambda: change(paper="ok", rows_left=None, cover_open=False),
            "unplug": port.unplug,
            "plug": port.plug,
            "state": lambda: None,
        }

    def obey(self, order: object) -> dict[str, object]:
        match order:
            case {"do": "paper_out", **more} if not more:
                self._mechanism.change(paper="out")
            case {"do": "paper_out", "after_rows": int(rows)} if rows > 0:
                self._mechanism.change(rows_left=rows)
            case {"do": "slow", "rows_per_second": int(rate) | float(rate)} if rate > 0:
                self._mechanism.change(rows_per_second=rate)
            case {"do": "wait", "slips": int(count), "seconds": int(bound) | float(bound)}:
                arrived = self._mechanism.wait_for_slips(count, bound)
                return {"ok": arrived, "state": self._mechanism.state()}
            case {"do": str(deed), **more} if deed in self._deeds and not more:
                self._deeds[deed]()
            case _:
                known = [*self._deeds, "paper_out [after_rows]", "slow rows_per_second", "wait slips seconds"]
                return {"ok": False, "error": "unknown order", "known": known}
        return {"ok": True, "state": self._mechanism.state()}

    def serve(self, listener: socket.socket) -> None:
        while True:
            client, _ = listener.accept()
            threading.Thread(target=self._converse, args=(client,), daemon=True).start()

    def _converse(self, client: socket.socket) -> None:
        with client, client.makefile("rb") as orders, contextlib.suppress(OSError):
            while order := orders.readline(LONGEST_ORDER):
                try:
                    answer = self.obey(json.loads(order))
                except ValueError as fault:
                    answer = {"ok": False, "error": str(fault)}
                client.sendall(json.dumps(answer).encode() + b"\n")


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((LOOPBACK, port))
    listener.listen(8)
    return listener


def _follow_parent() -> None:
    """Standard input is the parent's end of a pipe: when it closes, nobody needs this printer any more."""
    while sys.stdin.buffer.read(1):
        pass
    os._exit(0)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m printing.virtual", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="where slips are sent; 0: any free port")
    parser.add_argument(
        "--control-port", type=int, default=0, help="where orders are taken; 0: any free port"
    )
    parser.add_argument("--keep", type=Path, required=True, help="folder for the slips")
    parser.add_argument("--width", type=int, choices=(576, 384), default=576, help="dots: 80 mm or 58 mm")
    parser.add_argument("--with-parent", action="store_true", help="end when standard input closes")
    options = parser.parse_args()

    mechanism = Mechanism(options.keep, options.width)
    mechanism.start()
    port = PrintPort(mechanism, options.port)
    orders = _listen(options.control_port)
    threading.Thread(target=ControlPort(mechanism, port).serve, args=(orders,), daemon=True).start()
    if options.with_parent:
        # A terminal's Ctrl-C reaches the whole group; the parent may still be printing.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        os.nice(NICENESS)  # a real printer would take none of the hub's time
        threading.Thread(target=_follow_parent, daemon=True).start()
    ready = {
        "ready": True,
        "host": LOOPBACK,
        "port": port.port,
        "control_port": orders.getsockname()[1],
        "keep": str(options.keep),
    }
    with contextlib.suppress(OSError):
        (options.keep / "printer.json").write_text(json.dumps(ready))
    print(json.dumps(ready), flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        port.serve()


if __name__ == "__main__":
    main()
