"""A command of the documents, typed at a terminal: it may ask, and is answered."""

import os
import pty
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

BOUND_SECONDS = 100


def typed(command: str, folder: Path, environ: Mapping[str, str], answer: str) -> tuple[int, str]:
    """The exit code and all that was shown. Whoever asks for a password is given `answer`."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        # A password is asked for at the terminal of a session, not at the standard input.
        ["setsid", "--ctty", "--wait", "timeout", "--foreground", str(BOUND_SECONDS), "bash", "-c", command],
        cwd=folder, env=dict(environ), stdin=theirs, stdout=theirs, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    shown, answered = b"", 0
    with suppress(OSError):  # the terminal has gone with the last who had it
        while more := os.read(ours, 4096):
            shown += more
            if shown.count(b"assword:") > answered:
                answered += 1
                os.write(ours, answer.encode() + b"\n")
    os.close(ours)
    return process.wait(), shown.decode().replace("\r\n", "\n")
