"""What `server.py run` does: it serves the hall until told to end. Only this imports the whole house."""

import errno
import logging
import os
import socket
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import cast

from gevent.threadpool import ThreadPoolExecutor

import commands
import demo
from config import EVERYWHERE, LOOPBACK, Config, ConfigErrors, Server, bracketed, read
from hub import Steady
from languages import of_locale, say
from live.listener import holder, listener
from live.server import serve
from printing.drawer import DrawerFailed
from printing.virtual_process import VirtualPrinterFailed
from service.build import Address, Service
from service.control import Control
from service.disk import Disk
from service.reload import Reload
from service.screens import DEVICES, links
from store.accounts import Accounts, DeviceTokens
from store.engine import must_be_there, open_store
from usage import said
from web import logs

VERSION = "0.1.0"

log = logging.getLogger("server")


def run(
    file: Path,
    config: Config,
    host: str | None,
    port: int | None,
    clock: Callable[[], datetime],
    steady: Steady,
    *,
    demo_hall: bool,
) -> None:
    """Serves until SIGTERM or SIGINT. Refuses the demo, or demo accounts, on an address others reach."""
    server = config.settings.server
    host, port = host or server.host, server.port if port is None else port
    logs.begin(config.settings.log_level)
    if demo_hall and host not in LOOPBACK:
        raise commands.WrongUsage(said("demo_is_reached", host=host))
    if config.settings.store_second is not None:
        must_be_there(config.settings.store_dir, config.settings.store_second)
    disk = ThreadPoolExecutor(2)  # native threads as well, which wait for the disk
    database = open_store(config.settings.store_dir, lock=True, waiting=Disk(disk))
    listening = _listening(host, port)
    port = listening.getsockname()[1]
    # A native thread: hashing a password may not hold the loop. One: on two cores a flood of log-ins leaves
    # the other to the hall.
    pool = ThreadPoolExecutor(1)
    accounts = Accounts(database, pool, throttle=not demo_hall)
    _look_at_reach(server, accounts, host, demo_hall=demo_hall)
    address, folder = Address(host, port), config.settings.store_dir
    try:
        service = Service(config, VERSION, address, database, accounts, clock, steady, disk, demo=demo_hall)
        tokens = demo.seed(accounts, folder, config.setups, DEVICES, clock()) if demo_hall else None
        service.start(tokens)
    except (DrawerFailed, VirtualPrinterFailed) as failed:
        raise commands.Failed(str(failed)) from None
    again = _reloading(file.resolve(), config, service, pool, always_open=demo_hall)
    try:
        _serve(service, listening, again, folder, _greeting(f"http://{bracketed(host)}:{port}", tokens))
    finally:
        service.stop()
        database.close()


def _reloading(
    file: Path, config: Config, service: Service, pool: ThreadPoolExecutor, *, always_open: bool
) -> Reload:
    """What takes the configuration while the hub runs."""
    hubs, anew = service.hubs, service.set_up_anew
    return Reload(
        file, config, lambda environ: _read_beside(pool, file, environ), hubs, anew, always_open=always_open
    )


def _serve(service: Service, listening: socket.socket, again: Reload, folder: Path, greeting: str) -> None:
    control = Control(folder, again.wished)

    def ready(_port: int) -> None:
        control.start()
        print(greeting, flush=True)

    try:
        serve(service.app, service.socketio, listening, ready, again.take)
    finally:
        control.stop()


def _look_at_reach(server: Server, accounts: Accounts, host: str, *, demo_hall: bool) -> None:
    """Refuses an address that others reach where everybody knows a password."""
    if host not in LOOPBACK and (why := demo.keeps_here(accounts, host)):
        raise commands.Failed(why)
    # Its own machine asks, and whoever asks that.
    if server.proxy and not demo_hall and (why := demo.keeps_here(accounts, server.proxy, proxied=True)):
        raise commands.Failed(why)
    if host in EVERYWHERE and not server.public_url:
        log.warning("[server] public_url is not set: the QR code of a slip leads nowhere, see docs")


def _greeting(base: str, tokens: DeviceTokens | None) -> str:
    """That the hub serves; of the demo also its addresses."""
    if tokens is None:
        return f"ready {base}"
    shown = [link for hall in tokens for link in links(hall, tokens[hall])]
    named = [(say(of_locale(os.environ), "front", link.name), link.address) for link in shown]
    return f"ready {base}\n{demo.addresses(base, named)}"


def _listening(host: str, port: int) -> socket.socket:
    """Raises commands.Failed with what to do where the address cannot be had."""
    try:
        return listener(host, port)
    except OSError as error:
        address = f"{bracketed(host)}:{port}"
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


def _read_beside(pool: ThreadPoolExecutor, file: Path, environ: Mapping[str, str]) -> Config:
    """Reads in a native thread, a tenth of a second for which the loop has no time. Raises ConfigErrors."""

    def reading() -> Config | ConfigErrors:
        try:
            return read(file, environ)
        except ConfigErrors as errors:  # handed over: gevent logs a traceback of all that its threads raise
            return errors

    got = pool.submit(reading).result()
    if isinstance(got, ConfigErrors):
        raise got
    return cast(Config, got)
