"""The gevent server under the hub: prompt answers, bounded patience, bounded log."""

import logging
import os
import re
import resource
import signal
import socket
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from io import BufferedReader
from time import monotonic
from typing import Any

import gevent
from flask import Flask
from gevent.pywsgi import Input, WSGIHandler, WSGIServer

from hall.strangers import address_of, as_one
from live.sockets import PATH, HallSocketIO, library_log

log = logging.getLogger("live")

HEAD_SECONDS = 5.0  # from the connect, or the first byte of a later request, to the end of the headers
IDLE_SECONDS = 30.0  # a kept-alive connection without a request, a body or an answer that does not move
HEAD_BYTES = 32 * 1024
# A line of a head as RFC 9112 has it. Others are read otherwise by others: a proxy may see another request.
HEAD_LINE = re.compile(rb"(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\0\r\n]*)?\r?\n")
BODY_SECONDS = 10.0  # for all of a body, however it trickles in; the largest has 64 KiB
CONNECTIONS = 5000
# Of them without a websocket: a browser keeps up to six, and opens another where one was cut. The rest is
# for websockets, whose number has bounds of its own.
PLAIN_CONNECTIONS = 1500
# Of a body that its answer did not wait for: so much is read, so that the answer is not lost on its way.
REST_BYTES, REST_SECONDS = 2 * 1024 * 1024, 2.0
STOP_SECONDS = 1.0
STDIN = 0
LOG_LINES, LOG_SECONDS = 20, 60.0
REFUSED_LINES = 120


class Bounded(logging.Filter):
    """Lets through so many records a minute; the next minute's first says how many were left out."""

    def __init__(self, lines: int = LOG_LINES, seconds: float = LOG_SECONDS) -> None:
        super().__init__()
        self._lines, self._seconds = lines, seconds
        self._since, self._count = monotonic(), 0

    def filter(self, record: logging.LogRecord) -> bool:
        now = monotonic()
        if now - self._since >= self._seconds:
            left_out = max(0, self._count - self._lines)
            self._since, self._count = now, 0
            if left_out:
                record.msg = f"{record.getMessage()} (before it {left_out} records were left out)"
                record.args = ()
        self._count += 1
        return self._count <= self._lines


class RequestHead:
    """The headers of one request, read from a connection and refused when they are too long."""

    def __init__(self, reader: BufferedReader) -> None:
        self._reader, self._left = reader, HEAD_BYTES

    def readline(self, limit: int = -1) -> bytes:
        line = self._reader.readline(min(limit, self._left + 1) if limit >= 0 else self._left + 1)
        self._left -= len(line)
        if self._left < 0:
            raise ValueError("headers too long")
        if HEAD_LINE.fullmatch(line) is None:
            raise ValueError("a line that is no header")
        return line


class Crowd:
    """The connections that are no websocket. Where they are too many, one is cut of the address that holds
    the most: the one that asked longest ago. Whoever holds thousands of them open loses their own.
    """

    def __init__(self) -> None:
        self._held: dict[str, OrderedDict[socket.socket, None]] = {}
        self._count = 0

    def asks(self, connection: socket.socket, address: str) -> None:
        held = self._held.setdefault(address, OrderedDict())
        self._count += connection not in held
        held[connection] = None
        held.move_to_end(connection)
        if self._count > PLAIN_CONNECTIONS:
            most = max(self._held, key=lambda each: len(self._held[each]))
            longest = next(iter(self._held[most]))
            self.leave(longest, most)
            with suppress(OSError):
                longest.shutdown(socket.SHUT_RDWR)

    def leave(self, connection: socket.socket, address: str) -> None:
        held = self._held.get(address, OrderedDict())
        if connection in held:
            del held[connection]
            self._count -= 1
        if not held:
            self._held.pop(address, None)


class Body(Input):  # type: ignore[misc]
    """A request's body, for which there is so much time, and of which not more than a bound is read after the
    answer: pywsgi's has neither."""

    abandoned = False
    ends_at = float("inf")

    @classmethod
    def of(cls, body: Any) -> "Body":
        ours = cls(body.rfile, body.content_length, socket=body.socket, chunked_input=body.chunked_input)
        ours.ends_at = monotonic() + BODY_SECONDS
        return ours

    def read(self, length: int | None = None) -> bytes:
        with gevent.Timeout(max(0.0, self.ends_at - monotonic()), TimeoutError("body too slow")):
            try:
                data: bytes = super().read(length)
            except OSError:  # what is left of it is not the next request
                self.abandoned = True
                raise
        return data

    def _discard(self) -> None:
        if self.abandoned or (self.position >= (self.content_length or 0) and not self.chunked_input):
            return
        self.send_100_continue_enabled = False
        left, ended = REST_BYTES, False
        with gevent.Timeout(REST_SECONDS, False):
            while left > 0 and not ended:
                data = self.read(16 * 1024)
                left, ended = left - len(data), not data
        self.abandoned = not ended


class HttpHandler(WSGIHandler):  # type: ignore[misc]
    """One connection. An answer leaves in one send; after it others have their turn."""

    first = True
    crowd = Crowd()
    wsgi_input: Any = None

    @cached_property
    def _address(self) -> str:
        return as_one(address_of(str(self.client_address[0])))

    def handle(self) -> None:
        connection = self.socket
        connection.settimeout(IDLE_SECONDS)
        self.crowd.asks(connection, self._address)
        try:
            with suppress(OSError):  # whoever asked has gone before the answer
                super().handle()
        finally:
            self.crowd.leave(connection, self._address)

    def read_requestline(self) -> str:
        # A browser's connection in advance, not used in time, is closed like an idler's: it opens another.
        patience = HEAD_SECONDS if self.first else IDLE_SECONDS
        self.first = False
        with gevent.Timeout(patience, TimeoutError("no request")):
            line: str = super().read_requestline()
        return line

    def read_request(self, raw_requestline: str) -> bool:
        with gevent.Timeout(HEAD_SECONDS, ValueError("headers too slow")):
            read: bool = super().read_request(raw_requestline)
        self.crowd.asks(self.socket, self._address)
        return read

    def MessageClass(self, reader: BufferedReader, seekable: int) -> Any:  # noqa: N802 (pywsgi's name)
        headers = super().MessageClass(RequestHead(reader), seekable)
        if _ambiguous(headers, self.request_version):
            raise ValueError("the end of the body is not clear")
        return headers

    def handle_one_response(self) -> None:
        if self._becomes_websocket():
            self.crowd.leave(self.socket, self._address)
        super().handle_one_response()
        # What is left of a websocket, or of a body that nobody waited for, is not the next request.
        if self._connection_upgrade_requested() or self.wsgi_input.abandoned:
            self.close_connection = True
        gevent.sleep(0)  # busy keep-alive clients would starve the rest

    def get_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environ()
        self.wsgi_input = Body.of(self.wsgi_input)
        if isinstance(environ["wsgi.input"], Input) or not self._asks_for_websocket():
            environ["wsgi.input"] = self.wsgi_input
        return environ

    def _becomes_websocket(self) -> bool:
        # A body may be sent slowly for ever: with one it stays in the crowd.
        body = "content-length" in self.headers or "transfer-encoding" in self.headers
        return self._asks_for_websocket() and not body

    def _asks_for_websocket(self) -> bool:
        return bool(self._connection_upgrade_requested()) and self.path.startswith(f"/{PATH}/")

    def _write_with_headers(self, data: bytes) -> None:
        """As pywsgi's, in one send: two cost a kept-alive answer 40 ms without TCP_NODELAY."""
        self.headers_sent = True
        self.finalize_headers()
        head = b"".join(b"%s: %s\r\n" % header for header in self.response_headers)
        head = b"HTTP/1.1 " + self.status + b"\r\n" + head + b"\r\n"
        if self.response_use_chunked and data:
            data = b"%x\r\n%s\r\n" % (len(data), data)
        self._sendall(head + data)

    def _log_error(self, kind: type[BaseException], error: BaseException, trace: Any) -> None:
        if not issubclass(kind, gevent.GreenletExit):
            log.error("request failed: %s", self.requestline, exc_info=(kind, error, trace))


def _ambiguous(headers: Any, version: str) -> bool:
    """Whether a proxy could see the body end elsewhere, and what follows as another visitor's request."""
    lengths = headers.get_all("content-length", [])
    codings = headers.get_all("transfer-encoding", [])
    if codings:
        told = [each.strip(" \t").lower() for each in codings]
        return bool(lengths) or told != ["chunked"] or version != "HTTP/1.1"
    return len(lengths) > 1 or any(re.fullmatch("[0-9]{1,15}", each.strip()) is None for each in lengths)


def serve(
    app: Flask,
    socketio: HallSocketIO,
    listening: socket.socket,
    on_ready: Callable[[int], None],
    on_hangup: Callable[[], object],
) -> None:
    """Serves until SIGTERM or SIGINT, or until the terminal that it was started at has gone. `on_ready` is
    given the port once connections are accepted, `on_hangup` is called at each other SIGHUP.

    The process must have been patched by gevent.
    """
    _allow_open_files()
    for each in (log, library_log, app.logger):
        each.addFilter(Bounded())
    # What strangers are refused: guessed at from a thousand addresses, it may not fill the disk.
    logging.getLogger("web.refused").addFilter(Bounded(REFUSED_LINES))
    server = WSGIServer(listening, app, handler_class=HttpHandler, spawn=CONNECTIONS, log=None, error_log=log)
    server.start()

    def stop() -> None:
        socketio.clients.cut_all()
        server.stop(timeout=STOP_SECONDS)

    at_a_terminal = os.isatty(STDIN)

    def hang_up() -> None:
        if at_a_terminal and not os.isatty(STDIN):  # nobody could end it any more with Ctrl-C
            stop()
        else:
            on_hangup()

    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, gevent.spawn, stop)
    gevent.signal_handler(signal.SIGHUP, gevent.spawn, hang_up)
    on_ready(listening.getsockname()[1])
    server.serve_forever()


def _allow_open_files() -> None:
    """A screen is an open file; the usual soft limit of 1,024 is for interactive shells."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4 * CONNECTIONS if hard == resource.RLIM_INFINITY else min(hard, 4 * CONNECTIONS)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
