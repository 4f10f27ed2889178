"""The floor of an answer: the same gevent server with a route and a websocket that do nothing.

`python -m bench.floor` says its address in one line and serves until it is killed.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, Response
from gevent import socket
from gevent.pywsgi import WSGIServer
from wsproto.events import TextMessage

from bench.running import ROOT, said
from live.listener import listener
from live.server import HttpHandler
from live.websocket import shake_hands

PLAIN, ECHO = "/plain", "/socket.io/echo"  # where alone the server lets a websocket be


def application() -> Flask:
    app = Flask("floor", static_folder=None)

    @app.get(PLAIN)
    def plain() -> Response:
        return Response(b'{"plain": true}', mimetype="application/json")

    routes: Callable[..., Any] = app.wsgi_app

    def with_echo(environ: dict[str, Any], start_response: Any) -> Any:
        return echo(environ) if environ["PATH_INFO"] == ECHO else routes(environ, start_response)

    app.wsgi_app = with_echo  # type: ignore[method-assign]
    return app


def echo(environ: dict[str, Any]) -> list[bytes]:
    """Sends back each message until the other side closes."""
    hello, wire = shake_hands(environ)
    reader = environ["wsgi.input"]
    stream = reader.raw._sock
    stream.sendall(hello)
    while data := reader.read1(4096):
        wire.receive_data(data)
        for event in wire.events():
            if isinstance(event, TextMessage):
                stream.sendall(wire.send(TextMessage(event.data)))
    return []


@contextmanager
def floor() -> Iterator[str]:
    """The address of a floor in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.floor"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield said(process).strip()
    finally:
        process.kill()
        process.wait()


def main() -> None:
    # The bench imports this module, so nothing is patched: the listening socket is made cooperative by hand.
    listening = socket.socket(fileno=listener("127.0.0.1", 0).detach())
    server = WSGIServer(listening, application(), handler_class=HttpHandler, log=None)
    server.start()
    print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
