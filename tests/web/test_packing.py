"""What is long goes out packed to whoever can unpack it."""

import gzip

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from web.packing import LEAST, pack

LONG = "Chứng thực bản sao từ bản chính " * 400
GZIP = {"Accept-Encoding": "gzip, deflate"}


@pytest.fixture
def client() -> FlaskClient:
    app = Flask("packing-test", static_folder=None)
    app.after_request(pack)
    app.add_url_rule("/long", "long", lambda: Response(LONG, mimetype="application/json"))
    app.add_url_rule("/short", "short", lambda: Response("{}", mimetype="application/json"))
    app.add_url_rule("/font", "font", lambda: Response(b"x" * 2 * LEAST, mimetype="font/ttf"))
    return app.test_client()


def test_a_long_answer_is_packed_and_is_the_same(client: FlaskClient) -> None:
    packed, plain = client.get("/long", headers=GZIP), client.get("/long")

    assert gzip.decompress(packed.data) == plain.data == LONG.encode()
    assert packed.content_length == len(packed.data) < len(LONG) / 10
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in plain.headers


@pytest.mark.parametrize("address", ["/short", "/font"])
def test_what_is_short_or_packed_elsewhere_goes_as_it_is(client: FlaskClient, address: str) -> None:
    assert "Content-Encoding" not in client.get(address, headers=GZIP).headers
