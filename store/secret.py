"""The hub's secret: 32 random bytes in a file only its user can read."""

import os
import secrets
from pathlib import Path

from store.database import DamagedData, StoreUnavailable
from store.files import sync_directory

FILE = "secret"
BYTES = 32


def read_secret(directory: Path) -> bytes:
    """The secret of this data, made at the first call. Refuses DamagedData for one of another length."""
    file = directory / FILE
    try:
        if not file.exists():
            write_secret(file, secrets.token_bytes(BYTES))
        secret = file.read_bytes()
    except OSError as error:
        raise StoreUnavailable.because(error) from error
    if len(secret) != BYTES:
        raise DamagedData.at(file, f"{len(secret)} bytes instead of {BYTES}")
    return secret


def write_secret(file: Path, secret: bytes) -> None:
    """Whole or not at all, readable by its user only; an older secret there stays."""
    new = file.with_name(f"{file.name}.{secrets.token_hex(4)}.new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(secret)
            out.flush()
            os.fsync(handle)
        try:
            os.link(new, file)  # unlike a rename: two first starts at once agree on one secret
        except FileExistsError:
            return
    finally:
        new.unlink()
    sync_directory(file.parent)
