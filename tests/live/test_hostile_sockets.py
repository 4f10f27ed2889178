"""Screens that are slow, strangers that are hostile: the others notice nothing and memory stays bounded."""

import http.client
import json
import random
import socket
import struct
import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from wsproto.events import RejectConnection

from live.server import HEAD_SECONDS
from live.sockets import EACH
from live.websocket import UNADMITTED_SECONDS
from tests.live.conftest import BOUND_SECONDS, BareScreen, Screen, SmallHall, wait_for

Bare = Callable[..., BareScreen]


def test_a_screen_that_stops_reading_gets_the_newest_only(open_hall: Callable[..., SmallHall]) -> None:
    hall = open_hall(filler=5000, gather=0)  # a snapshot of 15 kB
    deaf = [BareScreen(hall, receive_buffer=4096) for _ in range(10)]
    for number, screen in enumerate(deaf):
        screen.join("/display", f"display-{number}")
    hearing = Screen(hall, "/display", "display-99")
    wait_for(lambda: hall.inside()["members"]["/display"] == 11)
    before = hall.memory_mib()

    hall.post("/change?times=2000&pause=0.001")

    wait_for(lambda: hearing.versions()[-1] == 2000)
    assert hall.inside()["longest_queue"] <= 3
    assert hall.memory_mib() - before < 5
    hearing.client.disconnect()
    for screen in deaf:
        versions = versions_until(screen, 2000)
        assert versions == sorted(versions)
        assert 3 * len(versions) < len(hearing.snapshots)
        screen.close()


def versions_until(screen: BareScreen, last: int) -> list[int]:
    """Reads whole snapshots, each a valid one, until this version."""
    versions: list[int] = []
    for snapshot in screen.snapshots("/display"):
        versions.append(snapshot["version"])
        if versions[-1] == last:
            break
    return versions


def test_a_frame_of_100_mb_is_refused_without_being_kept(hall: SmallHall, bare: Bare) -> None:
    stranger = bare()
    before = hall.memory_mib()
    stranger.socket.sendall(struct.pack("!BBQ4s", 0x81, 0x80 | 127, 100 * 2**20, b"abcd"))

    highest = before
    with suppress(ConnectionError):
        for _ in range(100):
            stranger.socket.sendall(bytes(2**20))
            highest = max(highest, hall.memory_mib())

    stranger.until_closed()
    assert highest - before < 5
    assert hall.ask("GET", "/healthz")[0] == 200


def test_a_message_in_endless_pieces_is_refused(bare: Bare) -> None:
    stranger = bare()

    with suppress(ConnectionError):
        for piece in range(5_000):
            head = struct.pack("!BB4s", 0x01 if piece == 0 else 0x00, 0x80 | 4, b"abcd")
            stranger.socket.sendall(head + b"aaaa")

    stranger.until_closed()


NEVER_SENT_BY_A_SCREEN: list[str | bytes] = [
    b"\x04binary",
    '451-/display,["heartbeat",{"_placeholder":true,"num":0}]',
    "461-/display,0[]",
    "bAAAA",
    "43/display,1[]",
    "44/display,{}",
    '42/display,["heartbeat"',
    "42/display,{}",
    "42/display,[]",
    '42/display,[["heartbeat"]]',
    "40/display," + "[" * 9000,
    '42/display,99999999999999999999["heartbeat",{}]',
    "2probe",
    "5",
    "x",
    "",
    "4",
    "\u00b24",
]


def test_a_packet_that_no_screen_sends_closes_the_line(hall: SmallHall, bare: Bare) -> None:
    for message in NEVER_SENT_BY_A_SCREEN:
        display = bare()
        display.join("/display", "display-1")
        wait_for(lambda: hall.inside()["members"]["/display"] == 1)

        display.say(message)

        display.until_closed()
        wait_for(lambda: hall.inside()["engines"] == 0)
    assert hall.log.read_text() == ""


def test_an_event_named_like_ours_is_not_taken_for_ours(hall: SmallHall, bare: Bare) -> None:
    display = bare()
    display.join("/display", "display-1")
    wait_for(lambda: hall.inside()["members"]["/display"] == 1)

    display.say('42/display,["connect",{"REQUEST_METHOD":"GET"},{"hall":"thach-ha","token":"display-2"}]')
    display.say('42/display,["disconnect","gone"]')
    display.say('42/display,["call_next",{"counter":"1"}]')
    display.say('42/display,1["heartbeat",{}]')

    wait_for(lambda: hall.inside()["said"])
    inside = hall.inside()
    assert [said["actor"] for said in inside["said"]] == ["device:1"]
    assert inside["members"]["/display"] == 1


def test_nothing_is_compressed_even_when_asked_for(bare: Bare) -> None:
    display = bare(Sec_WebSocket_Extensions="permessage-deflate; client_max_window_bits")

    assert getattr(display.hello, "extensions", None) == []


def test_only_the_pages_of_the_hall_may_connect(hall: SmallHall, bare: Bare) -> None:
    foreign = bare(Origin="http://evil.example")
    own = bare(Origin=hall.url)
    own.join("/display", "display-1")

    assert isinstance(foreign.hello, RejectConnection)
    assert foreign.hello.status_code == 400
    assert next(own.snapshots("/display"))["version"] == 0


def test_a_page_learns_why_its_websocket_was_refused(hall: SmallHall) -> None:
    foreign, _body = hall.ask("POST", "/socket.io/", {"Origin": "http://evil.example"})
    own, _body = hall.ask("POST", "/socket.io/", {"Origin": hall.url})

    assert (foreign, own) == (403, 400)


def test_polling_is_refused(hall: SmallHall) -> None:
    status, _body = hall.ask("GET", "/socket.io/?EIO=4&transport=polling")
    no_upgrade, _body = hall.ask("GET", "/socket.io/?EIO=4&transport=websocket")
    bad_upgrade, _body = hall.ask("GET", "/socket.io/?EIO=4&transport=websocket", {"Upgrade": "websocket"})

    assert (status, no_upgrade, bad_upgrade) == (400, 400, 400)
    wait_for(lambda: hall.inside()["engines"] == 0)


def test_who_is_not_admitted_in_five_seconds_is_cut_off(open_hall: Callable[..., SmallHall]) -> None:
    assert UNADMITTED_SECONDS == HEAD_SECONDS == 5
    hall = open_hall(patience=2)
    began = time.monotonic()
    silent, refused, left, admitted = (BareScreen(hall) for _ in range(4))
    admitted.join("/display", "display-2")
    refused.join("/display", "kiosk-1")
    left.join("/display", "display-1")
    wait_for(lambda: hall.inside()["members"]["/display"] == 2)
    left.say("41/display,")
    wait_for(lambda: hall.inside()["members"]["/display"] == 1)
    hall.post("/mark?mark=3")
    plain = socket.create_connection(("127.0.0.1", hall.port))
    dribbling = socket.create_connection(("127.0.0.1", hall.port))
    dribbling.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")

    for screen in (silent, refused, left):
        screen.until_closed()
    for connection in (plain, dribbling):
        connection.settimeout(BOUND_SECONDS)
        while connection.recv(4096):
            pass
        connection.close()

    assert time.monotonic() - began > 2, "they were given their time"
    wait_for(lambda: hall.inside()["marks"])
    assert hall.inside()["marks"] == [1], "lines still open a second after their time"
    assert hall.inside()["members"]["/display"] == 1
    for screen in (silent, refused, left, admitted):
        screen.close()


def test_a_screen_that_never_stops_talking_is_cut_off(hall: SmallHall, bare: Bare) -> None:
    talker = bare()
    talker.join("/display", "display-1")
    display = Screen(hall, "/display", "display-2")
    wait_for(lambda: display.snapshots)

    with suppress(ConnectionError):
        for _ in range(20_000):
            talker.say('42/display,["heartbeat",{}]')
    hall.post("/change?mark=0.5")

    talker.until_closed()
    assert len(hall.inside()["said"]) < 200
    wait_for(lambda: display.marks)
    assert (display.versions(), display.marks) == ([0, 1], [2])
    display.client.disconnect()


def test_a_stranger_may_say_less_at_once_than_a_device(bare: Bare) -> None:
    phone, display = bare(), bare()
    phone.join("/queue")
    display.join("/display", "display-1")
    assert next(phone.snapshots("/queue"))["version"] == next(display.snapshots("/display"))["version"]

    for screen in (phone, display):
        for number in range(40):
            with suppress(ConnectionError):
                screen.say(f'42/{"queue" if screen is phone else "display"},{number}["heartbeat",{{}}]')

    phone.until_closed()
    answers = (message for message in display.messages() if message.startswith("43/display,"))
    assert len([next(answers) for _ in range(40)]) == 40


def test_scrambled_frames_break_nothing_and_fill_no_log(hall: SmallHall) -> None:
    chance = random.Random(7)
    wanted = [
        b"0",
        b"1",
        b"2",
        b"3",
        b"40/display,",
        b"42/display,",
        b"451-",
        b"{",
        b"[",
        b'"heartbeat"',
        b"\xff",
    ]

    for _ in range(200):
        screen = BareScreen(hall)
        screen.join("/display", "display-1")
        with suppress(ConnectionError):
            for _ in range(5):
                if chance.random() < 0.3:
                    screen.socket.sendall(chance.randbytes(40))
                else:
                    message = b"".join(chance.choices(wanted, k=chance.randint(1, 5)))
                    screen.say(message.decode(errors="replace"))
        screen.close()

    wait_for(lambda: hall.inside()["lines"] == hall.inside()["engines"] == 0)
    assert len(hall.log.read_text().splitlines()) < 50


def test_of_ten_thousand_fuzzed_frames_nothing_is_kept(hall: SmallHall) -> None:
    def fuzz(times: int) -> None:
        for _ in range(times):
            screen = BareScreen(hall)
            with suppress(ConnectionError):
                for _ in range(20):
                    screen.socket.sendall(chance.randbytes(40))
            screen.close()
        wait_for(lambda: hall.inside()["engines"] == 0)

    chance = random.Random(11)
    fuzz(100)
    before = hall.memory_mib()

    fuzz(400)

    assert hall.memory_mib() - before < 2


def test_a_screen_that_has_gone_without_a_word_is_missed_and_one_that_answers_stays(
    open_hall: Callable[..., SmallHall],
) -> None:
    hall = open_hall(ping=0.5, pong=2)
    there = Screen(hall, "/display", "display-1")
    gone = BareScreen(hall)
    gone.join("/display", "display-2")
    wait_for(lambda: hall.inside()["members"]["/display"] == 2)

    gone.until_closed()  # it reads, and answers no ping
    gone.close()

    wait_for(lambda: hall.inside()["members"]["/display"] == 1)
    hall.post("/change")
    wait_for(lambda: there.versions()[-1] == 1)
    there.client.disconnect()


def test_broken_requests_write_a_bounded_log(hall: SmallHall) -> None:
    for _ in range(100):
        with suppress(http.client.IncompleteRead):
            hall.ask("GET", "/broken")
        stranger = socket.create_connection(("127.0.0.1", hall.port))
        stranger.sendall(b"\x16\x03\x01 nonsense\r\n\r\n")
        stranger.close()

    assert hall.ask("GET", "/healthz")[0] == 200
    assert 0 < hall.log.read_text().count("ZeroDivisionError") <= 20


def test_headers_of_a_book_s_length_are_refused(hall: SmallHall) -> None:
    status, _body = hall.ask("GET", "/healthz", {f"X-Filler-{number}": "x" * 4000 for number in range(20)})

    assert status == 400


@pytest.mark.parametrize(
    "held",
    [b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", b"POST /change HTTP/1.1\r\nContent-Length: 9\r\n\r\n1"],
)
def test_whoever_holds_all_connections_shuts_nobody_out(
    open_hall: Callable[..., SmallHall], held: bytes
) -> None:
    hall = open_hall(connections=60, plain=30)
    kept_alive = http.client.HTTPConnection("127.0.0.1", hall.port, timeout=BOUND_SECONDS)
    kept_alive.request("GET", "/healthz")
    assert kept_alive.getresponse().read()
    kiosk = kept_alive.sock
    display = BareScreen(hall)
    display.join("/display", "display-1")
    assert next(display.snapshots("/display"))["version"] == 0
    hoard = []
    for _ in range(200):
        line = socket.create_connection(("127.0.0.1", hall.port), BOUND_SECONDS, ("127.0.0.2", 0))
        line.sendall(held)
        hoard.append(line)

    answer = hall.ask("GET", "/healthz")  # while the hoard may stay for five minutes

    assert answer[0] == 200
    kept_alive.request("GET", "/healthz")
    assert kept_alive.getresponse().status == 200
    assert kept_alive.sock is kiosk, "its own line was cut"
    kept_alive.close()
    assert hall.inside()["members"]["/display"] == 1
    for line in hoard:
        line.close()
    display.close()


@pytest.mark.parametrize(
    "headers",
    [
        "Content-Length: 5\r\nContent-Length: 4\r\n",
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: identity\r\n",
        "Content-Length: 0_4\r\n",
        "Content-Length: +4\r\n",
        "Content-Length: \r\n",
        "Content-Length : 4\r\n",
        "Transfer-Encoding: \x0bchunked\r\n",
        "X: a\rTransfer-Encoding: chunked\r\n",
        "what is this\r\nTransfer-Encoding: chunked\r\n",
        "X: a\r\n folded\r\n",
        "X: a\0b\r\n",
        ": a\r\n",
    ],
)
def test_a_request_whose_end_is_not_clear_is_refused(hall: SmallHall, headers: str) -> None:
    with socket.create_connection(("127.0.0.1", hall.port), timeout=BOUND_SECONDS) as line:
        line.sendall(f"POST /change HTTP/1.1\r\nHost: x\r\n{headers}\r\n0\r\n\r\nGET /healthz ".encode())
        answer = line.recv(65536)

    assert answer.startswith(b"HTTP/1.1 400")
    assert hall.post("/change")["version"] == 1


def test_chunks_of_a_time_before_chunks_are_refused(hall: SmallHall) -> None:
    with socket.create_connection(("127.0.0.1", hall.port), timeout=BOUND_SECONDS) as line:
        line.sendall(b"POST /change HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
        answer = line.recv(65536)

    assert answer.startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    "head",
    [
        "Content-Length: 1000\r\n",
        "Content-Length: 1000\r\nUpgrade: websocket\r\n",
        "Transfer-Encoding: chunked\r\n",
    ],
)
def test_a_body_that_trickles_in_ends_with_its_time(open_hall: Callable[..., SmallHall], head: str) -> None:
    hall = open_hall(body=0.5)
    with socket.create_connection(("127.0.0.1", hall.port), timeout=BOUND_SECONDS) as line:
        line.sendall(f"POST /read HTTP/1.1\r\nHost: x\r\n{head}\r\n".encode())
        sent = 0
        with suppress(OSError):
            while sent < 10 * BOUND_SECONDS:
                line.sendall(b"1\r\na\r\n" if "chunked" in head else b"a")
                sent += 1
                time.sleep(0.05)

    assert 0 < sent < 10 * BOUND_SECONDS
    assert "Traceback" not in hall.log.read_text()
    assert hall.ask("GET", "/healthz")[0] == 200


def test_a_body_without_end_is_not_read_for_ever(hall: SmallHall) -> None:
    with socket.create_connection(("127.0.0.1", hall.port), timeout=BOUND_SECONDS) as line:
        line.sendall(b"POST /nowhere HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        sent = 0
        with suppress(OSError):
            while sent < 64 * 2**20:
                line.sendall(b"4000\r\n" + b" " * 0x4000 + b"\r\n")
                sent += 0x4000

    assert 0 < sent < 64 * 2**20


def test_strangers_of_one_address_leave_room_for_those_of_another(hall: SmallHall) -> None:
    def stranger(address: str) -> str:
        screen = BareScreen(hall, address=address)
        screen.join("/queue")
        lines.append(screen)
        return next(each for each in screen.messages() if each.startswith("4"))[:2]

    lines: list[BareScreen] = []
    crowd = [stranger("127.0.0.9") for _ in range(EACH + 3)]

    assert crowd == ["40"] * EACH + ["44"] * 3
    assert stranger("127.0.0.10") == "40"
    lines[0].close()
    wait_for(lambda: stranger("127.0.0.9") == "40")
    for each in lines:
        each.close()


def test_who_takes_all_places_from_many_addresses_shuts_out_no_phone_of_another(
    open_hall: Callable[..., SmallHall],
) -> None:
    hall = open_hall(strangers=6)
    crowd = [BareScreen(hall, address=f"127.0.0.{each}") for each in (21, 21, 21, 22, 22, 22)]
    for each in crowd:
        each.join("/queue")
        assert next(each.snapshots("/queue"))["version"] == 0

    def phone() -> str:
        lines.append(BareScreen(hall, address="127.0.0.23"))
        lines[-1].join("/queue")
        return next(each for each in lines[-1].messages() if each.startswith("4"))[:2]

    lines: list[BareScreen] = []
    assert [phone(), phone(), phone()] == ["40", "40", "44"], "they hold as many as anybody"
    crowd[0].until_closed()
    crowd[3].until_closed()
    wait_for(lambda: hall.inside()["members"]["/queue"] == 6)
    for each in [*crowd, *lines]:
        each.close()


def test_a_stolen_token_takes_no_more_places_than_a_device_can_need(hall: SmallHall) -> None:
    lines = [BareScreen(hall) for _ in range(EACH + 1)]
    for line in lines:
        line.join("/display", "display-1")
    answers = [next(each for each in line.messages() if each.startswith("4"))[:2] for line in lines]
    other = BareScreen(hall)
    other.join("/display", "display-2")

    assert sorted(answers) == ["40"] * EACH + ["44"]
    assert next(other.snapshots("/display"))["version"] == 0
    for line in [*lines, other]:
        line.close()


def test_kept_alive_answers_come_without_delay(hall: SmallHall) -> None:
    connection = socket.create_connection(("127.0.0.1", hall.port))
    connection.settimeout(BOUND_SECONDS)

    took = []
    for _ in range(50):
        began = time.monotonic()
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = connection.recv(65536)
        took.append(time.monotonic() - began)
        assert json.loads(answer.partition(b"\r\n\r\n")[2]) == {"status": "ok"}

    # TCP lets the first ones pass and then keeps each back by 40 ms; a busy machine does not keep back all.
    assert min(took[25:]) < 0.03
    connection.close()


def test_an_answer_in_pieces_is_whole(hall: SmallHall) -> None:
    assert hall.ask("GET", "/chunks") == (200, "một cửa".encode())
    assert hall.ask("HEAD", "/healthz") == (200, b"")
