"""A receipt printer's inside, made of software: a buffer, a head, paper, and sensors which tell the truth."""

import os
import sys
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from PIL import Image, ImageDraw

from printing.commands import EscPosCommand, Reader

SendBack = Callable[[bytes], None]
LINE_ROWS = 30
BAND_ROWS = 8
BUFFER_BYTES = 4 << 20
LONGEST_ROWS = 16_000  # two metres: a client that never cuts does not fill the memory
FIXED_BITS = 0x12
PROCESS_ID = b"H\x06\x0000"  # GS ( H, function 48
RETRY_SECONDS = 0.5


@dataclass(slots=True)
class Condition:
    """What people and accidents can do to a printer; the control line sets these."""

    paper: Literal["ok", "near_end", "out"] = "ok"
    rows_left: int | None = None
    cover_open: bool = False
    offline: bool = False
    silent: bool = False
    plain: bool = False  # as the cheapest ones: knows no marks (GS ( H), only GS r
    rows_per_second: float | None = None
    jammed: bool = False

    @property
    def prints(self) -> bool:
        return self.paper != "out" and not self.cover_open and not self.offline


@dataclass(slots=True)
class Strip:
    """The paper since the last cut."""

    width: int
    bands: list[Image.Image] = field(default_factory=list)
    rows: int = 0
    raw: bytearray = field(default_factory=bytearray)

    def add(self, band: Image.Image) -> None:
        self.bands.append(band)
        self.rows += band.height

    def picture(self) -> Image.Image:
        whole = Image.new("1", (self.width, max(1, self.rows)), 1)
        y = 0
        for band in self.bands:
            whole.paste(band, (0, y))
            y += band.height
        return whole


class Mechanism:
    """Takes bytes from any thread; one thread of its own prints them in order while it can."""

    def __init__(self, keep: Path, width_dots: int) -> None:
        self._keep = keep
        self._width = width_dots
        self._changed = threading.Condition()
        self._reader = Reader()
        self._buffer: deque[tuple[EscPosCommand, SendBack]] = deque()
        self._buffered = 0
        self._busy = False
        self._strip = Strip(width_dots)
        self._text = b""
        self._slips = 0
        self.condition = Condition()

    def start(self) -> None:
        self._keep.mkdir(mode=0o700, parents=True, exist_ok=True)  # a slip holds its citizen's secret
        threading.Thread(target=self._print, name="mechanism", daemon=True).start()

    def receive(self, received: bytes, answer: SendBack) -> None:
        """Real-time questions are answered at once, all else in turn. Blocks while the buffer is full."""
        with self._changed:
            self._changed.wait_for(lambda: self._buffered < BUFFER_BYTES)
            for command in self._reader.feed(received):
                if command.name == "DLE EOT":
                    self._say(answer, self._sensor(command.data[0]))
                elif command.name not in ("DLE ENQ", "DLE DC4"):
                    self._buffer.append((command, answer))
                    self._buffered += len(command.raw)
            self._changed.notify_all()

    def hung_up(self) -> None:
        with self._changed:
            self._reader.forget()

    def change(self, **what: object) -> None:
        with self._changed:
            for name, value in what.items():
                setattr(self.condition, name, value)
            self._changed.notify_all()

    def state(self) -> dict[str, object]:
        with self._changed:
            condition = self.condition
            return {
                "paper": condition.paper,
                "cover_open": condition.cover_open,
                "offline": condition.offline,
                "silent": condition.silent,
                "plain": condition.plain,
                "rows_per_second": condition.rows_per_second,
                "slips": self._slips,
                "waiting_bytes": self._buffered,
                "idle": not self._busy and not self._buffer,
            }

    def wait_for_slips(self, count: int, seconds: float) -> bool:
        """True as soon as this process has kept so many slips."""
        with self._changed:
            return self._changed.wait_for(lambda: self._slips >= count, seconds)

    def _sensor(self, question: int) -> bytes:
        now = self.condition
        word = FIXED_BITS
        match question:
            case 1:
                word |= 0 if now.prints and not now.jammed else 0x08
            case 2:
                word |= (0x04 if now.cover_open else 0) | (0x20 if now.paper == "out" else 0)
            case 3:
                word |= 0x40 if now.jammed else 0
            case 4:
                word |= (0 if now.paper == "ok" else 0x0C) | (0x60 if now.paper == "out" else 0)
            case _:
                return b""
        return bytes([word])

    def _say(self, answer: SendBack, words: bytes) -> None:
        if words and not self.condition.silent:
            answer(words)

    def _print(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: bool(self._buffer) and self.condition.prints)
                command, answer = self._buffer.popleft()
                self._busy = True
            self._strip.raw += command.raw
            self._obey(command, answer)
            with self._changed:
                self._buffered -= len(command.raw)
                self._busy = False
                self._changed.notify_all()

    def _obey(self, command: EscPosCommand, answer: SendBack) -> None:
        match command.name:
            case "GS v":
                self._roll(self._raster(command.data))
            case "text":
                self._text += command.data
            case "LF" | "FF":
                self._roll(self._line())
            case "ESC d":
                self._feed(command.data[0] * LINE_ROWS)
            case "ESC J":
                self._feed(command.data[0])
            case "GS V" | "ESC i" | "ESC m":
                self._cut()
            case "GS r" if command.data[0] in (1, 49):
                near = 0x03 if self.condition.paper == "near_end" else 0
                self._say(answer, bytes([near]))
            case "GS (" if command.raw[2:7] == PROCESS_ID and not self.condition.plain:
                self._say(answer, b"\x37\x22" + command.raw[7:11] + b"\x00")
        if self._strip.rows > LONGEST_ROWS:
            self._cut()

    def _raster(self, data: bytes) -> Image.Image:
        width, height = (data[2] + 256 * data[3]) * 8, data[4] + 256 * data[5]
        if not width or not height:
            return Image.new("1", (self._width, 1), 1)
        dots = Image.frombytes("1", (width, height), bytes(255 - byte for byte in data[6:]))
        wide, high = (2 if data[1] & 1 else 1), (2 if data[1] & 2 else 1)
        if wide * high > 1:
            dots = dots.resize((width * wide, height * high), Image.Resampling.NEAREST)
        return dots

    def _line(self) -> Image.Image:
        band = Image.new("1", (self._width, LINE_ROWS), 1)
        text, self._text = self._text.decode("ascii", "replace"), b""
        ImageDraw.Draw(band).text((0, 4), text, fill=0)
        return band

    def _feed(self, rows: int) -> None:
        if self._text:
            self._roll(self._line())
        if rows:
            self._roll(Image.new("1", (self._width, rows), 1))

    def _roll(self, dots: Image.Image) -> None:
        """Prints row by row: paper can run out in the middle, and the rest follows after the refill."""
        band = Image.new("1", (self._width, dots.height), 1)
        band.paste(dots, (0, 0))
        for top in range(0, band.height, BAND_ROWS):
            piece = band.crop((0, top, self._width, min(top + BAND_ROWS, band.height)))
            with self._changed:
                self._changed.wait_for(lambda: self.condition.prints)
                if self.condition.rows_per_second:
                    pause = piece.height / self.condition.rows_per_second
                    self._changed.wait_for(lambda: not self.condition.rows_per_second, pause)
                self._use_up(piece.height)
            self._strip.add(piece)

    def _use_up(self, rows: int) -> None:
        if self.condition.rows_left is None:
            return
        self.condition.rows_left -= rows
        if self.condition.rows_left <= 0:
            self.condition.paper, self.condition.rows_left = "out", None
            self._changed.notify_all()

    def _cut(self) -> None:
        if self._text:
            self._roll(self._line())
        strip, self._strip = self._strip, Strip(self._width)
        if not strip.rows:
            return
        while not self._kept_in_folder(strip):
            pass
        with self._changed:
            self.condition.jammed = False
            self._slips += 1
            self._changed.notify_all()

    def _kept_in_folder(self, strip: Strip) -> bool:
        """A folder that takes no files (disk full) is this printer's paper jam: it waits and tries again."""
        try:
            keep_slip(self._keep, strip.picture(), bytes(strip.raw))
        except OSError as trouble:
            with self._changed:
                if not self.condition.jammed:
                    print(f"virtual printer: {trouble}", file=sys.stderr, flush=True)
                self.condition.jammed = True
                self._changed.wait(RETRY_SECONDS)
            return False
        return True


def keep_slip(folder: Path, picture: Image.Image, raw: bytes) -> Path:
    """`0001.bin`, then `0001.png`: whoever sees a picture can read both whole. Never overwrites a file."""
    mine = f".{os.getpid()}-{threading.get_ident()}"
    fresh_raw, fresh_picture = folder / f"{mine}.bin.part", folder / f"{mine}.png.part"
    try:
        fresh_raw.write_bytes(raw)
        picture.save(fresh_picture, format="PNG", dpi=(203, 203))
        name = _new_name(folder, fresh_raw)
        fresh_picture.replace(name.with_suffix(".png"))
    finally:
        fresh_raw.unlink(missing_ok=True)
        fresh_picture.unlink(missing_ok=True)
    return name.with_suffix(".png")


def _new_name(folder: Path, fresh: Path) -> Path:
    number = 1 + max((int(each.stem) for each in folder.glob("[0-9]*.bin") if each.stem.isdigit()), default=0)
    while True:
        name = folder / f"{number:04d}.bin"
        try:
            os.link(fresh, name)  # unlike a rename, refuses to take another slip's place
        except FileExistsError:
            number += 1
        else:
            return name
