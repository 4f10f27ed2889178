"""A counter takes back its last act: a wrong key costs nothing."""

from datetime import datetime, timedelta

from hall.actors import Actor
from hall.desk import must_act_at
from hall.events import ActUndone, Event
from hall.model import Act, Counter, Hall, Refused

AT_COUNTER = ("called", "serving")


def undo(hall: Hall, counter: str, *, by: Actor, now: datetime) -> list[Event]:
    """The counter's last act is as if it had never been, whoever holds the counter now. Whom the counter has
    called since goes back to the old place, where the act's own citizen must stand at the counter again.

    Refuses `nothing_to_undo`, and as every act at a counter.
    """
    here = must_act_at(hall, counter, by)
    act = last_act(hall, here, now)
    if act is None:
        raise Refused("nothing_to_undo", seconds=hall.setup.rules.undo_seconds)
    called = goes_back(here, act)
    return [
        ActUndone(at=now, by=by.id, ticket=each.before.id, counter=counter, undone=each.verb, of=each.seq)
        for each in (called, act)
        if each is not None
    ]


def last_act(hall: Hall, here: Counter, now: datetime) -> Act | None:
    """What the counter may take back now. None: nothing, or too late, or something has happened to its
    citizen since, or somebody else stands at the counter."""
    act = here.last
    if act is None or now > undo_until(hall, act) or not _untouched(hall, act):
        return None
    if act.before.queue not in hall.setup.queues:  # gone with a new configuration
        return None
    called = goes_back(here, act)
    if act.before.state in AT_COUNTER and called is None and here.ticket not in (None, act.before.id):
        return None
    return act if called is None or _untouched(hall, called) else None


def goes_back(here: Counter, act: Act) -> Act | None:
    """The call that is taken back with the act: its citizen stands where the act's own must stand again."""
    if act.before.state not in AT_COUNTER or here.called is None:
        return None
    return here.called if here.called.before.id == here.ticket else None


def undo_until(hall: Hall, act: Act) -> datetime:
    return act.at + timedelta(seconds=hall.setup.rules.undo_seconds)


def _untouched(hall: Hall, act: Act) -> bool:
    return hall.tickets[act.before.id] == act.after
