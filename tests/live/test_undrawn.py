"""A room that cannot be drawn: its screens are told nothing, and so say themselves how old they are; all
others are told as ever."""

from types import SimpleNamespace
from typing import Any, cast

from hall import actors
from hall.views.parts import Heading
from live.publisher import Member, Publisher, Room

HALL = "thach-ha"
WALL, KIOSK = Room("/display", HALL), Room("/kiosk", HALL, "front")


class Screen:
    """What it was sent, as "snapshot" and "beacon"."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def put(self, packet: Any) -> None:
        packet.encode()
        self.sent.append(packet.kind)

    def admitted(self, *, known: bool) -> None:
        assert known

    def left(self) -> None:
        pass


class Hall:
    def __init__(self) -> None:
        self.broken = False

    def drawn(self, room: Room) -> Heading:
        if self.broken and room == WALL:
            raise ZeroDivisionError
        return Heading(1, "2026-11-24", "2026-11-24T08:00:00+07:00", "1", HALL, open=True)


def joined(publisher: Publisher, clients: dict[str, Screen], room: Room, sid: str) -> Screen:
    clients[sid] = Screen()
    device = actors.device(int(sid), "display" if room == WALL else "kiosk", HALL, None)
    publisher.join(sid, sid, Member(room, device), asked_at=0.0)
    return clients[sid]


def test_a_wall_that_cannot_be_drawn_is_not_told_that_all_is_well() -> None:
    hall, clients = Hall(), dict[str, Screen]()
    socketio = cast(Any, SimpleNamespace(clients=clients))
    publisher = Publisher(socketio, hall.drawn, namespaces=["/display", "/kiosk"])
    wall, kiosk = joined(publisher, clients, WALL, "1"), joined(publisher, clients, KIOSK, "2")
    publisher.beacon()
    assert wall.sent == kiosk.sent == ["snapshot", "beacon"]

    hall.broken = True
    publisher.beacon()
    publisher.refresh()
    late = joined(publisher, clients, WALL, "3")

    assert (wall.sent, late.sent) == (["snapshot", "beacon"], []), "nothing of before, as if it were of now"
    assert kiosk.sent == ["snapshot", "beacon", "beacon"]

    hall.broken = False
    publisher.beacon()

    assert wall.sent[2:] == late.sent == ["snapshot", "beacon"]
