"""A day of the journal as the hall it makes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hall.carry_over import carry_over
from hall.events import Event, SetupTaken
from hall.fold import fold, fresh
from hall.model import Hall
from hall.setup import Setup
from store.journal import Journal


def newest(journal: Journal, setup: Setup, today: date) -> tuple[Hall, str]:
    """The hall of the newest day that has events, and the digest of its configuration."""
    last = journal.last_day(setup.hall)
    if last is None:
        return fresh(setup, today), ""
    events = journal.read(setup.hall, last)
    hall = fold(events, fresh(setup, last))
    taken = [each.digest for each in reversed(events) if isinstance(each, SetupTaken)]
    in_force = carry_over(hall, setup, [journal.setup(each) for each in taken])
    return replace(hall, setup=in_force), last_digest(events) or ""


def last_digest(events: Sequence[Event]) -> str | None:
    """The configuration the newest of these events names; None: they name none."""
    return next((each.digest for each in reversed(events) if isinstance(each, SetupTaken)), None)
