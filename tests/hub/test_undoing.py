"""A counter takes its last act back on a hub that is started again, whose clock is put, over midnight."""

from datetime import timedelta

import pytest

from hall import calling
from hall.model import Refused
from hall.undoing import undo
from tests.hub.conftest import Start
from tests.hub.opened import Clock, Working
from tests.rules.builders import MORNING, code_of


def served(hub: Working) -> str:
    """Somebody in service at counter 1 since just now."""
    hub.open("1")
    ticket = hub.issue()
    hub.next()
    hub.act(calling.start, "1", ticket)
    return ticket


def test_what_was_done_before_a_restart_is_taken_back_after_it(start_hub: Start, clock: Clock) -> None:
    hub = start_hub()
    ticket = served(hub)
    hub.act(calling.finish, "1", ticket, "left", None, None)
    clock.forward(seconds=20)
    hub = start_hub()

    hub.act(undo, "1")

    assert hub.ticket("A001").state == "serving"
    assert start_hub().ticket("A001").state == "serving", "and stays so"


@pytest.mark.parametrize("hours", [-5, 7])
def test_the_minute_is_one_of_the_people_whatever_the_clock_is_put_to(
    hub: Working, clock: Clock, hours: int
) -> None:
    ticket = served(hub)
    clock.forward(seconds=30)
    clock.jump(hours=hours)

    hub.act(undo, "1")
    assert hub.ticket("A001").state == "called"
    hub.act(calling.start, "1", ticket)
    clock.jump(hours=-hours)
    clock.forward(seconds=61)

    assert code_of(lambda: hub.act(undo, "1")) == "nothing_to_undo"


def test_what_was_done_before_midnight_is_not_taken_back_after_it(hub: Working, clock: Clock) -> None:
    clock.to(MORNING + timedelta(hours=15, minutes=59, seconds=40))
    served(hub)
    clock.forward(seconds=40)

    with pytest.raises(Refused):
        hub.act(undo, "1")
    hub.open("1")

    assert code_of(lambda: hub.act(undo, "1")) == "nothing_to_undo"


def test_two_keys_at_once_take_back_once(hub: Working) -> None:
    served(hub)

    first = hub.act(undo, "1", key="z")
    again = hub.act(undo, "1", key="z")

    assert first == again
    assert code_of(lambda: hub.act(undo, "1", key="another")) == "nothing_to_undo"


def test_another_hub_on_the_same_journal_takes_back_what_this_one_did(start_hub: Start) -> None:
    one, other = start_hub(lock=False), start_hub(lock=False)
    served(one)

    other.act(undo, "1")

    assert other.ticket("A001").state == "called"
    one.hub.catch_up()
    assert one.ticket("A001").state == "called"
