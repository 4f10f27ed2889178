"""How screens reach the hub: by a name of the hall, on a usual port or another, straight or not."""

import socket
from collections.abc import Iterator

import pytest

from tests.configs import AT_NOON, changed
from tests.running import HALL, RunningHall, running

UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
OURS = [
    ("hub.lan", "http://hub.lan"),  # port 80
    ("hub.lan:8443", "https://hub.lan:8443"),  # TLS on another port
    ("127.0.0.1:8000", "https://hub.lan:8443"),  # before us one that changes the Host
]


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    """A hub that is called hub.lan."""
    place = tmp_path_factory.mktemp("named")
    trusted = ('# trusted_hosts = ["hub.lan", "192.168.1.10"]', 'trusted_hosts = ["HUB.lan"]')
    with running(place / "var", config=changed(place, AT_NOON, trusted)) as hub:
        yield hub


def handshake(hub: RunningHall, **headers: str) -> int:
    """The status of the answer to a websocket's first request."""
    asked = "".join(f"{name}: {value}\r\n" for name, value in (UPGRADE | headers).items())
    with socket.create_connection((hub.host, hub.port), timeout=10) as line:
        line.sendall(f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n{asked}\r\n".encode())
        return int(line.recv(1024).split()[1])


@pytest.mark.parametrize(("host", "origin"), OURS)
def test_page_post_and_websocket_pass_alike(named: RunningHall, host: str, origin: str) -> None:
    page = named.caller().get(f"/display/{HALL}", Host=host)
    log_in = named.caller().post(
        "/login", {"name": "canbo1", "password": "demo-1234"}, Host=host, Origin=origin
    )

    assert page.status == 200
    assert log_in.status == 200, log_in.body
    assert handshake(named, Host=host, Origin=origin) == 101


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "hub.lan", "Origin": "http://evil.example"},
        {"Host": "hub.lan:8000", "Origin": "http://hub.lan:9000"},
        {"Host": "evil.example"},
        {"Host": "hub.lan", "Origin": "null"},
    ],
)
def test_a_foreign_page_opens_no_websocket(named: RunningHall, headers: dict[str, str]) -> None:
    assert handshake(named, **headers) == 400


def test_a_screen_opened_by_a_foreign_name_says_what_to_do(named: RunningHall) -> None:
    page = named.caller().get(f"/display/{HALL}", Host="hub.local", Accept="text/html")

    said = page.body.decode()
    assert page.status == 400
    assert "<html" in said
    assert "“hub.local”" in said
    assert "trusted_hosts" in said


def test_a_log_in_from_a_foreign_name_says_what_to_do(named: RunningHall) -> None:
    refused = named.caller().post("/login", {"name": "canbo1", "password": "x"}, Origin="http://hub.local")

    assert refused.code == "csrf"
    assert "“http://hub.local”" in refused.json["error"]["message_vi"]
    assert "trusted_hosts" in refused.json["error"]["message_vi"]
