"""A picture as the bytes a receipt printer takes.

python-escpos is used as an encoder only and has no types: `Any` stops here.
"""

import os
import tempfile
from typing import Any

from PIL import Image

# python-escpos writes its table of printers into a new folder at each import and leaves it there.
with tempfile.TemporaryDirectory() as _scratch:
    os.environ["ESCPOS_CAPABILITIES_PICKLE_DIR"] = _scratch
    from escpos.printer import Dummy

    del os.environ["ESCPOS_CAPABILITIES_PICKLE_DIR"]

PROFILE = "TM-T20II"  # 576 dots, raster pictures, a cutter: what every ESC/POS printer of a hall understands
FRAGMENT_ROWS = 256


def encode(image: Image.Image, cut: bool = True) -> bytes:
    """Start, picture in fragments, one cut that leaves a corner to hold the slip. Never any text."""
    printer: Any = Dummy(profile=PROFILE)
    printer.hw("INIT")
    printer.image(image, fragment_height=FRAGMENT_ROWS)
    if cut:
        printer.cut(mode="PART")
    return bytes(printer.output)
