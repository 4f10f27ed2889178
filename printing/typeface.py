"""Be Vietnam Pro, drawn once a text: the cache is what makes the second slip cheap."""

from functools import lru_cache

import fontpkg
from PIL import Image, ImageDraw, ImageFont

MEDIUM, SEMIBOLD, BOLD, EXTRABOLD = 500, 600, 700, 800

# A dot that is half covered prints; a little below half keeps thin strokes whole on worn heads.
INKED = 120
TALLEST_AND_LOWEST = "ẰẮẲẴẦẤẨẪỀẾỂỄỒỐỔỖỜỚỞỠỪỨỬỮỲÝỶỸ ẬỆỘỢỰỴgqy(,;"


@lru_cache(maxsize=64)
def face(weight: int, px: int) -> ImageFont.FreeTypeFont:
    path = str(fontpkg.path("Be Vietnam Pro", weight=weight))
    return ImageFont.truetype(path, px, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=2048)
def width_of(text: str, weight: int, px: int) -> int:
    return round(face(weight, px).getlength(text))


@lru_cache(maxsize=64)
def _above_and_below(weight: int, px: int) -> tuple[int, int]:
    """Room for the tallest stack of marks, which the font's own ascent cuts off, and for the lowest dot."""
    ascent, descent = face(weight, px).getmetrics()
    _, top, _, bottom = _ink(TALLEST_AND_LOWEST, weight, px)
    return max(ascent, -top), max(descent, bottom)


def _ink(text: str, weight: int, px: int) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the dots themselves, from the start of the text on its baseline."""
    side = 2 * px
    grey = Image.new("L", (width_of(text, weight, px) + 2 * side, 4 * px), 0)
    ImageDraw.Draw(grey).text((side, side), text, font=face(weight, px), fill=255, anchor="ls")
    left, top, right, bottom = grey.getbbox() or (side, side, side, side)
    return left - side, top - side, right - side, bottom - side


def line_height(weight: int, px: int) -> int:
    return sum(_above_and_below(weight, px))


@lru_cache(maxsize=512)
def line(text: str, weight: int, px: int) -> Image.Image:
    """One line as black dots on white, with a little room for marks that lean over the ends of the text.

    Callers paste it and never change it.
    """
    above, below = _above_and_below(weight, px)
    side = px // 12
    grey = Image.new("L", (width_of(text, weight, px) + 2 * side, above + below), 255)
    ImageDraw.Draw(grey).text((side, above), text, font=face(weight, px), fill=0, anchor="ls")
    return _black_and_white(grey)


def _black_and_white(grey: Image.Image) -> Image.Image:
    return grey.point(lambda shade: 0 if shade < 255 - INKED else 255).convert("1", dither=Image.Dither.NONE)


TRACKING_EM = -0.02  # between the signs of a number, as `.number` of the pages has it


def number_width(number: str, px: int) -> int:
    """Of the number as `sign` draws it, in dots."""
    return sum(_cell_width(each, px) for each in number)


def _cell_width(character: str, px: int) -> int:
    return round(face(EXTRABOLD, px).getlength(character) + TRACKING_EM * px)


@lru_cache(maxsize=128)
def sign(character: str, px: int) -> Image.Image:
    """A letter or digit of the number, as wide as the typeface sets it: in equal cells a narrow 1 stood apart
    like a word of its own. All signs of a size are equally high."""
    wide = _cell_width(character, px)
    _, top, _, bottom = _ink("0", EXTRABOLD, px)
    left, _, right, _ = _ink(character, EXTRABOLD, px)
    grey = Image.new("L", (wide, bottom - top), 255)
    at = ((wide - (right - left)) // 2 - left, -top)
    ImageDraw.Draw(grey).text(at, character, font=face(EXTRABOLD, px), fill=0, anchor="ls")
    return _black_and_white(grey)


def fitted(text: str, weight: int, px: int, smallest: int, width: int) -> int:
    """The largest size from `px` down to `smallest` at which the text fits on one line, else `smallest`."""
    for size in range(px, smallest, -1):
        if width_of(text, weight, size) <= width:
            return size
    return smallest


@lru_cache(maxsize=512)
def wrapped(text: str, weight: int, px: int, width: int) -> tuple[str, ...]:
    """As few lines as fit, then of even length, so that no word is left alone on the last line."""
    lines = _filled(text, weight, px, width)
    low, high = 1, width
    while low < high:
        narrower = (low + high) // 2
        if len(_filled(text, weight, px, narrower)) <= len(lines) and _fits(text, weight, px, narrower):
            high = narrower
        else:
            low = narrower + 1
    return _filled(text, weight, px, high)


def _fits(text: str, weight: int, px: int, width: int) -> bool:
    return all(width_of(word, weight, px) <= width for word in text.split())


def _filled(text: str, weight: int, px: int, width: int) -> tuple[str, ...]:
    lines: list[str] = []
    for word in text.split():
        for piece in _pieces(word, weight, px, width):
            joined = f"{lines[-1]} {piece}" if lines else piece
            if lines and width_of(joined, weight, px) <= width:
                lines[-1] = joined
            else:
                lines.append(piece)
    return tuple(lines)


def _pieces(word: str, weight: int, px: int, width: int) -> list[str]:
    """The word itself, or, where one word is wider than the paper, its parts."""
    if width_of(word, weight, px) <= width:
        return [word]
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, weight, px) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces
