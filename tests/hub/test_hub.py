"""The one door for changes: one ticket for one touch, memory that follows the disk, callers side by side."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from hall import calling, desk, issuing, views
from hall.actors import officer
from hall.events import CounterOpened, SetupTaken, SlipReprinted, TicketCalled, TicketIssued
from hall.model import Refused
from hall.setup import Take
from hub import Command, Hub, Result, SlipOrder, rule
from tests.hub.conftest import Start
from tests.hub.opened import HALL, Clock, Working, events_of
from tests.rules.builders import KIOSK, a_counter, a_setup, code_of, kiosk_of


def test_a_retried_touch_gets_the_same_ticket(hub: Working) -> None:
    first = hub.hub.change(hub.issuing(key="touch-1"))
    again = hub.hub.change(hub.issuing(key="touch-1"))

    assert again == first
    assert again.status == 201
    assert hub.numbers() == ["A001"]


def test_a_retry_is_answered_as_then_whatever_has_happened_since(hub: Working, clock: Clock) -> None:
    hub.open("1")
    ticket = hub.issue(key="touch-1")
    called = hub.act(calling.call_next, "1", key="press-1")
    hub.serve("1", ticket)
    hub.issue()

    clock.set(20)

    assert hub.act(calling.call_next, "1", key="press-1") == called
    assert hub.issue(key="touch-1") == ticket
    assert hub.ticket("A002").state == "waiting"


def test_a_press_sent_again_is_answered_though_the_counter_now_serves(hub: Working) -> None:
    hub.open("1")
    ticket = hub.issue()
    called = hub.act(calling.call_next, "1", key="press-1")

    assert code_of(lambda: hub.act(calling.call_next, "1", key="press-2")) == "still_serving"
    assert hub.act(calling.call_next, "1", key="press-1") == called
    assert hub.hall.counter("1").ticket == ticket


def test_a_key_with_another_wish_is_refused(hub: Working) -> None:
    hub.issue("A01", key="touch-1")

    assert code_of(lambda: hub.issue("B01", key="touch-1")) == "key_reused"
    assert hub.numbers() == ["A001"]


def test_two_kiosks_may_use_the_same_key(hub: Working) -> None:
    mine, theirs = hub.issue(key="1", by=KIOSK), hub.issue(key="1", by=kiosk_of(2))

    assert (mine, theirs) == ("261124-A001", "261124-A002")


def test_a_touch_without_a_key_is_a_ticket_each_time(hub: Working) -> None:
    assert [hub.issue(), hub.issue()] == ["261124-A001", "261124-A002"]


def test_a_retry_after_a_restart_gets_the_same_ticket(start_hub: Start) -> None:
    before = start_hub()
    first = before.hub.change(before.issuing(key="touch-1"))

    after = start_hub()

    assert after.hub.change(after.issuing(key="touch-1")) == first
    assert after.numbers() == ["A001"]
    assert after.issue() == "261124-A002"


def test_a_refused_touch_may_be_tried_again_with_its_key(hub: Working) -> None:
    hub.open("1")
    assert code_of(lambda: hub.next("1", key="press-1")) == "queue_empty"

    ticket = hub.issue()

    assert hub.next("1", key="press-1") == ticket


def test_a_command_that_changes_nothing_keeps_its_answer_and_tells_no_screen(hub: Working) -> None:
    hub.open("1")
    version, told = hub.hall.version, len(hub.told)

    answer = hub.act(desk.open_counter, "1", take_over=False, key="open-1")

    assert hub.hall.version == version
    assert len(hub.told) == told
    hub.act(desk.close_counter, "1")
    assert hub.act(desk.open_counter, "1", take_over=False, key="open-1") == answer
    assert hub.hall.counter("1").state == "closed"


def test_the_day_begins_with_the_name_of_its_configuration(hub: Working) -> None:
    assert hub.journal() == []
    assert code_of(lambda: hub.next("1")) == "counter_closed"
    assert hub.journal() == [], "a refusal writes nothing"

    hub.issue()
    hub.issue()

    assert [type(each) for each in hub.journal()] == [SetupTaken, TicketIssued, TicketIssued]
    assert hub.hub.journal.setup(events_of(SetupTaken, hub.journal())[0].digest) == a_setup(always_open=True)  # type: ignore[attr-defined]


def test_a_call_is_named_after_its_place_in_the_journal(hub: Working) -> None:
    hub.issue()
    hub.open("1")
    hub.next("1")

    call = hub.journal()[-1]

    assert isinstance(call, TicketCalled)
    assert call.call == f"261124-{hub.hall.version}" == hub.hall.calls[0].id


def test_screens_are_told_after_the_change_stands(start_hub: Start) -> None:
    seen: list[tuple[int, int]] = []
    working = start_hub()

    def look(_hall: str) -> None:
        kept = working.hub.journal.read(HALL, working.hall.day)
        seen.append((working.hall.version, len(kept)))

    working.hub._changed = look
    working.issue()
    working.issue()

    assert seen == [(2, 2), (3, 3)]


def test_a_retry_tells_no_screen_and_prints_no_second_slip(hub: Working) -> None:
    hub.issue(key="touch-1", slip=True)
    assert (hub.told, hub.to_print) == ([HALL], ["front"])

    hub.issue(key="touch-1", slip=True)

    assert (hub.told, hub.to_print) == ([HALL], ["front"])
    assert len(hub.hub.jobs.queued("front")) == 1


def test_the_answer_of_a_ticket_names_its_print_job(hub: Working) -> None:
    jobs: list[int | None] = []

    def answer(done: Result) -> object:
        jobs.append(done.job)
        return {}

    asked = hub.issuing(slip=True)
    hub.hub.change(Command(asked.rule, KIOSK, answer, 201, slip=asked.slip))

    assert jobs == [hub.hub.jobs.of_ticket(HALL, "261124-A001")[0].id]
    assert hub.hub.slip_state("261124-A001") == {"job": jobs[0], "state": "queued"}
    assert hub.hub.slip_state("261124-A002") is None


def test_a_reprint_is_a_second_job_marked_as_such(hub: Working) -> None:
    hub.open("1")
    ticket = hub.issue(slip=True)
    order = SlipOrder("front", lambda hall, ticket, now: b"{}", reprint=True)
    again = rule(issuing.reprint, ticket, by=officer(1))

    hub.hub.change(Command(again, officer(1), lambda done: {}, slip=order, ticket=ticket))

    assert [job.reprint for job in hub.hub.jobs.of_ticket(HALL, ticket)] == [False, True]
    assert isinstance(hub.journal()[-1], SlipReprinted)


def test_the_citizens_address_is_made_again_and_only_its_hash_is_kept(hub: Working) -> None:
    ticket = hub.issue()
    token = hub.hub.token(ticket)

    found = hub.hub.by_token(token)

    assert found is not None
    assert found[1].id == ticket
    assert len(token) == 22, "128 bits"
    assert hub.hub.by_token(hub.hub.token("261124-A999")) is None
    assert hub.hub.by_token(hub.hub.token_hash(ticket)) is None, "the hash opens nothing"
    kept = b"".join(bytes(str(row), "utf-8") for row in hub.database.rows("SELECT body FROM journal"))
    assert token.encode() not in kept


def test_tickets_of_another_hub_have_other_addresses(hub: Working) -> None:
    other = Hub(
        a_setup(always_open=True),
        hub.hub.journal,
        hub.hub.jobs,
        b"t" * 32,
        clock=hub.clock,
        steady=hub.clock.steady,
        changed=print,
    )

    assert other.token("261124-A001") != hub.hub.token("261124-A001")


def side_by_side(jobs: list[Callable[[], str]]) -> list[str]:
    """All at the same moment, each in a thread of its own."""
    together = Barrier(len(jobs))

    def run(job: Callable[[], str]) -> str:
        together.wait(timeout=30)
        return job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [each.result(timeout=60) for each in [pool.submit(run, job) for job in jobs]]


def test_eight_officers_press_next_together_and_get_eight_citizens(start_hub: Start) -> None:
    eight = [str(number) for number in range(1, 9)]
    counters = {each: a_counter(each, Take("A")) for each in eight}
    hub = start_hub(a_setup(counters=counters, always_open=True))
    hub.open(*eight)
    tickets = [hub.issue() for _ in range(10)]

    called = side_by_side([lambda each=each: hub.next(each) for each in eight])  # type: ignore[misc]

    assert sorted(called) == tickets[:8]
    assert len({call.id for call in hub.hall.calls}) == 8


def test_sixteen_kiosks_at_once_get_a_number_each(hub: Working) -> None:
    given = side_by_side([lambda kiosk=kiosk: hub.issue(by=kiosk_of(kiosk)) for kiosk in range(16)])  # type: ignore[misc]

    assert sorted(given) == [f"261124-A{number:03d}" for number in range(1, 17)]


def test_one_touch_sent_eight_times_at_once_is_one_ticket(hub: Working) -> None:
    given = side_by_side([lambda: hub.issue(key="touch-1") for _ in range(8)])

    assert given == ["261124-A001"] * 8
    assert hub.numbers() == ["A001"]


def test_a_bug_in_an_answer_leaves_nothing_behind(hub: Working) -> None:
    def broken(_done: Result) -> object:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        hub.hub.change(Command(hub.issuing().rule, KIOSK, broken, key="touch-1"))

    assert (hub.numbers(), hub.journal()) == ([], [])
    assert hub.issue(key="touch-1") == "261124-A001"


def test_what_a_refused_officer_wanted_is_not_written(hub: Working) -> None:
    hub.open("1")
    before = hub.hall

    with pytest.raises(Refused):
        hub.act(calling.start, "1", "261124-A001")

    assert hub.hall is before
    assert isinstance(hub.journal()[-1], CounterOpened)


def test_answers_are_plain_json_of_the_new_state(hub: Working) -> None:
    asked = hub.issuing()
    answer = hub.hub.change(
        Command(asked.rule, KIOSK, lambda done: views.public.queues_now(done.hall, done.now), 201, "k", "f")
    )

    assert json.loads(answer.body)[0]["waiting"] == 1
