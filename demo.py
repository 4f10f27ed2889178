"""The demo hall: accounts and devices everybody knows, and therefore for this machine only."""

import json
import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from store.accounts import Accounts, DeviceRole, DeviceTokens, StaffRole
from usage import said

PASSWORD = "demo-1234"  # noqa: S105 (known to everybody: hence loopback only)
OFFICERS = tuple(f"canbo{number}" for number in range(1, 11))
ACCOUNTS: dict[str, StaffRole] = {**dict.fromkeys(OFFICERS, "staff"), "truongca": "supervisor"}
FILE = "demo.json"  # the tokens, readable by this user only: the addresses stay the same at every start


def seed(
    accounts: Accounts,
    directory: Path,
    halls: Iterable[str],
    devices: Mapping[DeviceRole, str],
    now: datetime,
) -> DeviceTokens:
    """The accounts and the named `devices` of the demo, made where they are missing; by hall and role the
    tokens."""
    there = {person.name for person in accounts.staff()}
    for name, rank in ACCOUNTS.items():
        if name not in there:  # one that somebody disabled stays so
            accounts.add_staff(name, rank, PASSWORD, now=now)
    file = directory / FILE
    kept: DeviceTokens = json.loads(file.read_text()) if file.exists() else {}
    tokens: DeviceTokens = {}
    for hall in halls:
        for role, name in devices.items():
            token = kept.get(hall, {}).get(role)
            if token is None or accounts.device_of(token) is None:
                _device, token = accounts.create_device(role, hall, name, None, now=now)
            tokens.setdefault(hall, {})[role] = token
    if tokens != kept:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as out:
            json.dump(tokens, out)
    return tokens


def keeps_here(accounts: Accounts, host: str, *, proxied: bool = False) -> str | None:
    """Why this hub may not serve `host`, or be `proxied` by it: demo accounts can still log in; None: there
    are none."""
    there = [each.name for each in accounts.staff() if each.name in ACCOUNTS and each.disabled_at is None]
    if not there:
        return None
    what = "demo_accounts_proxied" if proxied else "demo_accounts_there"
    return said(what, names=", ".join(there), host=host)


def addresses(base: str, screens: Iterable[tuple[str, str]]) -> str:
    """What a person who tries the demo needs, in lines. `screens`: name and path of each."""
    lines = [f"  {name:<16}{base}{path}" for name, path in screens]
    others = {
        said("demo_log_in"): said("demo_log_in_as", first=OFFICERS[0], last=OFFICERS[-1], password=PASSWORD),
        said("demo_links"): f"{base}/",
        said("demo_port"): "make run PORT=8001",
    }
    return "\n".join([*lines, *(f"  {name:<16}{what}" for name, what in others.items())])
