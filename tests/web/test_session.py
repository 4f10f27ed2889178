"""Officers come and go: log-in, cookie, CSRF, the end of a session."""

import re
import unicodedata
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hall.model import Refused
from store.accounts import NameTaken
from store.log_ins import FREE_TRIES, Tries
from tests.web.doorway import HALL, PASSWORD, Doorway, doorway
from tests.web.test_guard import code

NEXT = f"/api/v1/halls/{HALL}/counters/1/next"


def log_in(client: FlaskClient, name: str = "lan", password: str = PASSWORD, **more: str) -> TestResponse:
    return client.post("/api/v1/login", json={"name": name, "password": password}, headers=more)


def test_an_officer_logs_in_and_acts_at_a_counter(hall: Doorway) -> None:
    hall.officer()
    client = hall.client()

    entered = log_in(client)
    acted = client.post(NEXT, headers={"X-CSRF-Token": entered.get_json()["csrf"]})

    assert entered.get_json()["name"] == "lan"
    assert acted.status_code == 200
    assert acted.get_json() == {"by": "staff:1"}


def test_the_cookie_is_not_for_scripts_nor_for_other_sites(hall: Doorway) -> None:
    hall.officer()

    cookie = log_in(hall.client()).headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Path=/" in cookie


def test_under_tls_the_cookie_is_bound_to_the_host(tmp_path: Path) -> None:
    with doorway(tmp_path, secure=True) as hall:
        hall.officer()

        cookie = log_in(hall.client()).headers["Set-Cookie"]

    assert cookie.startswith("__Host-motcua=")
    assert "Secure" in cookie


def test_where_phones_come_over_tls_an_officer_on_the_halls_own_network_gets_in(tmp_path: Path) -> None:
    """Their browser would keep no cookie of TLS, and be asked to log in again for ever."""
    with doorway(tmp_path, secure=True) as hall:
        hall.officer()
        client = hall.client()

        entered = log_in(client, Origin="http://localhost")
        cookie = entered.headers["Set-Cookie"]
        me = client.get("/api/v1/me")
        over_tls = client.get("/api/v1/me", headers={"Sec-Fetch-Site": "same-origin"})
        acted = client.post(
            NEXT, headers={"X-CSRF-Token": entered.get_json()["csrf"], "Origin": "http://localhost"}
        )

    assert cookie.startswith("motcua=")
    assert "Secure" not in cookie
    assert me.get_json()["name"] == "lan"
    assert "motcua-known=" in me.headers["Set-Cookie"]
    assert over_tls.status_code == 401, "whoever can write a plain cookie opens no page under TLS"
    assert acted.status_code == 200


def test_neither_cookie_nor_password_lies_readable_in_the_data(hall: Doorway, tmp_path: Path) -> None:
    hall.officer()
    token = hall.token("kiosk")

    cookie = log_in(hall.client()).headers["Set-Cookie"]

    session_id = re.search(r"motcua=([^;]+)", cookie)
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
    assert session_id
    for secret in (session_id[1], PASSWORD, token):
        assert secret.encode() not in kept
    assert b"$argon2id$" in kept


@pytest.mark.parametrize("told", [None, "", "wrong", "é"])
def test_a_post_with_the_cookie_alone_does_nothing(hall: Doorway, told: str | None) -> None:
    hall.officer()
    client = hall.client()
    log_in(client)

    answer = client.post(NEXT, headers={} if told is None else {"X-CSRF-Token": told})

    assert (answer.status_code, code(answer)) == (403, "csrf")
    assert not hall.came


@pytest.mark.parametrize(
    "header",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://localhost.evil.example:8000"},
        {"Origin": "http://localhost@evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": ""},
    ],
)
def test_another_site_cannot_log_anybody_in(hall: Doorway, header: dict[str, str]) -> None:
    hall.officer()

    answer = log_in(hall.client(), **header)

    assert (answer.status_code, code(answer)) == (403, "csrf")


def test_our_own_page_logs_in_whatever_its_port(hall: Doorway) -> None:
    hall.officer()

    assert log_in(hall.client(), Origin="http://localhost:8000").status_code == 200


def test_a_name_and_password_set_on_another_keyboard_are_the_same(hall: Doorway) -> None:
    hall.accounts.add_staff(
        unicodedata.normalize("NFD", "Hồng"),
        "staff",
        unicodedata.normalize("NFD", "mật khẩu 1"),
        now=hall.clock(),
    )

    entered = log_in(hall.client(), name="Hồng", password="mật khẩu 1")

    assert entered.get_json()["name"] == "Hồng"


def test_a_tablet_that_begins_a_name_with_a_capital_shuts_nobody_out(hall: Doorway) -> None:
    hall.officer()
    for alike in ("Lan", "LAN", "\uff2can"):
        with pytest.raises(NameTaken):
            hall.officer(alike)
    for n in range(FREE_TRIES):
        log_in(hall.client(), name=("lan", "Lan", "LAN")[n % 3], password=str(n))
    guessed = log_in(hall.client(), name="lAN")
    hall.clock.later(minutes=6)

    assert code(guessed) == "rate_limited", "each spelling would be five more guesses"
    assert log_in(hall.client(), name="Lan").get_json()["name"] == "lan"


def test_a_new_log_in_has_a_new_session_and_ends_the_old_one(hall: Doorway) -> None:
    hall.officer()
    client, thief = hall.client(), hall.client()
    log_in(client)
    stolen = client.get_cookie("motcua")
    assert stolen
    thief.set_cookie("motcua", stolen.value)

    log_in(client)

    now = client.get_cookie("motcua")
    assert now
    assert now.value != stolen.value
    assert code(thief.get("/api/v1/me")) == "session_ended"
    assert client.get("/api/v1/me").get_json()["name"] == "lan"


def test_after_logging_out_the_session_is_over_everywhere(hall: Doorway) -> None:
    hall.officer()
    client, copy = hall.client(), hall.client()
    csrf = log_in(client).get_json()["csrf"]
    cookie = client.get_cookie("motcua")
    assert cookie
    copy.set_cookie("motcua", cookie.value)

    left = client.post("/api/v1/logout", headers={"X-CSRF-Token": csrf})

    assert left.get_json() == {"done": True}
    assert client.get_cookie("motcua") is None
    assert code(copy.get("/api/v1/me")) == "session_ended"


def test_an_officer_who_is_away_for_15_minutes_logs_in_again(hall: Doorway) -> None:
    hall.officer()
    client = hall.client()
    log_in(client)
    for _ in range(3):
        hall.clock.later(minutes=14)
        assert client.get("/api/v1/me").status_code == 200

    hall.clock.later(minutes=15)
    away = client.get("/api/v1/me")

    assert (away.status_code, code(away)) == (401, "session_ended")


def test_a_session_begun_by_a_clock_that_was_ahead_does_not_live_until_then(hall: Doorway) -> None:
    hall.officer()
    client = hall.client()
    hall.clock.later(days=65)
    log_in(client)

    hall.clock.later(days=-65)

    assert client.get("/api/v1/me").status_code == 401


def test_a_session_lasts_12_hours_at_most(hall: Doorway) -> None:
    hall.officer()
    client = hall.client()
    log_in(client)

    at_work = []
    for _ in range(12 * 6):
        at_work.append(client.get("/api/v1/me").status_code)
        hall.clock.later(minutes=10)

    assert set(at_work) == {200}
    assert client.get("/api/v1/me").status_code == 401


def test_a_disabled_officer_is_out_at_once_and_cannot_come_back(hall: Doorway) -> None:
    hall.officer()
    client = hall.client()
    log_in(client)

    hall.accounts.disable_staff("lan", now=hall.clock())

    assert client.get("/api/v1/me").status_code == 401
    assert code(log_in(client)) == "login_failed"


def test_a_wrong_name_and_a_wrong_password_are_the_same_answer(hall: Doorway) -> None:
    hall.officer()

    wrong_password = log_in(hall.client(), password="no")
    wrong_name = log_in(hall.client(), name="nobody")

    assert wrong_password.status_code == wrong_name.status_code == 401
    assert wrong_password.data == wrong_name.data


def test_guessing_a_password_is_slowed_only_where_it_comes_from(hall: Doorway) -> None:
    hall.officer()
    enemy = {"REMOTE_ADDR": "10.0.0.66"}

    def guess(password: str) -> TestResponse:
        return hall.client().post(
            "/api/v1/login", json={"name": "lan", "password": password}, environ_overrides=enemy
        )

    guesses = [guess(str(n)) for n in range(5)]
    even_the_right_one = guess(PASSWORD)
    at_her_own_counter = log_in(hall.client())

    assert {code(answer) for answer in guesses} == {"login_failed"}
    assert (even_the_right_one.status_code, code(even_the_right_one)) == (429, "rate_limited")
    assert 0 < int(even_the_right_one.headers["Retry-After"]) <= 301
    assert at_her_own_counter.status_code == 200


def test_after_a_while_one_may_try_again(hall: Doorway) -> None:
    hall.officer()
    client = hall.client()
    for n in range(5):
        log_in(client, password=str(n))
    assert log_in(client).status_code == 429

    hall.clock.later(minutes=5, seconds=1)

    assert log_in(client).status_code == 200


def test_slips_of_the_finger_before_a_right_log_in_are_forgotten(hall: Doorway) -> None:
    hall.officer()
    client = hall.client()
    for n in range(4):
        log_in(client, password=str(n))
    log_in(client)

    again = [log_in(client, password=str(n)) for n in range(4)]

    assert {code(answer) for answer in again} == {"login_failed"}
    assert log_in(client).status_code == 200


def test_a_wrong_name_costs_as_much_reckoning_as_a_wrong_password(
    hall: Doorway, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall.officer()
    reckoned: list[str] = []
    verify = hall.accounts._verify

    def watched(expected: str, told: str) -> bool:
        reckoned.append(expected.rsplit("$", 2)[0])
        return verify(expected, told)

    monkeypatch.setattr(hall.accounts, "_verify", watched)

    log_in(hall.client(), password="no")
    log_in(hall.client(), name="nobody")

    assert reckoned == ["$argon2id$v=19$m=19456,t=2,p=1"] * 2


def test_a_stranger_at_the_same_address_slows_no_officer_who_was_here_before(hall: Doorway) -> None:
    """A proxy, or a router, gives all of a house one address."""
    hall.officer()
    hers = hall.client()
    csrf = log_in(hers).get_json()["csrf"]
    assert hers.post("/api/v1/logout", json={}, headers={"X-CSRF-Token": csrf}).status_code == 200
    for n in range(31):
        log_in(hall.client(), password=str(n))
        log_in(hall.client(), name=f"nobody {n}")
    assert log_in(hall.client()).status_code == 429

    assert log_in(hers).status_code == 200


def test_an_officer_who_is_in_is_no_stranger_at_the_next_log_in(hall: Doorway) -> None:
    """A program that never asks who it is has a session and nothing else."""
    hall.officer()
    hers = hall.client()
    log_in(hers)
    for n in range(FREE_TRIES):
        log_in(hall.client(), password=str(n))

    assert log_in(hers).status_code == 200


def test_an_officer_guesses_at_anothers_password_no_faster_from_ever_new_browsers(hall: Doorway) -> None:
    hall.officer()
    hall.officer("truong")
    insider = hall.client()
    log_in(insider)

    guesses = []
    for n in range(2 * FREE_TRIES):
        insider.delete_cookie("motcua-known")
        insider.get("/api/v1/me")
        guesses.append(code(log_in(insider, name="truong", password=str(n))))

    assert guesses == ["login_failed"] * FREE_TRIES + ["rate_limited"] * FREE_TRIES
    assert log_in(insider).status_code == 200


def test_a_session_makes_one_browser_known_however_often_it_asks(hall: Doorway) -> None:
    hall.officer()
    client = hall.client()
    log_in(client)

    cookies = set()
    for _ in range(3):
        client.get("/api/v1/me")
        known = client.get_cookie("motcua-known")
        assert known
        cookies.add(known.value)
        client.delete_cookie("motcua-known")

    assert len(cookies) == 1


def test_a_browser_is_known_by_no_cookie_but_ours(hall: Doorway) -> None:
    hall.officer()
    hall.officer("hoa")
    known = hall.app.test_client()
    log_in(known)
    known.get("/api/v1/me")
    assert "Set-Cookie" not in known.get("/api/v1/me").headers
    cookie = known.get_cookie("motcua-known")
    assert cookie is not None
    assert hall.accounts.browser(cookie.value) == Tries(f"browser:{cookie.value.split('.')[1]}", 1)

    officer, nonce, mac = cookie.value.split(".")
    forged = [
        "",
        "1",
        "..",
        f"2.{nonce}.{mac}",
        f"{officer}.{nonce}x.{mac}",
        f"{officer}.{nonce}.",
        "9" * 400,
    ]

    assert [hall.accounts.browser(each) for each in forged] == [None] * len(forged)
    hall.accounts.disable_staff("lan", now=hall.clock())
    assert hall.accounts.browser(cookie.value) is None


def test_an_officer_has_five_sessions_at_most_and_the_longest_unused_ends(hall: Doorway) -> None:
    hall.officer()
    clients = [hall.client() for _ in range(6)]
    for client in clients:
        hall.clock.later(seconds=1)
        log_in(client)

    assert [client.get("/api/v1/me").status_code for client in clients] == [401, *[200] * 5]


def test_log_ins_are_in_the_log_without_a_name_or_a_password(
    hall: Doorway, caplog: pytest.LogCaptureFixture
) -> None:
    hall.officer()
    with caplog.at_level("INFO", logger="web"):
        log_in(hall.client())
        for n in range(6):
            log_in(hall.client(), password=f"wrong {n}")

    told = [record.getMessage() for record in caplog.records]
    assert told[0] == "log-in from 127.0.0.1: staff:1"
    assert told[1:] == ["log-in from 127.0.0.1: login_failed"] * 5 + ["log-in from 127.0.0.1: rate_limited"]


def test_junk_log_ins_that_are_refused_at_the_door_are_a_line_a_minute_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with doorway(tmp_path, limits=True) as hall, caplog.at_level("WARNING", logger="web"):
        for n in range(100):
            log_in(hall.client(), name=f"junk {n}")
            hall.client().get("/api/v1/me", headers={"Authorization": f"Bearer guess{n}"})

    told = [record.getMessage() for record in caplog.records]
    assert 1 <= told.count("session.login from 127.0.0.1: rate_limited") <= 2, "a new minute may have begun"
    assert 1 <= told.count("credentials from 127.0.0.1: unauthenticated") <= 2
    assert len(told) <= 64 + 4


def test_a_device_learns_who_it_is(hall: Doorway) -> None:
    token = hall.token("counter", counter="3")

    me = hall.client().get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).get_json()

    assert (me["kind"], me["hall"], me["counter"], me["csrf"]) == ("counter", HALL, "3", None)


def test_a_socket_is_admitted_by_the_same_table(hall: Doorway) -> None:
    wall, kiosk = hall.token("display"), hall.token("kiosk")

    with hall.app.test_request_context("/socket.io/"):
        identity = hall.guard.at_socket("/display", HALL, wall)

        assert identity.actor.id == "device:1"
        assert hall.guard.at_socket("/queue", HALL, None).actor.id == "anyone"
        for namespace, where, token, expected in (
            ("/display", HALL, kiosk, "forbidden"),
            ("/display", "can-loc", wall, "forbidden"),
            ("/display", "ha-noi", wall, "unknown_hall"),
            ("/display", HALL, "wrong", "unauthenticated"),
            ("/counter", HALL, None, "unauthenticated"),
            ("/elsewhere", HALL, wall, "forbidden"),
        ):
            with pytest.raises(Refused, match=expected):
                hall.guard.at_socket(namespace, where, token)


def test_whose_sockets_may_stay_is_known_at_any_moment(hall: Doorway) -> None:
    hall.officer()
    hall.token("display")
    client = hall.client()
    csrf = log_in(client).get_json()["csrf"]
    together = {each.partition(":")[0] for each in hall.accounts.present(now=hall.clock())}

    hall.accounts.revoke(1, now=hall.clock())
    client.post("/api/v1/logout", headers={"X-CSRF-Token": csrf})

    assert together == {"device", "session"}
    assert hall.accounts.present(now=hall.clock()) == frozenset()


def test_under_tls_a_browser_is_told_to_come_over_tls_only(tmp_path: Path, hall: Doorway) -> None:
    with doorway(tmp_path / "secure", secure=True) as secure:
        told = secure.client().get("/api/v1/openapi.json").headers

    assert told["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "Strict-Transport-Security" not in hall.client().get("/api/v1/openapi.json").headers
