"""Eras of a hall's track tokens. Each restore of a backup begins one: a number that is given a second time,
on whatever machine, never has the token of the first."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from store.database import DamagedData, Database

BEGIN = "INSERT INTO eras (name, began_at) VALUES (?, ?)"


@dataclass(frozen=True, slots=True)
class Era:
    """`name` goes into the tokens."""

    name: str
    began_at: datetime


def new(now: datetime) -> Era:
    return Era(secrets.token_hex(8), now)


def eras(database: Database) -> list[Era]:
    """Oldest first; none where no backup was ever restored."""
    rows = database.rows("SELECT name, began_at FROM eras ORDER BY began_at, name")
    try:
        return [Era(str(name), datetime.fromisoformat(str(began_at))) for name, began_at in rows]
    except ValueError as error:
        raise DamagedData("Dữ liệu về các lần khôi phục", "The record of restores", error) from error
