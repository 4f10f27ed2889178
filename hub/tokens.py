"""The citizen's track token: made from the ticket's id, the hub's secret and the era, never kept."""

import hashlib
import re
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from functools import lru_cache

TOKEN_BYTES = 16
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
FIRST_ERA = ""  # before any restore


class TrackTokens:
    """The track tokens of one hall. `eras`: by name, oldest first; each restore of a backup begins one, or a
    number that is given a second time would have the token of the first."""

    def __init__(self, hall: str, secret: bytes, eras: Sequence[str] = ()) -> None:
        self._hall = hall
        self._secret = secret
        self._eras = (FIRST_ERA, *eras)
        self.of = lru_cache(maxsize=64)(self._of)  # a ticket's is asked for its hash, answer and slip

    def _of(self, ticket: str, kept: str = "") -> str:
        """128 bits only this hub can make, so that only their hash is kept. `kept`: that hash, where the
        ticket was given before; it tells the era."""
        made = [self._made(ticket, era) for era in self._eras] if kept else []
        return next((each for each in made if hashed(each) == kept), self._made(ticket, self._eras[-1]))

    def _made(self, ticket: str, era: str) -> str:
        message = f"track|{self._hall}|{ticket}{f'|{era}' if era else ''}".encode()
        made = hashlib.blake2b(message, digest_size=TOKEN_BYTES, key=self._secret).digest()
        return urlsafe_b64encode(made).rstrip(b"=").decode()


def hashed(token: str) -> str:
    """What is kept of a track token."""
    return hashlib.sha256(token.encode()).hexdigest()


def may_be_one(text: str) -> bool:
    """Whether it looks like a track token."""
    return _TOKEN.fullmatch(text) is not None
