"""Events as earlier releases wrote them, in the meaning of today's. The rules know today's alone.

Each reads an event of that kind and version after its body was decoded into today's dataclass, where what it
did not have yet stands at its default.
"""

from collections.abc import Callable
from dataclasses import replace

from hall.events import CounterOpened, Event


def who_held_was_told_by_the_id(event: CounterOpened) -> CounterOpened:
    """0.1.0 took every "device:7" for a call pad, and its guard let no other device open a counter."""
    return replace(event, holder_kind="counter") if event.holder.startswith("device:") else event


EARLIER: dict[tuple[str, int], Callable[..., Event]] = {
    ("counter_opened", 1): who_held_was_told_by_the_id,
}
