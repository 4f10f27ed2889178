"""The state of a hall is the fold of its day's events, and nothing else."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from hall.actors import HUB
from hall.clock_put import puts
from hall.draft import Draft, service_of
from hall.events import (
    ActUndone,
    ClockStepped,
    CounterClosed,
    CounterOpened,
    CounterPaused,
    DayClosed,
    DayContinued,
    Event,
    NumbersSkipped,
    PriorityChanged,
    ServiceStarted,
    SetupTaken,
    SlipReprinted,
    TicketCalled,
    TicketCancelled,
    TicketFinished,
    TicketHeld,
    TicketIssued,
    TicketMissed,
    TicketRecalled,
    TicketResumed,
    TicketReturned,
    TicketTransferred,
    UnknownEvent,
)
from hall.model import (
    ENDED,
    LONGEST_WORK,
    Act,
    Call,
    CounterState,
    Hall,
    Interval,
    Ticket,
    Verb,
    Why,
)
from hall.reasons import Reason
from hall.setup import Setup

MOVED = "moved"  # why a visit ended here: it goes on in the day of another date
SHOWN_CALLS = 8
SERVICES_KEPT = 40  # a queue's newest: some more than the wait is reckoned from, as finishes are taken back
Acted = (
    TicketCalled
    | ServiceStarted
    | TicketFinished
    | TicketMissed
    | TicketCancelled
    | TicketHeld
    | TicketTransferred
)
VERBS: dict[type[Event], Verb] = {
    TicketCalled: "call",
    ServiceStarted: "start",
    TicketFinished: "finish",
    TicketMissed: "no_show",
    TicketCancelled: "cancel",
    TicketHeld: "hold",
    TicketTransferred: "transfer",
}


def fresh(setup: Setup, day: date) -> Hall:
    """The hall before its first event of `day`."""
    return Hall(setup=setup, day=day)


def fold(events: Iterable[Event], hall: Hall) -> Hall:
    """The hall after `events`; `hall` itself is unchanged. One copy of each mapping, however many events.

    Refuses UnknownEvent, with its day and seq.
    """
    draft = _Folding(hall)
    for event in events:
        for put in puts(event, draft.at):
            draft = _Folding(put.hall(draft.hall()))
        draft.apply(event)
    return draft.hall()


def _own_choice(event: TicketCalled) -> Reason | None:
    return Reason(event.own_choice, event.note) if event.own_choice is not None else None


class _Folding(Draft):
    """What each event does."""

    def apply(self, event: Event) -> None:
        self.version += 1
        self.at = event.at
        self.closed = isinstance(event, DayClosed)
        if isinstance(event, Acted):
            before = self.tickets[event.ticket]
            turn = self.turns.get(before.queue, 0)
            self._happen(event)
            self._remember(event, before, turn)
        else:
            self._happen(event)

    def _happen(self, event: Event) -> None:
        match event:
            case TicketIssued():
                self._issue(event)
            case TicketCalled():
                self._call(event)
            case TicketRecalled():
                self._recall(event)
            case ServiceStarted():
                self._start(event)
            case TicketHeld():
                self._hold(event)
            case TicketResumed():
                self._resume(event)
            case TicketReturned():
                self.missed = tuple(other for other in self.missed if other != event.ticket)
                ticket = self._move(self.tickets[event.ticket], "waiting", event.at)
                self._queue_up(replace(ticket, passes_left=event.passes))
            case TicketTransferred():
                self._transfer(event)
            case TicketFinished():
                self._finish(event)
            case TicketMissed():
                self._leave(self.tickets[event.ticket])
                ticket = self.tickets[event.ticket]
                self._end(ticket, "no_show", event.at, missed=ticket.missed + 1)
                self.missed = (*self.missed, event.ticket)
                self._counter(event.counter, no_shows=self._at(event.counter).no_shows + 1)
            case TicketCancelled():
                self._leave(self.tickets[event.ticket])
                self._end(self.tickets[event.ticket], "cancelled", event.at, end_reason=event.reason)
            case ActUndone():
                self._undo(event)
            case PriorityChanged():
                ticket = self.tickets[event.ticket]
                self.tickets[ticket.id] = replace(ticket, priority=event.priority)
            case _:
                self._happen_around(event)

    def _happen_around(self, event: Event) -> None:
        """What happens to no single citizen."""
        match event:
            case CounterOpened() | CounterPaused() | CounterClosed():
                self._counter_state(event)
            case SetupTaken():
                self.digest = event.digest
                self.boot, self.booted_at = event.boot, event.booted_at
            case NumbersSkipped():
                self._skip(event)
            case ClockStepped():
                self._step(event)
            case DayContinued():
                self._continue(event)
            case DayClosed():
                self._move_on(event)
            case SlipReprinted():
                pass  # kept for the record, the state is the same
            case _:
                raise self._unknown(event, "no rule says what it does")

    def _unknown(self, event: Event, why: str) -> UnknownEvent:
        return UnknownEvent(type(event).__name__, why, self.base.day, self.version)

    def _counter_state(self, event: CounterOpened | CounterPaused | CounterClosed) -> None:
        state: CounterState
        here = self._at(event.counter)
        match event:
            case CounterOpened():
                held_since = here.held_since if here.holder == event.holder else event.at
                here = replace(
                    here, holder=event.holder, holder_kind=event.holder_kind, held_since=held_since
                )
                state, reason = "open", None
            case CounterPaused():
                state, reason = "paused", Reason(event.reason, event.note)
            case CounterClosed():
                here = replace(here, holder=None, held_since=None)
                state, reason = "closed", None
        self.counters[here.id] = replace(here, state=state, pause_reason=reason, since=event.at)

    def _issue(self, event: TicketIssued) -> None:
        ticket = Ticket(
            id=event.ticket,
            number=event.number,
            queue=event.queue,
            procedure=event.procedure,
            priority=event.priority,
            language=event.language,
            channel=event.channel,
            issued_by=event.by,
            issued_at=event.at,
            arrived_at=event.at,
            seq=self.version,
            state="waiting",
            since=event.at,
            intervals=(Interval("waiting", event.at, None, None),),
            line_at=event.booked_at or event.at,
            booked_at=event.booked_at,
            token_hash=event.token_hash,
        )
        self.issued[event.queue] = event.ordinal
        self.given_at = event.at
        self.tokens[event.token_hash] = event.ticket
        self._line_up(ticket)

    def _skip(self, event: NumbersSkipped) -> None:
        skipped = dict(self.skipped)
        for queue, last in event.last.items():
            skipped[queue] = skipped.get(queue, 0) + last - self.issued.get(queue, 0)
            self.issued[queue] = last
        self.skipped, self.era = skipped, event.era

    def _call(self, event: TicketCalled) -> None:
        ticket = self.tickets[event.ticket]
        self._leave(ticket)
        self._count_passed(event)
        self.turns[event.queue] = event.turn
        ticket = self._move(ticket, "called", event.at, event.counter)
        self.tickets[ticket.id] = replace(
            ticket,
            call=event.call,
            calls=1,
            called_at=event.at,
            why=Why(event.as_class, event.waited_seconds, event.passed_over, _own_choice(event)),
            first=False,
            passes_left=0,
            only_counter=None,
            returning=False,
            hold_reason=None,
            hold_until=None,
        )
        here = self._at(event.counter)
        self._counter(event.counter, ticket=ticket.id, waits=(*here.waits, event.waited_seconds))
        if event.announced:
            self._show(Call(event.call, ticket.id, ticket.number, event.counter, event.at, 1))

    def _count_passed(self, event: TicketCalled) -> None:
        if event.passed is None:
            raise self._unknown(event, "whom it passed is not said")
        for other in event.passed:
            waiting = self.tickets[other]
            self.tickets[other] = replace(waiting, passes_left=waiting.passes_left - 1)

    def _recall(self, event: TicketRecalled) -> None:
        ticket = self.tickets[event.ticket]
        self.tickets[ticket.id] = replace(ticket, calls=event.times, called_at=event.at)
        self._show(Call(ticket.call or "", ticket.id, ticket.number, event.counter, event.at, event.times))

    def _show(self, call: Call) -> None:
        others = tuple(other for other in self.calls if other.id != call.id)
        self.calls = (call, *others)[:SHOWN_CALLS]

    def _hold(self, event: TicketHeld) -> None:
        ticket = self.tickets[event.ticket]
        self._leave(ticket)
        ticket = self._move(ticket, "held", event.at)
        reason = Reason(event.reason, event.note)
        self.tickets[ticket.id] = replace(ticket, hold_reason=reason, hold_until=event.until)
        self.held = (*self.held, ticket.id)

    def _resume(self, event: TicketResumed) -> None:
        ticket = self.tickets[event.ticket]
        self._leave(ticket)
        ticket = replace(ticket, hold_reason=None, hold_until=None)
        if event.in_service:
            self._move(ticket, "serving", event.at, event.counter)
            self._counter(event.counter, ticket=ticket.id)
        else:
            ticket = self._move(ticket, "waiting", event.at)
            self._queue_up(replace(ticket, only_counter=event.counter, returning=True))

    def _transfer(self, event: TicketTransferred) -> None:
        ticket = self.tickets[event.ticket]
        self._leave(ticket)
        if ticket.state != "waiting":
            ticket = self._move(ticket, "waiting", event.at)
        line_at = event.at if event.position == "last" else ticket.booked_at or ticket.arrived_at
        self._queue_up(
            replace(
                ticket,
                queue=event.queue,
                procedure=event.procedure,
                only_counter=event.counter,
                first=event.position == "first",
                line_at=line_at,
                passes_left=0,
                returning=False,
                hold_reason=None,
                hold_until=None,
            )
        )

    def _finish(self, event: TicketFinished) -> None:
        ticket = self.tickets[event.ticket]
        self._leave(ticket)
        facts = {"outcome": event.outcome, "dossier": event.dossier, "due": event.due}
        self._end(ticket, "done", event.at, end_reason=event.reason, **facts)
        here = self._at(event.counter)
        self._counter(event.counter, served=here.served + 1)
        service = service_of(self.tickets[ticket.id], event.counter)
        recent = (*self.services.get(ticket.queue, ()), service)
        self.services[ticket.queue] = recent[-SERVICES_KEPT:]

    def _remember(self, event: Acted, before: Ticket, turn: int) -> None:
        """What the counter may take back: its newest act, and whom it called since."""
        desk = event.desk if isinstance(event, TicketCancelled | TicketTransferred) else event.counter
        if desk is None or event.by == HUB.id:
            return
        act = Act(VERBS[type(event)], self.version, event.at, before, self.tickets[before.id])
        if isinstance(event, TicketCalled):
            self._counter(desk, called=replace(act, turns=(turn, event.turn), passed=event.passed or ()))
        else:
            self._counter(desk, last=act, called=None)

    def _undo(self, event: ActUndone) -> None:
        here = self._at(event.counter)
        act = next((each for each in (here.called, here.last) if each and each.seq == event.of), None)
        if act is None:
            raise self._unknown(event, "what it takes back is not there")
        self._leave(self.tickets[event.ticket])
        self._put_back(act.before)
        here = self._at(event.counter)
        match act.verb:
            case "call":
                self._uncall(act)
                self._counter(here.id, called=None, waits=here.waits[:-1])
            case "finish":
                self._unserve(act.after, here.id)
                self._counter(here.id, last=None, called=None, served=here.served - 1)
            case "no_show":
                self.missed = tuple(other for other in self.missed if other != event.ticket)
                self._counter(here.id, last=None, called=None, no_shows=here.no_shows - 1)
            case _:
                self._counter(here.id, last=None, called=None)

    def _start(self, event: ServiceStarted) -> None:
        ticket = self._move(self.tickets[event.ticket], "serving", event.at)
        if self.doubtful_at is not None and ticket.issued_at < self.doubtful_at:
            self.doubtful_at = None  # who was here before still is: the day is the same one

    def _step(self, event: ClockStepped) -> None:
        """What was before is put already, see `fold`."""
        self.boot, self.booted_at = event.boot, event.booted_at
        lately = self.stepped_at is not None and event.at - self.stepped_at < LONGEST_WORK
        self.stepped = (self.stepped if lately else timedelta(0)) + timedelta(seconds=event.seconds)
        self.stepped_at = event.at
        if event.at.date() <= self.base.day:
            self.doubtful_at = None
        elif not event.measured and event.seconds > 0:  # a night perhaps
            self.doubtful_at = event.at

    def _continue(self, event: DayContinued) -> None:
        self.came_from = event.from_day
        self.boot, self.booted_at = event.boot, event.booted_at
        self.given_at = event.given_at or self.given_at
        self.stepped, self.stepped_at = timedelta(seconds=event.stepped), event.stepped_at
        for queue, ordinal in event.issued.items():
            self.issued[queue] = max(self.issued.get(queue, 0), ordinal)
        self.turns |= event.turns
        self.services |= event.services
        self.calls = event.calls
        self.counters |= {counter.id: counter for counter in event.counters}
        for ticket in event.tickets:
            self.tickets[ticket.id] = ticket
            self.tokens[ticket.token_hash] = ticket.id
            match ticket.state:
                case "waiting":
                    self._line_up(ticket)
                case "held":
                    self.held = (*self.held, ticket.id)
                case "no_show":
                    self.missed = (*self.missed, ticket.id)
                case _:
                    pass  # at its counter

    def _move_on(self, event: DayClosed) -> None:
        """Who goes on in another day: here the visit ends."""
        for ticket in (self.tickets[each] for each in event.moved):
            self._leave(ticket)
            self.missed = tuple(other for other in self.missed if other != ticket.id)
            if ticket.state not in ENDED:
                self._end(ticket, "cancelled", event.at, end_reason=MOVED)
