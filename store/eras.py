"""Eras of a hall's track tokens. Each restore of a backup, and each hall that is begun where there was one,
begins one: a number that is given a second time, on whatever machine, never has the token of the first."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from store.database import DamagedData, Database

NEWEST = "SELECT MAX(began_at) FROM eras"
BEGIN = "INSERT INTO eras (name, began_at) VALUES (?, ?)"


@dataclass(frozen=True, slots=True)
class Era:
    """`name` goes into the tokens."""

    name: str
    began_at: datetime


def new(now: datetime, newest: str | None) -> Era:
    """After the `newest` there is, as it is kept: the clock of this machine may be years behind."""
    began_at = now.astimezone(UTC)
    if newest is not None:
        began_at = max(began_at, datetime.fromisoformat(newest) + timedelta(seconds=1))
    return Era(secrets.token_hex(8), began_at)


def eras(database: Database) -> list[Era]:
    """Oldest first; none where no backup was ever restored."""
    rows = database.rows("SELECT name, began_at FROM eras ORDER BY began_at, name")
    try:
        return [Era(str(name), datetime.fromisoformat(str(began_at))) for name, began_at in rows]
    except ValueError as error:
        raise DamagedData("Dữ liệu về các lần khôi phục", "The record of restores", error) from error
