"""The chime and the sound files, judged by numbers reckoned here."""

import array
import math
import struct
from itertools import pairwise

import pytest

from voice.chime import PEAK, TONES, chime
from voice.sound import BadSound, Sound, from_wav, seconds_of, silence, to_wav


def strength(sound: Sound, hertz: float) -> float:
    """How much of one tone is in a sound: the Fourier sum at that frequency, by hand."""
    turn = 2 * math.pi * hertz / sound.rate
    real = sum(sample * math.cos(turn * place) for place, sample in enumerate(sound.samples))
    imaginary = sum(sample * math.sin(turn * place) for place, sample in enumerate(sound.samples))
    return math.hypot(real, imaginary) / len(sound.samples)


def part(sound: Sound, start: float, end: float) -> Sound:
    return Sound(sound.samples[int(start * sound.rate) : int(end * sound.rate)], sound.rate)


def ogg(codec: bytes, position: int) -> bytes:
    """An OGG file as far as its length can be read: a first page with the codec's header, a last page."""
    page = b"OggS" + struct.pack("<BBqIIIB", 0, 2, 0, 1, 0, 0, 1) + bytes([len(codec)]) + codec
    return page + b"OggS" + struct.pack("<BBqIIIB", 0, 4, position, 1, 1, 0, 1) + b"\x00"


def test_the_chime_is_about_a_second_loud_enough_and_never_clipped() -> None:
    sound = chime()

    assert 0.9 <= sound.seconds <= 1.4
    assert sound.peak == pytest.approx(PEAK, abs=0.01)
    assert sound.peak < 0.7


def test_the_chime_begins_and_ends_without_a_click() -> None:
    samples = chime().samples

    assert max(abs(sample) for sample in samples[:5]) < 1000
    assert max(abs(sample) for sample in samples[-20:]) < 50
    assert max(abs(one - other) for one, other in pairwise(samples)) < 8000


def test_the_chime_is_two_tones_one_after_the_other() -> None:
    sound = chime()
    first, second = (hertz for _, hertz in TONES)
    before, after = part(sound, 0.02, 0.32), part(sound, 0.36, 0.66)

    assert strength(before, first) > 20 * strength(before, second)
    assert strength(after, second) > 2 * strength(after, first)


def test_a_wav_file_gives_back_the_sound_that_went_in() -> None:
    sound = chime()

    again = from_wav(to_wav(sound))

    assert again.samples == sound.samples
    assert again.rate == sound.rate
    assert seconds_of(to_wav(sound)) == pytest.approx(sound.seconds)


def test_silence_around_the_words_is_taken_off_and_put_on() -> None:
    words = Sound(array.array("h", [8000, -8000] * 500), 1000)

    framed = words.framed(0.25, 0.5)

    assert framed.seconds == pytest.approx(1.75)
    assert framed.trimmed().samples == words.samples
    assert silence(1.0, 1000).trimmed().seconds == 0
    assert silence(1.0, 1000).as_loud_as(0.8).peak == 0


def test_loudness_is_evened_without_clipping() -> None:
    for level in (50, 8000, 32767, -32768):
        sound = Sound(array.array("h", [level, 0, level // 2]), 8000)
        assert sound.as_loud_as(0.85).peak == pytest.approx(0.85, abs=0.001)


def test_the_length_of_ogg_files_is_read_from_their_pages() -> None:
    vorbis = b"\x01vorbis" + struct.pack("<IBI", 0, 1, 44100) + bytes(14)
    opus = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 44100, 0, 0)

    assert seconds_of(ogg(vorbis, 66150)) == pytest.approx(1.5)
    assert seconds_of(ogg(opus, 48000 + 312)) == pytest.approx(1.0)


@pytest.mark.parametrize(
    "data",
    [b"", b"RIFF", b"OggS", b"OggS" * 9, b"ID3 an mp3", to_wav(silence(1, 8000))[:30], ogg(b"speex", 100),
     ogg(b"\x01vorbis", 100), ogg(b"OpusHead" + bytes(11), 0)],
)  # fmt: skip
def test_what_is_no_sound_is_refused(data: bytes) -> None:
    with pytest.raises(BadSound):
        seconds_of(data)


def test_eight_bit_and_cut_files_are_refused_or_kept_whole() -> None:
    eight = bytearray(to_wav(silence(1, 8000)))
    eight[34:36] = struct.pack("<H", 8)

    with pytest.raises(BadSound):
        from_wav(bytes(eight))
    assert from_wav(to_wav(silence(1, 8000))[:-1001]).seconds < 1
