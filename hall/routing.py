"""Whom a counter calls next, and why.

Inside a queue: citizens back from hold at this counter, then weighted turns between priority, booked
and ordinary, each by arrival. Between queues: who has waited longest against the queue's own mark.

The bound (held by a property test): with weights p, b, o at most (p + b) * ceil(k / o) priority and
booked citizens who came later pass an ordinary one who is k-th of the ordinary in the queue, whatever
arrives. It holds because the pointer into the pattern only moves forward and an ordinary citizen past the
ageing mark keeps the right to the ordinary turns while gaining one to the priority turns.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from itertools import accumulate
from operator import itemgetter

from hall.draft import line_key
from hall.model import Class, Hall, Ticket
from hall.setup import Rules


@dataclass(frozen=True, slots=True)
class Pick:
    """The rule's choice. `turn`: the queue's pointer after it. `passed_over`: earlier comers who wait on."""

    ticket: Ticket
    as_class: Class
    turn: int
    waited_seconds: int
    passed_over: int


def next_ticket(hall: Hall, counter: str, now: datetime) -> Pick | None:
    """Whom this counter calls next and why. None: nobody it can serve."""
    return next(upcoming(hall, counter, now), None)


def upcoming(hall: Hall, counter: str, now: datetime) -> Iterator[Pick]:
    """Whom this counter would call, in order, if nobody came and no other counter called."""
    for ticket in _back_from_hold(hall, counter, now):
        yield _pick(hall, ticket, "returning", hall.turns.get(ticket.queue, 0), now)
    lines = [_Line(hall, queue, tickets, now) for queue, tickets in _lines_for(hall, counter, now)]
    while True:
        heads = [(line, head) for line in lines if (head := line.head())]
        if not heads:
            return
        line, (ticket, as_class, turn) = max(heads, key=lambda each: _urgency(hall, each[1][0], now))
        line.take(ticket, turn)
        yield _pick(hall, ticket, as_class, turn, now)


def own_choice(hall: Hall, ticket: Ticket, now: datetime) -> Pick:
    """The pick of an officer who calls out of turn: the queue's turn stays where it is."""
    return _pick(hall, ticket, class_of(ticket, hall.setup.rules, now), hall.turns.get(ticket.queue, 0), now)


def class_of(ticket: Ticket, rules: Rules, now: datetime) -> Class:
    """Priority before booked; booked only inside the window around the slot."""
    if ticket.priority is not None:
        return "priority"
    if ticket.booked_at is not None:
        early = ticket.booked_at - timedelta(minutes=rules.early_minutes)
        late = ticket.booked_at + timedelta(minutes=rules.late_minutes)
        if early <= now <= late:
            return "booked"
    return "ordinary"


def pattern(rules: Rules) -> tuple[Class, ...]:
    """One round of turns, e.g. P P B O."""
    weights: dict[Class, int] = {
        "priority": rules.priority_weight,
        "booked": rules.booked_weight,
        "ordinary": rules.ordinary_weight,
    }
    return tuple(name for name, weight in weights.items() for _ in range(weight))


def may_serve(hall: Hall, ticket: Ticket, counter: str) -> bool:
    """A ticket sent to one counter waits for that one, unless it has closed."""
    only = ticket.only_counter
    if only is None or only == counter:
        return True
    sent_to = hall.counters.get(only)
    return sent_to is None or sent_to.state == "closed"


def may_call(hall: Hall, waiting: Ticket, counter: str) -> bool:
    """Whether the turn of the one who waits may come at this counter: it takes the queue, if only under a
    condition, or the citizen was sent to it."""
    return waiting.only_counter == counter or _takes(hall, counter, waiting.queue)


def may_bring_back(hall: Hall, missed: Ticket, counter: str) -> bool:
    """A no-show asks where the call was, or at a counter of the queue."""
    return missed.counter == counter or _takes(hall, counter, missed.queue)


def may_resume(hall: Hall, held: Ticket, counter: str) -> bool:
    """A held citizen belongs to the counter that holds; once that has closed, to those of the queue."""
    if held.counter == counter:
        return True
    keeper = hall.counters.get(held.counter or "")
    left_behind = keeper is None or keeper.state == "closed"
    return left_behind and _takes(hall, counter, held.queue)


def _takes(hall: Hall, counter: str, queue: str) -> bool:
    """Ever: also under a condition only."""
    return any(take.queue == queue for take in hall.setup.counters[counter].takes)


def in_turn(tickets: Iterable[Ticket]) -> list[Ticket]:
    """One class, given as it stands in line, in the order of its calls: a returned no-show comes behind the
    next so many, but never behind an empty place nor before those who were earlier."""
    rest: deque[Ticket] = deque()
    back: list[Ticket] = []
    for ticket in tickets:
        (back if ticket.passes_left else rest).append(ticket)
    order: list[Ticket] = []
    while back:
        ready = next((each for each in back if each.passes_left <= len(order)), None)
        if ready is None and not rest:
            ready = min(back, key=lambda each: each.passes_left)
        if ready is not None and not (rest and line_key(rest[0]) < line_key(ready)):
            back.remove(ready)
            order.append(ready)
        else:
            order.append(rest.popleft())
    return [*order, *rest]


def passed_by(hall: Hall, called: Ticket, as_class: Class, now: datetime) -> tuple[str, ...]:
    """The returned no-shows whom this call lets come one nearer: those of the called one's own class,
    whosever turn it was. One back from hold passes nobody."""
    if as_class == "returning":
        return ()
    rules = hall.setup.rules
    own_class = class_of(called, rules, now)
    line = (hall.tickets[each] for each in hall.lines.get(called.queue, ()) if each != called.id)
    return tuple(each.id for each in line if each.passes_left and class_of(each, rules, now) == own_class)


def takes_now(hall: Hall, counter: str, now: datetime) -> list[str]:
    """Queues the counter takes at this moment: "B when B waits over 30 min" counts only while it does."""
    return [
        take.queue
        for take in hall.setup.counters[counter].takes
        if take.over_minutes is None
        or longest_wait(hall, take.queue, now) > timedelta(minutes=take.over_minutes)
    ]


def longest_wait(hall: Hall, queue: str, now: datetime) -> timedelta:
    """How long the one waiting longest in the queue has waited; zero for an empty line."""
    since = (hall.tickets[each].waits_since for each in hall.lines.get(queue, ()))
    return max(now - min(since, default=now), timedelta(0))


def _back_from_hold(hall: Hall, counter: str, now: datetime) -> list[Ticket]:
    """Those resumed and waiting for this counter, then those whose hold has run out, by arrival."""
    resumed = [
        hall.tickets[each]
        for line in hall.lines.values()
        for each in line
        if hall.tickets[each].returning and hall.tickets[each].only_counter == counter
    ]
    due = [
        ticket
        for ticket in (hall.tickets[each] for each in hall.held)
        if ticket.hold_until is not None and ticket.hold_until <= now and may_resume(hall, ticket, counter)
    ]
    return sorted(resumed, key=arrival) + sorted(due, key=arrival)


def arrival(ticket: Ticket) -> tuple[datetime, int]:
    """Orders by arrival, those of one moment by their numbers."""
    return (ticket.arrived_at, ticket.seq)


def _lines_for(hall: Hall, counter: str, now: datetime) -> Iterator[tuple[str, list[Ticket]]]:
    """Per queue the waiting this counter may call: all of a queue it takes, else those sent to it."""
    taken = takes_now(hall, counter, now)
    for queue, line in hall.lines.items():
        tickets = [hall.tickets[each] for each in line]
        if queue in taken:
            mine = [each for each in tickets if may_serve(hall, each, counter)]
        else:
            mine = [each for each in tickets if each.only_counter == counter]
        mine = [each for each in mine if not (each.returning and each.only_counter == counter)]
        if mine:
            yield queue, mine


def _urgency(hall: Hall, ticket: Ticket, now: datetime) -> tuple[float, float]:
    """Waited against the queue's own mark, then the earlier arrival."""
    mark = timedelta(minutes=hall.setup.queues[ticket.queue].mark_minutes)
    return ((now - ticket.line_at) / mark, -ticket.line_at.timestamp())


def _pick(hall: Hall, ticket: Ticket, as_class: Class, turn: int, now: datetime) -> Pick:
    earlier = sum(
        1 for each in hall.lines.get(ticket.queue, ()) if hall.tickets[each].arrived_at < ticket.arrived_at
    )
    waited = max(0, int((now - ticket.waits_since).total_seconds()))
    return Pick(ticket, as_class, turn, waited, earlier)


def _merged(*orders: list[Ticket]) -> Iterator[Ticket]:
    """Several orders made one by their places in the line; each keeps its own, returned no-shows too."""
    keyed = (zip(accumulate(map(line_key, order), max), order, strict=True) for order in orders)
    return (ticket for _, ticket in merge(*keyed, key=itemgetter(0)))


class _Line:
    """One queue's waiting in the order of calling, consumed as calls are foreseen."""

    def __init__(self, hall: Hall, queue: str, tickets: list[Ticket], now: datetime) -> None:
        rules = hall.setup.rules
        aged = now - timedelta(minutes=rules.ageing_minutes)
        self.turn = hall.turns.get(queue, 0)
        self.pattern = pattern(rules)
        classes: dict[Class, list[Ticket]] = {"priority": [], "booked": [], "ordinary": []}
        for ticket in tickets:
            classes[class_of(ticket, rules, now)].append(ticket)
        classes = {name: in_turn(each) for name, each in classes.items()}
        old = [
            [ticket for ticket in classes[name] if ticket.line_at <= aged] for name in ("booked", "ordinary")
        ]
        self.classes: dict[Class, Iterator[Ticket]] = {name: iter(each) for name, each in classes.items()}
        self.classes["priority"] = _merged(classes["priority"], *old)
        self.heads: dict[Class, Ticket | None] = {
            name: next(each, None) for name, each in self.classes.items()
        }
        self.taken: set[str] = set()

    def head(self) -> tuple[Ticket, Class, int] | None:
        """The next one, its class, and the pointer after it. A class with nobody waiting is skipped."""
        for step in range(len(self.pattern)):
            as_class = self.pattern[(self.turn + step) % len(self.pattern)]
            ticket = self.heads[as_class]
            if ticket is not None:
                return ticket, as_class, self.turn + step + 1
        return None

    def take(self, ticket: Ticket, turn: int) -> None:
        self.turn = turn
        self.taken.add(ticket.id)
        for name, rest in self.classes.items():
            head = self.heads[name]
            while head is not None and head.id in self.taken:
                head = next(rest, None)
            self.heads[name] = head
