"""The files all pages load: scripts, styles, fonts, browser libraries; and base.html for Jinja."""

import gzip
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path
from threading import Lock
from types import MappingProxyType

from flask import Response, abort, request
from werkzeug.security import safe_join

import languages
from web.doors import Pages
from web.vendor import FONTS, ICON_FILES, LIBRARIES, ROOT, icon_styles

SHARED = ("web", "live")  # folders whose files all pages load
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".webmanifest": "application/manifest+json",
}
ICON_SHEET = Path("icons.css")  # made of many files
A_MONTH = 30 * 24 * 3600
NONE: Mapping[str, Path] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class File:
    """A file as it goes out. `zipped` is None where packing gains nothing."""

    stamp: int
    plain: bytes
    zipped: bytes | None
    digest: str
    kind: str


class StaticFiles:
    """Files read and packed once; read again when they changed on disk. `screens`: whose folders besides;
    `emblems`: the picture of each hall that has one.
    """

    def __init__(self, screens: Iterable[str], emblems: Mapping[str, Path] = NONE) -> None:
        self.folders = frozenset((*SHARED, *screens))
        self.emblems = emblems
        self._files: dict[Path, File] = {}
        self._lock = Lock()

    def take(self, path: Path) -> File:
        """Raises FileNotFoundError."""
        stamp = path.stat().st_mtime_ns
        return self._kept(path, stamp, path.read_bytes)

    def icons(self) -> File:
        """The icons as one style. Raises FileNotFoundError."""
        stamp = max(path.stat().st_mtime_ns for path in ICON_FILES)
        return self._kept(ICON_SHEET, stamp, icon_styles)

    def _kept(self, path: Path, stamp: int, read: Callable[[], bytes]) -> File:
        with self._lock:
            known = self._files.get(path)
            if known is None or known.stamp != stamp:
                known = self._files[path] = _packed(read(), path, stamp)
            return known


def _packed(plain: bytes, path: Path, stamp: int) -> File:
    zipped = gzip.compress(plain, 9, mtime=0)
    kind = TYPES.get(path.suffix) or guess_type(path.name)[0] or "application/octet-stream"
    return File(
        stamp,
        plain,
        zipped if len(zipped) < 0.9 * len(plain) else None,
        sha256(plain).hexdigest()[:20],
        kind,
    )


def build(screens: Iterable[str]) -> str:
    """Changes with every file a page of these folders may load: open pages know they are out of date."""
    whole = sha256()
    for path in sorted(_all_files(screens)):
        whole.update(path.read_bytes())
    return whole.hexdigest()[:12]


def _all_files(screens: Iterable[str]) -> Iterator[Path]:
    for folder in (*SHARED, *screens):
        for kind in ("static", "templates"):
            yield from (path for path in (ROOT / folder / kind).rglob("*") if path.is_file())
    yield from languages.FOLDER.rglob("*.json")
    yield from (path for path in (*LIBRARIES.values(), *FONTS.values(), *ICON_FILES) if path.is_file())


pages = Pages[StaticFiles]("web", __name__)


@pages.page("/static/{folder}/{file}", "Scripts, styles and fonts", rate=None, deep="file")
def static_file(files: StaticFiles, folder: str, file: str) -> Response:
    if folder == "web" and file in FONTS:
        return _answer(files, FONTS[file], lasting=True)
    inside = safe_join(str(ROOT / folder / "static"), file) if folder in files.folders else None
    return _answer(files, Path(inside) if inside else None)


@pages.page("/vendor/{file}", "The browser libraries", rate=None)
def library(files: StaticFiles, file: str) -> Response:
    if file == ICON_SHEET.name:
        return _sent(files.icons)
    return _answer(files, LIBRARIES.get(file))


@pages.page("/favicon.ico", "The sign of the hall", rate=None)
def sign(files: StaticFiles) -> Response:
    return _answer(files, ROOT / "web/static/sign.svg")


@pages.page("/emblem/{hall}", "The emblem of the hall", rate=None)
def emblem(files: StaticFiles, hall: str) -> Response:
    return _answer(files, files.emblems.get(hall), lasting=True)


def emblem_address(hall: str, picture: Path | None) -> str:
    """Another one for another picture, so that browsers may keep each. Empty: the hall has none."""
    return f"/emblem/{hall}?{sha256(picture.read_bytes()).hexdigest()[:12]}" if picture else ""


def _answer(files: StaticFiles, path: Path | None, *, lasting: bool = False) -> Response:
    if path is None or not _is_file(path):
        abort(404)
    return _sent(lambda: files.take(path), lasting=lasting)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than the disk's names can be
        return False


def _sent(take: Callable[[], File], *, lasting: bool = False) -> Response:
    """Scripts and styles are asked for again each time and answered "not modified": a page reloaded after an
    update never mixes old and new modules. Fonts keep their name for one content.
    """
    try:
        file = take()
    except OSError:
        abort(404)
    zipped = file.zipped if request.accept_encodings.quality("gzip") else None
    response = Response(zipped or file.plain, content_type=file.kind)
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = f"public, max-age={A_MONTH}, immutable" if lasting else "no-cache"
    response.set_etag(f"{file.digest}{'-gz' if zipped else ''}")
    response.make_conditional(request.environ)
    return response
