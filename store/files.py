"""Files and renames that outlive a power cut, and whose they are."""

import os
import stat
from contextlib import suppress
from pathlib import Path

ROOT = 0  # the user id of root


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


def hand_over(directory: Path, owner: int, group: int, maker: int = ROOT) -> None:
    """Gives what `maker` made in the data to the user and group whose folder it is: a hub that runs as them
    must open what an operator restored as root. Nothing outside the folder is touched, by no link."""
    if owner == maker:
        return
    for _, folders, names, at in os.fwalk(directory):
        for name in (*folders, *names):
            with suppress(FileNotFoundError):  # a running hub has just taken it away
                found = os.stat(name, dir_fd=at, follow_symlinks=False)
                alone = stat.S_ISDIR(found.st_mode) or found.st_nlink == 1
                if found.st_uid == maker and alone:
                    os.chown(name, owner, group, dir_fd=at, follow_symlinks=False)
