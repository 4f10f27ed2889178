"""Waiting for the disk while the hall goes on: on a good one for a moment, on a bad one for a second."""

from collections.abc import Callable
from concurrent.futures import Executor
from threading import Lock
from typing import Any

from gevent.monkey import get_original

PATIENCE_SECONDS = 0.002  # so long the loop waits too: on a good disk that costs less than to turn to others

start_new_thread, allocate_lock = get_original("_thread", ["start_new_thread", "allocate_lock"])


class Wish:
    """`done` is open once the work is; `raised` is what it raised."""

    def __init__(self, work: Callable[[], object]) -> None:
        self.work = work
        self.done = allocate_lock()
        self.done.acquire()
        self.raised: BaseException | None = None

    def wait(self) -> None:
        with self.done:
            pass


class Disk:
    """Does one thing at a time on a native thread of its own. Whoever asks waits until it is done; everybody
    else is served meanwhile, but for the first moment. `pool`: native threads that can wait for it."""

    def __init__(self, pool: Executor) -> None:
        self._pool = pool
        self._one_at_a_time = Lock()
        self._wanted = allocate_lock()
        self._wanted.acquire()
        self._wish: Wish | None = None
        start_new_thread(self._serve, ())

    def __call__(self, work: Callable[[], object]) -> None:
        """Raises what the work raises."""
        with self._one_at_a_time:
            wish = self._wish = Wish(work)
            self._wanted.release()
            if not wish.done.acquire(timeout=PATIENCE_SECONDS):
                try:
                    self._pool.submit(wish.wait).result()
                except BaseException:  # whoever asked is ended: what was begun is not left half done
                    wish.wait()
                    raise
        if wish.raised is not None:
            raise wish.raised

    def _serve(self) -> Any:
        while True:
            self._wanted.acquire()
            wish = self._wish
            assert wish is not None
            try:
                wish.work()
            except BaseException as error:  # handed over to whoever asked
                wish.raised = error
            wish.done.release()
