"""A receipt printer that misbehaves as it is told, in a time of its own: no sockets, no waiting.

It reads what it gets as a printer does and knows what is on its paper: nobody has to believe its words.
"""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from printing.commands import EscPosCommand, Reader
from printing.slip import Slip
from tests.printing.paper import MORNING

WELL = 0x12
QUICK = ("GS r", "GS (", "GS a")  # nothing moves
PAPER_END, COVER_OPEN = b"\x14\x00\x0c\x00", b"\x34\x00\x00\x00"  # automatic status


class ScriptedPrinter:
    """`marks`, `turns`, `sensors`: which questions it answers. `lose`, `twice`: so many answers from now on.
    `at(n, deed)`: `deed` is done before the n-th command from now is obeyed."""

    def __init__(self, *, marks: bool = True, turns: bool = True, sensors: bool = True) -> None:
        self.marks, self.turns, self.sensors = marks, turns, sensors
        self.now = 0.0
        self.printed: list[str] = []
        self.lose = self.twice = 0
        self.silent = self.stuck = self.hung = self.unplugged = False
        self.words = [WELL] * 4
        self.turn = b"\x00"
        self.seconds_a_command = 0.0
        self.dialled = 0
        self._line: ScriptedLine | None = None
        self._reader = Reader()
        self._buffer: deque[EscPosCommand] = deque()
        self._text = ""
        self._deeds: list[tuple[int, Callable[[], None]]] = []
        self._obeyed = 0
        self._busy_until = 0.0

    # What the hub sees

    def clock(self) -> float:
        return self.now

    def wall_clock(self) -> datetime:
        return MORNING + timedelta(seconds=self.now)

    def dial(self) -> "ScriptedLine":
        if self.unplugged:
            raise ConnectionRefusedError("refused")
        self.dialled += 1
        self._reader.forget()
        self._line = ScriptedLine(self)
        return self._line

    # What people and accidents do

    def at(self, count: int, deed: Callable[[], None]) -> None:
        self._deeds.append((self._obeyed + count, deed))

    def says(self, words: bytes) -> None:
        """By itself, whatever was asked."""
        if self._line is not None and not self._line.cut and not self.silent:
            self._line.heard += words

    def cuts(self) -> None:
        if self._line is not None:
            self._line.cut = True

    def reboots(self, *, keeps_line: bool = False) -> None:
        """All that it had not printed is forgotten."""
        self._buffer.clear()
        self._reader.forget()
        self._text = ""
        if not keeps_line:
            self.cuts()

    def comes_to_its_senses(self) -> None:
        self.lose = self.twice = 0
        self.silent = self.stuck = self.hung = self.unplugged = False
        self.words = [WELL] * 4
        self.seconds_a_command = 0.0
        self._deeds.clear()
        if self._line is not None and self._line.is_hung:
            self._line.cut = True

    # How it works

    def takes(self, data: bytes) -> None:
        for command in self._reader.feed(data):
            if command.name != "DLE EOT":
                self._buffer.append(command)
            elif self.sensors:
                self._answers(bytes([self.words[command.data[0] - 1]]))
        self.works()

    def works(self) -> None:
        """Obeys what there is time for."""
        while self._buffer and not self.stuck and self._busy_until <= self.now:
            self._obeyed += 1
            for due, deed in [each for each in self._deeds if each[0] <= self._obeyed]:
                self._deeds.remove((due, deed))
                deed()
            if self._buffer and not self.stuck:
                command = self._buffer.popleft()
                self._obey(command)
                if command.name not in QUICK:
                    self._busy_until = self.now + self.seconds_a_command

    def passes(self, until: float) -> None:
        """Time, to the next thing that happens or until then."""
        busy = self._buffer and not self.stuck and self._busy_until > self.now
        self.now = min(until, self._busy_until) if busy else until
        self.works()

    def _obey(self, command: EscPosCommand) -> None:
        match command.name:
            case "ESC @":
                self._text = ""
            case "text":
                self._text += command.data.decode()
            case "GS V":
                self.printed.append(self._text)
            case "GS r" if self.turns:
                self._answers(self.turn)
            case "GS (" if self.marks:
                self._answers(b"\x37\x22" + command.raw[7:11] + b"\x00")

    def _answers(self, words: bytes) -> None:
        if self.lose:
            self.lose -= 1
            return
        self.says(words * (2 if self.twice else 1))
        self.twice = max(0, self.twice - 1)


class ScriptedLine:
    def __init__(self, printer: ScriptedPrinter) -> None:
        self._printer = printer
        self.is_hung = printer.hung  # taken by the other side's system, read by nobody
        self.cut = False
        self.heard = b""

    def send(self, data: bytes, seconds: float) -> int:
        del seconds
        self._alive()
        if not self.is_hung:
            self._printer.takes(data)
        return len(data)

    def hear(self, seconds: float) -> bytes:
        until = self._printer.now + seconds
        while not self.heard and self._printer.now < until and not self.cut:
            self._printer.passes(until)
        heard, self.heard = self.heard, b""
        if not heard:
            self._alive()
        return heard

    def close(self) -> None:
        self.cut = True

    def _alive(self) -> None:
        if self.cut:
            raise ConnectionResetError("reset")


def scripted_slip(slip: Slip, width_dots: int) -> bytes:
    """A slip such a printer can print: some pieces, one cut."""
    del width_dots
    return b"\x1b@" + slip.number.encode() + b"\x1bd\x02" * 3 + b"\x1dV\x00"


class ScriptedDrawer:
    draw = staticmethod(scripted_slip)
