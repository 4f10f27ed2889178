"""A person and scanners at one keyboard, in any order: no sign of a device is a press, no press is lost."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tools.node import ROOT, environment, node_folder

SIGNS = "".join(sorted({*"H27.10.12-261124-0007 HT 0012|/:;_xrscthpuiz?ĐễÁ0123456789"}))
SUFFIXES = [[], ["Enter"], ["Enter", "Enter"], ["Tab"], ["Enter", "Tab"], ["Tab", "Tab", "Enter"]]
PERSONS = ["Space", "Enter", "r", "s", "h", "c", "x", "2", "7", "Delete"]


@contextmanager
def player() -> Iterator[Any]:
    folder = node_folder()
    assert folder, "no Node here: make setup"
    served = subprocess.Popen(
        ["node", "--import", "./tests/js/addresses.js", "tests/js/stream_server.js"],
        cwd=ROOT, env=environment(folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert served.stdin
    assert served.stdout
    to, said = served.stdin, served.stdout

    def play(keys: list[tuple[int, str]], held_up: int) -> Any:
        to.write(json.dumps({"keys": keys, "heldUp": held_up}) + "\n")
        to.flush()
        return json.loads(said.readline())

    try:
        yield play
    finally:
        to.close()
        served.wait(30)
        said.close()


class AnyKeys(RuleBasedStateMachine):
    """What was typed, and what it has to be taken for."""

    play: Any

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[tuple[int, str]] = []
        self.pressed: list[str] = []
        self.scans: list[str] = []
        self.held_up = 0

    @rule(key=st.sampled_from(PERSONS), pause=st.integers(450, 5_000))
    def person(self, key: str, pause: int) -> None:
        self.keys.append((pause, key))
        self.pressed.append(key)

    @rule(
        first=st.integers(450, 5_000),
        pair=st.lists(st.sampled_from(PERSONS), min_size=2, max_size=2, unique=True),
        together=st.integers(90, 149),
    )
    def fast_typist(self, first: int, pair: list[str], together: int) -> None:
        self.keys += [(first, pair[0]), (together, pair[1])]
        self.pressed += pair

    @rule(
        text=st.text(SIGNS, min_size=2, max_size=60).filter(lambda text: len({*text.strip()}) > 1),
        suffix=st.sampled_from(SUFFIXES),
        pace=st.integers(0, 70),
        jitter=st.integers(0, 14),
        stutters=st.dictionaries(st.integers(2, 63), st.integers(86, 390), max_size=3),
        first=st.integers(450, 3_000),
    )
    def scanner(
        self, text: str, suffix: list[str], pace: int, jitter: int, stutters: dict[int, int], first: int
    ) -> None:
        if text[0] == text[1]:
            stutters = {}  # a device that stands still after one key hammered on: see stream.js
        signs = [*text, *suffix]
        pauses = [stutters.get(at, pace + at * 7 % (jitter + 1)) for at in range(len(signs))]
        self.keys += [(first, signs[0]), *zip(pauses[1:], signs[1:], strict=True)]
        self.scans.append(text.strip())

    @precondition(lambda self: not self.keys)
    @rule(milliseconds=st.integers(0, 700))
    def page_is_held_up(self, milliseconds: int) -> None:
        self.held_up = milliseconds

    @invariant()
    def each_is_taken_for_what_it_was(self) -> None:
        told = self.play(self.keys, self.held_up)
        assert [key.removeprefix("Key").removeprefix("Digit") for key in told["pressed"]] == self.pressed
        assert (told["scans"], told["begun"]) == (self.scans, [])


def test_whoever_types_a_scan_is_a_scan_and_a_press_is_a_press() -> None:
    with player() as play:
        played = type("Played", (AnyKeys,), {"play": staticmethod(play)})
        run_state_machine_as_test(
            played, settings=settings(max_examples=150, stateful_step_count=12, deadline=None)
        )
