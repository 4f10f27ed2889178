"""Our configuration with something changed, and the errors it then has."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import config

ROOT = Path(__file__).parents[1]
OURS = ROOT / "config.toml"


def where_it_is_noon() -> str:
    """A time zone between 12:00 and 13:00 now, so that no midnight falls into a test."""
    hours = 12 - datetime.now(UTC).hour
    return f"Etc/GMT{-hours:+d}"  # the signs of these names are the other way round


AT_NOON = ('timezone = "Asia/Ho_Chi_Minh"', f'timezone = "{where_it_is_noon()}"')


def changed(tmp_path: Path, *changes: tuple[str, str], catalogue: tuple[tuple[str, str], ...] = ()) -> Path:
    """Our configuration with texts replaced; each must be there."""
    for name, replaced in (("config.toml", changes), ("catalogue/commune.toml", catalogue)):
        text = (ROOT / name).read_text(encoding="utf-8")
        for old, new in replaced:
            assert old in text, old
            text = text.replace(old, new, 1)
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / "config.toml"


def errors(path: Path, environ: dict[str, str] | None = None) -> list[str]:
    """The faults, without the folder of the test."""
    with pytest.raises(config.ConfigErrors) as refused:
        config.read(path, environ or {})
    return [line.replace(f"{path.parent}/", "") for line in refused.value.lines]


def the_error(path: Path, environ: dict[str, str] | None = None) -> str:
    lines = errors(path, environ)
    assert len(lines) == 1, lines
    return lines[0]


def line_of(path: Path, start: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(at for at, line in enumerate(lines, 1) if line.startswith(start))
