"""The plug is pulled while citizens touch the kiosks and an officer calls."""

from pathlib import Path

import pytest

from tests.faults.killing import AT_WORK, a_morning
from tests.running import BOUND_SECONDS


@pytest.mark.timeout(BOUND_SECONDS * (AT_WORK + 2))  # each wait has a bound of its own
def test_no_number_is_lost_or_given_twice_when_the_hub_is_killed(tmp_path: Path) -> None:
    with a_morning(tmp_path) as (morning, _printer):
        for _ in range(AT_WORK):
            morning.killed_at_work()
            morning.goes_on()
