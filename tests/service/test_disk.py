"""What is done on the disk's own thread is done before who asked goes on, whatever happens meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import pytest

from service.disk import Disk


@pytest.fixture
def pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(2)


def test_what_was_asked_is_done_when_it_returns(pool: ThreadPoolExecutor) -> None:
    disk, done = Disk(pool), []

    for each in range(100):
        disk(lambda each=each: done.append(each))  # type: ignore[misc]
        assert done[-1] == each


def test_a_trouble_comes_to_whoever_asked_and_to_nobody_else(pool: ThreadPoolExecutor) -> None:
    disk, done = Disk(pool), []

    with pytest.raises(ZeroDivisionError):
        disk(lambda: 1 / 0)
    disk(lambda: done.append(1))

    assert done == [1]


def test_a_long_one_is_waited_for_and_the_next_waits_for_its_turn(pool: ThreadPoolExecutor) -> None:
    disk, gate, done = Disk(pool), Event(), []

    def long() -> None:
        gate.wait()
        done.append("long")

    first = Thread(target=disk, args=(long,))
    first.start()
    second = Thread(target=disk, args=(lambda: done.append("second"),))
    second.start()
    assert done == []
    gate.set()
    first.join()
    second.join()

    assert sorted(done) == ["long", "second"]


def test_who_is_ended_while_waiting_leaves_nothing_half_done() -> None:
    class Ended(ThreadPoolExecutor):
        def submit(self, *args: object, **more: object) -> object:  # type: ignore[override]
            Thread(target=gate.set).start()
            raise KeyboardInterrupt

    gate, done = Event(), []

    def long() -> None:
        gate.wait()
        done.append("long")

    disk = Disk(Ended(1))
    with pytest.raises(KeyboardInterrupt):
        disk(long)

    assert done == ["long"]
    disk(lambda: done.append("next"))
    assert done == ["long", "next"]
