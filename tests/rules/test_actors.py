"""Who may act at a counter: its officer and its own pad, by the rule itself and not only by the guard."""

from collections.abc import Callable
from datetime import datetime

import pytest

from hall import calling, desk
from hall.actors import ANYONE, HUB, Actor, citizen, device, officer
from hall.events import CounterOpened, Event
from hall.fold import fold
from hall.model import Hall
from hall.reasons import Reason
from store import codec
from tests.rules.builders import PLAIN_VERBS, Step, call, code_of, day, issue, minute, opened

HALL = "thach-ha"
PAD = device(7, "counter", HALL, "1")
OTHER_PAD = device(8, "counter", HALL, "2")
FOR_SUPERVISORS = {"cancel", "set_priority"}  # of those who stand at no counter
STRANGERS = [
    device(3, "kiosk", HALL),
    device(4, "display", HALL),
    device(5, "rating", HALL, "1"),  # bound to the very counter
    device(6, "printer", HALL),
    officer(1, "supervisor"),
    citizen("261124-A001"),
    ANYONE,
    HUB,
]
Act = Callable[[Hall, Actor, datetime], list[Event]]


def plain(verb: Callable[..., list[Event]]) -> Act:
    return lambda hall, by, now: verb(hall, "1", "261124-A001", by=by, now=now)


AT_THE_COUNTER: dict[str, Act] = {
    "open": lambda hall, by, now: desk.open_counter(hall, "1", take_over=True, by=by, now=now),
    "pause": lambda hall, by, now: desk.pause_counter(hall, "1", Reason("meeting"), by=by, now=now),
    "close": lambda hall, by, now: desk.close_counter(hall, "1", by=by, now=now),
    "next": lambda hall, by, now: calling.call_next(hall, "1", by=by, now=now),
    "call": lambda hall, by, now: calling.call_ticket(
        hall, "1", "261124-A002", Reason("urgent"), by=by, now=now
    ),
}
ON_ITS_TICKET: dict[str, Act] = {
    **{name: plain(verb) for name, verb in PLAIN_VERBS.items() if name != "resume"},  # of one who is away
    "hold": lambda hall, by, now: calling.hold(
        hall, "1", "261124-A001", Reason("papers"), None, by=by, now=now
    ),
    "transfer": lambda hall, by, now: calling.transfer(hall, "1", "261124-A001", queue="B", by=by, now=now),
    "cancel": lambda hall, by, now: calling.cancel(hall, "261124-A001", by=by, now=now),
    "set_priority": lambda hall, by, now: calling.set_priority(hall, "261124-A001", "NCT", by=by, now=now),
}


def opened_by(by: Actor, *, take_over: bool = False, at: float = 0) -> Step:
    def step(hall: Hall) -> Hall:
        return fold(desk.open_counter(hall, "1", take_over=take_over, by=by, now=minute(at)), hall)

    return step


@pytest.mark.parametrize("who", STRANGERS, ids=lambda each: each.kind)
@pytest.mark.parametrize("verb", AT_THE_COUNTER | ON_ITS_TICKET)
def test_no_other_device_passes_for_a_call_pad(who: Actor, verb: str) -> None:
    free = day(opened("1"), issue(), issue(at=1))
    called = call("1", at=2)(free)
    hall = called if verb in ON_ITS_TICKET else free
    if who.is_supervisor and verb in FOR_SUPERVISORS:
        assert code_of(lambda: ON_ITS_TICKET[verb](hall, who, minute(3))) == "not_your_ticket"
        return

    assert code_of(lambda: (AT_THE_COUNTER | ON_ITS_TICKET)[verb](hall, who, minute(3))) == "forbidden"


@pytest.mark.parametrize("verb", AT_THE_COUNTER | ON_ITS_TICKET)
def test_a_pad_does_at_its_counter_what_its_officer_may_and_at_no_other(verb: str) -> None:
    hall = day(opened("1", "2"), issue(), issue(at=1))
    hall = call("1", at=2)(hall) if verb in ON_ITS_TICKET else hall
    does = (AT_THE_COUNTER | ON_ITS_TICKET)[verb]

    by_officer, by_pad = does(hall, officer(1), minute(3)), does(hall, PAD, minute(3))

    assert [type(each) for each in by_pad] == [type(each) for each in by_officer]
    assert {each.by for each in by_pad} <= {"device:7"}
    assert code_of(lambda: does(hall, OTHER_PAD, minute(3))) in ("not_your_counter", "not_your_ticket")


def test_a_pad_without_a_counter_acts_nowhere() -> None:
    lost = device(9, "counter", HALL)

    assert code_of(lambda: desk.desk_of(day(opened("1")), lost)) == "no_counter"
    assert code_of(lambda: opened_by(lost)(day())) == "not_your_counter"


def test_an_officer_sits_down_at_a_counter_its_pad_opened_and_takes_over_from_nobody() -> None:
    hall = day(opened_by(PAD))
    assert (hall.counter("1").holder, hall.counter("1").holder_kind) == ("device:7", "counter")

    hall = opened_by(officer(1), at=1)(hall)

    assert (hall.counter("1").holder, hall.counter("1").holder_kind) == ("staff:1", "staff")


def test_a_pad_opens_again_for_the_officer_who_holds_the_counter() -> None:
    hall = day(opened_by(officer(1)))
    hall = fold(desk.pause_counter(hall, "1", Reason("meeting"), by=PAD, now=minute(1)), hall)

    events = desk.open_counter(hall, "1", take_over=False, by=PAD, now=minute(2))
    hall = fold(events, hall)

    assert [(each.by, each.holder_kind) for each in events if isinstance(each, CounterOpened)] == [
        ("device:7", "staff")
    ]
    assert (hall.counter("1").state, hall.counter("1").holder) == ("open", "staff:1")
    assert code_of(lambda: opened_by(officer(2), at=3)(hall)) == "counter_taken"


def test_whether_a_pad_holds_a_counter_is_not_read_from_the_shape_of_its_id() -> None:
    pad = Actor("counter", "the pad of counter 1", counter="1")
    person = Actor("staff", "device:1")

    assert opened_by(officer(1), at=1)(day(opened_by(pad))).counter("1").holder == "staff:1"
    assert code_of(lambda: opened_by(officer(1), at=1)(day(opened_by(person)))) == "counter_taken"


@pytest.mark.parametrize(("holder", "kind"), [("device:7", "counter"), ("staff:1", "staff")])
def test_a_day_of_the_first_release_knows_which_counters_a_pad_held(holder: str, kind: str) -> None:
    body = f'{{"at":"2026-11-24T08:00:00+07:00","by":"{holder}","counter":"1","holder":"{holder}",'
    opening = codec.decode("counter_opened", 1, (body + '"taken_over_from":null}').encode())

    hall = fold([opening], day())

    assert (hall.counter("1").holder, hall.counter("1").holder_kind) == (holder, kind)
