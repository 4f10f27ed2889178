"""What the hall hears for a call, with a voice, with a centre's own voice, and with none."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from hall.spoken import Language
from tests.running import BOUND_SECONDS
from tests.voice.recordings import COUNTERS, LETTERS, record
from voice.announcer import AGAIN_SECONDS, MOST_RECIPES, Announcer
from voice.sound import from_wav, seconds_of, silence, to_wav
from voice.speaker import Speaker, SpeakerFailed


class CountingSpeaker(Speaker):
    """The real speech process, with a list of what it was asked to say."""

    def __init__(self, *, answer_seconds: float = 60.0) -> None:
        super().__init__(answer_seconds=answer_seconds, rest_seconds=60)
        self.said: list[str] = []

    def say(self, text: str, language: Language) -> bytes:
        self.said.append(text)
        return super().say(text, language)


@pytest.fixture
def speaker() -> Iterator[CountingSpeaker]:
    speaker = CountingSpeaker()
    yield speaker
    speaker.stop()


class Mute(Speaker):
    """Has no speech process that answers."""

    def say(self, text: str, language: Language) -> bytes:
        raise SpeakerFailed("no answer")


@pytest.fixture
def mute() -> Speaker:
    return Mute()


def test_a_call_is_a_chime_then_the_sentence_twice(speaker: Speaker) -> None:
    announcer = Announcer(speaker)

    called = announcer.announcement("A025", "1", {"vi": "Quầy 1"})

    chime, first, second = called.clips
    assert chime != first == second
    assert called.sentence_vi == "Xin mời công dân có số thứ tự A không hai năm đến quầy số một."
    assert called.sentence_en is None
    assert called.voice == "espeak"


def test_english_comes_once_after_the_vietnamese(speaker: Speaker) -> None:
    called = Announcer(speaker).announcement("A025", "1", {"vi": "Quầy 1"}, ("vi", "en"))

    assert len(called.clips) == 4
    assert len({clip.id for clip in called.clips}) == 3
    assert called.sentence_en == "Ticket number A zero two five, please go to counter one."


def test_every_clip_can_be_fetched_and_is_as_long_as_told(speaker: Speaker) -> None:
    announcer = Announcer(speaker)

    for clip in announcer.announcement("B102", "10", {"vi": "Quầy 10"}, ("vi", "en")).clips:
        data = announcer.clip_bytes(clip.id)
        assert data is not None
        assert seconds_of(data) == pytest.approx(clip.seconds)
        assert 0.3 < from_wav(data).peak < 0.95


def test_the_speech_program_is_given_words_with_pauses_around_the_number(speaker: CountingSpeaker) -> None:
    Announcer(speaker).announcement("A015", "15", {"vi": "Quầy 15"}, ("vi", "en"))

    assert speaker.said == [
        "Xin mời công dân có số thứ tự, A không một năm, đến quầy số mười lăm.",
        "Ticket number, A, zero, one, five, please go to counter fifteen.",
    ]


def test_the_same_call_again_is_not_spoken_again(speaker: CountingSpeaker) -> None:
    announcer = Announcer(speaker)

    again = [announcer.announcement("A025", "1", {"vi": "Quầy 1"}) for _ in range(3)]

    assert len(speaker.said) == 1
    assert again[0] == again[1] == again[2]


def test_displays_asking_together_cause_one_sentence(speaker: CountingSpeaker) -> None:
    announcer = Announcer(speaker)
    together = threading.Barrier(6)
    heard: list[object] = []

    def display() -> None:
        together.wait(timeout=BOUND_SECONDS)
        heard.append(announcer.announcement("A025", "1", {"vi": "Quầy 1"}))

    displays = [threading.Thread(target=display) for _ in range(6)]
    for one in displays:
        one.start()
    for one in displays:
        one.join(timeout=BOUND_SECONDS)

    assert len(speaker.said) == 1
    assert len(heard) == 6
    assert len(set(map(str, heard))) == 1


def test_a_clip_put_out_of_memory_is_made_again_when_asked_for(speaker: CountingSpeaker) -> None:
    announcer = Announcer(speaker, memory_bytes=400_000)
    first = announcer.announcement("A001", "1", {"vi": "Quầy 1"}).clips[1]

    for ordinal in range(2, 6):
        announcer.announcement(f"A{ordinal:03d}", "1", {"vi": "Quầy 1"})
    before = len(speaker.said)

    data = announcer.clip_bytes(first.id)
    assert data is not None
    assert seconds_of(data) == pytest.approx(first.seconds, abs=0.1)
    assert len(speaker.said) == before + 1


def test_who_asks_for_old_clips_without_pause_does_not_silence_the_next_call(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert AGAIN_SECONDS > 0
    monkeypatch.setattr("voice.announcer.AGAIN_SECONDS", 300.0)  # longer than a busy machine asks
    asked, may_end = threading.Event(), threading.Event()

    class Slow(Speaker):
        said = 0

        def say(self, text: str, language: Language) -> bytes:
            self.said += 1
            if len(old) == 20:
                asked.set()
                may_end.wait(BOUND_SECONDS)
            return sound

    slow, old, sound = Slow(), list[str](), to_wav(silence(1.0, 22050))
    announcer = Announcer(slow, memory_bytes=len(sound))
    old += [
        announcer.announcement(f"A{each:03d}", "1", {"vi": "Quầy 1"}).clips[1].id for each in range(1, 21)
    ]
    before = slow.said

    first = threading.Thread(target=announcer.clip_bytes, args=(old[0],))
    first.start()
    assert asked.wait(BOUND_SECONDS)
    others = [
        announcer.clip_bytes(each) for each in old[1:10]
    ]  # answered at once, though one is in the works
    may_end.set()
    first.join()
    soon = [announcer.clip_bytes(each) for each in old[10:19]]

    assert others == soon == [None] * 9
    assert slow.said == before + 1
    assert announcer.announcement("B001", "1", {"vi": "Quầy 1"}).voice == "espeak"


def test_memory_stays_bounded_through_a_long_day(mute: Speaker) -> None:
    class Recital(Speaker):
        def say(self, text: str, language: Language) -> bytes:
            return chime

    plain = Announcer(mute)
    chime = plain.clip_bytes(plain.announcement("A001", "1", {"vi": "Quầy 1"}).clips[0].id) or b""
    announcer = Announcer(Recital(), memory_bytes=500_000)

    for ordinal in range(1200):
        announcer.announcement(f"A{ordinal:04d}", "1", {"vi": "Quầy 1"})

    assert announcer._memory._bytes == sum(map(len, announcer._memory._sounds.values())) <= 500_000
    assert len(announcer._recipes) == MOST_RECIPES


def test_without_a_voice_the_chime_still_calls(mute: Speaker) -> None:
    announcer = Announcer(mute)

    called = announcer.announcement("A025", "1", {"vi": "Quầy 1"}, ("vi", "en"))

    (chime,) = called.clips
    assert called.voice == "chime"
    assert called.sentence_vi is not None
    assert announcer.clip_bytes(chime.id) is not None


@pytest.mark.parametrize("clip", ["", "0" * 32, "../../etc/passwd", "chime"])
def test_an_unknown_clip_is_nothing(mute: Speaker, clip: str) -> None:
    assert Announcer(mute).clip_bytes(clip) is None


def test_a_complete_recorded_set_takes_over(speaker: CountingSpeaker, tmp_path: Path) -> None:
    announcer = Announcer(speaker, recorded_set=record(tmp_path), letters=LETTERS, counters=COUNTERS)

    called = announcer.announcement("A042", "10", {"vi": "Quầy 10"})

    assert called.voice == "recorded"
    assert speaker.said == []
    _, *said = called.clips
    assert said[:8] == said[8:], "twice"
    names = ["moi-cong-dan", "chu-a", "so-0", "so-4", "so-2", "den-quay-so", "quay-10"]
    for name, clip in zip(names, said[:7], strict=True):
        assert announcer.clip_bytes(clip.id) == (tmp_path / "vi" / f"{name}.wav").read_bytes()
    pause = announcer.clip_bytes(said[7].id)
    assert pause is not None
    assert from_wav(pause).peak == 0


def test_a_recorded_set_with_one_clip_missing_is_not_used_at_all(speaker: Speaker, tmp_path: Path) -> None:
    folder = record(tmp_path, leave_out=["so-9"])
    announcer = Announcer(speaker, recorded_set=folder, letters=LETTERS, counters=COUNTERS)

    called = announcer.announcement("A042", "1", {"vi": "Quầy 1"})

    assert called.voice == "espeak", "never half a sentence in one voice and half in another"
    assert len(called.clips) == 3


def test_recorded_vietnamese_may_stand_beside_spoken_english(
    speaker: CountingSpeaker, tmp_path: Path
) -> None:
    announcer = Announcer(speaker, recorded_set=record(tmp_path), letters=LETTERS, counters=COUNTERS)

    called = announcer.announcement("A042", "1", {"vi": "Quầy 1"}, ("vi", "en"))

    assert called.voice == "recorded"
    assert speaker.said == ["Ticket number, A, zero, four, two, please go to counter one."]


def test_recorded_english_is_used_when_complete_too(speaker: CountingSpeaker, tmp_path: Path) -> None:
    folder = record(record(tmp_path), "en")
    announcer = Announcer(speaker, recorded_set=folder, letters=LETTERS, counters=COUNTERS)

    called = announcer.announcement("A042", "1", {"vi": "Quầy 1"}, ("vi", "en"))

    assert called.voice == "recorded"
    assert speaker.said == []


def test_a_letter_or_counter_the_set_was_not_made_for_is_spoken(speaker: Speaker, tmp_path: Path) -> None:
    announcer = Announcer(speaker, recorded_set=record(tmp_path), letters=LETTERS, counters=COUNTERS)

    assert announcer.announcement("K042", "1", {"vi": "Quầy 1"}).voice == "espeak"
    assert announcer.announcement("A042", "3", {"vi": "Quầy 3"}).voice == "espeak"
    assert announcer.announcement("A042", "2", {"vi": "Quầy 2"}).voice == "recorded"


@pytest.mark.parametrize("harm", ["gone", "changed"])
def test_a_recorded_clip_lost_during_the_day_costs_no_call(
    speaker: Speaker, tmp_path: Path, harm: str
) -> None:
    announcer = Announcer(speaker, recorded_set=record(tmp_path), letters=LETTERS, counters=COUNTERS)
    clip = tmp_path / "vi" / "so-4.wav"

    if harm == "gone":
        clip.unlink()
    else:
        clip.write_bytes((tmp_path / "vi" / "so-5.wav").read_bytes())

    assert announcer.announcement("A042", "1", {"vi": "Quầy 1"}).voice == "espeak"


def test_the_dialect_of_the_hall_is_heard(speaker: CountingSpeaker) -> None:
    Announcer(speaker, dialect="south").announcement("A001", "105", {"vi": "Quầy 105"})

    assert speaker.said[0].endswith("đến quầy số một trăm lẻ năm.")


def test_a_counter_without_a_number_is_called_by_its_name(speaker: CountingSpeaker) -> None:
    called = Announcer(speaker).announcement("A001", "tra-ket-qua", {"vi": "quầy trả kết quả"})

    assert called.sentence_vi == "Xin mời công dân có số thứ tự A không không một đến quầy trả kết quả."
