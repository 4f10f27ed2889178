"""Under which addresses a hub is reached: what a browser writes against what an operator wrote."""

from pathlib import Path

import pytest

import config
from config.reach import Reach, WebAddress, host_of, web_address
from tests.configs import changed, errors, line_of

HUB = ("hub.lan",)


def reach(*trusted: str, port: int = 8000, public: str = "") -> Reach:
    named = tuple(place for each in trusted if (place := web_address(each)))
    return Reach(port, frozenset({"localhost", "127.0.0.1", "::1"}), named, web_address(public))


@pytest.mark.parametrize(
    ("trusted", "port", "origin", "host"),
    [
        (HUB, 80, "http://hub.lan", "hub.lan"),
        (HUB, 8000, "http://hub.lan:8000", "hub.lan:8000"),
        (HUB, 8000, "https://hub.lan", "hub.lan"),
        (HUB, 8000, "https://hub.lan:8443", "hub.lan:8443"),
        (HUB, 8000, "https://hub.lan:8443", "hub.lan"),  # a proxy that drops the port
        (HUB, 8000, "https://hub.lan:8443", "127.0.0.1:8000"),  # one that asks by its own name for us
        (HUB, 8000, "http://hub.lan", "127.0.0.1:8000"),
        (HUB, 8000, "http://hub.lan:8080", "hub.lan:8080"),  # a router that moves the port
        (HUB, 8000, "http://hub.lan.:8000", "hub.lan.:8000"),
        (("hub.lan:8443",), 8000, "https://hub.lan:8443", "127.0.0.1:8000"),
        (("HUB.lan",), 8000, "http://hub.lan:8000", "hub.lan:8000"),
        (("https://hub.lan/",), 8000, "https://hub.lan", "hub.lan"),
        (("fd00:0::1",), 80, "http://[fd00::1]", "[fd00::1]"),
        (("fd00::1",), 8000, "http://[fd00::1]:8000", "[fd00::1]:8000"),
        (("phường.vn",), 80, "http://xn--phng-rib8295b.vn", "xn--phng-rib8295b.vn"),
        ((), 8000, "http://[::1]:8000", "[::1]:8000"),
        ((), 8000, "http://localhost:9000", "localhost:9000"),  # through a tunnel
    ],
)
def test_a_screen_opened_by_a_name_of_the_hub_connects(
    trusted: tuple[str, ...], port: int, origin: str, host: str
) -> None:
    assert reach(*trusted, port=port).answers(host)
    assert reach(*trusted, port=port).welcome(origin, host)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://evil.example", "hub.lan:8000"),
        ("http://hub.lan.evil.example:8000", "hub.lan:8000"),
        ("http://hub.lan@evil.example", "hub.lan:8000"),
        ("http://hub.lan:9000", "hub.lan:8000"),  # another program of the same machine
        ("https://localhost:9000", "localhost:8000"),
        ("http://evil.example:8000", "evil.example:8000"),  # a foreign name that leads to this PC
        ("file://hub.lan", "hub.lan:8000"),
        ("http://hub.lan:8000/", "hub.lan:8000"),
        ("hub.lan:8000", "hub.lan:8000"),
        ("null", "hub.lan:8000"),
        ("http://[", "hub.lan:8000"),
        ("", "hub.lan:8000"),
        ("http://hub.lan:8000", "hub.lan:8000,evil.example"),
        ("http://hub.lan:8000", ""),
    ],
)
def test_a_page_of_nobody_we_know_does_not_connect(origin: str, host: str) -> None:
    assert not reach(*HUB).welcome(origin, host)


def test_a_program_without_an_origin_connects_to_our_names_only() -> None:
    assert reach().welcome(None, "127.0.0.1:8000")
    assert not reach().welcome(None, "evil.example")


def test_the_public_address_is_ours_at_its_own_port() -> None:
    public = reach(public="https://so.thachha.gov.vn:444")

    assert public.ours("https://so.thachha.gov.vn:444", "127.0.0.1:8000")
    assert not public.ours("https://so.thachha.gov.vn:445", "127.0.0.1:8000")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("hub.lan", WebAddress("hub.lan")),
        ("Hub.LAN.", WebAddress("hub.lan")),
        ("https://HUB.lan:8443/", WebAddress("hub.lan", 8443, "https")),
        ("192.168.1.10:80", WebAddress("192.168.1.10", 80)),
        ("FD00:0:0::A", WebAddress("fd00::a")),
        ("[fd00::a]:8000", WebAddress("fd00::a", 8000)),
        ("pc_01", WebAddress("pc_01")),
        ("Phường.vn", WebAddress("xn--phng-rib8295b.vn")),
    ],
)
def test_an_address_is_read_as_browsers_write_it(written: str, read: WebAddress) -> None:
    assert web_address(written) == read


NOWHERE = (
    *("192.168.1.500", "192.168.1", "1.2.3.4.5", "192.168.01.1", "0x7f.1", "*", "*.lan", ".lan", "hub..lan"),
    *(
        "hub.lan/kiosk",
        "hub.lan:0",
        "hub.lan:70000",
        "hub.lan:http",
        "ftp://hub.lan",
        "me@hub.lan",
        "hub lan",
    ),
    *(
        "hub.lan?x",
        "-hub.lan",
        "[hub.lan]",
        "[::1",
        "fe80::1%eth0",
        "http://",
        "h\u2011ub.lan",
        "x" * 64,
        "",
    ),
)


@pytest.mark.parametrize("written", NOWHERE)
def test_what_no_browser_opens_is_no_address(written: str) -> None:
    assert web_address(written) is None


def test_an_ipv4_address_has_four_numbers_below_256() -> None:
    assert host_of("192.168.1.50") == "192.168.1.50"
    assert host_of("192.168.1.500") is None


def trusting(tmp_path: Path, *names: str) -> Path:
    said = ", ".join(f'"{name}"' for name in names)
    return changed(tmp_path, ('# trusted_hosts = ["hub.lan", "192.168.1.10"]', f"trusted_hosts = [{said}]"))


def test_names_with_capitals_a_scheme_and_a_slash_are_put_right(tmp_path: Path) -> None:
    file = trusting(tmp_path, "HUB.lan", "https://so.vn:8443/", "fd00:0::1")

    read = config.read(file, {})

    assert read.settings.server.trusted_hosts == ("hub.lan", "so.vn:8443", "[fd00::1]")
    assert "screens also open it as hub.lan, so.vn:8443, [fd00::1]" in config.describe(read)


@pytest.mark.parametrize("name", ["*.lan", "192.168.1.500", "hub.lan/kiosk", "hub.lan:70000", "0.0.0.0"])
def test_a_name_that_no_screen_can_open_is_refused_with_its_line(tmp_path: Path, name: str) -> None:
    file = trusting(tmp_path, "hub.lan", name)

    (error,) = errors(file)

    assert error.startswith(f"config.toml:{line_of(file, 'trusted_hosts')}: [server] trusted_hosts: ")
    assert f'"{name}"' in error


@pytest.mark.parametrize(
    ("named", "link"),
    [
        ("hub.lan", "http://hub.lan:8000/kiosk"),
        ("hub.lan:8080", "http://hub.lan:8080/kiosk"),
        ("https://hub.lan:443", "https://hub.lan/kiosk"),
    ],
)
def test_the_link_of_a_device_leads_to_the_hub_and_not_to_the_device_itself(
    tmp_path: Path, named: str, link: str
) -> None:
    file = trusting(tmp_path, "localhost", "127.0.0.1", named)
    everywhere = {"MOTCUA_SERVER_HOST": "0.0.0.0"}

    assert config.read(file, everywhere).settings.server.link("/kiosk") == (link, True)


def with_public(tmp_path: Path, address: str) -> Path:
    said = f'public_url = "{address}"'
    return changed(tmp_path, ('# public_url = "https://so.thachha.gov.vn"', said))


@pytest.mark.parametrize(
    "address",
    [
        *("http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]", "http://0.0.0.0:8000"),
        *("http://hall.localhost", "http://127.1.2.3", "http://192.168.1.500", "so.thachha.gov.vn"),
        *(
            "https://so.vn/hall",
            "https://so.vn?x=1",
            "https://me@so.vn",
            "https://so.vn:0",
            "https://so.vn:70000",
        ),
        *("ftp://so.vn", "https://", "https://so vn", "https:/so.vn"),
    ],
)
def test_an_address_that_no_phone_can_open_is_refused_with_its_line(tmp_path: Path, address: str) -> None:
    file = with_public(tmp_path, address)

    (error,) = errors(file)

    assert error.startswith(f"config.toml:{line_of(file, 'public_url')}: [server] public_url: ")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("HTTPS://So.ThachHa.gov.VN:443/", "https://so.thachha.gov.vn"),
        ("http://192.168.1.10:8000", "http://192.168.1.10:8000"),
        ("https://phường.vn", "https://xn--phng-rib8295b.vn"),
        ("http://[FD00::1]:80", "http://[fd00::1]"),
    ],
)
def test_the_address_in_the_qr_is_written_as_phones_do(tmp_path: Path, written: str, read: str) -> None:
    assert config.read(with_public(tmp_path, written), {}).settings.server.public_url == read


@pytest.mark.parametrize(
    "host", ["192.168.1.500", "192.168.1.50:9100", "http://printer.lan", "0.0.0.0", "224.0.0.1", "printer/1"]
)
def test_a_printer_that_can_be_nowhere_is_refused_with_its_line(tmp_path: Path, host: str) -> None:
    file = changed(tmp_path, ('kind = "virtual"', f'kind = "network"\nhost = "{host}"'))

    (error,) = errors(file)

    line = line_of(file, 'kind = "network"') + 1
    assert error.startswith(f"config.toml:{line}: [printer.front] host: ")


@pytest.mark.parametrize("host", ["*", "0.0.0.0:8000", "http://0.0.0.0", "10.0.0.300"])
def test_a_network_card_that_can_be_none_is_refused_with_its_line(tmp_path: Path, host: str) -> None:
    file = changed(tmp_path, ('host = "127.0.0.1"', f'host = "{host}"'))

    (error,) = errors(file)

    assert error.startswith(f"config.toml:{line_of(file, 'host = ')}: [server] host: ")


@pytest.mark.parametrize(
    "folder",
    ["config.toml", "config.toml/data", "leads-nowhere", "/proc/motcua", "/dev/null/data", "x" * 300],
)
def test_a_folder_that_cannot_be_made_is_refused_with_its_line(tmp_path: Path, folder: str) -> None:
    file = changed(tmp_path, ('dir = "var"', f'dir = "{folder}"'))
    (tmp_path / "leads-nowhere").symlink_to(tmp_path / "gone")

    (error,) = errors(file)

    assert error.startswith(f"config.toml:{line_of(file, 'dir = ')}: [store] dir: ")
    assert not list(tmp_path.glob(".motcua-*"))


def test_a_second_place_beside_the_data_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a-file").touch()
    for folder, why in (("var", "lies in"), ("var/second", "lies in"), ("a-file", "cannot be")):
        file = changed(tmp_path, ('dir = "var"', f'dir = "var"\nsecond = "{folder}"'))

        (error,) = errors(file)

        assert error.startswith(f"config.toml:{line_of(file, 'second = ')}: [store] second: ")
        assert why in error


def test_a_second_place_whose_disk_is_not_there_is_noted_and_the_hall_works(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    read = config.read(changed(tmp_path, ('dir = "var"', f'dir = "var"\nsecond = "{stick}"')), {})

    assert read.settings.store_second == stick
    assert f"note: the second place {stick} is not there now" in config.describe(read)
    assert not stick.exists()
    stick.mkdir()
    assert f"notes the last numbers also in {stick}" in config.describe(read)


def test_the_home_of_somebody_unknown_is_a_folder_of_that_name(tmp_path: Path) -> None:
    file = changed(tmp_path, ('dir = "var"', 'dir = "~nobody-here/var"'))

    assert config.read(file, {}).settings.store_dir == tmp_path / "~nobody-here/var"


def test_a_folder_that_can_be_made_is_made_by_nobody_who_only_reads(tmp_path: Path) -> None:
    config.read(changed(tmp_path, ('dir = "var"', 'dir = "deep/down/var"')), {})

    assert sorted(each.name for each in tmp_path.iterdir()) == ["catalogue", "config.toml"]
