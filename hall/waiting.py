"""People ahead and a first honest wait."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from hall.attending import Unattended, ticket_unattended
from hall.model import Class, Hall, Refused, Ticket
from hall.routing import arrival, class_of, in_turn, pattern

SERVICE_MEMORY = timedelta(hours=1)
SAMPLES = 30  # the newest are enough for quartiles, and the cost stays flat
SAMPLES_NEEDED = 3  # fewer finished services in the last hour are no ground for a figure


@dataclass(frozen=True, slots=True)
class Wait:
    """A range in whole minutes, low <= likely <= high."""

    low_minutes: int
    likely_minutes: int
    high_minutes: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ticket stands: people ahead and the wait while it waits, and the counters to look at.
    `unattended`: why none of them calls."""

    ahead: int | None
    wait: Wait | None
    counters: tuple[str, ...]
    unattended: Unattended | None = None


def place(hall: Hall, ticket: Ticket, now: datetime) -> Place:
    """The ticket's place. Without people ahead and wait where it does not wait (any more)."""
    if ticket.state != "waiting":
        return Place(None, None, (ticket.counter,) if ticket.counter else ())
    before = ahead(hall, ticket.id, now)
    counters = [ticket.only_counter] if ticket.only_counter else open_counters(hall, ticket.queue)
    wait = estimate(hall, ticket.queue, before, now)
    return Place(before, wait, tuple(counters), ticket_unattended(hall, ticket, now))


def ahead(hall: Hall, ticket: str, now: datetime) -> int:
    """How many of its queue are called before this waiting ticket, if nobody else comes.

    Counted by the weighted turns, without ageing and without other queues. Refuses `wrong_state`.
    """
    mine = hall.ticket(ticket)
    if mine.state != "waiting":
        raise Refused("wrong_state", state=mine.state)
    rules = hall.setup.rules
    my_class = class_of(mine, rules, now)
    left: dict[Class, int] = {"priority": 0, "booked": 0, "ordinary": 0}
    before_me, ordinary, out_of_line = 0, 0, False
    back: list[Ticket] = [] if mine.returning else _due(hall, mine.queue, now)
    tickets = hall.tickets
    for each in hall.lines.get(mine.queue, ()):  # may hold a thousand: most are counted without a call
        other = tickets[each]
        if other is mine:
            before_me = left[my_class] + (ordinary if my_class == "ordinary" else 0)
        elif other.returning:
            back.append(other)
        elif other.priority is None and other.booked_at is None:
            ordinary += 1
        else:
            left[class_of(other, rules, now)] += 1
        if other.passes_left:
            out_of_line = True
    left["ordinary"] += ordinary
    if mine.returning:
        return sum(arrival(other) < arrival(mine) for other in back)
    if out_of_line:
        before_me = _before_me(hall, mine, my_class, now)
    if left[my_class] == sum(left.values()):  # nobody of another class: no turns to reckon
        return len(back) + before_me
    turn = hall.turns.get(mine.queue, 0)
    return len(back) + _calls_until(pattern(rules), turn, left, my_class, before_me)


def _before_me(hall: Hall, mine: Ticket, my_class: Class, now: datetime) -> int:
    """How many of my class come first where no-shows have come back to the line."""
    line = (hall.tickets[each] for each in hall.lines[mine.queue])
    rules = hall.setup.rules
    alike = [each for each in line if not each.returning and class_of(each, rules, now) == my_class]
    return [each.id for each in in_turn(alike)].index(mine.id)


def _due(hall: Hall, queue: str, now: datetime) -> list[Ticket]:
    """Those of the queue whose hold has run out: their counter calls them before anybody else."""
    held = (hall.tickets[each] for each in hall.held)
    return [each for each in held if each.queue == queue and each.hold_until and each.hold_until <= now]


def estimate(hall: Hall, queue: str, people_ahead: int, now: datetime) -> Wait | None:
    """Minutes until the call for one with so many ahead: quartiles of the last hour's service times over
    the counters now open for the queue. A counter that takes several queues counts by this queue's share
    of those waiting. None: no counter open, or too few services to say.
    """
    since = now - SERVICE_MEMORY
    newest = hall.services.get(queue, ())[-SAMPLES:]
    minutes = sorted([each.minutes for each in newest if each.ended_at >= since])
    if len(minutes) < SAMPLES_NEEDED:
        return None
    hands, free = _hands(hall, queue)
    if hands == 0:
        return None
    last = len(minutes) - 1
    low, likely, high = minutes[round(last * 0.25)], minutes[round(last * 0.5)], minutes[round(last * 0.75)]
    if people_ahead == 0 and free:
        return Wait(0, 0, ceil(likely / 2))
    turns = (people_ahead + 0.5) / hands  # half a service is left of those in front of the counters now
    return Wait(int(turns * low), round(turns * likely), max(ceil((people_ahead + 1) / hands * high), 1))


def open_counters(hall: Hall, queue: str) -> list[str]:
    """Counters open now that take the queue without a condition; when none is open, all that take it."""
    takers = [
        counter.id
        for counter in hall.setup.counters.values()
        for take in counter.takes
        if take.queue == queue and take.over_minutes is None
    ]
    now_open = [each for each in takers if each in hall.counters and hall.counters[each].state == "open"]
    return now_open or takers


def _hands(hall: Hall, queue: str) -> tuple[float, bool]:
    """How many counters' worth of service the queue gets, and whether one of them is free now."""
    hands, free = 0.0, False
    for here in hall.counters.values():
        counter = hall.setup.counters.get(here.id)
        if here.state != "open" or counter is None:
            continue
        taken = {take.queue for take in counter.takes if take.over_minutes is None}
        if queue not in taken:
            continue
        mine = max(len(hall.lines.get(queue, ())), 1)
        others = sum(len(hall.lines.get(each, ())) for each in taken - {queue})
        hands += mine / (others + mine)
        free = free or here.ticket is None
    return hands, free


def _calls_until(
    turns: tuple[Class, ...], turn: int, left: dict[Class, int], my_class: Class, before_me: int
) -> int:
    """Calls before the one of `my_class` with `before_me` of the class in front, by the pattern of turns.

    Whole rounds at once, then the last one turn by turn: the cost does not grow with the line.
    """
    rounds, rest = divmod(before_me, turns.count(my_class))
    calls = 0
    for as_class in left:
        called = min(left[as_class], rounds * turns.count(as_class))
        left[as_class] -= called
        calls += called
    for step in range(len(turns)):
        as_class = turns[(turn + step) % len(turns)]
        if as_class == my_class:
            if rest == 0:
                return calls
            rest -= 1
        if left[as_class]:
            left[as_class] -= 1
            calls += 1
    return calls
