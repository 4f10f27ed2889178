"""The only files of node_modules and of the font package that leave the house, by the name pages use."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import fontpkg_be_vietnam_pro

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"

# Lucide icons, served as /vendor/icon-NAME.svg; shown by the classes `icon icon-NAME` of tokens.css.
ICONS = (
    "accessibility",
    "alarm-clock",
    "arrow-left",
    "arrow-left-right",
    "arrow-right",
    "ban",
    "bell",
    "check",
    "chevron-down",
    "chevron-right",
    "circle-alert",
    "circle-check",
    "clock",
    "contrast",
    "delete",
    "file-check",
    "file-text",
    "house",
    "info",
    "keyboard",
    "log-out",
    "map-pin",
    "megaphone",
    "monitor",
    "move-down",
    "pause",
    "phone",
    "play",
    "printer",
    "qr-code",
    "rotate-ccw",
    "search",
    "smartphone",
    "ticket",
    "triangle-alert",
    "user-x",
    "users",
    "volume-2",
    "volume-x",
    "wallet",
    "wifi-off",
    "x",
)
LIBRARIES: Mapping[str, Path] = MappingProxyType(
    {
        "socket.io.esm.min.js": MODULES / "socket.io-client/dist/socket.io.esm.min.js",
        "uqr.mjs": MODULES / "uqr/dist/index.mjs",
        **{f"icon-{icon}.svg": MODULES / f"lucide-static/icons/{icon}.svg" for icon in ICONS},
    }
)
# Three weights are 162 kB on the wire, all others 55 kB each: text, strong text, and the number.
FONTS: Mapping[str, Path] = MappingProxyType(
    {
        f"fonts/BeVietnamPro-{weight}.ttf": Path(fontpkg_be_vietnam_pro.ROOT)
        / f"files/BeVietnamPro-{weight}.ttf"
        for weight in ("Medium", "Bold", "ExtraBold")
    }
)
