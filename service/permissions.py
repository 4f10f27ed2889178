"""The table of everything that may be done from outside, gathered from those who answer it.

`python -m service.permissions` writes it to docs/permissions.md.
"""

from collections.abc import Iterator
from pathlib import Path

import api.counters
import api.public
import api.session
import api.tickets
from service.screens import SCREENS
from web import front, pages
from web.permissions import HEARTBEAT, Door, Permissions

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "permissions.md"
HEAD = """# Who may do what

Every HTTP route and socket event of the hall; what is not here is shut. Written from the doors as they are
declared beside their handlers, by `.venv/bin/python -m service.permissions`; a test holds it to them.
"""

API = (api.public.doors, api.session.doors, api.tickets.doors, api.counters.doors)
PERMISSIONS = Permissions(
    [
        *(door for module in (*API, front.pages, pages.pages) for door in module.declared),
        *(door for screen in SCREENS for door in screen.doors),
    ],
    [*(event for screen in SCREENS for event in screen.sockets), HEARTBEAT],
)


def document() -> str:
    """The whole table as Markdown."""
    doors = PERMISSIONS.doors.values()
    return "\n".join(
        [
            HEAD,
            "## For programs",
            "",
            *_table("Door", "Who", "How often", "What", "Refusals of its own"),
            *(
                _row(_address(each), *_manners(each), ", ".join(each.refusals))
                for each in doors
                if each.is_api
            ),
            "",
            "## Pages and files",
            "",
            *_table("Address", "Who", "How often", "What"),
            *(_row(_address(each), *_manners(each)) for each in doors if not each.is_api),
            "",
            "## Sockets",
            "",
            *_table("Namespace", "Event", "Who", "How often", "What"),
            *(
                _row(f"`{each.namespace}`", each.event, _who(each.who), each.rate, each.summary)
                for each in PERMISSIONS.sockets
            ),
            "",
        ]
    )


def _address(door: Door) -> str:
    return f"`{door.method} {door.path}`"


def _manners(door: Door) -> tuple[str, str | None, str]:
    return _who(door.who), door.rate, door.summary


def _who(kinds: frozenset[str]) -> str:
    return "anyone" if "anyone" in kinds else ", ".join(sorted(kinds))


def _table(*heads: str) -> Iterator[str]:
    yield _row(*heads)
    yield _row(*("---" for _ in heads))


def _row(*cells: str | None) -> str:
    return f"| {' | '.join(cell or '-' for cell in cells)} |"


if __name__ == "__main__":
    DOCUMENT.write_text(document())
