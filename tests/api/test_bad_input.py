"""What comes over the wire and is not right: a code, two sentences, and nothing happened in the hall."""

import json
import socket
import unicodedata
from collections.abc import Iterator

import pytest

from tests.running import BOUND_SECONDS, HERE, Caller, RunningHall

TICKETS = f"{HERE}/tickets"
NOBODYS = f"{HERE}/tickets/261124-Z999"
MEGABYTE = b'{"procedure":"' + b"x" * 1_000_000 + b'"}'
LONG, NFD = "x" * 300, unicodedata.normalize("NFD", "Chứng thực")


def issue(**body: object) -> tuple[str, object]:
    return TICKETS, {"procedure": "CT01", **body}


# From a kiosk: path, body, status, code.
FROM_A_KIOSK: list[tuple[str, object, int, str]] = [
    (TICKETS, b"{", 400, "malformed"),
    (TICKETS, b'{"procedure": CT01}', 400, "malformed"),
    (TICKETS, b"\xff\xfe\x00", 400, "malformed"),
    (TICKETS, b"[]", 400, "malformed"),
    (TICKETS, b"", 400, "missing_key"),
    (TICKETS, {}, 400, "missing_key"),
    (*issue(prority="NCT"), 400, "unknown_key"),
    (*issue(name="Nguyễn Văn An"), 400, "unknown_key"),
    (TICKETS, {"procedure": 1}, 400, "wrong_type"),
    (TICKETS, {"procedure": None}, 400, "wrong_type"),
    (TICKETS, {"procedure": ["CT01"]}, 400, "wrong_type"),
    (*issue(language="fr"), 400, "wrong_type"),
    (*issue(priority=True), 400, "wrong_type"),
    (TICKETS, {"procedure": LONG}, 400, "too_long"),
    (*issue(channel=LONG), 400, "too_long"),
    (TICKETS, {"procedure": "CT01\u0000"}, 400, "bad_text"),
    (TICKETS, {"procedure": "CT01\n"}, 400, "bad_text"),
    (*issue(channel="\u001b@kiosk"), 400, "bad_text"),
    (*issue(channel="\u202ekiosk"), 400, "bad_text"),
    (TICKETS, b'{"procedure":"\\ud800"}', 400, "malformed"),
    (*issue(booking="2026-11-24T09:00:00+07:00"), 403, "forbidden"),
    (TICKETS, MEGABYTE, 413, "too_large"),
    (TICKETS, {"procedure": "CT99"}, 404, "unknown_procedure"),
    (TICKETS, {"procedure": NFD}, 404, "unknown_procedure"),
    (TICKETS, {"procedure": "' OR 1=1 --"}, 404, "unknown_procedure"),
    (TICKETS, {"procedure": "<b>CT01</b>"}, 404, "unknown_procedure"),
    (*issue(priority="VIP"), 404, "unknown_priority"),
    ("/halls/ha-noi/tickets", {"procedure": "CT01"}, 404, "unknown_hall"),
    ("/halls/..%2f..%2fetc/tickets", {"procedure": "CT01"}, 404, "not_found"),
    ("/halls//tickets", {"procedure": "CT01"}, 404, "not_found"),
    (f"{NOBODYS}/cancel", {}, 404, "unknown_ticket"),
    (f"{NOBODYS}/start", {}, 403, "forbidden"),
    (f"{NOBODYS}/explode", {}, 404, "not_found"),
    (f"{HERE}/counters/1/next", {}, 403, "forbidden"),
    (f"{HERE}/counters/1/open", {}, 403, "forbidden"),
    ("/track/" + "A" * 22, {}, 405, "method_not_allowed"),
    ("/track/" + "A" * 22 + "/cancel", {}, 404, "unknown_ticket"),
    ("/login", {"name": "canbo1"}, 400, "missing_key"),
    ("/login", {"name": "canbo1", "password": "x" * 5000}, 400, "too_long"),
]
# From the pad of counter 9, which is open.
FROM_A_PAD: list[tuple[str, object, int, str]] = [
    (*issue(booking="0001-01-01T00:00:00+14:00"), 400, "bad_date"),
    (*issue(booking="9999-12-31T23:59:59-23:59"), 400, "bad_date"),
    (*issue(booking="2026-11-24T09:00:00"), 400, "bad_date"),
    (f"{HERE}/counters/9/next", {"ticket": "1"}, 400, "unknown_key"),
    (f"{HERE}/counters/9/next", {}, 409, "queue_empty"),
    (f"{HERE}/counters/8/next", {}, 403, "not_your_counter"),
    (f"{HERE}/counters/99/next", {}, 403, "not_your_counter"),
    (f"{HERE}/counters/9/pause", {}, 400, "reason_required"),
    (f"{HERE}/counters/9/pause", {"reason": ""}, 400, "reason_required"),
    (f"{HERE}/counters/9/pause", {"reason": LONG}, 400, "too_long"),
    (f"{HERE}/counters/9/pause", {"reason": "Họp\u0007"}, 400, "bad_text"),
    (f"{HERE}/counters/9/call", {}, 400, "missing_key"),
    (f"{HERE}/counters/9/call", {"ticket": "261124-Z999"}, 404, "unknown_ticket"),
    (f"{HERE}/counters/9/open", {"take_over": "yes"}, 400, "wrong_type"),
    (f"{NOBODYS}/recall", {}, 404, "unknown_ticket"),
    (f"{NOBODYS}/finish", {}, 400, "outcome_required"),
    (f"{NOBODYS}/finish", {"outcome": "eaten"}, 400, "wrong_type"),
    (f"{NOBODYS}/finish", {"outcome": "accepted", "due": "31/12/2026"}, 400, "bad_date"),
    (f"{NOBODYS}/finish", {"outcome": "accepted"}, 404, "unknown_ticket"),
    (f"{NOBODYS}/hold", {}, 400, "reason_required"),
    (f"{NOBODYS}/hold", {"reason": "a", "until": "ngày mai"}, 400, "bad_date"),
    (f"{NOBODYS}/transfer", {}, 400, "malformed"),
    (f"{NOBODYS}/transfer", {"queue": "B", "counter": "2"}, 400, "malformed"),
    (f"{NOBODYS}/transfer", {"queue": "B", "position": "middle"}, 400, "wrong_type"),
    (f"{NOBODYS}/set_priority", {}, 400, "missing_key"),
    (f"{HERE}/tickets/{'9' * 300}/start", {}, 404, "unknown_ticket"),
    (f"{HERE}/tickets/%00/start", {}, 404, "unknown_ticket"),
]


@pytest.fixture(scope="module")
def kiosk(hall: RunningHall) -> Caller:
    return hall.kiosk()


@pytest.fixture(scope="module")
def pad(hall: RunningHall) -> Caller:
    caller = hall.pad("9")
    assert caller.at("9", "open").status == 200
    return caller


@pytest.fixture(autouse=True)
def nothing_happened(hall: RunningHall, kiosk: Caller, pad: Caller) -> Iterator[None]:
    """Whatever is refused leaves the hall, its data, its slips to print and its log as they were."""
    version, kept, log = hall.version(), hall.kept(), hall.told()
    yield
    assert hall.version() == version
    assert hall.kept() == kept
    assert hall.told() == log


@pytest.mark.parametrize(("path", "body", "status", "code"), FROM_A_KIOSK)
def test_a_kiosk_is_told_what_is_wrong(
    kiosk: Caller, path: str, body: object, status: int, code: str
) -> None:
    reply = kiosk.post(path, body, "bad-input")

    assert (reply.status, reply.code) == (status, code)


@pytest.mark.parametrize(("path", "body", "status", "code"), FROM_A_PAD)
def test_a_call_pad_is_told_what_is_wrong(
    pad: Caller, path: str, body: object, status: int, code: str
) -> None:
    reply = pad.post(path, body, "bad-input")

    assert (reply.status, reply.code) == (status, code)


@pytest.mark.parametrize("token", [None, "", "wrong", "A" * 43, "đúng", "A" * 5000])
def test_nobody_gets_a_number_without_the_token_of_a_kiosk(hall: RunningHall, token: str | None) -> None:
    stranger = hall.caller()
    headers = {} if token is None else {"Authorization": f"Bearer {token}".encode().decode("latin-1")}

    reply = stranger.post(TICKETS, {"procedure": "CT01"}, "stranger", **headers)

    assert (reply.status, reply.code) == (401, "unauthenticated")


def test_a_display_gives_no_numbers(hall: RunningHall) -> None:
    reply = hall.caller(hall.tokens["display"]).take(key="wall")

    assert (reply.status, reply.code) == (403, "forbidden")


@pytest.mark.parametrize(
    ("key", "code"), [(None, "key_required"), ("", "key_required"), ("k" * 65, "key_too_long")]
)
def test_a_touch_needs_a_key_of_its_own(kiosk: Caller, key: str | None, code: str) -> None:
    reply = kiosk.post(TICKETS, {"procedure": "CT01"}, key)

    assert (reply.status, reply.code) == (400, code)


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/halls/ha-noi", 404, "unknown_hall"),
        ("GET", "/halls/ha-noi/board", 404, "unknown_hall"),
        ("GET", "/track/none", 404, "unknown_ticket"),
        ("GET", "/nothing", 404, "not_found"),
        ("DELETE", TICKETS, 405, "method_not_allowed"),
        ("DELETE", f"{HERE}/counters/1/open", 405, "method_not_allowed"),
        ("PUT", "/halls/thach-ha", 405, "method_not_allowed"),
        ("OPTIONS", "/halls/thach-ha", 405, "method_not_allowed"),
    ],
)
def test_an_address_or_a_method_that_is_not_there_is_told(
    hall: RunningHall, method: str, path: str, status: int, code: str
) -> None:
    reply = hall.caller().ask(method, path, None)

    assert (reply.status, reply.code) == (status, code)


def test_a_megabyte_in_pieces_is_refused_too(hall: RunningHall) -> None:
    head = (
        f"POST /api/v1{TICKETS} HTTP/1.1\r\nHost: {hall.host}:{hall.port}\r\nIdempotency-Key: chunks\r\n"
        f"Authorization: Bearer {hall.tokens['kiosk']}\r\nTransfer-Encoding: chunked\r\n\r\n"
    ).encode()
    with socket.create_connection((hall.host, hall.port), timeout=BOUND_SECONDS) as line:
        line.sendall(head)
        try:
            for _ in range(250):
                line.sendall(b"1000\r\n" + b" " * 4096 + b"\r\n")
            line.sendall(b"0\r\n\r\n")
        except OSError:  # it need not listen to the end
            pass
        answer = line.recv(65536)

    assert answer.startswith(b"HTTP/1.1 413")
    assert b'"too_large"' in answer


def test_a_foreign_host_name_is_not_served(hall: RunningHall) -> None:
    reply = hall.caller().get("/halls/thach-ha", Host="evil.example")

    assert (reply.status, reply.code) == (400, "misdirected")


def test_every_refusal_has_its_type_and_forbids_keeping_it(kiosk: Caller) -> None:
    reply = kiosk.post(TICKETS, b"{", "bad-input")

    assert reply.headers["Content-Type"] == "application/json"
    assert reply.headers["Cache-Control"] == "no-store"
    assert json.loads(reply.body)["error"].keys() == {"code", "message", "message_vi"}
