"""Guessing slowed, and nobody else with it: failed tries, and whose password is reckoned next."""

import hashlib
import hmac
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Lock
from typing import TypeVar

from hall.model import Refused

T = TypeVar("T")

FREE_TRIES, TRIES_WINDOW = 5, timedelta(minutes=5)
TRIES_KEPT = 10_000  # pairs of name and who tries
WAITING_EACH, WAITING_ALL = 4, 300  # log-ins that wait to be reckoned, some 30 ms each
FULL_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Tries:
    """Who tries to log in. `where`: an address, a known browser, a session; `officer`: whose browser or
    session it is, None for a stranger."""

    where: str
    officer: int | None = None

    @property
    def known(self) -> bool:
        return self.officer is not None

    def counted(self, at: int | None) -> str:
        """As whom a try at the password of the officer `at` counts. Who tries another's password is one and
        the same from all their browsers: each log-in of theirs would be a new beginning."""
        return f"officer:{self.officer}" if self.known and self.officer != at else self.where


def known_by(officer: int, password_hash: str, nonce: str) -> str:
    """What a browser keeps from which this officer has logged in: "OFFICER.NONCE.MAC". It opens nothing; it
    only tells the browser from a stranger's. Another password makes it worthless. `nonce`: one of a session,
    or whoever has one would be a new browser at every look.
    """
    mac = hmac.new(password_hash.encode(), nonce.encode(), hashlib.sha256).hexdigest()
    return f"{officer}.{nonce}.{mac}"


def officer_of(known: str) -> tuple[int, str] | None:
    """Whose it says to be, and its nonce; both are true only where `known_by` makes the same of them."""
    officer, _, rest = known.partition(".")
    nonce, _, mac = rest.partition(".")
    if not (officer.isascii() and officer.isdigit() and len(officer) < 10 and nonce and mac):
        return None
    return int(officer), nonce


class FailedTries:
    """Failed log-ins of a name by who tries (an address, or a known browser); bounded, and forgotten with the
    process.
    """

    def __init__(self) -> None:
        self._failed: OrderedDict[tuple[str, str], list[datetime]] = OrderedDict()
        self._lock = Lock()

    def must_wait(self, name: str, who: str, now: datetime) -> int:
        """Seconds until the next try; 0: try."""
        with self._lock:
            # A clock set back must not make the wait longer: what lies ahead does not count.
            tries = self._failed.get((name, who), [])
            recent = [at for at in tries if timedelta(0) <= now - at < TRIES_WINDOW]
            if len(recent) < FREE_TRIES:
                return 0
            return int((recent[-FREE_TRIES] + TRIES_WINDOW - now).total_seconds()) + 1

    def failed(self, name: str, who: str, now: datetime) -> None:
        with self._lock:
            tries = self._failed.setdefault((name, who), [])
            tries[:] = [*tries[1 - FREE_TRIES :], now]
            self._failed.move_to_end((name, who))
            if len(self._failed) > TRIES_KEPT:
                self._failed.popitem(last=False)

    def forget(self, name: str, who: str) -> None:
        with self._lock:
            self._failed.pop((name, who), None)


class Reckoning:
    """Password hashes, one at a time in `pool`: known browsers first, then one of each who waits, in turn.
    However many strangers try from however many addresses, an officer's own browser waits for one at most.
    """

    def __init__(self, pool: Executor) -> None:
        self._pool = pool
        self._lock = Lock()
        self._busy = False
        # Known browsers, then strangers; by who tries, whose turn comes next at the front.
        self._lanes: tuple[OrderedDict[str, deque[Event]], OrderedDict[str, deque[Event]]] = (
            OrderedDict(),
            OrderedDict(),
        )

    def reckon(self, who: str, *, known: bool, work: Callable[[], T]) -> T:
        """Refuses `rate_limited` where too many wait: who tries often, before anybody else."""
        turn = self._queued(who, known=known)
        turn.wait()
        try:
            return self._pool.submit(work).result()
        finally:
            self._next()

    def _queued(self, who: str, *, known: bool) -> Event:
        turn = Event()
        with self._lock:
            if not self._busy:
                self._busy = True
                turn.set()
                return turn
            lane = self._lanes[0 if known else 1]
            waiting = lane.setdefault(who, deque())
            crowded = not known and sum(map(len, lane.values())) >= WAITING_ALL
            if len(waiting) >= WAITING_EACH or (crowded and waiting):
                raise Refused("rate_limited", seconds=FULL_SECONDS)
            waiting.append(turn)
        return turn

    def _next(self) -> None:
        with self._lock:
            for lane in self._lanes:
                if not lane:
                    continue
                who, waiting = lane.popitem(last=False)
                turn = waiting.popleft()
                if waiting:
                    lane[who] = waiting
                turn.set()
                return
            self._busy = False
