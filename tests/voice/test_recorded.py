"""A centre's own recordings: which clips a set needs, and what is wrong with those that are there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.voice.recordings import COUNTERS, LETTERS, record, tone
from voice import recorded
from voice.sound import BadSound, silence, to_wav

ROOT = Path(__file__).resolve().parent.parent.parent


def test_a_call_is_made_of_clips_in_the_order_of_the_sentence() -> None:
    assert recorded.call_clips("A042", "10", "vi") == (
        "moi-cong-dan", "chu-a", "so-0", "so-4", "so-2", "den-quay-so", "quay-10"
    )  # fmt: skip
    assert recorded.call_clips("A042", "10", "en") == (
        "ticket-number", "letter-a", "digit-0", "digit-4", "digit-2", "go-to-counter", "counter-10"
    )  # fmt: skip


def test_every_call_of_the_hall_is_covered_by_a_complete_set() -> None:
    have = set(recorded.needed(LETTERS, COUNTERS, "vi"))

    for letter in LETTERS:
        for counter in COUNTERS:
            for ordinal in (1, 42, 567, 890, 1234):
                assert set(recorded.call_clips(f"{letter}{ordinal:03d}", counter, "vi")) <= have


def test_clip_names_are_plain_and_differ() -> None:
    names = recorded.needed(["A", "Đ", "D", "TK"], ["1", "B2", "67"], "vi")

    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in names)
    assert {"chu-d", "chu-dd", "chu-t", "chu-k", "quay-b2"} <= set(names)


def test_a_complete_set_lacks_nothing(tmp_path: Path) -> None:
    assert recorded.missing(record(tmp_path), LETTERS, COUNTERS) == ()


def test_what_lacks_is_listed_by_name(tmp_path: Path) -> None:
    folder = record(tmp_path, leave_out=["so-7", "quay-10"])

    assert recorded.missing(folder, LETTERS, COUNTERS) == ("so-7", "quay-10")
    assert len(recorded.missing(tmp_path / "nowhere", LETTERS, COUNTERS)) == len(
        recorded.needed(LETTERS, COUNTERS, "vi")
    )


@pytest.mark.parametrize(
    "data",
    [b"", b"not a sound", to_wav(silence(0, 16000)), tone(300, seconds=11),
     tone(300) + bytes(recorded.LARGEST_CLIP)],
    ids=["empty", "no sound", "no samples", "too long", "too large"],
)  # fmt: skip
def test_a_clip_that_cannot_be_played_counts_as_missing(tmp_path: Path, data: bytes) -> None:
    folder = record(tmp_path)

    (folder / "vi" / "so-5.wav").write_bytes(data)

    assert recorded.missing(folder, LETTERS, COUNTERS) == ("so-5",)


def test_a_clip_is_read_from_its_own_folder_only(tmp_path: Path) -> None:
    (tmp_path / "secret.wav").write_bytes(tone(300))
    folder = record(tmp_path / "set")

    for name in ("../../secret", "..\\..\\secret", str(tmp_path / "secret"), ".hidden"):
        with pytest.raises(BadSound):
            recorded.read(folder, name, "vi")


def test_a_listeners_complaints_are_told_before_the_citizens_hear_them(tmp_path: Path) -> None:
    folder = record(tmp_path)
    (folder / "vi" / "so-1.wav").write_bytes(tone(300, level=0.05))
    (folder / "vi" / "so-2.wav").write_bytes(tone(300, level=1.0))
    (folder / "vi" / "so-3.wav").write_bytes(tone(300, seconds=1.0, level=0.005))

    found = recorded.doubts(folder, recorded.needed(LETTERS, COUNTERS, "vi"), "vi")

    assert any(doubt.startswith("so-1: too quiet") for doubt in found)
    assert any(doubt.startswith("so-2: too loud") for doubt in found)
    assert any(doubt.startswith("so-3:") and "silence" in doubt for doubt in found)
    assert not any(doubt.startswith("so-4:") for doubt in found)


def test_the_command_tells_what_to_record_next(tmp_path: Path) -> None:
    folder = record(tmp_path, leave_out=["so-7"])
    command = [
        sys.executable,
        "-m",
        "voice.recorded",
        str(folder),
        "--letters",
        "A,B",
        "--counters",
        "1,2,10",
    ]

    lacking = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    record(tmp_path)
    complete = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert lacking.returncode == 1
    assert "missing: vi/so-7.wav" in lacking.stdout
    assert complete.returncode == 0, complete.stdout
    assert "Vietnamese: complete" in complete.stdout


def test_the_guide_names_every_clip() -> None:
    guide = (ROOT / "docs" / "recording-a-voice.md").read_text()

    for name in recorded.needed(["A", "Đ"], ["1"], "vi") + recorded.needed(["A"], ["1"], "en"):
        stem = re.sub(r"^(chu|letter|digit|quay|counter)-\w+", r"\1-", name)
        assert f"`{stem}" in guide, name
