"""The only files of node_modules and of the font package that leave the house, by the name pages use."""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

import fontpkg_be_vietnam_pro

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"

# Lucide icons, served together as /vendor/icons.css; shown by the classes `icon icon-NAME`.
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
    }
)
ICON_FILES = tuple(MODULES / f"lucide-static/icons/{icon}.svg" for icon in ICONS)
# Three weights are 162 kB on the wire, all others 55 kB each: text, strong text, and the number.
FONTS: Mapping[str, Path] = MappingProxyType(
    {
        f"fonts/BeVietnamPro-{weight}.ttf": Path(fontpkg_be_vietnam_pro.ROOT)
        / f"files/BeVietnamPro-{weight}.ttf"
        for weight in ("Medium", "Bold", "ExtraBold")
    }
)


def icon_styles() -> bytes:
    """A class for each icon with the icon inside: a page that has its styles has them all, also off line."""
    rules = [
        f'.icon-{icon} {{ --icon: url("data:image/svg+xml,{_packed(file.read_text("utf-8"))}"); }}\n'
        for icon, file in zip(ICONS, ICON_FILES, strict=True)
    ]
    return "".join(rules).encode()


def _packed(svg: str) -> str:
    """An SVG as a data address, without its comment and the blanks of its layout."""
    bare = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    return quote(" ".join(bare.split()).replace('"', "'"), safe=" ='/:;,.()-+")
