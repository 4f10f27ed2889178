"""The log of a hub: ids, never names or tokens."""

import logging
import re

# The address of a citizen's page is the citizen's secret; a failed request would name it.
SECRET_PATH = re.compile(r"(/(?:t|track)/)[^/?\s\"]+")


class WithoutTokens(logging.Filter):
    """Cuts the token out of any address in a record."""

    def filter(self, record: logging.LogRecord) -> bool:
        told = record.getMessage()
        if SECRET_PATH.search(told):
            record.msg, record.args = SECRET_PATH.sub(r"\1...", told), ()
        return True


def begin(level: str) -> None:
    """`level` as in the configuration: debug, info, warning, error."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
    handler.addFilter(WithoutTokens())
    logging.basicConfig(level=level.upper(), handlers=[handler])
    logging.getLogger("live").setLevel(logging.WARNING)  # below it, Engine.IO tells every packet
