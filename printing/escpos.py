"""A picture as the bytes a receipt printer takes.

python-escpos is used as an encoder only and has no types: `Any` stops here.
"""

import os
import tempfile
from typing import Any

from PIL import Image

# A service may be given no folder to write in beside its data, and a full disk has no room: memory has.
MEMORY = "/dev/shm"  # noqa: S108 (a folder of our own is made in it)
# python-escpos makes a new folder at each import, writes its table of printers and leaves both there.
with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as _scratch:
    os.environ["ESCPOS_CAPABILITIES_PICKLE_DIR"] = _scratch
    _before, tempfile.tempdir = tempfile.tempdir, _scratch
    from escpos.printer import Dummy

    tempfile.tempdir = _before
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
