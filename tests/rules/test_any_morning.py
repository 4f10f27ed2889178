"""Whatever happens in a hall, in whatever order: what must never be."""

from datetime import datetime, timedelta
from math import ceil
from typing import Any

import hypothesis.strategies as st
import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hall import calling, desk, issuing, views
from hall.actors import officer
from hall.closing import close_day
from hall.devices import Devices
from hall.events import Event, TicketCalled
from hall.fold import fold, fresh
from hall.model import ENDED, Hall, Position, Refused
from hall.reasons import Reason
from hall.routing import class_of, next_ticket, upcoming
from hall.setup import Rules
from hall.undoing import last_act, undo
from hall.waiting import ahead
from store import codec
from tests.rules.builders import KIOSK, MORNING, PLAIN_VERBS, a_setup, apart_from_the_record, staff_at

COUNTERS = st.sampled_from(["1", "2", "3"])
PROCEDURES = st.sampled_from(["A01", "A02", "B01"])
SECONDS = st.integers(-20, 900)
TAKEN_BACK = ("start", "no_show", "finish", "hold", "cancel")
DOSSIER = "H27.10.12-261124-0042"
SECRET = "Người quen của đồng chí chủ tịch"
PAPERS, MEETING = Reason("papers", SECRET), Reason("meeting", SECRET)
NOBODYS = (DOSSIER, SECRET, "staff:", "device:", "hash of", "Người cao tuổi", "NCT")  # of the public, that is


class AnyMorning(RuleBasedStateMachine):
    """All commands of a hall in any order; refused ones change nothing."""

    @initialize(
        priority=st.integers(1, 3),
        booked=st.integers(1, 2),
        ordinary=st.integers(1, 3),
        ageing=st.integers(1, 60),
    )
    def open_the_doors(self, priority: int, booked: int, ordinary: int, ageing: int) -> None:
        rules = Rules(
            priority_weight=priority, booked_weight=booked, ordinary_weight=ordinary, ageing_minutes=ageing
        )
        self.weights = (priority, booked, ordinary)
        self.hall = fresh(a_setup(rules=rules, always_open=True), MORNING.date())
        self.journal: list[Event] = []
        self.clock = MORNING
        self.passes: dict[str, int] = {}
        self.rank: dict[str, int] = {}
        self.apply(
            lambda: [
                e
                for c in "123"
                for e in desk.open_counter(self.hall, c, take_over=False, by=staff_at(c), now=self.now())
            ]
        )

    def now(self) -> datetime:
        """As the hub clamps it: never before the last event."""
        return max(self.clock, self.hall.at) if self.hall.at else self.clock

    def apply(self, command: object) -> list[Event]:
        before = self.hall
        try:
            events: list[Event] = command()  # type: ignore[operator]
        except Refused:
            assert self.hall is before
            return []
        for event in events:
            assert not isinstance(event, TicketCalled) or min(event.waited_seconds, event.passed_over) >= 0
            self.watch_the_bound(event)
            self.hall = fold([event], self.hall)
            self.journal.append(event)
        return events

    def watch_the_bound(self, event: Event) -> None:
        """Count for every waiting ordinary citizen the later priority and booked ones called before."""
        if (
            not isinstance(event, TicketCalled)
            or event.own_choice is not None
            or event.as_class == "returning"
        ):
            return
        called = self.hall.tickets[event.ticket]
        if class_of(called, self.hall.setup.rules, event.at) == "ordinary":
            return
        for other in self.hall.lines.get(event.queue, ()):
            if other in self.rank and self.hall.tickets[other].line_at < called.line_at:
                self.passes[other] = self.passes.get(other, 0) + 1

    @rule(seconds=SECONDS)
    def time_passes_or_the_clock_goes_back(self, seconds: int) -> None:
        self.clock += timedelta(seconds=seconds)

    @rule(
        procedure=PROCEDURES,
        priority=st.sampled_from([None, None, None, "NCT"]),
        slot=st.none() | st.integers(-30, 60),
        count=st.integers(1, 4),
    )
    def issue(self, procedure: str, priority: str | None, slot: int | None, count: int) -> None:
        for _ in range(count):
            now = self.now()
            events = self.apply(
                lambda now=now: issuing.issue(
                    self.hall,
                    procedure=procedure,
                    priority=priority,
                    language="vi",
                    channel="kiosk",
                    booked_at=now + timedelta(minutes=slot) if slot is not None else None,
                    token_hash=lambda given: f"hash of {given}",
                    by=KIOSK,
                    now=now,
                )
            )
            if priority is None and slot is None:
                ticket = self.hall.tickets[events[0].ticket]  # type: ignore[attr-defined]
                line = [self.hall.tickets[each] for each in self.hall.lines[ticket.queue]]
                self.rank[ticket.id] = sum(each.priority is None for each in line)

    @rule(counter=COUNTERS)
    def next(self, counter: str) -> None:
        foreseen = next_ticket(self.hall, counter, self.now())
        here = self.hall.counter(counter)
        free = here.ticket is None and here.state == "open" and here.holder == f"staff:{counter}"

        events = self.apply(
            lambda: calling.call_next(self.hall, counter, by=staff_at(counter), now=self.now())
        )

        assert bool(events) == (free and foreseen is not None)

    @rule(counter=COUNTERS, choice=st.integers(0, 50))
    def call_out_of_turn(self, counter: str, choice: int) -> None:
        waiting = [each for line in self.hall.lines.values() for each in line]
        if waiting:
            ticket = waiting[choice % len(waiting)]
            self.apply(
                lambda: calling.call_ticket(
                    self.hall, counter, ticket, Reason("urgent", SECRET), by=staff_at(counter), now=self.now()
                )
            )

    @rule(
        counter=COUNTERS,
        verb=st.sampled_from([*PLAIN_VERBS, "start", "finish", "finish", "hold", "transfer", "cancel"]),
        choice=st.integers(0, 50),
        here=st.booleans(),
        position=st.sampled_from(["by_arrival", "first", "last"]),
        to=st.sampled_from([{"procedure": "B01"}, {"queue": "A"}, {"counter": "3"}, {"counter": "1"}]),
    )
    def work(
        self, counter: str, verb: str, choice: int, here: bool, position: Position, to: dict[str, Any]
    ) -> None:
        tickets = list(self.hall.tickets)
        ticket = (
            self.hall.counter(counter).ticket if here else tickets[choice % len(tickets)] if tickets else None
        )
        if ticket is None:
            return
        who: dict[str, Any] = {"by": staff_at(counter), "now": self.now()}
        at = (self.hall, counter, ticket)
        match verb:
            case "finish":
                self.apply(lambda: calling.finish(*at, "accepted", DOSSIER, None, **who))
            case "hold":
                self.apply(lambda: calling.hold(*at, PAPERS, None if choice % 2 else self.now(), **who))
            case "transfer":
                self.apply(lambda: calling.transfer(*at, **(who | to | {"position": position})))
            case "cancel":
                self.apply(lambda: calling.cancel(self.hall, ticket, PAPERS if choice % 3 else None, **who))
            case _:
                self.apply(lambda: PLAIN_VERBS[verb](*at, **who))
        if verb in ("transfer", "cancel", "resume"):
            self.rank.clear()  # an officer changed the line: the bound speaks of the rule's own choices

    @rule(counter=COUNTERS, choice=st.integers(0, 50))
    def a_no_show_comes_back(self, counter: str, choice: int) -> None:
        if self.hall.missed:
            ticket = self.hall.missed[choice % len(self.hall.missed)]
            self.apply(
                lambda: calling.resume(self.hall, counter, ticket, by=staff_at(counter), now=self.now())
            )
            self.rank.clear()

    @rule(
        verb=st.sampled_from(["void", "cancel_own", "reprint", "set_priority"]),
        choice=st.integers(0, 50),
        group=st.sampled_from([None, "NCT"]),
    )
    def citizens_and_staff_change_their_minds(self, verb: str, choice: int, group: str | None) -> None:
        tickets = list(self.hall.tickets)
        if not tickets:
            return
        ticket, now = tickets[choice % len(tickets)], self.now()
        if verb == "set_priority":
            self.apply(lambda: calling.set_priority(self.hall, ticket, group, by=officer(1), now=now))
        else:
            by = officer(1) if verb == "reprint" else KIOSK
            self.apply(lambda: getattr(issuing, verb)(self.hall, ticket, by=by, now=now))
        self.rank.clear()

    @rule(counter=COUNTERS)
    def the_last_act_is_taken_back(self, counter: str) -> None:
        offered = last_act(self.hall, self.hall.counter(counter), self.now())

        events = self.apply(lambda: undo(self.hall, counter, by=staff_at(counter), now=self.now()))

        if events:
            assert offered is not None
            assert self.hall.tickets[offered.before.id] == offered.before
            assert self.apply(lambda: undo(self.hall, counter, by=staff_at(counter), now=self.now())) == []
        self.rank.clear()

    @rule(
        counter=COUNTERS,
        verb=st.sampled_from([*TAKEN_BACK, "transfer"]),
        choice=st.integers(0, 50),
        goes_on=st.booleans(),
        seconds=st.integers(0, 60),
    )
    def a_wrong_key_costs_nothing(
        self, counter: str, verb: str, choice: int, goes_on: bool, seconds: int
    ) -> None:
        """Whatever the act was, and where the next one was called upon it."""
        was, version = self.hall, self.hall.version
        self.work(counter, verb, choice, True, "last", {"queue": "B" if choice % 2 else "A"})
        if self.hall.version == version:
            return
        if goes_on:
            self.apply(lambda: calling.call_next(self.hall, counter, by=staff_at(counter), now=self.now()))
            if self.hall.counter(counter).ticket == was.counter(counter).ticket:
                return  # its own citizen, on the way to another place, was called again
        self.clock += timedelta(seconds=seconds)

        assert self.apply(lambda: undo(self.hall, counter, by=staff_at(counter), now=self.now()))

        assert apart_from_the_record(self.hall) == apart_from_the_record(was)
        self.rank.clear()

    @rule(
        counter=COUNTERS, verb=st.sampled_from(["open", "pause", "close"]), over=st.booleans(), who=COUNTERS
    )
    def counters_open_and_close(self, counter: str, verb: str, over: bool, who: str) -> None:
        by = staff_at(who)
        match verb:
            case "open":
                self.apply(
                    lambda: desk.open_counter(self.hall, counter, take_over=over, by=by, now=self.now())
                )
            case "pause":
                self.apply(lambda: desk.pause_counter(self.hall, counter, MEETING, by=by, now=self.now()))
            case "close":
                self.apply(lambda: desk.close_counter(self.hall, counter, by=by, now=self.now()))
        self.rank.clear()

    @precondition(lambda self: self.hall.version > 40)
    @rule()
    def the_day_ends(self) -> None:
        self.apply(lambda: close_day(self.hall, now=self.now()))
        assert all(ticket.state in ENDED for ticket in self.hall.tickets.values())
        self.rank.clear()

    @invariant()
    def a_number_is_given_once(self) -> None:
        numbers = [ticket.number for ticket in self.hall.tickets.values()]
        assert len(numbers) == len(set(numbers))
        assert sum(self.hall.issued.values()) == len(numbers)

    @invariant()
    def one_ticket_is_in_one_place(self) -> None:
        in_line = [each for line in self.hall.lines.values() for each in line]
        in_front = [counter.ticket for counter in self.hall.counters.values() if counter.ticket]
        places = [*in_line, *in_front, *self.hall.held]
        assert len(places) == len(set(places))
        active = {ticket.id for ticket in self.hall.tickets.values() if ticket.state not in ENDED}
        assert set(places) == active
        for counter in self.hall.counters.values():
            if counter.ticket:
                assert self.hall.tickets[counter.ticket].counter == counter.id
                assert self.hall.tickets[counter.ticket].state in ("called", "serving")

    @invariant()
    def intervals_are_consecutive_and_never_negative(self) -> None:
        for ticket in self.hall.tickets.values():
            for first, second in zip(ticket.intervals, ticket.intervals[1:], strict=False):
                assert first.end is not None
                away = (first.state, second.state) == ("called", "waiting")  # a no-show who came back
                assert first.end == second.start or (away and first.end < second.start)
            assert all(each.end is None or each.end >= each.start for each in ticket.intervals)
            assert sum(each.end is None for each in ticket.intervals) == (ticket.state not in ENDED)

    @invariant()
    def nobody_is_passed_for_ever(self) -> None:
        p, b, o = self.weights
        for ticket, rank in self.rank.items():
            assert self.passes.get(ticket, 0) <= (p + b) * ceil(rank / o), self.hall.tickets[ticket].number

    @invariant()
    def everybody_in_line_is_in_somebodys_order(self) -> None:
        now = self.now()
        for counter in ("1", "2", "3"):
            picks = list(upcoming(self.hall, counter, now))
            assert len({pick.ticket.id for pick in picks}) == len(picks)
        for queue, line in self.hall.lines.items():
            free = [each for each in line if self.hall.tickets[each].only_counter is None]
            taker = "2" if queue == "A" else "3"
            assert set(free) <= {pick.ticket.id for pick in upcoming(self.hall, taker, now)}

    @invariant()
    def every_view_can_be_drawn(self) -> None:
        now = self.now()
        views.wall.board(self.hall, now, "b")
        for counter in ("1", "2", "3"):
            views.counter.panel(self.hall, counter, now, "b", Devices())
        for line in self.hall.lines.values():
            for each in line:
                assert 0 <= ahead(self.hall, each, now) < len(line) + len(self.hall.held)

    @invariant()
    def the_public_sees_numbers_and_nothing_else(self) -> None:
        now = self.now()
        seen: list[object] = [
            views.wall.board(self.hall, now, "b"),
            views.kiosk.offer(self.hall, now, "b", views.kiosk.Printer("ok", None)),
            views.public.queues(self.hall, now, "b"),
            *(views.phone.track(self.hall, ticket, now) for ticket in self.hall.tickets.values()),
        ]
        shown = msgspec.json.encode(seen).decode()
        assert [each for each in NOBODYS if each in shown] == []

    def teardown(self) -> None:
        if hasattr(self, "hall"):
            kept = [codec.decode(*codec.encode(event)) for event in self.journal]
            again = fold(kept, fresh(self.hall.setup, self.hall.day))
            assert again == self.hall


class TestAnyMorning(AnyMorning.TestCase):  # type: ignore[misc, valid-type]
    settings = settings(
        max_examples=60, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
    )


@pytest.mark.parametrize("arrivals", [40])
def test_a_stream_of_priority_citizens_does_not_starve_an_ordinary_one(arrivals: int) -> None:
    hall: Hall = fresh(a_setup(), MORNING.date())
    hall = fold(desk.open_counter(hall, "2", take_over=False, by=officer(2), now=MORNING), hall)

    def arrive(priority: str | None) -> None:
        nonlocal hall
        hall = fold(
            issuing.issue(
                hall,
                procedure="A01",
                priority=priority,
                language="vi",
                channel="kiosk",
                booked_at=None,
                token_hash=str,
                by=KIOSK,
                now=MORNING,
            ),
            hall,
        )

    arrive("NCT")
    arrive(None)
    calls_before = 0
    for _ in range(arrivals):
        arrive("NCT")
        hall = fold(calling.call_next(hall, "2", by=officer(2), now=MORNING), hall)
        number = hall.calls[0].number
        if number == "A002":
            break
        calls_before += 1
        hall = fold(calling.no_show(hall, "2", hall.calls[0].ticket, by=officer(2), now=MORNING), hall)

    assert calls_before == 2
