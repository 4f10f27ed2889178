"""What a hub lays claim to in memory, alone and with a large hall's screens."""

import resource
import tempfile
import time
from pathlib import Path

from bench.measure import Bound, Result, main
from bench.running import Client, running_hub
from bench.screens import Wall

SCREENS = 300
TOO_MANY = 3000
TOUCHES = 20
SETTLE_SECONDS = 2.0


def measure(sabotage: bool) -> Result:
    """MiB resident in the hub's process, idle and with 300 displays. The sabotage: 3,000 displays."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with tempfile.TemporaryDirectory() as folder, running_hub(Path(folder)) as hall:
        kiosk = Client(hall.base, hall.tokens["kiosk"])
        for _ in range(TOUCHES):  # what is only loaded at the first ticket belongs to an idle hub
            kiosk.issue()
        time.sleep(SETTLE_SECONDS)
        idle, all_idle = hall.memory_mib(), hall.memory_with_children_mib()
        wall = Wall(hall.base, hall.tokens["display"], TOO_MANY if sabotage else SCREENS)
        kiosk = Client(hall.base, hall.tokens["kiosk"])  # the hub closes a line that was idle for so long
        for _ in range(TOUCHES):
            wanted = wall.version + 1
            kiosk.issue()
            wall.wait(wanted)
        full, all_full = hall.memory_mib(), hall.memory_with_children_mib()
        wall.close()
    figures = {
        "idle_mib": idle,
        "with_300_screens_mib": full,
        "idle_with_children_mib": all_idle,
        "with_300_screens_and_children_mib": all_full,
    }
    return Result("memory", figures, (Bound("idle_mib", 120), Bound("with_300_screens_mib", 200)))


if __name__ == "__main__":
    main(measure)
