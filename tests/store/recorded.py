"""Days as earlier releases wrote them: their configurations first, then a line an event."""

import json
from dataclasses import dataclass
from pathlib import Path

from hall.events import Event
from hall.setup import Setup
from store import codec
from tests.store.builders import HALL, TODAY, OpenJournal

DATA = Path(__file__).parents[1] / "data"
DAYS = sorted(file.stem for file in DATA.glob("day_*.jsonl"))


@dataclass(frozen=True)
class RecordedDay:
    """Bodies of configurations, and kind, version and body of each event."""

    setups: list[bytes]
    rows: list[tuple[str, int, bytes]]

    def events(self) -> list[Event]:
        return [codec.decode(*row) for row in self.rows]

    def setup_of(self, digest: str) -> Setup:
        return codec.decode_setup(next(body for body in self.setups if codec.digest(body) == digest))

    def put_in(self, journal: OpenJournal, count: int | None = None) -> None:
        """The first `count` events, as that release kept them; None: all."""
        database = journal.database
        for body in self.setups:
            database.execute("INSERT INTO setups (digest, body) VALUES (?, ?)", (codec.digest(body), body))
        for seq, (kind, version, body) in enumerate(self.rows[:count], 1):
            at = json.loads(body)["at"]
            row = (HALL, TODAY.isoformat(), seq, at, kind, version, body)
            database.execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, NULL)", row)


def recorded(name: str) -> RecordedDay:
    lines = (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    parts = [line.split(" ", 2) for line in lines]
    rows = [(kind, int(version), body.encode()) for kind, version, body in parts]
    return RecordedDay(
        [body for kind, _, body in rows if kind == "setup"], [row for row in rows if row[0] != "setup"]
    )
