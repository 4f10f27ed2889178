"""What is long goes out packed: two hundred procedures in plain JSON are a second on a weak Wi-Fi."""

import gzip
from functools import lru_cache

from flask import Response, request

LEAST = 8 * 1024  # below it the packing costs more time than the line
LEVEL = 6
KINDS = ("text/html", "application/json")  # files are packed once, by `web.pages`


def pack(response: Response) -> Response:
    """The same answer, packed where it is long and whoever asks can unpack it."""
    if response.mimetype in KINDS and not response.direct_passthrough:
        plain = response.get_data()
        if len(plain) >= LEAST:
            response.vary.add("Accept-Encoding")
            if request.accept_encodings.quality("gzip") and "Content-Encoding" not in response.headers:
                response.set_data(_packed(plain))
                response.headers["Content-Encoding"] = "gzip"
    return response


@lru_cache(maxsize=16)  # a hub that was updated is asked for the same by every screen at once
def _packed(plain: bytes) -> bytes:
    return gzip.compress(plain, LEVEL, mtime=0)
