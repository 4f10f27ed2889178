"""Whose the files of the data are."""

import os
from pathlib import Path

import pytest

from store import files

HUB = (4711, 4712)  # the user and the group whose folder it is


def test_what_root_restored_can_be_opened_by_the_user_of_the_hub(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, elsewhere = tmp_path / "data", tmp_path / "shadow"
    (data / "second").mkdir(parents=True)
    (data / "motcua.sqlite").touch()
    (data / "second" / "marks").touch()
    elsewhere.touch()
    (data / "soft").symlink_to(elsewhere)
    (data / "hard").hardlink_to(elsewhere)
    given: dict[str, tuple[int, int]] = {}

    def chown(name: str, owner: int, group: int, *, dir_fd: int, follow_symlinks: bool) -> None:
        assert not follow_symlinks, "the file that a link leads to is nobody's affair"
        assert os.stat(name, dir_fd=dir_fd, follow_symlinks=False)
        given[name] = (owner, group)

    monkeypatch.setattr(os, "chown", chown)
    files.hand_over(data, *HUB, maker=os.geteuid())

    assert given == dict.fromkeys(("second", "motcua.sqlite", "marks", "soft"), HUB)


def test_what_is_the_hubs_already_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "motcua.sqlite").touch()
    monkeypatch.setattr(os, "chown", None)

    files.hand_over(tmp_path, *HUB, maker=os.geteuid() + 1)

    assert (tmp_path / "motcua.sqlite").stat().st_uid == os.geteuid()
