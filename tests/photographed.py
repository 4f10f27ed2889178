"""What the camera of a phone reads from a terminal."""

import zxingcpp
from PIL import Image

SCALE = 6  # dots a module
DARK = {"█": (0, 0), "▀": (0, 1), "▄": (1, 0), " ": (1, 1)}  # upper and lower half; the terminal is dark


def read_in_terminal(lines: list[str]) -> list[str]:
    """The texts of the QR codes drawn with half blocks."""
    width = max(map(len, lines))
    image = Image.new("L", (width, 2 * len(lines)), 0)
    for row, line in enumerate(lines):
        for column, block in enumerate(line):
            for half, dark in enumerate(DARK[block]):
                image.putpixel((column, 2 * row + half), 0 if dark else 255)
    large = image.resize((SCALE * image.width, SCALE * image.height), Image.Resampling.NEAREST)
    return [found.text for found in zxingcpp.read_barcodes(large)]
