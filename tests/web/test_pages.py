"""The files all pages load leave the house, and nothing else does."""

import gzip
import re
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from hall import reasons
from web import pages
from web.vendor import FONTS, ICONS, LIBRARIES, ROOT

SCREENS = ("kiosk", "display")


@pytest.fixture
def client() -> FlaskClient:
    app = Flask("pages-test", static_folder=None)
    app.register_blueprint(pages.pages.blueprint(pages.StaticFiles(SCREENS)))
    return app.test_client()


@pytest.mark.parametrize("name", [*LIBRARIES, *FONTS])
def test_every_file_on_the_list_is_there(client: FlaskClient, name: str) -> None:
    address = f"/vendor/{name}" if name in LIBRARIES else f"/static/web/{name}"

    answer = client.get(address)

    assert answer.status_code == 200
    assert answer.data


def test_every_icon_is_inside_the_style_so_that_it_is_there_when_the_line_is_cut(client: FlaskClient) -> None:
    answer = client.get("/vendor/icons.css", headers={"Accept-Encoding": "gzip"})
    styles = gzip.decompress(answer.data).decode()

    assert answer.content_type == "text/css; charset=utf-8"
    for icon in ICONS:
        (drawn,) = re.findall(rf'\.icon-{icon} {{ --icon: url\("data:image/svg\+xml,(.*?)"\); }}', styles)
        assert ElementTree.fromstring(unquote(drawn)).tag.endswith("svg")
    assert "http" not in styles.replace("http://www.w3.org/2000/svg", "")
    assert len(answer.data) < 8_000


@pytest.mark.parametrize(
    "address",
    [
        "/static/web/../pages.py",
        "/static/web/..%2fpages.py",
        "/static/web/fonts/../../vendor.py",
        "/static/hall/model.py",
        "/static/web/",
        "/vendor/package.json",
        "/vendor/..%2f..%2fconfig.toml",
        "/vendor/icons.css%00",
    ],
)
def test_nothing_else_leaves_the_house(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_script_is_asked_for_again_and_sent_once(client: FlaskClient) -> None:
    first = client.get("/static/web/number.js", headers={"Accept-Encoding": "gzip"})

    again = client.get(
        "/static/web/number.js",
        headers={"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]},
    )

    assert first.headers["Cache-Control"] == "no-cache"
    assert (again.status_code, again.data) == (304, b"")


def test_a_font_is_packed_and_kept(client: FlaskClient) -> None:
    packed = client.get("/static/web/fonts/BeVietnamPro-Bold.ttf", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/static/web/fonts/BeVietnamPro-Bold.ttf")

    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < 60_000
    assert "immutable" in packed.headers["Cache-Control"]


def test_pages_know_that_they_are_out_of_date_by_the_build() -> None:
    assert pages.build(SCREENS) == pages.build(SCREENS)
    assert pages.build(SCREENS) != pages.build(SCREENS[:-1])  # as if a folder's files were others


@pytest.mark.parametrize("kind", reasons.CODES)
def test_the_panel_offers_the_reasons_which_the_hall_counts(kind: reasons.Kind) -> None:
    script = (ROOT / "counter_panel/static/input/reasons.js").read_text()
    found = re.search(rf"{kind}: \[(.*?)OTHER\]", script)

    assert found
    assert (*re.findall(r'"(\w+)"', found[1]), reasons.OTHER) == reasons.CODES[kind]
