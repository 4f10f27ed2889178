"""A printer on the network (port 9100), and its own word on what became of a slip.

A slip is confirmed by the answer to its own barrier alone: a question behind the slip's last byte, answered
when all before it is on paper. Where the printer can, the barrier carries the slip's own mark (GS ( H) and
nothing else is taken for its answer. Where it can only say one nameless byte (GS r), every byte is counted:
the barrier and a question asked after it are answered, and not one byte more was said.
"""

import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from printing.line import Line, TcpLine
from printing.questions import (
    ASK_STATUS,
    BARRIER,
    MARKED,
    NO_AUTOMATIC,
    mark_of,
    own_mark,
    read,
    without_automatic,
)
from printing.replies import Automatic, InTurn, Processed, Replies, Sensor
from printing.transports import Delivery, PrinterReading, Tell
from store.printers import Ability, Barrier

REMEMBERED = 64  # marks of slips whose answers may still come
PIECES = 64  # of what a printer had said before it was asked
MOST_PIECES = 1024  # of one answer; a printer that never stops talking would hold up the hall
SURE = 2  # so many nameless answers more than could be of questions asked before
MOST_OWED = 24
NOTHING_KNOWN = Ability()


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds. `answer`: for what is answered at once. `notice`: a slip that takes longer is told. `send`: a
    line may take nothing so long. `print`: after that an answer will not come. `quiet`: nothing more is said.
    `doubt`: a printer that says how it is, but answers no barrier any more, is waited for; then it cannot."""

    connect: float = 2.5
    answer: float = 2.0
    notice: float = 3.0
    send: float = 30.0
    print: float = 30.0
    quiet: float = 0.1
    doubt: float = 60.0


class NetworkPrinter:
    """One connection, kept: port 9100 takes one client. Used by one thread.

    `ability`: what is known of this printer; `learnt` is called when it shows that it can more or less, and
    must not raise. `one_way`: people say that it cannot answer; it is not asked.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        ability: Ability = NOTHING_KNOWN,
        learnt: Callable[[Ability], None] = lambda ability: None,
        one_way: bool = False,
        pace: Pace = Pace(),
        dial: Callable[[], Line] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._dial = dial or (lambda: TcpLine(host, port, pace.connect))
        self._learnt = learnt
        self._one_way = one_way
        self._clock = clock
        self.pace = pace
        self.ability = ability
        self._line: Line | None = None
        self._replies = Replies()
        self._sensors: deque[int] = deque(maxlen=PIECES)
        self._vain = 0  # questions in a row to which no answer came
        self._proven = False  # on this line, since the last slip whose answer did not come
        self._unproven_since: float | None = None
        self._asked, self._answered = 0, 0  # GS r, since the last `_anew`
        self._owed = 0  # answers to questions before that, which may still come
        self._marks: dict[bytes, int] = {}  # of slips whose answers may still come
        self._own: bytes | None = None  # the mark of a question of ours, None: answered
        self._job: int | None = None  # the slip in hand, None: none, or its mark has come back
        self._sent_at = clock()
        self._complaint: str | None = None  # of automatic status, or of an answer to GS r
        self._late: list[int] = []

    def status(self) -> PrinterReading:
        """Asks all four DLE EOT, and on a new line for a barrier. A kept connection may have been closed
        meanwhile: then once more."""
        for _ in range(2):
            kept = self._line is not None
            try:
                return self._look()
            except OSError as trouble:
                self.close()
                reading = PrinterReading("offline", _why(trouble))
                if not kept:
                    break
        return reading

    def send(self, job: int, data: bytes, tell: Tell) -> Delivery:
        try:
            self._drain()
        except OSError as trouble:
            self.close()
            return Delivery("unsent", _why(trouble))
        self._anew()
        self._complaint = None
        self._sent_at = self._clock()
        try:
            # In one piece: a printer that forgets the slip forgets its barrier too.
            self._push(without_automatic(data) + self._barrier(job), self.pace.send, tell)
            if self._one_way:
                return Delivery("sent", "this printer does not answer")
            delivery = self._wait(tell)
        except OSError as trouble:
            self.close()
            delivery = Delivery("uncertain", _why(trouble))
        self._job = None
        self._proven = self._proven and delivery.outcome == "confirmed"
        return delivery

    def printed_late(self) -> list[int]:
        late, self._late = self._late, []
        return late

    def close(self) -> None:
        if self._line is not None:
            self._line.close()
        self._line = None
        self._replies.forget()
        self._proven = False

    # How the printer is

    def _look(self) -> PrinterReading:
        self._drain()
        if self._one_way:
            return PrinterReading("unknown", "this printer does not answer", ready=True)
        reading = self._ask()
        if reading is None:
            return self._unanswered()
        self._learn(status=True)
        if reading.ready and not self._proven and not self._prove():
            return self._unproven(reading)
        return reading

    def _ask(self) -> PrinterReading | None:
        """None: not all four questions were answered."""
        patience = self.pace.answer / 10 if self._blind else self.pace.answer
        words = []
        for question in ASK_STATUS:
            self._drain()
            self._sensors.clear()
            try:
                self._push(question, patience)
            except TimeoutError:
                break
            self._listen(patience, lambda: bool(self._sensors))
            if not self._sensors:
                break
            words.append(self._sensors[0])  # whatever more it says is drained before the next question
        if len(words) < len(ASK_STATUS):
            self._vain += 1
            return None
        self._vain = 0
        return read(*words)

    @property
    def _blind(self) -> bool:
        """It has never said a word and was asked twice: perhaps it cannot."""
        return not self.ability.status and self._vain > 1

    def _unanswered(self) -> PrinterReading:
        if self._blind:
            return PrinterReading("silent", "never answered", ready=True)
        # A line that hangs is dialled anew, but not while a slip may be on its way along it.
        if self._vain > 1 and self._clock() - self._sent_at > self.pace.print:
            self.close()
        return PrinterReading("silent", "no answer")

    def _prove(self) -> bool:
        """Whether a barrier is answered now, with nothing from before in the way; learns of which kind."""
        known = self.ability.barrier
        seen = self._probe(self._own_question())
        if seen != "mark" and known == "mark":
            seen = self._probe(self._own_question())  # one lost answer makes it no other printer
        elif seen is None and known in ("unknown", "turn"):
            seen = self._probe(b"")  # some stumble over a command they do not know
        if seen is None:
            return False
        self._learn(barrier=seen)
        self._proven, self._unproven_since = True, None
        return True

    def _probe(self, marked: bytes) -> Barrier | None:
        self._anew()
        self._asked = 1
        self._push(NO_AUTOMATIC + marked + BARRIER, self.pace.answer)
        self._listen(self.pace.answer, lambda: self._answered > 0)
        self._listen(self.pace.quiet)
        if marked and self._own is None:
            return "mark"
        if self._answered != 1 or not self._answered_in_turn():
            return None
        self._owed = 0
        return "turn"

    def _anew(self) -> None:
        """Another conversation: what was asked and not answered may still come and answers nothing of it."""
        self._owed = min(self._owed + max(0, self._asked - self._answered), MOST_OWED)
        self._asked, self._answered = 0, 0

    def _unproven(self, reading: PrinterReading) -> PrinterReading:
        """It says how it is and answers no barrier. One that did before is waited for."""
        now = self._clock()
        self._unproven_since = self._unproven_since or now
        if self.ability.barrier in ("mark", "turn") and now - self._unproven_since < self.pace.doubt:
            return PrinterReading("waiting", "no answer to the barrier")
        self._learn(barrier="none")
        self._proven, self._unproven_since = True, None
        return reading

    # A slip

    def _barrier(self, job: int) -> bytes:
        """A printer that has not shown yet which it answers is asked in both ways."""
        question = b""
        if self._one_way:
            return question
        if self.ability.barrier != "turn":
            self._job = job
            self._remember(mark_of(job), job)
            question += MARKED + mark_of(job)
        if self.ability.barrier != "mark":
            self._asked += 1
            question += BARRIER
        return question

    def _wait(self, tell: Tell) -> Delivery:
        marked = self._job is not None
        began = self._clock()
        followed = False
        while True:
            self._listen(min(1.0, self.pace.answer / 2), lambda: self._spoke(marked))
            hopeless = self._vain > 0 and self._clock() - began >= self.pace.notice
            reading = None if hopeless or self._spoke(marked) else self._ask()
            if self._spoke(marked):
                return self._concluded(marked)
            passed = self._clock() - began
            if reading is not None and not reading.ready:
                tell(reading)
                return Delivery("uncertain", reading.state)
            if passed >= self.pace.notice and (why := self._given_up(passed, followed)):
                if why == "silent":
                    tell(PrinterReading("silent", "no answer"))
                return Delivery("uncertain", why)
            if passed >= self.pace.notice and not followed:
                tell(PrinterReading("waiting", "the slip is not on paper yet"))
                followed = self._follow()

    def _given_up(self, passed: float, followed: bool) -> str | None:
        """Why this slip is not waited for any longer; None: it is. Its own mark may come even later."""
        if self._complaint is not None:
            return self._complaint
        if self._vain:
            return "silent"
        if followed and self._own is None:
            return "its answer was lost"
        known = self.ability.barrier in ("mark", "turn")
        return "no answer after the slip" if passed >= self.pace.print or not known else None

    def _follow(self) -> bool:
        """Asks behind the slip: where this is answered and the slip's own mark did not come, it was lost."""
        if self.ability.barrier != "mark":
            return False
        self._push(self._own_question(), self.pace.answer)
        return True

    def _spoke(self, marked: bool) -> bool:
        return (marked and self._job is None) or (self.ability.barrier != "mark" and self._answered > 0)

    def _concluded(self, marked: bool) -> Delivery:
        if not (marked and self._job is None) and not self._answered_in_turn():
            return Delivery("uncertain", "more was said than asked")
        if marked and self._job is None:
            self._learn(barrier="mark")
        elif self._complaint is not None:
            return Delivery("uncertain", self._complaint)
        elif self.ability.barrier != "turn":
            self._learn(barrier="turn")
        return Delivery("confirmed")

    def _answered_in_turn(self) -> bool:
        """Whether the answers that come are those to the questions of now: one is asked, one comes and
        nothing else, more often than there are answers that could be late."""
        enough = self._owed + 1 + SURE
        while 0 < self._answered == self._asked < enough:
            self._asked += 1
            self._push(BARRIER, self.pace.answer)
            self._listen(self.pace.answer, lambda: self._answered == self._asked)
            self._listen(self.pace.quiet)
        return self._answered == self._asked == enough

    def _own_question(self) -> bytes:
        self._own = own_mark()
        return MARKED + self._own

    # The line

    def _connected(self) -> Line:
        if self._line is None:
            self._line = self._dial()
        return self._line

    def _push(self, data: bytes, seconds: float, tell: Tell | None = None) -> None:
        """All of it. Raises TimeoutError where the line takes nothing more for so long."""
        line, left = self._connected(), memoryview(data)
        began = self._clock()
        deadline = began + seconds
        while left:
            with suppress(TimeoutError):
                left = left[line.send(bytes(left), min(seconds, self.pace.notice / 2)) :]
                deadline = self._clock() + seconds
            now = self._clock()
            if left and now >= deadline:
                raise TimeoutError("the printer takes no more")
            if left and tell is not None and now - began >= self.pace.notice:
                tell(PrinterReading("waiting", "the printer takes no more"))

    def _listen(self, seconds: float, enough: Callable[[], bool] = lambda: False) -> None:
        deadline = self._clock() + seconds
        for _ in range(MOST_PIECES):
            if enough() or (left := deadline - self._clock()) <= 0:
                return
            heard = self._connected().hear(left)
            if not heard and left >= self.pace.quiet:
                self._replies.forget()
            self._take(heard)
        raise ConnectionAbortedError("it never stops talking")

    def _drain(self) -> None:
        """What was said before now answers no question of now; a mark is a mark whenever it comes."""
        line = self._connected()
        for _ in range(PIECES):
            if not (heard := line.hear(0)):
                return
            self._take(heard)

    def _take(self, heard: bytes) -> None:
        for reply in self._replies.feed(heard):
            match reply:
                case Sensor(word):
                    self._sensors.append(word)
                case InTurn():
                    self._answered += 1
                    self._complaint = reply.trouble or self._complaint
                case Processed(mark):
                    self._came_back(mark)
                case Automatic():
                    self._complaint = reply.trouble

    def _came_back(self, mark: bytes) -> None:
        if mark == self._own:
            self._own = None
        job = self._marks.pop(mark, None)
        if job is not None and job == self._job:
            self._job = None
        elif job is not None:
            self._late.append(job)

    def _remember(self, mark: bytes, job: int) -> None:
        self._marks[mark] = job
        while len(self._marks) > REMEMBERED:
            del self._marks[next(iter(self._marks))]

    def _learn(self, *, status: bool | None = None, barrier: Barrier | None = None) -> None:
        known = self.ability
        now = Ability(known.status if status is None else status, barrier or known.barrier)
        if now != known:
            self.ability = now
            self._learnt(now)


def _why(trouble: OSError) -> str:
    return (trouble.strerror or str(trouble) or type(trouble).__name__).lower()
