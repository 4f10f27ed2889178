"""The door of the running hub for its own user: who may knock, and what a stranger or a fault does to it."""

import errno
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from service import control
from service.control import SOCKET, Control, ReloadAnswer, ReloadWish, ask

WISH = ReloadWish("/etc/motcua.toml")


class Hub:
    """Answers with the file it was asked to take, or with `answer`; `trouble` is raised instead, once."""

    def __init__(self) -> None:
        self.trouble: Exception | None = None
        self.answer: ReloadAnswer | None = None

    def __call__(self, wish: ReloadWish) -> ReloadAnswer:
        if self.trouble is not None:
            trouble, self.trouble = self.trouble, None
            raise trouble
        return self.answer or ReloadAnswer(0, [f"{wish.config}: Đã nhận"])


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    hub = Hub()
    control = Control(tmp_path, hub)
    control.start()
    yield hub
    control.stop()


def test_the_hub_is_asked_and_answers(hub: Hub, tmp_path: Path) -> None:
    assert ask(tmp_path, WISH) == ask(tmp_path, WISH) == ReloadAnswer(0, ["/etc/motcua.toml: Đã nhận"])


def test_only_the_halls_own_user_may_knock(hub: Hub, tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / SOCKET).stat().st_mode) == 0o600


@pytest.mark.parametrize("said", [b"", b"{", b'{"config": 7}', b"\xff" * 100_000])
def test_nonsense_is_not_answered_and_the_next_one_is(hub: Hub, tmp_path: Path, said: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(tmp_path / SOCKET))
        try:
            line.sendall(said)
            line.shutdown(socket.SHUT_WR)
            assert line.recv(100) == b""
        except OSError:  # it hung up while we still spoke
            pass

    assert ask(tmp_path, WISH) is not None


class Tired(socket.socket):
    """A listening socket for which the machine has no file left, twice."""

    times = 2

    def accept(self) -> tuple[socket.socket, object]:
        if self.times:
            self.times -= 1
            raise OSError(errno.EMFILE, "Too many open files")
        return super().accept()


def test_a_machine_without_a_file_left_shuts_the_door_for_a_moment_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def tired(file: Path) -> socket.socket:
        usual = listener(file)
        return Tired(usual.family, usual.type, fileno=usual.detach())

    listener = control._listener
    monkeypatch.setattr(control, "_listener", tired)
    monkeypatch.setattr(control, "AGAIN_SECONDS", 0.01)
    door = Control(tmp_path, Hub())
    door.start()

    assert ask(tmp_path, WISH) is not None
    door.stop()


def test_an_answer_of_a_thousand_errors_arrives_whole(hub: Hub, tmp_path: Path) -> None:
    errors = [f"/etc/motcua.toml:{line}: [counter.1] servces: unknown key" for line in range(3000)]
    hub.answer = ReloadAnswer(78, errors)

    assert ask(tmp_path, WISH) == ReloadAnswer(78, errors)


def test_a_fault_of_the_hub_is_told_and_the_next_one_is_answered(hub: Hub, tmp_path: Path) -> None:
    hub.trouble = RuntimeError("a bug")

    told = ask(tmp_path, WISH)

    assert told is not None
    assert (told.code, told.lines) == (1, ["the hub could not do it (RuntimeError); its log says more"])
    assert ask(tmp_path, WISH) is not None


def test_where_no_hub_runs_nobody_answers(tmp_path: Path) -> None:
    assert ask(tmp_path, WISH) is None
    assert ask(tmp_path / "nowhere", WISH) is None

    control = Control(tmp_path, Hub())
    control.start()
    control.stop()

    assert not (tmp_path / SOCKET).exists()
    assert ask(tmp_path, WISH) is None


def test_a_hub_that_was_killed_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as killed:
        killed.bind(str(tmp_path / SOCKET))
    assert ask(tmp_path, WISH) is None

    control = Control(tmp_path, Hub())
    control.start()

    assert ask(tmp_path, WISH) is not None
    control.stop()


def test_a_folder_whose_name_is_too_long_costs_the_door_and_not_the_hall(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / ("x" * 120)
    folder.mkdir()

    control = Control(folder, Hub())
    control.start()
    control.stop()

    assert "SIGHUP" in caplog.text
