"""The speech process: it speaks, and its death or silence is only ever a sentence less."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from hall.spoken import call_sentence
from voice.sound import from_wav
from voice.speaker import LONGEST_TEXT, Speaker, SpeakerFailed

ROOT = Path(__file__).resolve().parent.parent.parent
CALL = call_sentence("A025", "1", "vi")


@pytest.fixture
def speaker() -> Iterator[Speaker]:
    speaker = Speaker(answer_seconds=60)
    yield speaker
    speaker.stop()


def processes() -> list[psutil.Process]:
    """The speech processes of this test run."""
    return [
        child
        for child in psutil.Process().children(recursive=True)
        if child.status() != psutil.STATUS_ZOMBIE and "voice.speaker" in child.cmdline()
    ]


def ended(process: psutil.Process) -> bool:
    gone, _ = psutil.wait_procs([process], timeout=60)
    return bool(gone)


def test_a_call_is_heard_in_vietnamese_and_english(speaker: Speaker) -> None:
    vietnamese = from_wav(speaker.say(CALL, "vi"))
    english = from_wav(speaker.say(call_sentence("A025", "1", "en"), "en"))

    for sound in (vietnamese, english):
        assert 3 < sound.seconds < 9
        assert 0.8 < sound.peak < 0.9
        level = (sum(sample * sample for sample in sound.samples) / len(sound.samples)) ** 0.5 / 32767
        assert 0.03 < level < 0.5, "a voice, neither silence nor noise at full level"


def test_the_words_begin_at_once_and_a_pause_follows_them(speaker: Speaker) -> None:
    sound = from_wav(speaker.say(CALL, "vi"))
    loud = [place / sound.rate for place, sample in enumerate(sound.samples) if abs(sample) > 300]

    assert loud[0] < 0.1
    assert 0.3 < sound.seconds - loud[-1] < 0.7


def test_more_words_take_longer(speaker: Speaker) -> None:
    short = from_wav(speaker.say(call_sentence("A001", "1", "vi"), "vi"))
    long = from_wav(speaker.say(call_sentence("A1001", "21", "vi"), "vi"))

    assert long.seconds > short.seconds + 0.3


def test_a_killed_speech_process_is_replaced_at_the_next_call(speaker: Speaker) -> None:
    speaker.say(CALL, "vi")
    (process,) = processes()

    process.kill()

    assert from_wav(speaker.say(CALL, "vi")).seconds > 3
    assert [replaced.pid for replaced in processes()] != [process.pid]


def hanging(speaker: Speaker) -> psutil.Process:
    """Its process, which has spoken and does nothing any more; the speaker waits for it a moment only."""
    speaker.say(CALL, "vi")
    (process,) = processes()
    os.kill(process.pid, signal.SIGSTOP)
    assert speaker.worker._line is not None
    speaker.worker._line.settimeout(0.2)
    return process


def test_a_speech_process_that_hangs_is_given_up_and_left_alone_for_a_while() -> None:
    speaker = Speaker(answer_seconds=60, rest_seconds=60)
    try:
        process = hanging(speaker)

        with pytest.raises(SpeakerFailed):
            speaker.say(CALL, "vi")

        assert ended(process)
        with pytest.raises(SpeakerFailed, match="a moment ago"):
            speaker.say(CALL, "vi")
        assert processes() == [], "no new process for every call of a bad hour"
    finally:
        speaker.stop()


def test_a_rested_speech_process_speaks_again() -> None:
    speaker = Speaker(answer_seconds=60, rest_seconds=0)
    try:
        hanging(speaker)
        with pytest.raises(SpeakerFailed):
            speaker.say(CALL, "vi")

        assert from_wav(speaker.say(CALL, "vi")).seconds > 3
    finally:
        speaker.stop()


@pytest.mark.parametrize("text", ["", "a" * (LONGEST_TEXT + 1)])
def test_no_text_and_endless_text_are_refused_before_any_work(speaker: Speaker, text: str) -> None:
    with pytest.raises(SpeakerFailed):
        speaker.say(text, "vi")
    assert processes() == []


@pytest.mark.parametrize(
    "text",
    [
        "\x00\x01",
        "…",
        "<break time='9999s'/>",
        '"\n{"text"',
        "𝔸😀",
    ],
)
def test_odd_text_does_not_end_the_speech(speaker: Speaker, text: str) -> None:
    with suppress(SpeakerFailed):
        speaker.say(text, "vi")

    assert from_wav(speaker.say(CALL, "vi")).seconds > 3


def test_many_callers_each_get_their_own_sentence(speaker: Speaker) -> None:
    alone = {n: len(speaker.say(call_sentence("A" + "1" * n, "1", "vi"), "vi")) for n in range(1, 6)}
    heard: dict[int, int] = {}

    def call(n: int) -> None:
        heard[n] = len(speaker.say(call_sentence("A" + "1" * n, "1", "vi"), "vi"))

    callers = [threading.Thread(target=call, args=(n,)) for n in alone]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join(timeout=60)

    assert {n: pytest.approx(length, rel=0.02) for n, length in alone.items()} == heard


def test_the_speech_process_ends_when_the_hub_is_killed() -> None:
    script = """
from voice.speaker import Speaker
speaker = Speaker()
speaker.say("một", "vi")
print("spoke", flush=True)
input()
"""
    hub = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with hub:
        assert hub.stdout is not None
        assert hub.stdout.readline() == b"spoke\n"
        (process,) = processes()

        hub.kill()

        assert ended(process)


def test_other_work_goes_on_while_a_sentence_is_spoken() -> None:
    """In the hall's server all threads share one: a call that computes would hold up every citizen."""
    script = """
from gevent import monkey; monkey.patch_all()
import threading, time
from voice.speaker import Speaker
speaker, turns, done = Speaker(), 0, []
speaker.say("một", "vi")
def speak():
    for n in range(6):
        speaker.say("Xin mời công dân có số thứ tự " + "chín " * (10 + n), "vi")
    done.append(True)
threading.Thread(target=speak).start()
while not done:
    time.sleep(0.001)
    turns += 1
speaker.stop()
print(turns)
"""
    out = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60)

    assert out.returncode == 0, out.stderr
    assert int(out.stdout) > 60, "one turn between two sentences is what a held-up server would get"
