"""Events as earlier releases wrote them, in the meaning of today's. The rules know today's alone.

Each reads an event of that kind and version after its body was decoded into today's dataclass, where what it
did not have yet stands at its default.
"""

from collections.abc import Callable
from dataclasses import replace

from hall.events import CounterOpened, CounterPaused, Event, TicketCalled, TicketHeld
from hall.reasons import read


def who_held_was_told_by_the_id(event: CounterOpened) -> CounterOpened:
    """0.1.0 took every "device:7" for a call pad, and its guard let no other device open a counter."""
    return replace(event, holder_kind="counter") if event.holder.startswith("device:") else event


def pause_was_words(event: CounterPaused) -> CounterPaused:
    """0.1.0 kept the words of a button, or the officer's own."""
    reason = read("pause", event.reason)
    return replace(event, reason=reason.code, note=reason.note)


def hold_was_words(event: TicketHeld) -> TicketHeld:
    reason = read("hold", event.reason)
    return replace(event, reason=reason.code, note=reason.note)


def choice_was_words(event: TicketCalled) -> TicketCalled:
    if event.own_choice is None:
        return event
    reason = read("choice", event.own_choice)
    return replace(event, own_choice=reason.code, note=reason.note)


EARLIER: dict[tuple[str, int], Callable[..., Event]] = {
    ("counter_opened", 1): who_held_was_told_by_the_id,
    ("counter_paused", 1): pause_was_words,
    ("ticket_called", 1): choice_was_words,
    ("ticket_held", 1): hold_was_words,
}
