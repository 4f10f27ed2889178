"""The citizen's track token: made from the ticket's id and the hub's secret, never kept."""

import hashlib
from base64 import urlsafe_b64encode
from functools import lru_cache

TOKEN_BYTES = 16


class TrackTokens:
    """The track tokens of one hall."""

    def __init__(self, hall: str, secret: bytes) -> None:
        self._hall = hall
        self._secret = secret
        self.of = lru_cache(maxsize=64)(self._of)  # a ticket's is asked for its hash, answer and slip

    def _of(self, ticket: str) -> str:
        """128 bits only this hub can make, so that only its hash is kept."""
        message = f"track|{self._hall}|{ticket}".encode()
        made = hashlib.blake2b(message, digest_size=TOKEN_BYTES, key=self._secret).digest()
        return urlsafe_b64encode(made).rstrip(b"=").decode()


def hashed(token: str) -> str:
    """What is kept of a track token."""
    return hashlib.sha256(token.encode()).hexdigest()
