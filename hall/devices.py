"""What the devices of a hall report of themselves; not of the journal."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

SoundState = Literal["on", "off", "none"]  # a display speaks; displays, none with sound; no display


@dataclass(frozen=True, slots=True)
class Trouble:
    """A device's trouble as the staff are told: `what` is a printer, slip, display, kiosk, counter or sound,
    data: the hub's own disk, or clock. `who`: its name, of a slip the number, of a clock its times. `since`
    moves with the clock as that is put, and is no news by itself."""

    what: str
    who: str
    state: str
    since: datetime | None = field(compare=False)


@dataclass(frozen=True, slots=True)
class Devices:
    troubles: tuple[Trouble, ...] = ()
    sound: SoundState = "none"
