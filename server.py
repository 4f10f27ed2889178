"""The command line of the hall."""

from gevent import monkey

monkey.patch_all()  # before anything else is imported: code written for threads cooperates in the server

import os
import sys
import time
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import cast

import commands
from config import Config, ConfigErrors, data_folder, read
from hall.events import UnknownEvent
from hub import Steady
from languages import of_locale
from service.control import ReloadWish, ask
from store import files
from store.database import AnotherHub, HallIsThere, NewerData, NotABackup, NotDurable, StoreUnavailable
from store.journal import UnknownSetup
from usage import said

WRONG_CONFIGURATION = 78  # EX_CONFIG of sysexits.h
ENDED_BY_CTRL_C = 130  # as shells have it
BOOT = Path("/proc/sys/kernel/random/boot_id")
# What ends a command with its own sentence, which says what to do.
CANNOT = (
    *(
        AnotherHub,
        HallIsThere,
        NewerData,
        NotDurable,
        StoreUnavailable,
        UnknownEvent,
        UnknownSetup,
        NotABackup,
    ),
    *(OSError, commands.Failed),
)


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 done, 2 wrong usage, 78 wrong configuration, 1 anything else with a line on stderr."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show Vietnamese letters shows the rest.
        cast(TextIOWrapper, stream).reconfigure(errors="replace")
    asked = commands.parser().parse_args(arguments)
    try:
        if asked.command in ("reload", "day"):
            return ask_hub(asked.config, day=asked.command == "day")
        config = read(asked.config, os.environ)
        with data_of_its_owner(config.settings.store_dir, config.settings.store_second):
            return do(asked, config)
    except ConfigErrors as errors:
        print("\n".join(errors.lines), file=sys.stderr)
        return WRONG_CONFIGURATION
    except commands.WrongUsage as wrong:
        print(f"server.py: {wrong}", file=sys.stderr)
        return 2
    except CANNOT as failed:
        print(f"server.py: {failed}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:  # at a question; the hub itself ends by it as it should
        return ENDED_BY_CTRL_C


def do(asked: Namespace, config: Config) -> int:
    """The exit code of a command that needs the configuration."""
    if asked.command in (None, "run"):
        host, port = getattr(asked, "host", None), getattr(asked, "port", None)
        return run(asked.config, config, host, port, demo_hall=getattr(asked, "demo", False))
    if asked.command == "doctor":
        return doctor(config)
    return commands.do(asked, config, clock(), page_of)


@contextmanager
def data_of_its_owner(*folders: Path | None) -> Iterator[None]:
    """What root does to the data of another user stays that user's, under whom the hub runs."""
    try:
        yield
    finally:
        for each in folders if os.geteuid() == files.ROOT else ():
            if each is not None and each.is_dir():
                whose = each.stat()
                files.hand_over(each, whose.st_uid, whose.st_gid)


def ask_hub(file: Path, *, day: bool) -> int:
    """To go to today's date, or to take the file, which it reads itself; its answer is in its log as well."""
    folder = data_folder(file, os.environ)
    wish = ReloadWish(str(file.resolve()), day, of_locale(os.environ))
    answer = ask(folder, wish) if folder else None
    if answer is None:
        config = read(file, os.environ)
        raise commands.Failed(said("no_hub", folder=config.settings.store_dir))
    for line in answer.lines:
        print(line, file=sys.stderr if answer.code else sys.stdout)
    return answer.code


def run(file: Path, config: Config, host: str | None, port: int | None, *, demo_hall: bool) -> int:
    """Serves the hall. What only this needs is imported now: a command beside it begins at once."""
    import serving

    serving.run(file, config, host, port, clock, steady(), demo_hall=demo_hall)
    return 0


def doctor(config: Config) -> int:
    """1 where something does not work."""
    from service.doctor import findings

    found = []
    for each in findings(config, clock()):
        print(each, flush=True)
        found.append(each.well)
    return 0 if all(found) else 1


def page_of(role: str, hall: str, token: str) -> str | None:
    """As `service.screens` knows it, which imports all screens."""
    from service import screens

    return screens.page_of(role, hall, token)


def clock() -> datetime:
    """With `steady`, the only place where the time of the machine comes in."""
    return datetime.now(UTC)


def steady() -> Steady:
    """Of Linux the clock that goes on while the machine sleeps, and the mark of its run."""
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    seconds = time.monotonic if boottime is None else partial(time.clock_gettime, boottime)
    try:
        boot = BOOT.read_text(encoding="ascii").strip()
    except OSError:
        boot = ""
    return Steady(seconds, boot)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
