"""Every view of a hall in which much has happened, and the record of it in tests/data/views.txt.

`python -m tests.rules.every_view` writes the record anew: what changed in it is what the screens will see.
"""

from collections.abc import Callable, Iterator
from functools import partial, reduce
from pathlib import Path

import msgspec

from hall import calling, views
from hall.devices import Devices, Trouble
from hall.events import Event
from hall.model import Hall
from hall.reasons import Reason
from hall.setup import Setup
from tests.rules.builders import Step, a_setup, act, call
from tests.rules.busy_hall import NOON, busy

RECORD = Path(__file__).resolve().parents[1] / "data" / "views.txt"
PRINTER = views.kiosk.Printer("paper_out", NOON.isoformat())
DEVICES = Devices(
    (Trouble("printer", "Máy in 1", "paper_out", NOON), Trouble("sound", "Màn hình 1", "off", None)), "off"
)


def eventful(setup: Setup | None = None) -> Hall:
    """The small hall after a busy morning: with a transfer, a return and enough services for a wait."""
    steps: tuple[Step, ...] = (
        lambda hall: finished(hall, "1", at=150),
        lambda hall: finished(hall, "2", at=151),
        call("1", at=152),
        lambda hall: acted(calling.start, hall, "1", at=153),
        lambda hall: finished(hall, "1", at=160),
        call("2", at=154),
        lambda hall: acted(partial(calling.transfer, queue="B"), hall, "2", at=155),
        act(calling.resume, "1", "A005", at=161.5),
        act(calling.call_ticket, "1", "A011", Reason("other", "Đi cùng người nhà"), at=161),
        act(calling.recall, "1", "A011", at=162),
        call("2", at=163),
    )
    return reduce(lambda hall, step: step(hall), steps, busy(setup or a_setup(always_open=True), waiting=4))


def acted(rule: Callable[..., list[Event]], hall: Hall, counter: str, *args: object, at: float) -> Hall:
    """With whoever stands in front of the counter."""
    number = hall.tickets[hall.counter(counter).ticket or ""].number
    return act(rule, counter, number, *args, at=at)(hall)


def finished(hall: Hall, counter: str, *, at: float) -> Hall:
    return acted(calling.finish, hall, counter, "accepted", None, None, at=at)


def every_view(hall: Hall) -> Iterator[tuple[str, object]]:
    """The audience and what it sees; of the tickets the first in each state."""
    yield "wall", views.wall.board(hall, NOON, "b")
    yield "kiosk", views.kiosk.offer(hall, NOON, "b", PRINTER)
    for counter in hall.setup.counters:
        yield f"counter {counter}", views.counter.panel(hall, counter, NOON, "b", DEVICES)
    yield "supervisor", views.supervisor.overview(hall, NOON, "b", DEVICES)
    yield "anyone", views.public.queues(hall, NOON, "b")
    yield "hall", views.public.hall_facts(hall, NOON)
    yield "lines", views.public.lines(hall, NOON)
    for ticket in {ticket.state: ticket for ticket in reversed(list(hall.tickets.values()))}.values():
        yield f"phone {ticket.state}", views.phone.track(hall, ticket, NOON)
        yield f"ticket {ticket.state}", views.parts.issued(hall, ticket, NOON)


def recorded(hall: Hall) -> str:
    return "".join(f"{name}\t{msgspec.json.encode(view).decode()}\n" for name, view in every_view(hall))


if __name__ == "__main__":
    RECORD.write_text(recorded(eventful()))
