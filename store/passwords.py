"""Whether a password will do (OWASP ASVS 5.0, 6.2): long enough, and none that is guessed first."""

from typing import Literal

SHORTEST, LONGEST = 8, 256
# The first guesses of somebody who tries: more than the 3,000 most common ones that ASVS asks for.
FIRST_GUESSES = 10_000
LOOKED_AT = 64  # signs; what is longer is not guessed, and takes long to look at
OURS = (
    "matkhau",
    "anhyeuem",
    "emyeuanh",
    "vietnam",
    "motcua",
    "hanhchinh",
    "hanhchinhcong",
    "canbo",
    "quantri",
)

Weakness = Literal["too_short", "too_long", "too_common"]


def weakness(password: str, name: str = "") -> Weakness | None:
    """None: it will do. `name` of whose it is: the first thing that is tried."""
    if len(password.strip()) < SHORTEST:
        return "too_short"
    if len(password) > LONGEST:
        return "too_long"
    from zxcvbn import zxcvbn  # its lists take 0.2 s to read, and only a new password needs them

    found = zxcvbn(password[:LOOKED_AT], user_inputs=[name, *name.split(), *OURS])
    return "too_common" if found["guesses"] < FIRST_GUESSES else None
