"""What is sent to the hall and is not right: a code, two sentences, and nothing done."""

import unicodedata
from io import BytesIO

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall import words
from hall.model import Refused
from tests.web.doorway import HALL, Doorway
from tests.web.test_guard import code
from web import schemas
from web.reading import fingerprint, read_body, read_key

ISSUE = f"/halls/{HALL}/tickets"
LONG = "x" * 300


def refused(data: bytes, kind: type[schemas.Body]) -> str:
    with pytest.raises(Refused) as caught:
        read_body(data, kind)
    assert caught.value.code in words.REFUSALS
    return caught.value.code


def perhaps(data: bytes, kind: type[schemas.Body]) -> schemas.Body | str:
    """What was read, or the code of the refusal."""
    try:
        return read_body(data, kind)
    except Refused as error:
        return error.code


@pytest.mark.parametrize(
    ("data", "kind", "expected"),
    [
        (b"{", schemas.Issue, "malformed"),
        (b"\xff\xfe", schemas.Issue, "malformed"),
        (b'{"reason":"\xff"}', schemas.Pause, "malformed"),
        (b'{"\xff":1}', schemas.Pause, "malformed"),
        (b'{"x":' + b"[" * 50_000, schemas.Pause, "unknown_key"),
        (b"[" * 50_000, schemas.Issue, "malformed"),
        (b'{"procedure":' + b"[" * 50_000, schemas.Issue, "wrong_type"),
        (b"[]", schemas.Issue, "malformed"),
        (b"null", schemas.Nothing, "malformed"),
        (b'"CT01"', schemas.Issue, "malformed"),
        (b'{"procedure":"CT01"} {}', schemas.Issue, "malformed"),
        (b'{"procedure":"\\ud800"}', schemas.Issue, "malformed"),
        (b"{}", schemas.Issue, "missing_key"),
        (b"", schemas.Issue, "missing_key"),
        (b'{"procedure":7}', schemas.Issue, "wrong_type"),
        (b'{"procedure":null}', schemas.Issue, "wrong_type"),
        (b'{"procedure":""}', schemas.Issue, "wrong_type"),
        (b'{"procedure":"CT01","language":"fr"}', schemas.Issue, "wrong_type"),
        (b'{"procedure":"CT01","priorty":"NCT"}', schemas.Issue, "unknown_key"),
        (b'{"take":1}', schemas.Nothing, "unknown_key"),
        (b'{"take_over":"yes"}', schemas.OpenCounter, "wrong_type"),
        (b'{"procedure":"%s"}' % LONG.encode(), schemas.Issue, "too_long"),
        (b'{"reason":"%s"}' % LONG.encode(), schemas.Pause, "too_long"),
        (b'{"reason":"a\\u0007"}', schemas.Pause, "bad_text"),
        (b'{"reason":"a\\nb"}', schemas.Pause, "bad_text"),
        (b'{"reason":"\\u202eab"}', schemas.Pause, "bad_text"),
        (b'{"procedure":"CT\\u0000"}', schemas.Issue, "bad_text"),
        (b"{}", schemas.Pause, "reason_required"),
        (b'{"reason":""}', schemas.Hold, "reason_required"),
        (b'{"reason":"   "}', schemas.Hold, "reason_required"),
        (b'{"procedure":" "}', schemas.Issue, "wrong_type"),
        (b"{}", schemas.Finish, "outcome_required"),
        (b'{"outcome":"eaten"}', schemas.Finish, "wrong_type"),
        (b'{"outcome":"accepted","due":"31/12/2026"}', schemas.Finish, "bad_date"),
        (b'{"outcome":"accepted","due":"9999-12-31"}', schemas.Finish, "bad_date"),
        (b'{"reason":"a","until":"2026-11-24T09:00:00"}', schemas.Hold, "bad_date"),
        (b'{"reason":"a","until":"0001-01-01T00:00:00Z"}', schemas.Hold, "bad_date"),
        (b"{}", schemas.Transfer, "malformed"),
        (b'{"queue":"B","counter":"2"}', schemas.Transfer, "malformed"),
        (b'{"queue":"B","position":"middle"}', schemas.Transfer, "wrong_type"),
        (b"{}", schemas.SetPriority, "missing_key"),
    ],
)
def test_what_is_not_right_has_a_code(data: bytes, kind: type[schemas.Body], expected: str) -> None:
    assert refused(data, kind) == expected


def test_a_misspelt_key_is_told_with_the_right_one() -> None:
    with pytest.raises(Refused) as caught:
        read_body(b'{"procedure":"CT01","priorty":"NCT"}', schemas.Issue)

    assert caught.value.facts == {"key": "priorty", "did_you_mean": "priority"}


def test_text_typed_in_parts_arrives_composed() -> None:
    typed = unicodedata.normalize("NFD", "Trình ký hồ sơ")

    body = read_body(f'{{"reason":"{typed}"}}'.encode(), schemas.Pause)

    assert isinstance(body, schemas.Pause)
    assert body.reason == "Trình ký hồ sơ"


def test_null_stands_for_no_priority() -> None:
    body = read_body(b'{"procedure":"CT01","priority":null}', schemas.Issue)

    assert body == schemas.Issue("CT01")


@given(st.binary(max_size=200))
def test_no_bytes_at_all_break_the_reading(data: bytes) -> None:
    for kind in (schemas.Issue, schemas.Hold, schemas.Transfer, schemas.Finish):
        read = perhaps(data, kind)

        assert isinstance(read, kind) or read in words.REFUSALS


@given(st.dictionaries(st.sampled_from(["reason", "until", "x"]), st.text() | st.none() | st.integers()))
def test_no_object_at_all_breaks_the_reading(sent: dict[str, object]) -> None:
    read = perhaps(msgspec.json.encode(sent), schemas.Hold)

    assert isinstance(read, schemas.Hold) or read in words.REFUSALS
    if isinstance(read, schemas.Hold):
        assert all(sign.isprintable() or sign.isspace() for sign in read.reason)
        assert "\n" not in read.reason


def test_a_touch_without_a_key_is_refused(hall: Doorway) -> None:
    answer = hall.ask(ISSUE, token=hall.token("kiosk"), key=None, data=b'{"procedure":"CT01"}')

    assert (answer.status_code, code(answer)) == (400, "key_required")
    assert not hall.came


def test_a_key_has_at_most_64_characters_of_any_script() -> None:
    vietnamese = ("ồ" * 64).encode().decode("latin-1")  # as WSGI hands it over

    assert read_key(vietnamese, required=True) == "ồ" * 64
    with pytest.raises(Refused, match="key_too_long"):
        read_key("k" * 65, required=False)


def test_the_same_request_is_known_again_however_it_is_written() -> None:
    one = read_body(b'{"procedure":"CT01","language":"vi"}', schemas.Issue)
    two = read_body(b' {"language": "vi", "procedure": "CT01", "priority": null}', schemas.Issue)
    three = read_body(b'{"procedure":"CT02"}', schemas.Issue)

    first = fingerprint("tickets.issue", {"hall": HALL}, one)

    assert first == fingerprint("tickets.issue", {"hall": HALL}, two)
    assert first != fingerprint("tickets.issue", {"hall": HALL}, three)
    assert first != fingerprint("tickets.issue", {"hall": "can-loc"}, one)
    assert first != fingerprint("tickets.call", {"hall": HALL}, one)


@pytest.mark.parametrize(
    ("door", "args", "kind", "said", "kept"),
    [
        ("counters.pause", {"counter": "1"}, schemas.Pause, '{"reason": "Họp"}', "abefd073cc2a3ce4"),
        ("counters.call", {"counter": "1"}, schemas.Call, '{"ticket": "261124-A008"}', "f4bfc5b714dceb39"),
        (
            "tickets.hold",
            {"ticket": "261124-A008"},
            schemas.Hold,
            '{"reason": "Bổ sung giấy tờ", "until": "2026-11-24T09:30:00+07:00"}',
            "86dd7e6b76d22c53",
        ),
        ("tickets.issue", {}, schemas.Issue, '{"procedure": "CT01"}', "06fd439a78e60872"),
        ("tickets.finish", {"ticket": "1"}, schemas.Finish, '{"outcome":"accepted"}', "c45cc437afb652d6"),
    ],
)
def test_a_request_that_0_1_0_answered_is_known_again_after_the_upgrade(
    door: str, args: dict[str, str], kind: type[schemas.Body], said: str, kept: str
) -> None:
    """`kept` is the beginning of what its data has."""
    assert fingerprint(door, {"hall": HALL} | args, read_body(said.encode(), kind)).startswith(kept)


def test_another_note_is_another_request() -> None:
    pauses = [read_body(said, schemas.Pause) for said in (b'{"reason":"a"}', b'{"reason":"a","note":"b"}')]

    assert len({fingerprint("counters.pause", {"hall": HALL}, each) for each in pauses}) == 2


def test_a_megabyte_is_refused_before_it_is_read(hall: Doorway) -> None:
    answer = hall.ask(ISSUE, token=hall.token("kiosk"), data=b'{"procedure":"' + b"x" * 1_000_000 + b'"}')

    assert (answer.status_code, code(answer)) == (413, "too_large")


def test_a_megabyte_that_does_not_tell_its_size_is_refused_too(hall: Doorway) -> None:
    answer = hall.client().post(
        f"/api/v1{ISSUE}",
        input_stream=BytesIO(b" " * 1_000_000),
        headers={
            "Authorization": f"Bearer {hall.token('kiosk')}",
            "Idempotency-Key": "k",
            "Transfer-Encoding": "chunked",
        },
        environ_overrides={"wsgi.input_terminated": True},
    )

    assert (answer.status_code, code(answer)) == (413, "too_large")
