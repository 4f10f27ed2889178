"""The word that the date of the hub's clock is right: its halls go on under it at once."""

import logging
from collections.abc import Iterator, Mapping

from hub import Hub
from service.control import ReloadAnswer
from store.database import StoreUnavailable

log = logging.getLogger(__name__)


def to_todays_date(hubs: Mapping[str, Hub]) -> ReloadAnswer:
    try:
        lines = list(_halls(hubs))
    except StoreUnavailable as trouble:
        return ReloadAnswer(1, [str(trouble)])
    for line in lines:
        log.info("day: %s", line)
    return ReloadAnswer(0, lines)


def _halls(hubs: Mapping[str, Hub]) -> Iterator[str]:
    for name, hub in hubs.items():
        before = hub.hall.day
        moved = hub.to_todays_date()
        yield f"{name}: {before} -> {hub.hall.day}" if moved else f"{name}: {before}"
