"""The second place: of a burst the first mark at once, the last in a moment; lost files are written anew."""

import shutil
from pathlib import Path

import pytest

from store.database import DataGone
from store.engine import must_be_there
from store.second_place import FOLDER, SLOT, SecondPlace
from tests.store.builders import HALL, TODAY, opened


def note(place: SecondPlace, seq: int) -> None:
    place.note(HALL, TODAY, seq, bytes([seq]) * 8, {"A": seq})


def seq_of(directory: Path) -> int | None:
    mark = SecondPlace(directory).read(HALL)
    return mark.seq if mark else None


def test_the_first_of_a_burst_is_there_at_once_and_the_last_at_the_next_look(tmp_path: Path) -> None:
    place = SecondPlace(tmp_path, burst_seconds=3600)

    for seq in range(1, 10):
        note(place, seq)
    assert seq_of(tmp_path) == 1

    place.look()
    assert seq_of(tmp_path) == 9
    place.close()


def test_a_hub_that_ends_leaves_the_last(tmp_path: Path) -> None:
    place = SecondPlace(tmp_path, burst_seconds=3600)
    note(place, 1)
    note(place, 2)

    place.close()

    assert seq_of(tmp_path) == 2


@pytest.mark.parametrize("torn", [0, 1], ids=["the first slot", "the second"])
def test_whatever_a_power_cut_does_to_the_slot_in_hand_the_other_is_whole(tmp_path: Path, torn: int) -> None:
    place = SecondPlace(tmp_path, burst_seconds=0)
    note(place, 1)
    note(place, 2)
    place.close()

    with (tmp_path / FOLDER / f"{HALL}.mark").open("r+b") as slots:
        slots.seek(torn * SLOT + 12)
        slots.write(b"torn")

    assert seq_of(tmp_path) in (1, 2)


def test_what_was_taken_away_is_written_anew(tmp_path: Path) -> None:
    place = SecondPlace(tmp_path / "var", burst_seconds=0)
    (tmp_path / "var").mkdir()
    note(place, 1)
    note(place, 2)
    shutil.rmtree(tmp_path / "var")

    place.look()

    assert seq_of(tmp_path / "var") == 2
    assert (tmp_path / "var" / FOLDER).stat().st_mode & 0o777 == 0o700
    place.close()


def test_a_place_that_cannot_be_written_stops_nobody_and_is_told(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("a file where the folder should be")
    place = SecondPlace(tmp_path, burst_seconds=0)

    note(place, 1)

    assert str(place.trouble)
    assert place.read(HALL) is None
    (tmp_path / FOLDER).unlink()
    note(place, 2)
    assert not place.trouble
    assert seq_of(tmp_path) == 2
    place.close()


def test_a_folder_that_is_put_back_as_a_whole_is_known_by_the_copy_elsewhere(tmp_path: Path) -> None:
    data, elsewhere = tmp_path / "var", tmp_path / "stick"
    data.mkdir()
    elsewhere.mkdir()
    place = SecondPlace(data, burst_seconds=0, elsewhere=elsewhere)
    note(place, 1)
    place.sync()
    shutil.copytree(data, tmp_path / "an hour ago")
    for seq in range(2, 5):
        note(place, seq)
        place.sync()
    place.close()

    shutil.rmtree(data)
    (tmp_path / "an hour ago").rename(data)

    back = SecondPlace(data, burst_seconds=0, elsewhere=elsewhere)
    assert back.marks()[HALL].seq == 4
    note(back, 5)
    assert seq_of(data) == 5, "a newer one than the copy"
    back.close()


def test_a_second_place_whose_disk_is_not_there_stops_nobody_and_is_not_made(tmp_path: Path) -> None:
    place = SecondPlace(tmp_path / "var", burst_seconds=0, elsewhere=tmp_path / "stick")
    (tmp_path / "var").mkdir()

    note(place, 1)
    place.sync()
    note(place, 2)

    assert "stick" in str(place.trouble), "told, also after the next number"
    assert not (tmp_path / "stick").exists()
    (tmp_path / "stick").mkdir()
    place.sync()
    assert place.trouble is None
    place.close()


def test_a_data_disk_that_is_not_mounted_is_no_first_run(tmp_path: Path) -> None:
    data, elsewhere = tmp_path / "var", tmp_path / "stick"
    elsewhere.mkdir()
    must_be_there(data, elsewhere)  # the first run
    with opened(data):
        place = SecondPlace(data, elsewhere=elsewhere)
        note(place, 1)
        place.close()
    must_be_there(data, elsewhere)

    shutil.rmtree(data)

    with pytest.raises(DataGone, match="look for its disk"):
        must_be_there(data, elsewhere)
