"""What a touch waits for when nothing else happens: one commit and one trip through the server, no more."""

import tempfile
import time
from pathlib import Path

from bench.floor import PLAIN, floor
from bench.measure import BareCommit, Bound, Result, main, median, p, seconds
from bench.running import Client, running_hub

ROUNDS = 300
REST_SECONDS = 0.1  # the slip of the touch before is drawn and printed meanwhile


def measure(sabotage: bool) -> Result:
    """p50 of an issue over HTTP over p50 of the bare commit and a trivial route. The sabotage: two issues."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_hub(Path(folder)) as hall,
        floor() as base,
    ):
        kiosk, plain, bare = Client(hall.base, hall.tokens["kiosk"]), Client(base), BareCommit(Path(folder))
        issues: list[float] = []
        routes: list[float] = []
        commits: list[float] = []
        for _ in range(ROUNDS):
            time.sleep(REST_SECONDS)
            # The floors first: after the issue its slip is drawn and kept, on the same disk and cores.
            commits.append(bare.once())
            routes.append(seconds(lambda: plain.get(PLAIN)))
            issues.append(seconds(kiosk.issue) + (seconds(kiosk.issue) if sabotage else 0))
    floor_ms = (median(commits) + median(routes)) * 1000
    figures = {
        "issue_p50_ms": median(issues) * 1000,
        "issue_p99_ms": p(issues, 99) * 1000,
        "commit_p50_ms": median(commits) * 1000,
        "route_p50_ms": median(routes) * 1000,
        "ratio": median(issues) * 1000 / floor_ms,
    }
    return Result("answer", figures, (Bound("ratio", 2),))


if __name__ == "__main__":
    main(measure)
