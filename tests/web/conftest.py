from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.doorway import Doorway, doorway


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Doorway]:
    """The doors of a hall, rate limits off as in the demo."""
    with doorway(tmp_path) as opened:
        yield opened
