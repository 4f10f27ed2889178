"""The plug is pulled while slips come out of the printer."""

from pathlib import Path

import pytest

from tests.faults.killing import AT_PAPER, a_morning
from tests.running import BOUND_SECONDS


@pytest.mark.timeout(BOUND_SECONDS * (AT_PAPER + 2))  # each wait has a bound of its own
def test_no_slip_is_lost_or_printed_twice_when_the_hub_is_killed(tmp_path: Path) -> None:
    with a_morning(tmp_path) as (morning, printer):
        for _ in range(AT_PAPER):
            morning.killed_at_paper(printer)
            morning.goes_on()
