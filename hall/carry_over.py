"""The configuration was changed during the day: what left it stays while somebody stands there."""

from dataclasses import replace

from hall.model import ENDED, Hall
from hall.setup import Counter, Setup, Take


def carry_over(hall: Hall, setup: Setup) -> Setup:
    """`setup` with those queues and counters of the hall that somebody still needs. Such a queue is called by
    the counters that took it, or by all where none of them is left."""
    before = hall.setup
    gone_queues = sorted(_queues_in_use(hall) - setup.queues.keys())
    gone_counters = sorted(_counters_in_use(hall) - setup.counters.keys())
    queues = setup.queues | {queue: before.queues[queue] for queue in gone_queues}
    counters = setup.counters | {counter: before.counters[counter] for counter in gone_counters}
    for queue in gone_queues:
        counters = _taking(queue, counters, before.counters)
    return replace(setup, queues=queues, counters=counters)


def _queues_in_use(hall: Hall) -> set[str]:
    """Of everybody present, and of no-shows, who may come back."""
    return {
        ticket.queue
        for ticket in hall.tickets.values()
        if ticket.state not in ENDED or ticket.id in hall.missed
    }


def _counters_in_use(hall: Hall) -> set[str]:
    present = [ticket for ticket in hall.tickets.values() if ticket.state not in ENDED]
    places = {place for ticket in present if (place := ticket.counter or ticket.only_counter)}
    return places | {counter.id for counter in hall.counters.values() if counter.state != "closed"}


def _taking(queue: str, counters: dict[str, Counter], before: dict[str, Counter]) -> dict[str, Counter]:
    """The counters, those of them that took the queue before still taking it."""
    took = {
        counter.id: tuple(take for take in counter.takes if take.queue == queue)
        for counter in before.values()
        if counter.id in counters
    }
    if not any(take.over_minutes is None for takes in took.values() for take in takes):
        took = {counter: (Take(queue),) for counter in counters}
    return {
        name: counter if any(take.queue == queue for take in counter.takes) else _more(counter, took)
        for name, counter in counters.items()
    }


def _more(counter: Counter, took: dict[str, tuple[Take, ...]]) -> Counter:
    return replace(counter, takes=(*counter.takes, *took.get(counter.id, ())))
