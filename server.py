"""The command line of the hall."""

from gevent import monkey

monkey.patch_all()  # before anything else is imported: code written for threads cooperates in the server

import argparse
import errno
import logging
import os
import socket
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import cast

from gevent.threadpool import ThreadPoolExecutor

import commands
import demo
from commands import said
from config import EVERYWHERE, Config, ConfigErrors, data_folder, read
from hall.events import UnknownEvent
from hub import Steady
from languages import say
from live.listener import holder, listener
from live.server import serve
from printing.drawer import DrawerFailed
from printing.virtual_process import VirtualPrinterFailed
from service.build import Address, Service
from service.control import Control, ReloadWish, ask
from service.reload import Reload
from service.screens import DEVICES, links, page_of
from store.accounts import Accounts
from store.database import AnotherHub, HallIsThere, NewerData, NotABackup, NotDurable, StoreUnavailable
from store.engine import open_store
from store.journal import UnknownSetup
from web import logs

WRONG_CONFIGURATION = 78  # EX_CONFIG of sysexits.h
VERSION = "0.1.0"
BOOT = Path("/proc/sys/kernel/random/boot_id")
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
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
    *(DrawerFailed, VirtualPrinterFailed, OSError, commands.Failed),
)

log = logging.getLogger("server")


def parser() -> argparse.ArgumentParser:
    """Commands and their options, as --help shows them."""
    top = argparse.ArgumentParser(prog="server.py", description=said("about"))
    top.add_argument("--config", type=Path, default=Path("config.toml"), help=said("config"))
    verbs = top.add_subparsers(dest="command", metavar="COMMAND")
    run = verbs.add_parser("run", help=said("run"))
    run.add_argument("--host", help=said("run_host"))
    run.add_argument("--port", type=commands.port, help=said("run_port"))
    run.add_argument("--demo", action="store_true", help=said("run_demo"))
    verbs.add_parser("reload", help=said("reload"))
    commands.add_parsers(verbs)
    return top


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 done, 2 wrong usage, 78 wrong configuration, 1 anything else with a line on stderr."""
    asked = parser().parse_args(arguments)
    try:
        if asked.command == "reload":
            return reload(asked.config)
        config = read(asked.config, os.environ)
        if asked.command in (None, "run"):
            host, port = getattr(asked, "host", None), getattr(asked, "port", None)
            return run(asked.config, config, host, port, demo_hall=getattr(asked, "demo", False))
        return commands.do(asked, config, clock(), page_of)
    except ConfigErrors as errors:
        print("\n".join(errors.lines), file=sys.stderr)
        return WRONG_CONFIGURATION
    except commands.WrongUsage as wrong:
        print(f"server.py: {wrong}", file=sys.stderr)
        return 2
    except CANNOT as failed:
        print(f"server.py: {failed}", file=sys.stderr)
        return 1


def reload(file: Path) -> int:
    """Asks the hub, which reads the file itself: its answer stands in its log as well."""
    folder = data_folder(file, os.environ)
    answer = ask(folder, ReloadWish(str(file.resolve()))) if folder else None
    if answer is None:
        config = read(file, os.environ)
        raise commands.Failed(f"no hub runs on the data in {config.settings.store_dir}")
    for line in answer.lines:
        print(line, file=sys.stderr if answer.code else sys.stdout)
    return answer.code


def run(file: Path, config: Config, host: str | None, port: int | None, *, demo_hall: bool) -> int:
    """Serves until SIGTERM or SIGINT. Refuses the demo, or demo accounts, on an address others reach."""
    server = config.settings.server
    host, port = host or server.host, server.port if port is None else port
    logs.begin(config.settings.log_level)
    if demo_hall and host not in LOOPBACK:
        raise commands.WrongUsage(f"--demo serves this machine only; --host {host} is reached by others")
    database = open_store(config.settings.store_dir, lock=True)
    listening = _listening(host, port)
    port = listening.getsockname()[1]
    # A native thread: hashing a password may not hold the loop. One: on two cores a flood of log-ins leaves
    # the other to the hall.
    pool = ThreadPoolExecutor(1)
    accounts = Accounts(database, pool, throttle=not demo_hall)
    if host not in LOOPBACK and (why := demo.keeps_here(accounts, host)):
        raise commands.Failed(why)
    if host in EVERYWHERE and not server.public_url:
        log.warning("[server] public_url is not set: the QR code of a slip leads nowhere, see docs")
    address = Address(host, port)
    disk = ThreadPoolExecutor(2)
    service = Service(config, VERSION, address, database, accounts, clock, steady(), disk, demo=demo_hall)
    directory, halls = config.settings.store_dir, config.setups
    tokens = demo.seed(accounts, directory, halls, DEVICES, clock()) if demo_hall else None
    service.start(tokens)

    file = file.resolve()
    again = Reload(
        file,
        config,
        lambda: _read_beside(pool, file),
        service.hubs,
        service.set_up_anew,
        always_open=demo_hall,
    )
    control = Control(config.settings.store_dir, again.wished)

    def ready(_port: int) -> None:
        control.start()
        base = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        print(f"ready {base}", flush=True)
        if tokens is not None:
            shown = [link for hall in tokens for link in links(hall, tokens[hall])]
            named = [(say("en", "front", link.name), link.address) for link in shown]
            print(demo.addresses(base, named), flush=True)

    try:
        serve(service.app, service.socketio, listening, ready, again.take)
    finally:
        control.stop()
        service.stop()
        database.close()
    return 0


def _listening(host: str, port: int) -> socket.socket:
    """Raises commands.Failed with what to do where the address cannot be had."""
    try:
        return listener(host, port)
    except OSError as error:
        address = f"{f'[{host}]' if ':' in host else host}:{port}"
        if error.errno == errno.EADDRINUSE:
            who = holder(port) or said("in_use_by_whom", port=port)
            other = port + 1 if port < commands.LAST_PORT else port - 1
            why = said("in_use", address=address, who=who, other=other)
        elif error.errno == errno.EACCES:
            why = said("low_port", address=address)
        elif error.errno == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror):
            why = said("no_card", address=address)
        else:
            why = f"{address}: {error.strerror}"
        raise commands.Failed(why) from None


def _read_beside(pool: ThreadPoolExecutor, file: Path) -> Config:
    """Reads in a native thread, a tenth of a second for which the loop has no time. Raises ConfigErrors."""

    def reading() -> Config | ConfigErrors:
        try:
            return read(file, os.environ)
        except ConfigErrors as errors:  # handed over: gevent logs a traceback of all that its threads raise
            return errors

    got = pool.submit(reading).result()
    if isinstance(got, ConfigErrors):
        raise got
    return cast(Config, got)


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
