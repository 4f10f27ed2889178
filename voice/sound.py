"""Sound as numbers: one channel of 16-bit samples, and the WAV and OGG files around it."""

import array
import io
import struct
import sys
import wave
from dataclasses import dataclass

FULL = 32767
_VORBIS, _OPUS = b"\x01vorbis", b"OpusHead"


class BadSound(Exception):
    """These bytes are no sound file that the hall can play."""


@dataclass(frozen=True, slots=True)
class Sound:
    """`samples` are array("h"), one channel."""

    samples: "array.array[int]"  # quoted: before Python 3.12 an array takes no parameter at run time
    rate: int

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.rate

    @property
    def peak(self) -> float:
        """The loudest sample; 1.0 is as loud as the file can say, so anything near it is clipped."""
        return max(max(self.samples, default=0), -min(self.samples, default=0)) / FULL

    def trimmed(self, floor: float = 0.01) -> "Sound":
        """Without the silence before and after."""
        quiet = int(floor * FULL)
        places = range(len(self.samples))
        first = next((place for place in places if abs(self.samples[place]) > quiet), None)
        if first is None:
            return Sound(array.array("h"), self.rate)
        last = next(place for place in reversed(places) if abs(self.samples[place]) > quiet)
        return Sound(self.samples[first : last + 1], self.rate)

    def as_loud_as(self, peak: float) -> "Sound":
        if not self.peak:
            return self
        gain = peak / self.peak
        return Sound(array.array("h", (int(sample * gain) for sample in self.samples)), self.rate)

    def framed(self, before: float, after: float) -> "Sound":
        """With so many seconds of silence around it."""
        head, tail = (array.array("h", bytes(2 * int(part * self.rate))) for part in (before, after))
        return Sound(head + self.samples + tail, self.rate)


def silence(seconds: float, rate: int) -> Sound:
    return Sound(array.array("h"), rate).framed(seconds, 0)


def to_wav(sound: Sound) -> bytes:
    samples = sound.samples
    if sys.byteorder == "big":
        samples = samples[:]
        samples.byteswap()
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sound.rate)
        file.writeframes(samples.tobytes())
    return out.getvalue()


def from_wav(data: bytes) -> Sound:
    """A WAV of 16-bit samples; of several channels the first is kept. Raises BadSound."""
    try:
        with wave.open(io.BytesIO(data), "rb") as file:
            channels, width, rate = file.getnchannels(), file.getsampwidth(), file.getframerate()
            frames = file.readframes(file.getnframes())
    except (wave.Error, EOFError, ValueError, struct.error) as fault:
        raise BadSound(f"not a WAV file: {fault}") from fault
    if width != 2 or not rate or not channels:
        raise BadSound(f"{8 * width} bits a sample at {rate} Hz, wanted 16 bits")
    samples = array.array("h", frames[: len(frames) // (2 * channels) * 2 * channels])
    if sys.byteorder == "big":
        samples.byteswap()
    return Sound(samples[::channels], rate)


def seconds_of(data: bytes) -> float:
    """How long a WAV or OGG file plays. Raises BadSound."""
    if data[:4] == b"OggS":
        return _ogg_seconds(data)
    return from_wav(data).seconds


def _ogg_seconds(data: bytes) -> float:
    """From the identification header (rate) and the last page (position). Source: RFC 3533, RFC 7845."""
    last = data.rfind(b"OggS")
    if len(data) < last + 14 or last == 0:
        raise BadSound("an OGG file that ends too early")
    first_page = data[: data.find(b"OggS", 4)]
    (position,) = struct.unpack_from("<q", data, last + 6)
    if (start := first_page.find(_OPUS)) >= 0 and len(first_page) >= start + 12:
        (skipped,) = struct.unpack_from("<H", first_page, start + 10)
        rate, position = 48000, position - skipped
    elif (start := first_page.find(_VORBIS)) >= 0 and len(first_page) >= start + 16:
        (rate,) = struct.unpack_from("<I", first_page, start + 12)
    else:
        raise BadSound("an OGG file that is neither Vorbis nor Opus")
    if not rate or position <= 0:
        raise BadSound("an OGG file without sound")
    return float(position) / rate
