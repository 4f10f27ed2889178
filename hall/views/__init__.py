"""What each audience sees, a file an audience: the only place where a field can reach a screen.

Every view is a frozen dataclass, its fields the keys of the JSON in that order; a value of the configuration
or the journal never goes out as it is. `tools/snapshots.py` writes the types of the pages from them.
Display, kiosk and phones never get more than numbers: no dossier code, no officer, no ground of a priority.
"""

from hall.views import counter, kiosk, parts, phone, public, supervisor, wall, why

__all__ = ["counter", "kiosk", "parts", "phone", "public", "supervisor", "wall", "why"]
