"""Numbers that may be in people's hands though the journal does not know it: none of them is given again."""

from collections.abc import Mapping
from datetime import datetime

from hall.actors import HUB
from hall.events import Event, NumbersSkipped
from hall.model import Gap, Hall

BLOCK = 100
AT_LEAST = BLOCK // 2  # who knows what was given after the last that is known


def last_of_block(given: int) -> int:
    """Where the next block of a hundred begins anew: 15 -> 100, 60 -> 200."""
    return BLOCK * ((given + AT_LEAST) // BLOCK + 1)


def skip(hall: Hall, given: Mapping[str, int], *, because: Gap, era: str, now: datetime) -> list[Event]:
    """Every queue goes on after the block of the last number that is known to be given, or thought to be;
    none where all of that was skipped before."""
    queues = {*hall.setup.queues, *hall.issued, *given}
    last = {
        queue: last_of_block(max(hall.issued.get(queue, 0), given.get(queue, 0))) for queue in sorted(queues)
    }
    return [NumbersSkipped(at=now, by=HUB.id, last=last, because=because, era=era)]
