"""What a durable ticket costs the hub, against the bare commit of one row."""

import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import printing.slip
from bench.measure import BareCommit, Bound, Result, main, median, seconds
from bench.running import HALL, ROOT
from config import read
from hall import calling, desk, issuing
from hall.actors import device, officer
from hall.views.parts import issued
from hub import Command, Hub, Rule, SlipOrder, Steady, rule
from hub import Result as HubResult
from store.engine import open_store
from store.journal import Journal
from store.print_jobs import PrintJobs
from store.secret import read_secret

ROUNDS = 400
WAITING = 20
OFFICER = officer(1)
KIOSK = device(1, "kiosk", HALL)


class Desk:
    """A hub on a data folder with one kiosk and one open counter in front of it, no screens."""

    def __init__(self, folder: Path) -> None:
        setup = replace(read(ROOT / "config.toml", {}).setups[HALL], always_open=True)
        self.database = open_store(folder, lock=True)
        self.hub = Hub(
            setup,
            Journal(self.database),
            PrintJobs(self.database),
            read_secret(folder),
            clock=lambda: datetime.now(UTC),
            steady=Steady(monotonic),
            changed=lambda _hall: None,
        )
        self.keys = 0
        self.do(rule(desk.open_counter, "1", take_over=True, by=OFFICER))

    def do(self, ruled: Rule) -> None:
        self.hub.change(Command(ruled, by=OFFICER, answer=lambda _done: {}))

    def issue(self) -> None:
        """As the API does it: key, event, print job and answer in one transaction."""
        self.keys += 1
        hub = self.hub

        def answer(done: HubResult) -> object:
            ticket = done.hall.tickets[done.events[0].ticket]  # type: ignore[attr-defined]
            return {
                "ticket": issued(done.hall, ticket, done.now, done.place),
                "token": hub.token(ticket.id),
            }

        ruled = rule(
            issuing.issue,
            procedure="CT01",
            priority=None,
            language="vi",
            channel="kiosk",
            booked_at=None,
            token_hash=hub.token_hash,
            by=KIOSK,
        )
        slip = SlipOrder("front", printing.slip.facts)
        hub.change(
            Command(
                ruled,
                KIOSK,
                answer,
                201,
                key=f"k{self.keys}-{hub.hall.day}",
                fingerprint="f" * 64,
                slip=slip,
            )
        )

    def call_next(self) -> None:
        self.do(rule(calling.call_next, "1", by=OFFICER))

    def serve(self) -> None:
        ticket = self.hub.hall.counter("1").ticket
        self.do(rule(calling.start, "1", ticket, by=OFFICER))
        self.do(rule(calling.finish, "1", ticket, "guided", None, None, by=OFFICER))


def measure(sabotage: bool) -> Result:
    """p50 of a durable issue through the hub over p50 of the bare commit, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        counter = Desk(Path(folder))
        bare = BareCommit(Path(folder))
        for _ in range(WAITING):
            counter.issue()
        issues: list[float] = []
        commits: list[float] = []
        for _ in range(ROUNDS):
            issues.append(seconds(counter.issue) + (seconds(counter.issue) if sabotage else 0))
            commits.append(bare.once())
            counter.call_next()
            counter.serve()
        counter.database.close()
    figures = {
        "issue_p50_ms": median(issues) * 1000,
        "commit_p50_ms": median(commits) * 1000,
        "ratio": median(issues) / median(commits),
    }
    return Result("durable", figures, (Bound("ratio", 1.5),))


if __name__ == "__main__":
    main(measure)
