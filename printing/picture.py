"""The slip as black dots on white paper. The same slip and width give the same picture; of the world it reads
fonts and the emblem of the hall."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import segno
from PIL import Image, ImageDraw, ImageOps

from hall.signs import visible
from printing import slip as said
from printing.slip import Slip
from printing.typeface import (
    BOLD,
    EXTRABOLD,
    MEDIUM,
    SEMIBOLD,
    fitted,
    line,
    line_height,
    number_width,
    sign,
    width_of,
    wrapped,
)

BLACK, WHITE = 0, 1

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Paper:
    """Sizes in dots (203 dpi, 8 dots a millimetre) for one width of paper."""

    width: int
    margin: int
    inset: int
    text: int
    small: int
    head: int
    number: int
    counter: int
    procedure: int
    figure: int
    frame: int
    gap: int
    code: int
    emblem: int

    @property
    def inside(self) -> int:
        return self.width - 2 * self.inset


WIDE = Paper(
    width=576,
    margin=6,
    inset=34,
    text=30,
    small=28,
    head=28,
    number=176,
    counter=64,
    procedure=34,
    figure=64,
    frame=4,
    gap=16,
    code=246,
    emblem=120,
)
NARROW = Paper(
    width=384,
    margin=2,
    inset=20,
    text=26,
    small=24,
    head=25,
    number=126,
    counter=48,
    procedure=28,
    figure=46,
    frame=3,
    gap=12,
    code=246,
    emblem=96,
)
SMALLEST = 20
SMALLEST_HEAD = 22


def draw(slip: Slip, width_dots: int) -> Image.Image:
    """The whole slip, mode "1", `width_dots` wide: 576 (80 mm) or 384 (58 mm)."""
    paper = WIDE if width_dots >= WIDE.width else NARROW
    parts = [_space(1), _head(visible(slip.authority), visible(slip.centre), paper), _card(slip, paper)]
    if slip.emblem and (emblem := _emblem(slip.emblem, paper)):
        parts.insert(1, emblem)
    if slip.track_url:
        parts.append(_tracking(slip, paper))
    parts.append(_foot(slip, paper))
    picture = _stacked(parts, paper.gap)
    if picture.width == width_dots:
        return picture
    wide = Image.new("1", (width_dots, picture.height), WHITE)
    wide.paste(picture, ((width_dots - picture.width) // 2, 0))
    return wide


def _stacked(parts: Sequence[Image.Image], gap: int) -> Image.Image:
    """Pictures under each other, each centred, as wide as the widest; even, as the paper is, so that a
    picture within another is centred on the same dot.
    """
    width = max(part.width + part.width % 2 for part in parts)
    whole = Image.new("1", (width, sum(part.height for part in parts) + gap * (len(parts) - 1)), WHITE)
    y = 0
    for part in parts:
        whole.paste(part, ((width - part.width) // 2, y))
        y += part.height + gap
    return whole


def _text(text: str, weight: int, px: int, width: int) -> Image.Image:
    return _stacked([line(each, weight, px) for each in wrapped(text, weight, px, width)] or [_space(1)], 0)


def _filling(text: str, weight: int, px: int, smallest: int, width: int) -> Image.Image:
    """On one line where it fits at `smallest` or larger, else wrapped at full size."""
    size = fitted(text, weight, px, smallest, width)
    return _text(text, weight, size if width_of(text, weight, size) <= width else px, width)


def _space(height: int) -> Image.Image:
    return Image.new("1", (1, height), WHITE)


@lru_cache(maxsize=8)
def _emblem(file: str, paper: Paper) -> Image.Image | None:
    """Its greys as dots, on white. None where it is no picture any more: a slip comes out without it."""
    try:
        with Image.open(file) as opened:
            upright = ImageOps.exif_transpose(opened)  # as browsers turn it
            clear = (upright if upright.has_transparency_data else upright.convert("RGB")).convert("RGBA")
    except (OSError, ValueError) as trouble:
        log.warning("no emblem on the slips: %s", trouble)
        return None
    ground = Image.new("RGBA", clear.size, "white")
    grey = Image.alpha_composite(ground, clear).convert("L")
    scale = min(paper.emblem / grey.height, paper.inside / grey.width)
    size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
    return grey.resize(size, Image.Resampling.LANCZOS).convert("1", dither=Image.Dither.FLOYDSTEINBERG)


@lru_cache(maxsize=16)
def _head(authority: str, centre: str, paper: Paper) -> Image.Image:
    width = paper.width - 2 * paper.margin
    above = _filling(authority, MEDIUM, paper.head, SMALLEST_HEAD, width)
    name = _filling(centre, BOLD, paper.head, SMALLEST_HEAD, width)
    return _at_width(_stacked([above, name], 0), paper.width)


def _at_width(picture: Image.Image, width: int) -> Image.Image:
    whole = Image.new("1", (width, picture.height), WHITE)
    whole.paste(picture, ((width - picture.width) // 2, 0))
    return whole


def _card(slip: Slip, paper: Paper) -> Image.Image:
    """The framed part, the same card as on the kiosk: number, where to go, what for, how long."""
    inner: list[Image.Image] = []
    if slip.reprint:
        inner += [_pill(said.say(slip, "reprint"), EXTRABOLD, paper, filled=True), _space(paper.gap)]
    inner += [_number(visible(slip.number), paper), _space(paper.gap // 2)]
    if counters := said.where(slip):
        inner += [_filling(counters, EXTRABOLD, paper.counter, paper.procedure, paper.inside)]
        inner += [_place(said.places(slip), paper), _space(paper.gap // 4)]
    inner.append(_procedure(visible(slip.procedure), paper))
    if slip.priority:
        group = said.say(slip, "priority", group=visible(slip.priority))
        inner += [_space(paper.gap // 2), _pill(group, BOLD, paper, filled=False)]
    if pairs := said.waiting(slip, short=paper is NARROW):
        inner += [_space(paper.gap), _dashes(paper), _waiting(pairs, paper)]
    return _framed(_stacked(inner, 0), said.say(slip, "title"), paper)


def _number(number: str, paper: Paper) -> Image.Image:
    number = number or "–"
    size, room = paper.number, paper.inside + paper.gap
    while size > SMALLEST and number_width(number, size) > room:
        size -= 2
    cells = [sign(each, size) for each in number]
    whole = Image.new("1", (sum(cell.width for cell in cells), cells[0].height), WHITE)
    x = 0
    for cell in cells:
        whole.paste(cell, (x, 0))
        x += cell.width
    return whole


@lru_cache(maxsize=64)
def _place(places: tuple[str, ...], paper: Paper) -> Image.Image:
    return _stacked([_text(each, MEDIUM, paper.small, paper.inside) for each in places] or [_space(1)], 0)


@lru_cache(maxsize=256)
def _procedure(name: str, paper: Paper) -> Image.Image:
    """Smaller as the name grows longer, never below what an old eye reads, then as many lines as it takes."""
    for size in range(paper.procedure, paper.small, -2):
        if len(wrapped(name, SEMIBOLD, size, paper.inside)) <= 3:
            return _text(name, SEMIBOLD, size, paper.inside)
    return _text(name, SEMIBOLD, paper.small, paper.inside)


@lru_cache(maxsize=32)
def _pill(text: str, weight: int, paper: Paper, *, filled: bool) -> Image.Image:
    side = paper.gap * 3 // 2
    wording = _filling(text, weight, paper.text, SMALLEST_HEAD, paper.inside - 2 * side)
    wide, high = wording.width + 2 * side, wording.height + 3
    pill = Image.new("1", (wide, high), WHITE)
    ImageDraw.Draw(pill).rounded_rectangle(
        (0, 0, wide - 1, high - 1),
        radius=line_height(weight, paper.text) // 2,
        fill=BLACK if filled else WHITE,
        outline=BLACK,
        width=paper.frame - 1,
    )
    pill.paste(WHITE if filled else BLACK, (side, 0), _dots(wording))
    return pill


@lru_cache(maxsize=4)
def _dashes(paper: Paper) -> Image.Image:
    rule = Image.new("1", (paper.inside, 9), WHITE)
    pen = ImageDraw.Draw(rule)
    for x in range(0, paper.inside, 12):
        pen.line((x, 4, x + 6, 4), fill=BLACK, width=2)
    return rule


def _waiting(pairs: Sequence[tuple[str, str]], paper: Paper) -> Image.Image:
    """The figures, and below them the sentence that has none."""
    figures = [pair for pair in pairs if pair[0]]
    sentences = [_procedure(words, paper) for figure, words in pairs if not figure]
    return _stacked([*([_figures(figures, paper)] if figures else []), *sentences], paper.gap // 2)


def _figures(pairs: Sequence[tuple[str, str]], paper: Paper) -> Image.Image:
    """Two columns, a figure over what it counts; on narrow paper, rows with the words beside the figure."""
    if paper is NARROW or len(pairs) == 1:
        return _rows(pairs, paper)
    columns = [
        _stacked([_figure(figure, paper), line(caption, MEDIUM, paper.small)], 4) for figure, caption in pairs
    ]
    spare = (paper.inside + paper.gap - sum(column.width for column in columns)) // 4
    whole = Image.new("1", (paper.inside + paper.gap, max(column.height for column in columns)), WHITE)
    divide = columns[0].width + 2 * spare
    whole.paste(columns[0], (spare, 0))
    whole.paste(columns[1], (divide + spare, 0))
    ImageDraw.Draw(whole).line((divide, 8, divide, whole.height - 8), fill=BLACK, width=2)
    return whole


def _rows(pairs: Sequence[tuple[str, str]], paper: Paper) -> Image.Image:
    """The figures share one right edge and the words one left edge."""
    figures = [_figure(figure, paper) for figure, _ in pairs]
    edge = max(figure.width for figure in figures)
    room = paper.inside - edge - paper.gap
    size = min(fitted(words, MEDIUM, paper.text, SMALLEST, room) for _, words in pairs)
    captions = [line(words, MEDIUM, size) for _, words in pairs]
    step = figures[0].height + paper.gap
    wide = edge + paper.gap + max(each.width for each in captions)
    whole = Image.new("1", (wide, step * len(pairs)), WHITE)
    for place, (figure, words) in enumerate(zip(figures, captions, strict=True)):
        whole.paste(figure, (edge - figure.width, place * step))
        centred = place * step + (figure.height - words.height) // 2
        whole.paste(BLACK, (edge + paper.gap, centred + paper.text // 8), _dots(words))
    return whole


@lru_cache(maxsize=256)
def _figure(figure: str, paper: Paper) -> Image.Image:
    """Without the room kept above and below for marks, which figures never have."""
    whole = line(figure, EXTRABOLD, paper.figure)
    _, top, _, bottom = _dots(line("0", EXTRABOLD, paper.figure)).getbbox() or (0, 0, 1, whole.height)
    return whole.crop((0, top - paper.gap // 2, whole.width, bottom + 2))


def _dots(picture: Image.Image) -> Image.Image:
    """The black dots as a mask, so that a part can be laid over what is already there."""
    return picture.point(lambda dot: 0 if dot else 255)


def _framed(inner: Image.Image, title: str, paper: Paper) -> Image.Image:
    """A rounded frame whose upper edge is broken by the title."""
    label = line(title, BOLD, fitted(title, BOLD, paper.small, SMALLEST, paper.inside))
    whole = Image.new("1", (paper.width, label.height + inner.height + 2 * paper.gap + paper.gap // 2), WHITE)
    pen = ImageDraw.Draw(whole)
    box = (paper.margin, label.height // 2, paper.width - 1 - paper.margin, whole.height - 1)
    pen.rounded_rectangle(box, radius=2 * paper.gap, fill=WHITE, outline=BLACK, width=paper.frame)
    left = (paper.width - label.width) // 2
    pen.rectangle((left - paper.gap, 0, left + label.width + paper.gap, label.height), fill=WHITE)
    whole.paste(label, (left, 0))
    whole.paste(inner, ((paper.width - inner.width) // 2, label.height + paper.gap))
    return whole


def _tracking(slip: Slip, paper: Paper) -> Image.Image:
    code = _code(slip.track_url or "", paper)
    if paper is NARROW:
        below = [
            _text(said.say(slip, "track"), BOLD, paper.text, paper.inside),
            _text(said.say(slip, "track_how"), MEDIUM, paper.small, paper.inside),
        ]
        return _at_width(_stacked([code, *below], 0), paper.width)
    room = paper.width - code.width - 2 * paper.gap
    beside = _beside(said.say(slip, "track"), said.say(slip, "track_how"), room, paper)
    whole = Image.new("1", (paper.width, max(code.height, beside.height)), WHITE)
    left = (paper.width - code.width - beside.width) // 2
    whole.paste(code, (left, (whole.height - code.height) // 2))
    whole.paste(beside, (left + code.width, (whole.height - beside.height) // 2))
    return whole


@lru_cache(maxsize=8)
def _beside(heading: str, sentence: str, room: int, paper: Paper) -> Image.Image:
    lines = [line(each, BOLD, paper.text) for each in wrapped(heading, BOLD, paper.text, room)]
    lines += [line(each, MEDIUM, paper.small) for each in wrapped(sentence, MEDIUM, paper.small, room)]
    whole = Image.new("1", (max(each.width for each in lines), sum(each.height for each in lines)), WHITE)
    y = 0
    for each in lines:
        whole.paste(each, (0, y))
        y += each.height
    return whole


def _code(address: str, paper: Paper) -> Image.Image:
    """The QR with its four modules of quiet zone, as large as its place allows, whole dots a module."""
    # A fixed mask saves the trial of all eight, three quarters of the time; readers undo any mask.
    code = segno.make(address, error="m", micro=False, boost_error=False, mask=3)
    modules = int(code.symbol_size(border=4)[0])
    rows = [bytes(0 if dark else 255 for dark in row) for row in code.matrix_iter(border=4)]
    small = Image.frombytes("L", (modules, modules), b"".join(rows)).convert("1", dither=Image.Dither.NONE)
    dots = max(3, paper.code // modules)
    return small.resize((modules * dots, modules * dots), Image.Resampling.NEAREST)


def _foot(slip: Slip, paper: Paper) -> Image.Image:
    hour, day = said.when(slip)
    width = paper.width - 2 * paper.margin
    together = f"{hour} · {day}"
    times = [together] if width_of(together, MEDIUM, paper.small) <= width else [hour, day]
    thanks = visible(slip.foot) or said.say(slip, "foot")
    lines = [_text(each, MEDIUM, paper.small, width) for each in times]
    lines.append(_filling(thanks, BOLD, paper.small, SMALLEST_HEAD, width))
    return _at_width(_stacked(lines, 2), paper.width)
