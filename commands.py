"""The commands beside `run`: each does one thing to the data of a hall and ends."""

import argparse
import getpass
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import get_args

from config import Config, describe
from hub.days import folded
from store.accounts import Accounts, DeviceRole, NameTaken, StaffRole
from store.database import NewerData, StoreUnavailable
from store.engine import backup, is_kept, new_hall, open_store, restore
from store.passwords import LONGEST, SHORTEST, Weakness, weakness
from store.verify import faults

WEAK: dict[Weakness, str] = {
    "too_short": f"the password needs {SHORTEST} characters at least",
    "too_long": f"the password may have {LONGEST} characters at most",
    "too_common": "this password is one of the first that a stranger would try; several words will do",
}
LAST_PORT = 65535


class WrongUsage(Exception):
    """What was asked for cannot be; the message says what can."""


class Failed(Exception):
    """It could not be done; one clear line."""


def port(text: str) -> int:
    """A port as an option of the command line. Raises ArgumentTypeError, a wrong usage."""
    if not text.isascii() or not text.isdigit() or int(text) > LAST_PORT:
        raise argparse.ArgumentTypeError(f"{text}: a port is a number from 0 to {LAST_PORT}")
    return int(text)


def add_parsers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    commands.add_parser("check-config", help="print what the configuration says, or all its errors")
    _token_parsers(commands)
    _user_parsers(commands)
    keep = commands.add_parser("backup", help="a verified copy of all data, also while a hub runs")
    keep.add_argument("file", type=Path)
    bring_back = commands.add_parser("restore", help="put a backup in place; the data there is kept aside")
    bring_back.add_argument("file", type=Path)
    commands.add_parser("new-hall", help="begin with an empty hall where the data of one was lost")
    commands.add_parser("verify", help="fold every day and compare it with all tables; one line a fault")


def _token_parsers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    tokens = commands.add_parser("token", help="tokens of devices").add_subparsers(dest="verb", required=True)
    create = tokens.add_parser("create", help="print a new token, this once")
    create.add_argument("--role", required=True, choices=get_args(DeviceRole))
    create.add_argument("--hall", required=True)
    create.add_argument("--counter", help="the counter a call pad or a rating tablet is bound to")
    create.add_argument("--name", help="what people call the device")
    tokens.add_parser("list", help="id, role, hall, counter, name, state")
    tokens.add_parser("revoke", help="end a token at once").add_argument("id", type=int)


def _user_parsers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    users = commands.add_parser("user", help="staff accounts").add_subparsers(dest="verb", required=True)
    add = users.add_parser("add", help="a new account; asks for the password")
    add.add_argument("name")
    add.add_argument("--role", required=True, choices=get_args(StaffRole))
    add.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    users.add_parser("list", help="name, role, state")
    users.add_parser("disable", help="end an account and its sessions").add_argument("name")


def do(asked: argparse.Namespace, config: Config, now: datetime) -> int:
    """Runs the command; the exit code. Raises WrongUsage, Failed and the store's errors."""
    directory = config.settings.store_dir
    match asked.command, getattr(asked, "verb", None):
        case "check-config", _:
            print(describe(config))
            for line in _kiosks_without_paper(config):
                print(f"note: {line}")
        case "token", verb:
            with _accounts(directory) as accounts:
                _tokens(verb, asked, config, accounts, now)
        case "user", verb:
            with _accounts(directory) as accounts:
                _users(verb, asked, accounts, now)
        case "backup", _:
            backup(directory, asked.file)
            print(f"{asked.file}: kept and verified")
        case "restore", _:
            aside = restore(asked.file, directory, now=now)
            print(f"{directory}: restored from {asked.file}; what was there is in {aside}")
            print(
                "Every queue goes on after a gap, so that no number is given again; what was revoked or"
                " disabled since the backup is valid again: see token list, user list"
            )
        case "new-hall", _:
            new_hall(directory)
            print(f"{directory}: an empty hall; numbers given today are not given again")
        case "verify", _:
            return _verify(directory)
    return 0


def _kiosks_without_paper(config: Config) -> Iterator[str]:
    """Where the names of kiosks and printers do not meet; nothing before the first run."""
    directory = config.settings.store_dir
    if not is_kept(directory):
        return
    try:
        with _accounts(directory) as accounts:
            for hall, equipment in config.settings.equipment.items():
                yield from equipment.without_partner(accounts.kiosks(hall))
    except (NewerData, StoreUnavailable) as trouble:
        yield f"the names of the kiosks cannot be read: {trouble}"


@contextmanager
def _accounts(directory: Path) -> Iterator[Accounts]:
    database = open_store(directory, lock=False)
    with ThreadPoolExecutor(1) as pool:
        yield Accounts(database, pool)
    database.close()


def _tokens(
    verb: str | None, asked: argparse.Namespace, config: Config, accounts: Accounts, now: datetime
) -> None:
    if verb == "create":
        if asked.hall not in config.setups:
            raise WrongUsage(f"--hall {asked.hall}: no such hall; there is {', '.join(config.setups)}")
        bound = asked.role in ("counter", "rating")
        counters = config.setups[asked.hall].counters
        if bound and asked.counter not in counters:
            raise WrongUsage(f"--counter: a {asked.role} token needs one of {', '.join(counters)}")
        if not bound and asked.counter is not None:
            raise WrongUsage(f"--counter: a {asked.role} token is not bound to a counter")
        name = asked.name or (f"{asked.role}-{asked.counter}" if bound else asked.role)
        _device, token = accounts.create_device(asked.role, asked.hall, name, asked.counter, now=now)
        print(token)
        if asked.role == "kiosk":
            for line in config.settings.equipment[asked.hall].without_partner(accounts.kiosks(asked.hall)):
                print(f"note: {line}", file=sys.stderr)
    elif verb == "list":
        for device in accounts.devices():
            state = f"revoked {device.revoked_at:%Y-%m-%d %H:%M}" if device.revoked_at else "valid"
            print(
                "\t".join(
                    [str(device.id), device.role, device.hall, device.counter or "-", device.name, state]
                )
            )
    elif not accounts.revoke(asked.id, now=now):
        raise Failed(f"{asked.id}: no valid token has this id; see token list")


def _users(verb: str | None, asked: argparse.Namespace, accounts: Accounts, now: datetime) -> None:
    if verb == "add":
        password = sys.stdin.readline().rstrip("\n") if asked.password_stdin else _asked_for()
        if weak := weakness(password, asked.name):
            raise WrongUsage(WEAK[weak])
        try:
            accounts.add_staff(asked.name, asked.role, password, now=now)
        except NameTaken:
            raise Failed(f"{asked.name}: there is an account of this name already") from None
    elif verb == "list":
        for person in accounts.staff():
            state = f"disabled {person.disabled_at:%Y-%m-%d %H:%M}" if person.disabled_at else "active"
            print("\t".join([person.name, person.role, state]))
    elif not accounts.disable_staff(asked.name, now=now):
        raise Failed(f"{asked.name}: no active account has this name; see user list")


def _asked_for() -> str:
    try:
        return getpass.getpass()
    except EOFError:
        raise WrongUsage("nobody is here to type the password; give it with --password-stdin") from None


def _verify(directory: Path) -> int:
    database = open_store(directory, lock=False)
    try:
        found = 0
        for fault in faults(database, folded):
            found += 1
            print(fault)
    finally:
        database.close()
    return 1 if found else 0
