"""A screen that was opened by an address the hub does not know: it says so, and what to do."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, suppress

import pytest
from playwright.sync_api import Page, expect

from tests.running import HALL, RunningHall


class OtherAddress:
    """Stands before a hub at a port of its own and asks it by the hub's own name: a proxy that was not told
    to pass the Host on.
    """

    def __init__(self, hub: RunningHall) -> None:
        self._hub = hub
        self._listening = socket.create_server((hub.host, 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def origin(self) -> str:
        return f"http://{self._hub.host}:{self.port}"

    def close(self) -> None:
        self._listening.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                behind = socket.create_connection((self._hub.host, self._hub.port))
                for one, other in ((client, behind), (behind, client)):
                    threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        here, there = (f"Host: {self._hub.host}:{port}".encode() for port in (self.port, self._hub.port))
        with suppress(OSError), closing(one), closing(other):
            while data := one.recv(65536):
                other.sendall(data.replace(here, there))


@pytest.fixture
def elsewhere(demo_hall: RunningHall) -> Iterator[OtherAddress]:
    with closing(OtherAddress(demo_hall)) as proxy:
        yield proxy


def test_a_kiosk_under_a_foreign_address_says_what_to_do(
    page: Page, demo_hall: RunningHall, elsewhere: OtherAddress
) -> None:
    page.set_viewport_size({"width": 1080, "height": 1920})
    page.goto(f"{elsewhere.origin}/kiosk/{HALL}#token={demo_hall.tokens['kiosk']}")

    stopped = page.locator("[data-at='stopped']")
    expect(stopped).to_contain_text("Mời ông bà lấy số ở máy khác")
    expect(stopped).to_contain_text(f"Người phụ trách: máy chủ chưa nhận địa chỉ {elsewhere.origin}")
    expect(stopped).to_contain_text("trusted_hosts")


def test_a_wall_under_a_foreign_address_says_what_to_do(
    page: Page, demo_hall: RunningHall, elsewhere: OtherAddress
) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"{elsewhere.origin}/display/{HALL}#token={demo_hall.tokens['display']}")

    stage = page.locator("[data-stage]")
    expect(stage).to_contain_text("Màn hình chưa được phép")
    expect(stage).to_contain_text(f"Máy chủ chưa nhận địa chỉ {elsewhere.origin}")
    expect(stage).to_contain_text("trusted_hosts")


def test_an_officer_under_a_foreign_address_is_told_at_the_log_in(
    page: Page, elsewhere: OtherAddress
) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"{elsewhere.origin}/counter/{HALL}")

    page.get_by_label("Tên đăng nhập").fill("canbo1")
    page.get_by_label("Mật khẩu").fill("demo-1234")
    page.keyboard.press("Enter")

    expect(page.locator("body")).to_contain_text(f"Trang mở từ “{elsewhere.origin}”")
    expect(page.locator("body")).to_contain_text("trusted_hosts")
