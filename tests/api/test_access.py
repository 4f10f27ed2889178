"""Who is let in over the wire, for how long, and how somebody is shut out."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import socketio

from service.keeper import TICK_SECONDS
from store.accounts import DeviceRole
from tests.running import BOUND_SECONDS, HALL, Caller, RunningHall, wait_for


@contextmanager
def screen(
    hall: RunningHall, namespace: str, token: str | None = None, cookie: str | None = None
) -> Iterator[list[tuple[str, Any]]]:
    """What the hub tells a screen: ("snapshot", {..}), ("closed", {"code": ..}), ("refused", ..)."""
    told: list[tuple[str, Any]] = []
    client = socketio.Client(reconnection=False, request_timeout=BOUND_SECONDS)
    for event in ("snapshot", "closed"):
        client.on(event, lambda said, event=event: told.append((event, said)), namespace=namespace)
    client.on("disconnect", lambda *_: told.append(("disconnect", None)), namespace=namespace)
    client.on("connect_error", lambda said: told.append(("refused", said)), namespace=namespace)
    try:
        client.connect(
            hall.base,
            headers={"Cookie": cookie} if cookie else {},
            transports=["websocket"],
            namespaces=[namespace],
            auth={"hall": HALL} | ({"token": token} if token else {}),
            wait=False,
        )
        assert wait_for(lambda: told), "nothing was said"
        yield told
    finally:
        client.disconnect()


def heard(told: list[tuple[str, Any]], event: str) -> bool:
    return any(each == event for each, _ in told)


def an_officer(hall: RunningHall, name: str) -> Caller:
    caller = hall.caller()
    assert caller.log_in(name).status == 200
    return caller


def new_device(hall: RunningHall, role: DeviceRole) -> tuple[str, str]:
    """The id and the token of a new device."""
    token = hall.new_token(role)
    newest = hall.command("token", "list").stdout.strip().splitlines()[-1]
    return newest.partition("\t")[0], token


@pytest.mark.parametrize(("role", "namespace"), [("kiosk", "/kiosk"), ("display", "/display")])
def test_a_revoked_token_is_dead_within_a_second_also_on_its_open_socket(
    hall: RunningHall, role: DeviceRole, namespace: str
) -> None:
    assert TICK_SECONDS <= 0.5, (
        "so often the hub looks; what is then closed is gone in half a second: tests/live"
    )
    number, token = new_device(hall, role)
    device = hall.caller(token)
    assert device.get("/me").status == 200

    with screen(hall, namespace, token) as told:
        assert told[0][0] == "snapshot"
        assert hall.command("token", "revoke", number).returncode == 0

        shut_out = device.get("/me")
        assert wait_for(lambda: heard(told, "disconnect"))

    assert (shut_out.status, shut_out.code) == (401, "unauthenticated")
    with screen(hall, namespace, token) as told:
        assert told[0][0] == "refused"


def test_a_disabled_officer_loses_page_and_socket(hall: RunningHall) -> None:
    added = hall.command(
        "user", "add", "Lê Thị Hoa", "--role", "staff", "--password-stdin", input="mot-cua-2026\n"
    )
    assert added.returncode == 0, added.stderr
    officer = hall.caller()
    officer.log_in("Lê Thị Hoa", "mot-cua-2026")
    assert officer.at("4", "open").status == 200

    with screen(hall, "/counter", cookie=officer.headers["Cookie"]) as told:
        assert told[0][0] == "snapshot"
        assert told[0][1]["counter"]["id"] == "4"
        hall.command("user", "disable", "Lê Thị Hoa")
        assert wait_for(lambda: heard(told, "disconnect"))

    assert officer.at("4", "close").status == 401
    assert hall.caller().log_in("Lê Thị Hoa", "mot-cua-2026").code == "login_failed"


@pytest.mark.parametrize(
    ("namespace", "role"),
    [("/display", "kiosk"), ("/kiosk", "display"), ("/counter", "kiosk"), ("/supervisor", "display")],
)
def test_a_socket_is_for_its_own_role_only(hall: RunningHall, namespace: str, role: str) -> None:
    for token in (hall.tokens[role], None, "wrong"):
        with screen(hall, namespace, token) as told:
            assert told[0][0] == "refused", (token, told)


def test_anyone_may_follow_the_numbers(hall: RunningHall) -> None:
    with screen(hall, "/queue") as told:
        assert told[0][0] == "snapshot"
        assert not re.search(r"procedure|priority|token", str(told[0][1]))


def test_an_officer_works_with_cookie_and_csrf_and_not_with_the_cookie_alone(hall: RunningHall) -> None:
    officer = an_officer(hall, "canbo1")
    forged = hall.caller()
    forged.headers = {"Cookie": officer.headers["Cookie"]}

    refused = [
        forged.at("8", "open"),
        forged.post("/halls/thach-ha/counters/8/open", {}, **{"X-CSRF-Token": "guessed"}),
        officer.post("/halls/thach-ha/counters/8/open", {}, **{"Sec-Fetch-Site": "cross-site"}),
    ]
    done = officer.at("8", "open")

    assert [(each.status, each.code) for each in refused] == [(403, "csrf")] * 3
    assert done.json["state"] == "open"
    assert officer.at("8", "close").status == 200


def test_the_session_is_over_at_log_out_everywhere(hall: RunningHall) -> None:
    officer = an_officer(hall, "canbo2")
    officer.at("8", "open")
    copy = hall.caller()
    copy.headers = dict(officer.headers)

    with screen(hall, "/counter", cookie=officer.headers["Cookie"]) as told:
        assert officer.post("/logout").status == 200
        assert wait_for(lambda: heard(told, "disconnect"))

    again = copy.at("8", "close")
    assert (again.status, again.code) == (401, "session_ended")
    supervisor = hall.pad("8")
    assert supervisor.at("8", "close").status == 200


def test_a_counter_is_taken_over_only_when_that_is_said(hall: RunningHall) -> None:
    first, second = an_officer(hall, "canbo3"), an_officer(hall, "canbo4")
    first.at("8", "open")

    asked = second.at("8", "open")
    taken = second.at("8", "open", {"take_over": True})
    lost = first.at("8", "pause", {"reason": "Nghỉ"})
    elsewhere = second.at("9", "open")
    moved = second.at("9", "open", {"take_over": True})

    assert (asked.status, asked.code) == (409, "counter_taken")
    assert taken.json["state"] == "open"
    assert lost.code == "not_your_counter"
    assert (elsewhere.status, elsewhere.code) == (409, "at_other_counter")
    assert moved.json["state"] == "open"
    states = {row["id"]: row["state"] for row in hall.caller().get("/halls/thach-ha/board").json["counters"]}
    assert (states["8"], states["9"]) == ("closed", "open")
    second.at("9", "close")


def test_a_wrong_password_and_an_unknown_name_are_the_same(hall: RunningHall) -> None:
    wrong, unknown = hall.caller().log_in("canbo1", "no"), hall.caller().log_in("ai-do", "no")

    assert (wrong.status, wrong.body) == (unknown.status, unknown.body)
    assert wrong.code == "login_failed"


def test_the_cookie_is_for_the_server_alone(hall: RunningHall) -> None:
    cookie = hall.caller().log_in("canbo5").headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_every_answer_keeps_foreign_pages_out(hall: RunningHall) -> None:
    for path in ("/healthz", "/halls/thach-ha/board", "/me"):
        headers = hall.caller().get(path).headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "unsafe-inline" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "Server" not in headers or "gevent" not in headers["Server"]


def test_tokens_and_names_do_not_reach_the_log(hall: RunningHall) -> None:
    token = hall.tokens["kiosk"]
    hall.caller(token).get("/halls/thach-ha/board")
    hall.caller("stolen-" + token).get("/me")

    log = hall.log.read_text()
    assert token not in log
    assert "canbo" not in log
