"""What the hub writes about its day."""

import logging
import sys

import pytest

from web.logs import NotAgain, WithoutTokens


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Exception on /t/zf8rk3gl0BUV11GrPeVpcg [GET]", "Exception on /t/... [GET]"),
        ("request failed: POST /api/v1/track/zf8rk3gl0BUV11GrPeVpcg/cancel HTTP/1.1",
         "request failed: POST /api/v1/track/.../cancel HTTP/1.1"),
        ("GET /api/v1/halls/thach-ha HTTP/1.1", "GET /api/v1/halls/thach-ha HTTP/1.1"),
    ],
)  # fmt: skip
def test_no_record_holds_a_citizens_token(said: str, kept: str) -> None:
    record = logging.LogRecord("web", logging.ERROR, "", 0, "%s", (said,), None)

    assert WithoutTokens().filter(record)

    assert record.getMessage() == kept


def a_fault(said: str) -> logging.LogRecord:
    try:
        int(said)
    except ValueError:
        return logging.LogRecord("service", logging.ERROR, "", 0, "looking after %s", ("it",), sys.exc_info())
    raise AssertionError(f"{said} is a number")


def test_a_fault_that_comes_twice_a_second_is_told_once_a_minute_with_its_count() -> None:
    passed = [0.0]
    once = NotAgain(lambda: passed[0])

    told = []
    for half_second in range(250):
        passed[0] = half_second / 2
        record = a_fault(f"of {half_second}")
        if once.filter(record):
            told.append(record.getMessage())

    assert told == [
        "looking after it",
        "looking after it (119 times more since it was told)",
        "looking after it (119 times more since it was told)",
    ]


def test_another_fault_and_what_is_no_fault_are_told_at_once() -> None:
    once = NotAgain(lambda: 0.0)
    assert once.filter(a_fault("first"))
    assert not once.filter(a_fault("again"))

    try:
        "x".encode("ascii").decode("no-such-code")
    except LookupError:
        other = logging.LogRecord("service", logging.ERROR, "", 0, "another", (), sys.exc_info())
    assert once.filter(other)
    for _ in range(2):
        assert once.filter(logging.LogRecord("service", logging.INFO, "", 0, "no fault", (), None))
