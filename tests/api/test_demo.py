"""The demo keeps to this machine, its printer too."""

from pathlib import Path

from tests.configs import AT_NOON, changed
from tests.running import running, wait_for


def test_a_demo_puts_nothing_on_the_halls_own_paper(tmp_path: Path) -> None:
    wire = 'kind = "network"\nhost = "127.0.0.1"\nport = 9'
    network = changed(tmp_path, AT_NOON, ('kind = "virtual"', wire))

    with running(tmp_path / "var", config=network) as hall:
        reply = hall.kiosk().take("CT01", key="first")

        assert reply.status == 201
        assert wait_for(lambda: len(hall.slips()) == 1)
