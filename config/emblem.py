"""The hall's own emblem: a picture for kiosk, wall and slip."""

from pathlib import Path

from config.table import Table

FORMATS = ("PNG", "JPEG", "WEBP")  # what browsers show and the slip is drawn from alike
SMALLEST, LARGEST = 64, 2000  # dots of a side: as many as a slip needs, no more than a kiosk can hold
HEAVIEST_KB = 1024


def read_emblem(table: Table) -> Path | None:
    """None where the hall has none. Refuses what could not be shown and drawn."""
    name = table.text("emblem", "")
    if not name:
        return None
    path = table.path("emblem", name)
    if not path.is_file():
        table.fault("emblem", "no_file", path=path)
    elif (weight := path.stat().st_size // 1024) > HEAVIEST_KB:
        table.fault("emblem", "picture_heavy", count=weight, longest=HEAVIEST_KB)
    elif (size := _size(path)) is None:
        table.fault("emblem", "no_picture", path=path, formats=", ".join(FORMATS))
    elif min(size) < SMALLEST or max(size) > LARGEST:
        table.fault("emblem", "picture_size", said=f"{size[0]} x {size[1]}", least=SMALLEST, most=LARGEST)
    else:
        return path
    return None


def _size(path: Path) -> tuple[int, int] | None:
    """Dots across and down; None where it is no whole picture of `FORMATS`."""
    from PIL import Image  # a hall without an emblem is read without it

    try:
        with Image.open(path, formats=FORMATS) as picture:
            if max(picture.size) <= LARGEST:  # or it is refused for its size, unread
                picture.convert("RGB")
            return picture.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
