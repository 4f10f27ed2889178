"""What all tests share: the browser of a worker, and the order of the files."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Playwright, sync_playwright

from tools.chromium import ARGUMENTS, chromium

# A busy machine is no fault of the code; how fast the hall is, bench/ says.
settings.register_profile("hall", deadline=None)
settings.load_profile("hall")

HERE = Path(__file__).parent
# The files that take longest, first: a worker that gets one of them last would keep the others waiting.
LONGEST = (
    "day/test_morning.py",
    "api/test_command_line.py",
    "screens/test_kiosk_looks.py",
    "screens/test_kiosk_visit.py",
    "faults/test_killed_at_work.py",
    "faults/test_killed_at_paper.py",
    "service/test_another_screen.py",
    "screens/test_counter_looks.py",
    "screens/test_display.py",
    "screens/test_counter_work.py",
    "screens/test_counter_door.py",
    "screens/test_display_voice.py",
    "live/test_hostile_sockets.py",
    "rules/test_any_morning.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The order in which the files are handed out; within a file all stays as it is."""
    items.sort(key=lambda item: _place(item.path.relative_to(HERE).as_posix()))


def _place(file: str) -> int:
    return LONGEST.index(file) if file in LONGEST else len(LONGEST)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as opened:
        yield opened


def launch(playwright: Playwright, *arguments: str) -> Browser:
    """The Chromium of this machine."""
    found = chromium()
    assert found, "no Chromium: the set-up installs it or CHROMIUM names it"
    return playwright.chromium.launch(executable_path=found, args=[*ARGUMENTS, *arguments])


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One for all tests of a worker; each opens windows of its own in it."""
    opened = launch(playwright)
    yield opened
    opened.close()
