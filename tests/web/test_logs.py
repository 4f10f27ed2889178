"""What the hub writes about its day."""

import logging

import pytest

from web.logs import WithoutTokens


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
