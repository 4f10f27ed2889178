"""What a stranger on the hall's network, or the thief of a token, gets: no more than the table gives."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from time import monotonic
from typing import Any

import socketio

from api.public import HEALTHY_SECONDS
from api.tickets import ONE
from service.permissions import PERMISSIONS
from store.sqlite.files import FILE
from tests.running import BOUND_SECONDS, HALL, HERE, Caller, RunningHall, wait_for
from web.schemas import Cancel, Nothing


@contextmanager
def socket_of(
    hall: RunningHall, namespace: str, auth: dict[str, object], cookie: str | None = None
) -> Iterator[list[tuple[str, Any]]]:
    """What a socket is told after a connect with this `auth`."""
    told: list[tuple[str, Any]] = []
    client = socketio.Client(reconnection=False, request_timeout=BOUND_SECONDS)
    client.on("snapshot", lambda said: told.append(("snapshot", said)), namespace=namespace)
    client.on("connect_error", lambda said: told.append(("refused", said)), namespace=namespace)
    client.on("disconnect", lambda *_: told.append(("disconnect", None)), namespace=namespace)
    try:
        client.connect(
            hall.base,
            headers={"Cookie": cookie} if cookie else {},
            transports=["websocket"],
            namespaces=[namespace],
            auth={"hall": HALL} | auth,
            wait=False,
        )
        assert wait_for(lambda: told), "nothing was said"
        yield told
    finally:
        client.disconnect()


def an_officer(hall: RunningHall, name: str) -> Caller:
    caller = hall.caller()
    assert caller.log_in(name).status == 200
    return caller


def page(hall: RunningHall, path: str) -> tuple[int, bytes]:
    line = HTTPConnection(hall.host, hall.port, timeout=BOUND_SECONDS)
    try:
        line.request("GET", path)
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()


def test_nothing_on_disk_opens_a_citizens_page(hall: RunningHall) -> None:
    kiosk = hall.kiosk()

    taken = kiosk.take("KD01", key="a citizen's own")
    again = kiosk.take("KD01", key="a citizen's own")

    token = taken.json["token"].encode()
    kept = b"".join(each.read_bytes() for each in hall.store.glob(f"{FILE}*"))
    assert taken.json["ticket"]["id"].encode() in kept
    assert token not in kept
    assert token not in hall.log.read_bytes()
    assert again.body == taken.body
    assert again.json["track_url"].endswith(f"/t/{token.decode()}")


def test_a_log_out_closes_what_it_had_open_though_the_officer_is_logged_in_elsewhere(
    hall: RunningHall,
) -> None:
    here, elsewhere = an_officer(hall, "canbo6"), an_officer(hall, "canbo6")
    assert here.at("6", "open", {"take_over": True}).status == 200

    with (
        socket_of(hall, "/counter", {}, here.headers["Cookie"]) as old,
        socket_of(hall, "/counter", {}, elsewhere.headers["Cookie"]) as other,
    ):
        here.post("/logout")
        assert wait_for(lambda: ("disconnect", None) in old)
        assert ("disconnect", None) not in other

    assert elsewhere.at("6", "close").status == 200


def test_an_officer_sees_the_citizens_of_the_own_counter_only(hall: RunningHall) -> None:
    officer = an_officer(hall, "canbo8")
    cookie = officer.headers["Cookie"]

    with socket_of(hall, "/counter", {"counter": "5"}, cookie) as without_counter:
        assert without_counter[0] == ("refused", {"message": "no_counter"})
    assert officer.at("7", "open", {"take_over": True}).status == 200
    with socket_of(hall, "/counter", {"counter": "5"}, cookie) as told:
        assert told[0][1]["counter"]["id"] == "7"

    officer.at("7", "close")


def test_a_token_that_is_no_text_is_an_unknown_token(hall: RunningHall) -> None:
    log = hall.told()

    for token in ("\ud800", "\u0000", "đ", ["x"], {"x": 1}, 7, ""):
        with socket_of(hall, "/display", {"token": token}) as told:
            assert told[0] == ("refused", {"message": "unauthenticated"}), token

    assert hall.told() == log


def test_an_address_longer_than_any_name_is_not_there_and_not_logged(hall: RunningHall) -> None:
    log = hall.told()

    for path in ("/static/web/" + "a" * 5000, "/vendor/" + "a" * 5000, "/display/clips/" + "a" * 5000):
        assert page(hall, path)[0] == 404

    assert hall.told() == log


def test_no_address_leads_to_files_of_the_house(hall: RunningHall) -> None:
    for path in (
        "/static/web/../../config.toml",
        "/static/web/..%2f..%2fconfig.toml",
        "/static/web/%2e%2e/%2e%2e/config.toml",
        "/static/..%2fconfig.toml",
        "/static/kiosk//etc/passwd",
        "/static/web/tokens.css%00.js",
        "/vendor/..%2fpackage.json",
        "/display/clips/..%2f..%2fx.wav",
    ):
        assert page(hall, path)[0] == 404, path


def test_asking_for_its_health_a_hundred_times_does_not_wear_out_the_disk(hall: RunningHall) -> None:
    def writes() -> int:
        with sqlite3.connect(f"file:{hall.store / FILE}?mode=ro", uri=True) as database:
            return int(database.execute("SELECT value FROM meta WHERE key = 'probe'").fetchone()[0])

    stranger, before, begun = hall.caller(), writes(), monotonic()

    answers = {stranger.get("/healthz").status for _ in range(100)}

    assert answers == {200}
    assert writes() - before <= 1 + (monotonic() - begun) / HEALTHY_SECONDS < 100


def test_a_thief_of_a_wall_reads_its_hall_and_does_nothing(hall: RunningHall) -> None:
    ticket = hall.kiosk().take("KD02", key="a victim").json["ticket"]["id"]
    thief, version = hall.caller(hall.tokens["display"]), hall.version()
    plain = [
        door
        for door in PERMISSIONS.doors.values()
        if door.path.startswith(ONE) and door.body in (Nothing, Cancel)
    ]
    verbs = [door.path.removeprefix(f"{ONE}/") for door in plain if door.method == "POST"]
    assert len(verbs) >= 6

    tried = [
        thief.take("KD02", key="stolen"),
        thief.at("1", "next"),
        *(thief.on(ticket, verb) for verb in verbs),
        thief.get(f"{HERE}/tickets/{ticket}/print"),
        thief.post("/logout"),
    ]

    assert {(each.status, each.code) for each in tried} == {(403, "forbidden")}
    assert hall.version() == version


def test_a_thief_of_a_kiosk_takes_back_only_what_it_gave(hall: RunningHall) -> None:
    ticket = hall.kiosk().take("KD02", key="of the other kiosk").json["ticket"]["id"]
    thief, version = hall.caller(hall.new_token("kiosk")), hall.version()

    tried = [thief.on(ticket, "cancel"), thief.get(f"{HERE}/tickets/{ticket}/print")]
    forbidden = [thief.on(ticket, "reprint"), thief.on(ticket, "set_priority", {"priority": None})]

    assert {(each.status, each.code) for each in tried} == {(409, "not_your_ticket")}
    assert {(each.status, each.code) for each in forbidden} == {(403, "forbidden")}
    assert hall.version() == version
