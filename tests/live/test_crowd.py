"""Who is cut where too many sockets wait to be admitted."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import cast

from live.websocket import UNADMITTED_SOCKETS, ClientSocket, ClientSockets


@dataclass
class Waiting:
    """A socket that has said nothing yet."""

    address: str
    namespaces: int = 0
    leaving: bool = False
    engine: SimpleNamespace = field(init=False)

    def __post_init__(self) -> None:
        self.engine = SimpleNamespace(sid=id(self))

    def leave(self) -> None:
        self.leaving = True

    def cut(self) -> None:
        self.leaving = True

    def look_after(self, _now: float) -> None:
        """Its time is not up."""


def test_a_flood_from_one_address_cuts_its_own_sockets_and_no_screen_of_another() -> None:
    sockets = ClientSockets(frozenset())
    screen = Waiting("10.0.0.7")
    flood = [Waiting("6.6.6.6") for _ in range(UNADMITTED_SOCKETS + 20)]

    for each in (screen, *flood):
        sockets.add(cast(ClientSocket, each))

    assert not screen.leaving
    assert [each.leaving for each in flood].count(True) == 21
    assert all(each.leaving for each in flood[:21]), "the oldest of them"
