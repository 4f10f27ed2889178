"""What each printer has shown that it can do, so that a restart does not find it out at a citizen's cost."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast, get_args

from store.database import Database

# How a printer says that a slip is on paper. "mark": with the slip's own mark (GS ( H). "turn": with a byte
# in its turn (GS r). "none": it was asked and does not. "unknown": not asked yet.
Barrier = Literal["mark", "turn", "none", "unknown"]


@dataclass(frozen=True, slots=True)
class Ability:
    """`status`: it has answered what it was asked (DLE EOT), so silence is trouble."""

    status: bool = False
    barrier: Barrier = "unknown"


@dataclass(frozen=True, slots=True)
class KnownPrinter:
    """`where`: its address; another printer may stand at another one."""

    name: str
    where: str
    ability: Ability
    learnt_at: datetime


class KnownPrinters:
    def __init__(self, database: Database) -> None:
        self._database = database

    def ability(self, name: str, where: str) -> Ability:
        """What is known of the printer at this address; nothing of one that was never heard."""
        return next(
            (each.ability for each in self.all() if (each.name, each.where) == (name, where)), Ability()
        )

    def learn(self, name: str, where: str, ability: Ability, now: datetime) -> None:
        """Refuses StoreUnavailable."""
        facts = (where, int(ability.status), ability.barrier, now.isoformat())
        with self._database.write():
            self._database.execute("DELETE FROM printers WHERE name = ?", (name,))
            self._database.execute(
                "INSERT INTO printers (name, address, status, barrier, learnt_at) VALUES (?, ?, ?, ?, ?)",
                (name, *facts),
            )

    def all(self) -> Iterator[KnownPrinter]:
        """By name. What cannot be read of one is found out again."""
        for row in self._database.query("SELECT * FROM printers ORDER BY name"):
            with suppress(ValueError):
                learnt_at = datetime.fromisoformat(str(row["learnt_at"]))
                barrier = cast(Barrier, row["barrier"])
                if barrier in get_args(Barrier):
                    ability = Ability(bool(row["status"]), barrier)
                    yield KnownPrinter(str(row["name"]), str(row["address"]), ability, learnt_at)
