"""Who asks behind a proxy, and who only says so."""

from typing import Any

import pytest

from web.proxy import behind


def asking(proxy: str | None, remote: str, told: str | None) -> str:
    seen: list[str] = []

    def application(environ: dict[str, Any], _start: object) -> list[bytes]:
        assert "HTTP_X_FORWARDED_FOR" not in environ
        seen.append(environ["REMOTE_ADDR"])
        return []

    forwarded = {} if told is None else {"HTTP_X_FORWARDED_FOR": told}
    behind(application, proxy)({"REMOTE_ADDR": remote} | forwarded, lambda *_: None)
    return seen[0]


@pytest.mark.parametrize(
    ("proxy", "remote", "told", "seen"),
    [
        ("10.0.0.2", "10.0.0.2", "10.0.0.77", "10.0.0.77"),
        ("10.0.0.2", "10.0.0.2", "6.6.6.6, 10.0.0.77", "10.0.0.77"),  # the first was written by who asked
        ("10.0.0.2", "::ffff:10.0.0.2", " 10.0.0.77 ", "10.0.0.77"),
        ("10.0.0.2", "10.0.0.2", "10.0.0.77:5555", "10.0.0.77"),
        ("10.0.0.2", "10.0.0.2", "fd00:0::1", "fd00::/64"),
        ("10.0.0.2", "10.0.0.2", "[2001:DB8::1]:443", "2001:db8::/64"),
        ("10.0.0.2", "10.0.0.2", "fe80::1%eth0", "fe80::/64"),
        ("10.0.0.2", "10.0.0.2", "10.0.0.77, ", "10.0.0.2"),
        ("::ffff:10.0.0.2", "10.0.0.2", "10.0.0.77", "10.0.0.77"),  # as a dual stack writes it
        ("fd00::2", "fd00:0::2", "10.0.0.77", "10.0.0.77"),
        ("fd00::2", "fd00::3", "10.0.0.77", "fd00::/64"),
        (None, "::ffff:10.0.0.66", None, "10.0.0.66"),
        (None, "::1", None, "::1"),
        ("10.0.0.2", "10.0.0.2", "unknown", "10.0.0.2"),
        ("10.0.0.2", "10.0.0.2", None, "10.0.0.2"),
        ("10.0.0.2", "10.0.0.66", "10.0.0.77", "10.0.0.66"),  # a stranger's word
        (None, "10.0.0.66", "10.0.0.77", "10.0.0.66"),
    ],
)
def test_only_the_configured_proxy_is_believed(
    proxy: str | None, remote: str, told: str | None, seen: str
) -> None:
    assert asking(proxy, remote, told) == seen


def test_all_addresses_of_one_house_are_one_stranger() -> None:
    """One machine may use any of 2^64: counted one by one, its guesses would have no end."""
    assert {asking(None, f"2001:db8:1:2::{n:x}", None) for n in range(1, 99)} == {"2001:db8:1:2::/64"}
    assert asking(None, "2001:db8:1:3::1", None) == "2001:db8:1:3::/64"
