"""From the officer's "next" to the last of three hundred displays."""

import tempfile
import threading
import time
from pathlib import Path

from bench.measure import Bound, Result, main, median, p
from bench.running import COUNTERS, TICKETS, Client, RunningHub, running_hub
from bench.screens import Wall

DISPLAYS = 300
CALLS = 300
REST_SECONDS = 0.1
STOPPED_SECONDS = 0.4


def call(pad: Client, counter: str) -> str:
    """Calls the next citizen; the ticket's id."""
    status, answer = pad.post(f"{COUNTERS}/{counter}/next", {})
    if status != 200:
        raise RuntimeError(f"nobody called: {status} {answer}")
    return str(answer["ticket"]["id"])


def serve(pad: Client, ticket: str) -> None:
    pad.post(f"{TICKETS}/{ticket}/start", {})
    pad.post(f"{TICKETS}/{ticket}/finish", {"outcome": "guided"})


def stop_for_a_moment(hall: RunningHub) -> None:
    hall.hub.suspend()
    threading.Timer(STOPPED_SECONDS, hall.hub.resume).start()


def measure(sabotage: bool) -> Result:
    """p99 until the last of 300 displays shows a call. The sabotage: the hub stands still now and then."""
    with tempfile.TemporaryDirectory() as folder, running_hub(Path(folder)) as hall:
        kiosk, pad = Client(hall.base, hall.tokens["kiosk"]), Client(hall.base, hall.pad("1"))
        for _ in range(CALLS):
            kiosk.issue()
        pad.post(f"{COUNTERS}/1/open", {})
        wall = Wall(hall.base, hall.tokens["display"], DISPLAYS)
        calls: list[float] = []
        for each in range(CALLS):
            wall.rest(REST_SECONDS)
            if sabotage and each % 20 == 0:
                stop_for_a_moment(hall)
            wanted, started = wall.version + 1, time.perf_counter()
            ticket = call(pad, "1")
            calls.append(wall.wait(wanted) - started)
            before = wall.version
            serve(pad, ticket)
            wall.wait(before + 2)
        wall.close()
    figures = {"last_p50_ms": median(calls) * 1000, "last_p99_ms": p(calls, 99) * 1000}
    return Result("call", figures, (Bound("last_p99_ms", 250),))


if __name__ == "__main__":
    main(measure)
