"""Files of the data deleted, replaced or cut: no number is acknowledged into nowhere, none is given again,
and no empty hall begins by itself."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from store.second_place import FOLDER
from store.sqlite.files import FILE
from tests.running import HERE, RunningHall, run_command, running, wait_for

SECONDS = 5.0  # "within seconds"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[RunningHall]:
    with running(tmp_path / "var") as hub:
        yield hub


def delete(*endings: str) -> Callable[[Path], None]:
    def deleted(store: Path) -> None:
        for ending in endings:
            (store / f"{FILE}{ending}").unlink()

    return deleted


def delete_all_files(store: Path) -> None:
    for file in store.iterdir():
        if not file.is_dir():
            file.unlink()


def move_the_folder(store: Path) -> None:
    store.rename(store.with_name("moved"))


def put_an_old_copy_there(store: Path) -> None:
    shutil.copy(store / FILE, store / "copy")
    (store / "copy").rename(store / FILE)


def cut_the_log(store: Path) -> None:
    os.truncate(store / f"{FILE}-wal", 0)


TAKEN_AWAY = {
    "the database": delete(""),
    "all three": delete("", "-wal", "-shm"),
    "the log": delete("-wal"),
    "the index of the log": delete("-shm"),
    "every file": delete_all_files,
    "the whole folder": shutil.rmtree,
    "the folder is moved": move_the_folder,
    "an old copy in its place": put_an_old_copy_there,
    "the log is cut": cut_the_log,
}


@pytest.mark.parametrize("take_away", TAKEN_AWAY.values(), ids=TAKEN_AWAY)
def test_a_hub_whose_data_is_taken_away_gives_no_number(
    hall: RunningHall, take_away: Callable[[Path], None]
) -> None:
    kiosk = hall.kiosk()
    assert kiosk.take(key="before").status == 201
    version = hall.version()
    assert hall.caller().get("/healthz").status == 200  # looked at as they are now, as twice a second

    take_away(hall.store)

    # What is deleted or replaced is seen before the next ticket, a log that is cut within half a second.
    assert wait_for(lambda: hall.caller().get("/healthz").status == 503, SECONDS)
    touches = [kiosk.take(key=f"after-{each}") for each in range(3)]
    health = hall.caller().get("/healthz")
    assert [(each.status, each.code) for each in [*touches, health]] == [(503, "cannot_store")] * 4
    assert wait_for(lambda: "was deleted, replaced or cut" in hall.log.read_text(), SECONDS)
    assert hall.log.read_text().count("was deleted, replaced or cut") <= 2
    board = hall.caller().get(f"{HERE}/board")
    assert (board.status, board.json["version"]) == (200, version), "who waits is still shown"
    assert "Traceback" not in hall.log.read_text()


def test_what_the_hub_had_open_is_rescued_and_goes_on(hall: RunningHall) -> None:
    kiosk = hall.kiosk()
    given = [kiosk.take(key=f"before-{each}").json for each in range(3)]
    shutil.rmtree(hall.store)

    def rescued() -> list[Path]:
        return [*hall.store.glob("rescued-*.sqlite")] if hall.store.is_dir() else []

    assert wait_for(rescued)
    hall.kill()
    again = hall.command("run", "--demo", "--port", "0")
    assert (again.returncode, "was begun here is gone" in again.stderr) == (1, True)
    restored = hall.command("restore", str(rescued()[0]))
    assert restored.returncode == 0, restored.stderr
    hall.start()

    waiting = hall.caller().get(f"{HERE}/queues").json["queues"][0]["numbers"]
    assert waiting == [each["ticket"]["number"] for each in given]
    assert hall.caller().get(f"/track/{given[0]['token']}").json["number"] == "A001"
    assert hall.kiosk().take(key="after").number == "A101"
    assert hall.command("verify").stdout == ""


def test_the_ticket_after_the_deletion_is_refused_already(hall: RunningHall) -> None:
    kiosk = hall.kiosk()
    kiosk.take(key="before")
    (hall.store / f"{FILE}-wal").unlink()

    assert kiosk.take(key="after").status == 503


def test_files_that_come_back_are_the_hub_s_again(hall: RunningHall) -> None:
    kiosk = hall.kiosk()
    kiosk.take(key="before")
    (hall.store / FILE).rename(hall.store / "moved")
    assert kiosk.take(key="touch").status == 503

    (hall.store / "moved").rename(hall.store / FILE)

    assert kiosk.take(key="touch").number == "A002"
    assert wait_for(lambda: hall.caller().get("/healthz").status == 200)


@pytest.mark.parametrize("take_away", [delete(""), delete("", "-wal", "-shm"), delete_all_files])
def test_no_empty_hall_begins_where_the_data_of_one_is_gone(
    hall: RunningHall, take_away: Callable[[Path], None]
) -> None:
    hall.kiosk().take(key="before")
    hall.kill()
    take_away(hall.store)

    for command in (["run", "--demo", "--port", "0"], ["token", "list"], ["verify"]):
        refused = hall.command(*command)
        assert refused.returncode == 1
        assert len(refused.stderr.splitlines()) == 1, refused.stderr
        assert "server.py restore" in refused.stderr
        assert "khôi phục" in refused.stderr
    assert not (hall.store / FILE).exists()


def test_a_new_hall_is_begun_by_its_word_and_gives_no_number_of_today_again(hall: RunningHall) -> None:
    kiosk = hall.kiosk()
    first = kiosk.take(key="before")
    hall.kill()
    delete("", "-wal", "-shm")(hall.store)

    begun = hall.command("new-hall")
    assert begun.returncode == 0, begun.stderr
    hall.start()

    assert first.number == "A001"
    assert hall.kiosk().take(key="after").number == "A101"
    assert hall.command("verify").stdout == ""
    hall.kill()
    refused = hall.command("new-hall")
    assert (refused.returncode, "There is a hall in" in refused.stderr) == (1, True)


def test_where_the_log_is_gone_known_numbers_are_not_given_again(hall: RunningHall) -> None:
    kiosk = hall.kiosk()
    given = [kiosk.take(key=f"before-{each}") for each in range(5)]
    hall.kill()
    delete("-wal", "-shm")(hall.store)
    hall.start()

    after = hall.kiosk().take(key="after")

    assert after.number not in {each.number for each in given}
    assert after.number == "A101"
    look = hall.caller().get(f"/track/{given[-1].json['token']}")
    assert look.code == "number_lost"
    assert wait_for(lambda: "numbers" in hall.log.read_text())


def test_an_empty_folder_is_a_first_run(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    with running(tmp_path / "var") as hall:
        assert hall.kiosk().take(key="first").number == "A001"


def test_without_its_lock_file_a_hub_is_still_alone(hall: RunningHall) -> None:
    (hall.store / "hub.lock").unlink()

    second = run_command("--config", str(hall.config), "run", "--demo", "--port", "0", environ=hall.environ)

    assert second.returncode == 1
    assert "Another hub" in second.stderr
    assert hall.kiosk().take(key="still").number == "A001"


def test_a_second_place_that_is_taken_away_is_written_anew(hall: RunningHall) -> None:
    kiosk = hall.kiosk()
    kiosk.take(key="before")
    shutil.rmtree(hall.store / FOLDER)

    def noted() -> bool:
        kiosk.take(key=f"touch-{os.urandom(4).hex()}")
        return any((hall.store / FOLDER).glob("*.mark"))

    assert wait_for(noted)


def test_a_damaged_event_is_one_sentence_on_the_command_line(hall: RunningHall) -> None:
    kiosk = hall.kiosk()
    for each in range(3):
        kiosk.take(key=f"touch {each}")
    hall.stop()
    with closing(sqlite3.connect(hall.store / FILE)) as data:
        data.execute("UPDATE journal SET body = X'FFFE' WHERE seq = 3")
        data.commit()

    refused = hall.command("run", "--demo", "--port", "0")
    told = hall.command("verify")

    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1, refused.stderr
    assert "seq 3" in refused.stderr
    assert "server.py restore" in refused.stderr
    assert told.returncode == 1
    assert "seq 3 has another checksum" in told.stdout
    assert len(told.stderr.splitlines()) == 1, told.stderr
    assert "server.py restore" in told.stderr
