"""The commands beside `run`: each does one thing to the data of a hall and ends."""

import argparse
import getpass
import os
import sys
import tarfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TypeAlias, get_args

import segno

from config import Config, Server, describe
from hall.signs import steering
from hub.days import folded
from hub.gap import end_lost
from languages import of_locale, say
from store.accounts import Accounts, DeviceRole, NameTaken, StaffRole
from store.database import NewerData, StoreUnavailable
from store.engine import backup, is_kept, must_be_there, new_hall, open_store, restore
from store.journal import Journal
from store.passwords import LONGEST, SHORTEST, weakness
from store.second_place import SecondPlace
from store.verify import faults
from usage import Parser, said

LONGEST_NAME = 64  # more no log-in takes
LAST_PORT = 65535
WITHOUT_DATA = ("check-config", "restore", "new-hall")  # need none to be there
MINUTE = "%Y-%m-%d %H:%M"
QUIET_ZONE = 2  # modules around a QR code on a dark screen
Parsers: TypeAlias = "argparse._SubParsersAction[Parser]"
PageOf = Callable[[str, str, str], str | None]


class WrongUsage(Exception):
    """What was asked for cannot be; the message says what can."""


class Failed(Exception):
    """It could not be done; one clear line."""


def port(text: str) -> int:
    """A port as an option of the command line. Raises ArgumentTypeError, a wrong usage."""
    if not text.isascii() or not text.isdigit() or int(text) > LAST_PORT:
        raise argparse.ArgumentTypeError(said("no_port", typed=text, last=LAST_PORT))
    return int(text)


def a_name(text: str) -> str:
    """What a person or a device is called, as all can type and list it. Raises ArgumentTypeError."""
    name = unicodedata.normalize("NFC", text).strip()
    if not any(map(str.isalnum, name)):
        raise argparse.ArgumentTypeError(said("name_empty"))
    if any(unicodedata.category(sign)[0] in "CZ" and sign != " " for sign in name):
        raise argparse.ArgumentTypeError(said("name_sign"))
    if len({unicodedata.name(sign).split()[0] for sign in name if sign.isalpha()}) > 1:
        raise argparse.ArgumentTypeError(said("name_alphabets"))  # a Cyrillic "а" is read as ours
    if len(name) > LONGEST_NAME:
        raise argparse.ArgumentTypeError(said("name_long", longest=LONGEST_NAME))
    return name


def parser() -> Parser:
    """Commands and their options, as --help shows them."""
    top = Parser(prog="server.py", description=said("about"))
    top.add_argument("--config", type=Path, default=Path("config.toml"), help=said("config"))
    verbs = top.add_subparsers(dest="command", metavar="COMMAND")
    run = verbs.add_parser("run", help=said("run"))
    run.add_argument("--host", help=said("run_host"))
    run.add_argument("--port", type=port, help=said("run_port"))
    run.add_argument("--demo", action="store_true", help=said("run_demo"))
    verbs.add_parser("reload", help=said("reload"))
    verbs.add_parser("day", help=said("day"))
    verbs.add_parser("doctor", help=said("doctor"))
    _add_parsers(verbs)
    return top


def _add_parsers(commands: Parsers) -> None:
    commands.add_parser("check-config", help=said("check"))
    _token_parsers(commands)
    _user_parsers(commands)
    commands.add_parser("backup", help=said("backup")).add_argument("file", type=Path, help=said("file"))
    commands.add_parser("restore", help=said("restore")).add_argument("file", type=Path, help=said("file"))
    commands.add_parser("new-hall", help=said("new_hall"))
    commands.add_parser("verify", help=said("verify"))


def _token_parsers(commands: Parsers) -> None:
    tokens = commands.add_parser("token", help=said("token")).add_subparsers(dest="verb", required=True)
    create = tokens.add_parser("create", help=said("token_create"))
    create.add_argument("--role", required=True, choices=get_args(DeviceRole), help=said("token_role"))
    create.add_argument("--hall", required=True, help=said("token_hall"))
    create.add_argument("--counter", help=said("token_counter"))
    create.add_argument("--name", type=a_name, help=said("token_name"))
    create.add_argument("--qr", action="store_true", help=said("token_qr"))
    tokens.add_parser("list", help=said("token_list"))
    revoke = tokens.add_parser("revoke", help=said("token_revoke"))
    revoke.add_argument("id", type=int, help=said("token_id"))


def _user_parsers(commands: Parsers) -> None:
    users = commands.add_parser("user", help=said("user")).add_subparsers(dest="verb", required=True)
    add = users.add_parser("add", help=said("user_add"))
    add.add_argument("name", type=a_name, help=said("user_name"))
    add.add_argument("--role", required=True, choices=get_args(StaffRole), help=said("user_new_role"))
    users.add_parser("list", help=said("user_list"))
    password = users.add_parser("passwd", help=said("user_passwd"))
    role = users.add_parser("role", help=said("user_role"))
    disable = users.add_parser("disable", help=said("user_disable"))
    enable = users.add_parser("enable", help=said("user_enable"))
    for each in (password, role, disable, enable):  # a name as it is kept, whatever names may be today
        each.add_argument("name", help=said("user_name"))
    role.add_argument("role", choices=get_args(StaffRole), help=said("user_new_role"))
    for each in (add, password):
        each.add_argument("--password-stdin", action="store_true", help=said("user_stdin"))


def do(asked: argparse.Namespace, config: Config, now: datetime, page_of: PageOf) -> int:
    """Runs the command; the exit code. `page_of` a role, hall and token: the path of the device's page, or
    None where it has none. Raises WrongUsage, Failed and the store's errors."""
    directory = config.settings.store_dir
    if config.settings.store_second is not None and asked.command not in WITHOUT_DATA:
        must_be_there(directory, config.settings.store_second)
    match asked.command, getattr(asked, "verb", None):
        case "check-config", _:
            language = of_locale(os.environ)
            print(describe(config, language))
            for line in _kiosks_without_paper(config, language):
                print(say(language, "config", "note", said=line))
        case "token", verb:
            with _accounts(directory) as accounts:
                _tokens(verb, asked, config, accounts, now, page_of)
        case "user", verb:
            with _accounts(directory) as accounts:
                _users(verb, asked, config, accounts, now)
        case "backup", _:
            _can_be_kept(directory, asked.file)
            backup(directory, asked.file)
            print(said("kept", file=asked.file))
        case "restore", _:
            aside = restore(asked.file, directory, now=now)
            print(said("restored", folder=directory, file=asked.file, aside=aside))
            print(said("restored_what"))
            _look_whose(directory, config)
        case "new-hall", _:
            new_hall(directory, now=now, elsewhere=config.settings.store_second)
            print(said("new_hall_done", folder=directory))
        case "verify", _:
            return _verify(directory, config.settings.store_second)
    return 0


def _must_be_kept(directory: Path, elsewhere: Path | None) -> None:
    """Raises Failed where there is nothing yet: to look at it would make it."""
    must_be_there(directory, elsewhere)
    if not is_kept(directory):
        raise Failed(said("doctor_no_data"))


def _can_be_kept(directory: Path, file: Path) -> None:
    """Raises Failed where there is nothing yet, WrongUsage where the backup would take the place of data."""
    _must_be_kept(directory, None)
    inside = file.resolve().is_relative_to(directory.resolve())
    if inside and file.is_file() and not tarfile.is_tarfile(file):
        raise WrongUsage(said("backup_over_data", file=file, folder=directory))


def _look_whose(directory: Path, config: Config) -> None:
    """Says so where a backup was that of another hall."""
    database = open_store(directory, lock=False)
    try:
        if others := Journal(database).instead_of(config.setups):
            halls = {"there": ", ".join(others), "here": ", ".join(config.setups)}
            print(said("restored_of_another", **halls), file=sys.stderr)
    finally:
        database.close()


def _kiosks_without_paper(config: Config, language: str) -> Iterator[str]:
    """Where the names of kiosks and printers do not meet; nothing before the first run."""
    directory = config.settings.store_dir
    if not is_kept(directory):
        return
    try:
        with _accounts(directory) as accounts:
            for hall, equipment in config.settings.equipment.items():
                yield from equipment.without_partner(accounts.kiosks(hall), language)
    except (NewerData, StoreUnavailable) as trouble:
        yield say(language, "config", "kiosks_unread", why=trouble)


@contextmanager
def _accounts(directory: Path) -> Iterator[Accounts]:
    database = open_store(directory, lock=False)
    with ThreadPoolExecutor(1) as pool:
        yield Accounts(database, pool)
    database.close()


def _tokens(
    verb: str | None,
    asked: argparse.Namespace,
    config: Config,
    accounts: Accounts,
    now: datetime,
    page_of: PageOf,
) -> None:
    if verb == "create":
        _create_token(asked, config, accounts, now, page_of)
    elif verb == "list":
        for device in accounts.devices():
            ended = device.revoked_at
            state = said("revoked_at", at=f"{ended:{MINUTE}}") if ended else said("valid")
            named = [device.role, device.hall, device.counter or "-", _on_a_line(device.name)]
            print("\t".join([str(device.id), *named, state]))
    elif not accounts.revoke(asked.id, now=now):
        raise Failed(said("no_token", id=asked.id))


def _create_token(
    asked: argparse.Namespace, config: Config, accounts: Accounts, now: datetime, page_of: PageOf
) -> None:
    """The token stands alone in the output, as programs take it. What is for people, the device's link, goes
    to where the terminal shows it and a pipe does not; with a QR it was asked for and follows the token."""
    if asked.hall not in config.setups:
        raise WrongUsage(said("no_hall", hall=asked.hall, halls=", ".join(config.setups)))
    bound = asked.role in ("counter", "rating")
    counters = config.setups[asked.hall].counters
    if bound and asked.counter not in counters:
        raise WrongUsage(said("needs_counter", role=asked.role, counters=", ".join(counters)))
    if not bound and asked.counter is not None:
        raise WrongUsage(said("no_counter", role=asked.role))
    name = asked.name or (f"{asked.role}-{asked.counter}" if bound else asked.role)
    _device, token = accounts.create_device(asked.role, asked.hall, name, asked.counter, now=now)
    print(token)
    if asked.role == "kiosk":
        language, equipment = of_locale(os.environ), config.settings.equipment[asked.hall]
        for line in equipment.without_partner(accounts.kiosks(asked.hall), language):
            print(say(language, "config", "note", said=line), file=sys.stderr)
    if path := page_of(asked.role, asked.hall, token):
        _show_link(config.settings.server, path, with_qr=asked.qr)


def _show_link(server: Server, path: str, *, with_qr: bool) -> None:
    link, reached = server.link(path)
    what = "link" if reached else "link_of_this_pc"
    out = sys.stdout if with_qr else sys.stderr
    print(said(what, link=link, host=server.host), file=out)
    if with_qr:
        segno.make(link).terminal(out, border=QUIET_ZONE, compact=True)


def _users(
    verb: str | None, asked: argparse.Namespace, config: Config, accounts: Accounts, now: datetime
) -> None:
    house = [name for setup in config.setups.values() for name in (setup.hall, setup.name, setup.authority)]
    match verb:
        case "add":
            password = _password(asked, house)
            try:
                accounts.add_staff(asked.name, asked.role, password, now=now)
            except NameTaken:
                raise Failed(said("name_taken", name=asked.name)) from None
            return
        case "list":
            for person in accounts.staff():
                ended = person.disabled_at
                state = said("disabled_at", at=f"{ended:{MINUTE}}") if ended else said("active")
                print("\t".join([_on_a_line(person.name), person.role, state]))
            return
        case "passwd":
            done, nobody = accounts.set_password(asked.name, _password(asked, house)), "no_account"
        case "role":
            done, nobody = accounts.set_role(asked.name, asked.role), "no_account"
        case "enable":
            done, nobody = accounts.enable_staff(asked.name), "no_disabled_account"
        case _:
            done, nobody = accounts.disable_staff(asked.name, now=now), "no_active_account"
    if not done:
        raise Failed(said(nobody, name=_on_a_line(asked.name)))


def _on_a_line(name: str) -> str:
    """A name that was kept when names could be anything."""
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in name)


def _password(asked: argparse.Namespace, house: Iterable[str] = ()) -> str:
    """What a browser can send, and is not the first guess of who knows the names of the `house`. Raises
    WrongUsage for what it cannot: nobody would enter with it."""
    password = _piped() if asked.password_stdin else _asked_for()
    if weak := weakness(password, asked.name, house):
        raise WrongUsage(said(weak, shortest=SHORTEST, longest=LONGEST))
    if steering(unicodedata.normalize("NFC", password)):
        raise WrongUsage(said("password_sign"))
    return password


def _piped() -> str:
    """The first line of the input, without its end and without the mark that PowerShell puts before it."""
    line = sys.stdin.buffer.readline()
    if line.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in line:
        raise WrongUsage(said("password_utf_16"))
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongUsage(said("password_no_utf_8")) from None
    return text.removesuffix("\n").removesuffix("\r")


def _asked_for() -> str:
    try:
        return getpass.getpass()
    except EOFError:
        raise WrongUsage(said("password_nobody")) from None


def _verify(directory: Path, elsewhere: Path | None) -> int:
    _must_be_kept(directory, elsewhere)
    database = open_store(directory, lock=False)
    try:
        found = 0
        # The second place is read first: beside a running hub the journal may be ahead of it, never behind.
        for fault in chain(
            list(end_lost(Journal(database), SecondPlace(directory, elsewhere=elsewhere))),
            faults(database, folded),
        ):
            found += 1
            print(fault)
    finally:
        database.close()
    if found:
        print(said("verify_found", count=found), file=sys.stderr)
    return 1 if found else 0
