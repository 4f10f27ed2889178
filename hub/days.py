"""The one way to read a day: its events folded, each configuration holding from its SetupTaken on.

The fold alone does not know configurations, and folds no call that leaves open whom it passed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from hall.carry_over import carry_over
from hall.events import Event, SetupTaken, TicketCalled
from hall.fold import fold, fresh
from hall.model import Hall
from hall.setup import Setup
from store.database import DamagedEvent
from store.journal import Journal, UnknownSetup
from store.verify import UNFOLDABLE

SetupOf = Callable[[str], Setup]


def read_day(journal: Journal, hall: str, day: date) -> Hall | None:
    """The hall as it stood after the last event of `day`; None: nothing happened. Refuses UnknownEvent,
    UnknownSetup, and DamagedEvent also for one that cannot follow those before it."""
    events = journal.read(hall, day)
    try:
        return folded(hall, day, events, journal.setup) if events else None
    except UNFOLDABLE as error:
        what = f"cannot follow what was before ({type(error).__name__} {error})"
        raise DamagedEvent(hall, day, _first_unfoldable(hall, day, events, journal.setup), what) from error


def _first_unfoldable(hall: str, day: date, events: Sequence[Event], setup_of: SetupOf) -> int:
    state = folded(hall, day, events[:1], setup_of)
    for seq, event in enumerate(events[1:], 2):
        try:
            state = followed(state, [event], setup_of)
        except UNFOLDABLE:
            return seq
    return len(events)


def folded(hall: str, day: date, events: Sequence[Event], setup_of: SetupOf) -> Hall:
    """The hall after these first events of its day. Refuses UnknownEvent, UnknownSetup."""
    first = events[0] if events else None
    if not isinstance(first, SetupTaken):
        raise UnknownSetup("(none named at the start of the day)")
    setup = setup_of(first.digest)
    if setup.hall != hall:
        raise UnknownSetup(f"{first.digest} (it is that of {setup.hall})")
    return followed(fresh(setup, day), events, setup_of)


def followed(hall: Hall, events: Iterable[Event], setup_of: SetupOf) -> Hall:
    """The hall after more events of its day, as the journal has them."""
    stretch: list[Event] = []
    for event in events:
        match event:
            case SetupTaken():
                hall, stretch = fold(stretch, hall), [event]
                hall = replace(hall, setup=carry_over(hall, setup_of(event.digest)))
            case TicketCalled(passed=None):
                hall, stretch = fold(stretch, hall), []
                stretch.append(_completed(event, hall))
            case _:
                stretch.append(event)
    return fold(stretch, hall)


def _completed(call: TicketCalled, hall: Hall) -> TicketCalled:
    """A call of 0.1.0, saying whom it passed by the rule of then: who was booked counted as ordinary."""
    if call.as_class == "returning":
        return replace(call, passed=())
    called = hall.tickets[call.ticket]
    line = (hall.tickets[each] for each in hall.lines.get(called.queue, ()) if each != called.id)
    passed = [
        each.id for each in line if each.passes_left and (each.priority is None) == (called.priority is None)
    ]
    return replace(call, passed=tuple(passed))
