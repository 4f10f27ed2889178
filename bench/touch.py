"""From the touch at the kiosk to the last of twenty displays."""

import tempfile
import time
from pathlib import Path

from bench.floor import ECHO, floor
from bench.measure import BareCommit, Bound, Result, main, median, p, seconds
from bench.running import Client, running_hub
from bench.screens import Wall, WebSocket

DISPLAYS = 20
TOUCHES = 300
REST_SECONDS = 0.1  # touches nearer to each other than 50 ms are told together


def measure(sabotage: bool) -> Result:
    """p50 until the last display over p50 of the bare commit and a bare websocket's round trip.

    The sabotage: each touch comes right after another, so that both are told together and later.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        running_hub(Path(folder)) as hall,
        floor() as base,
    ):
        kiosk, line = Client(hall.base, hall.tokens["kiosk"]), WebSocket(base, ECHO)
        bare = BareCommit(Path(folder))
        wall = Wall(hall.base, hall.tokens["display"], DISPLAYS)
        touches: list[float] = []
        trips: list[float] = []
        commits: list[float] = []
        for _ in range(TOUCHES):
            wall.rest(REST_SECONDS)
            commits.append(bare.once())
            trips.append(seconds(lambda: line.ask("x")))
            if sabotage:
                kiosk.issue()
                wall.wait(wall.version + 1)
            wanted, started = wall.version + 1, time.perf_counter()
            kiosk.issue()
            touches.append(wall.wait(wanted) - started)
        wall.close()
    floor_ms = (median(commits) + median(trips)) * 1000
    figures = {
        "last_p50_ms": median(touches) * 1000,
        "last_p99_ms": p(touches, 99) * 1000,
        "commit_p50_ms": median(commits) * 1000,
        "round_trip_p50_ms": median(trips) * 1000,
        "ratio": median(touches) * 1000 / floor_ms,
    }
    return Result("touch", figures, (Bound("ratio", 10), Bound("last_p99_ms", 100)))


if __name__ == "__main__":
    main(measure)
