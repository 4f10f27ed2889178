"""Guessing slowed, and nobody else with it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import pytest

from hall.model import Refused
from store import log_ins
from store.log_ins import WAITING_ALL, WAITING_EACH, Reckoning
from store.passwords import weakness


class Queue:
    """Who was reckoned, in order; the first one is held until all others wait."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(1)
        self.reckoning = Reckoning(self.pool)
        self.order: list[str] = []
        self.hold, self.held = Event(), Event()
        self.threads = [Thread(target=self._first)]
        self.threads[0].start()
        assert self.held.wait(30)

    def _first(self) -> None:
        def work() -> None:
            self.held.set()
            self.hold.wait(30)

        self.reckoning.reckon("first", known=False, work=work)

    def waits(self, who: str, *, known: bool = False) -> None:
        waiting = self.waiting
        asking = Thread(target=self.reckoning.reckon, args=(who,), kwargs={
            "known": known, "work": lambda: self.order.append(who)
        })  # fmt: skip
        self.threads.append(asking)
        asking.start()
        while self.waiting == waiting:
            assert asking.is_alive()

    @property
    def waiting(self) -> int:
        return sum(len(turns) for lane in self.reckoning._lanes for turns in lane.values())

    def done(self) -> list[str]:
        self.hold.set()
        for each in self.threads:
            each.join(30)
        self.pool.shutdown()
        return self.order


def test_an_officers_own_browser_waits_for_one_stranger_at_most() -> None:
    queue = Queue()
    for stranger in ("a", "b", "c"):
        for _ in range(WAITING_EACH):
            queue.waits(stranger)
    queue.waits("browser:1", known=True)

    assert queue.done()[0] == "browser:1"


def test_strangers_take_turns_however_often_one_of_them_tries() -> None:
    queue = Queue()
    for _ in range(WAITING_EACH):
        queue.waits("eager")
    queue.waits("an officer at a new machine")

    assert queue.done().index("an officer at a new machine") == 1


def test_who_tries_too_often_is_told_to_wait_and_nobody_else_is() -> None:
    queue = Queue()
    for _ in range(WAITING_EACH):
        queue.waits("eager")
    with pytest.raises(Refused) as refused:
        queue.reckoning.reckon("eager", known=False, work=lambda: None)
    queue.waits("another")

    assert refused.value.code == "rate_limited"
    assert WAITING_ALL > WAITING_EACH
    assert queue.done().count("eager") == WAITING_EACH


def test_in_a_crowd_of_strangers_each_waits_once_and_whoever_is_new_is_still_let_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(log_ins, "WAITING_ALL", 3)
    queue = Queue()
    for stranger in ("a", "b", "c"):
        queue.waits(stranger)

    with pytest.raises(Refused):
        queue.reckoning.reckon("a", known=False, work=lambda: None)
    queue.waits("an officer at a new machine")
    queue.waits("browser:1", known=True)

    assert queue.done() == ["browser:1", "a", "b", "c", "an officer at a new machine"]


@pytest.mark.parametrize(
    ("password", "weak"),
    [
        ("12345678", "too_common"),
        ("password", "too_common"),
        ("Password1", "too_common"),
        ("p4ssw0rd", "too_common"),
        ("qwertyuiop", "too_common"),
        ("aaaaaaaaaaaa", "too_common"),
        ("anhyeuem", "too_common"),
        ("nguyenlan", "too_common"),  # of whose it is
        ("        ", "too_short"),
        (" 1234567\n", "too_short"),
        ("x" * 300, "too_long"),
        ("matkhau123", "too_common"),
        ("Mật khẩu 123", "too_common"),
        ("AnhYeuEm@123", "too_common"),
        ("123456aA@", "too_common"),
        ("admin@123", "too_common"),
        ("Abc@12345", "too_common"),
        ("１２３４５６７８９", "too_common"),  # full-width
        ("0912345678", "too_common"),
        ("thach-ha", "too_common"),  # of the house
        ("ThachHa123", "too_common"),
        ("thachha2026", "too_common"),
        ("nguyen.lan@123", "too_common"),
        ("e\u0302\u0323" * 3, "too_short"),  # three signs of three keys each
        ("mot-cua-2026", None),
        ("test-password-1", None),
        ("quạ đen ăn khế", None),
        ("mật khẩu của Lan", None),
        ("correct horse battery", None),
    ],
)
def test_a_password_that_is_guessed_first_is_refused(password: str, weak: str | None) -> None:
    assert weakness(password, "nguyenlan", ["thach-ha", "Ủy ban nhân dân xã Thạch Hà"]) == weak


def test_the_name_of_an_officer_is_a_first_guess_however_it_is_typed() -> None:
    tried = ["nguyenvanan", "NguyenVanAn1", "van-an-123", "nguyễn văn an"]

    assert [weakness(each, "Nguyễn Văn An") for each in tried] == ["too_common"] * 4
    assert weakness("nguyenvanan", "hoa") == "too_common", "and one of the most common names is anybody's"
