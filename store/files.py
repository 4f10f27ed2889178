"""Files and renames that outlive a power cut."""

import os
from pathlib import Path


def sync_directory(directory: Path) -> None:
    """Makes renames and new names in `directory` outlive a power cut."""
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(file: Path) -> None:
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
