"""What the pages of the screens may ask of the house."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from hall.model import Hall
from hall.spoken import Language


class Clip(Protocol):
    """A piece of sound. `id` names its content: the same id is the same sound for ever."""

    @property
    def id(self) -> str: ...
    @property
    def seconds(self) -> float: ...


class Announcement(Protocol):
    """What is said for one call: clips in order, and their sentences; None: not in that language."""

    @property
    def clips(self) -> Sequence[Clip]: ...
    @property
    def sentence_vi(self) -> str | None: ...
    @property
    def sentence_en(self) -> str | None: ...


class Announcer(Protocol):
    """Turns a call into clips. May take some milliseconds the first time a number is said."""

    def announcement(
        self, number: str, counter: str, counter_name: str, languages: Iterable[Language], /
    ) -> Announcement: ...
    def clip_bytes(self, clip: str, /) -> bytes | None: ...


class KioskManners(Protocol):
    """After `idle_seconds` without a touch the page asks, `warn_seconds` later it begins anew."""

    @property
    def idle_seconds(self) -> int: ...
    @property
    def warn_seconds(self) -> int: ...
    @property
    def languages(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class Site:
    """`hall(id)`: its present state; the guard has seen that there is one. `languages(hall)`: in which this
    hall speaks its calls."""

    hall: Callable[[str], Hall]
    kiosk: KioskManners
    announcer: Announcer
    languages: Callable[[str], Sequence[Language]]
