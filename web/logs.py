"""The log of a hub: ids, never names or tokens."""

import logging
import re
from collections.abc import Callable
from time import monotonic

# The address of a citizen's page is the citizen's secret; a failed request would name it.
AGAIN_SECONDS = 60.0  # the same fault is not told sooner
SECRET_PATH = re.compile(r"(/(?:t|track)/)[^/?\s\"]+")


class WithoutTokens(logging.Filter):
    """Cuts the token out of any address in a record."""

    def filter(self, record: logging.LogRecord) -> bool:
        told = record.getMessage()
        if SECRET_PATH.search(told):
            record.msg, record.args = SECRET_PATH.sub(r"\1...", told), ()
        return True


class NotAgain(logging.Filter):
    """A fault that comes again and again, twice a second perhaps, would fill the disk with its traceback:
    after the first it is told once a minute, with how often it came meanwhile."""

    def __init__(self, steady: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._steady = steady
        self._told: dict[tuple[str, str, str, int], tuple[float, int]] = {}  # when last, and how often since

    def filter(self, record: logging.LogRecord) -> bool:
        kind, _, trace = record.exc_info or (None, None, None)
        if kind is None or trace is None:
            return True
        while trace.tb_next is not None:
            trace = trace.tb_next
        fault = (record.name, kind.__name__, trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        at, missed = self._told.get(fault, (float("-inf"), 0))
        if self._steady() - at < AGAIN_SECONDS:
            self._told[fault] = (at, missed + 1)
            return False
        if missed:
            record.msg, record.args = f"{record.getMessage()} ({missed} times more since it was told)", ()
        self._told[fault] = (self._steady(), 0)
        return True


def begin(level: str) -> None:
    """`level` as in the configuration: debug, info, warning, error."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
    handler.addFilter(NotAgain())
    handler.addFilter(WithoutTokens())
    logging.basicConfig(level=level.upper(), handlers=[handler])
    logging.getLogger("live").setLevel(logging.WARNING)  # below it, Engine.IO tells every packet
