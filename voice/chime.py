"""The chime before a call: two falling bell tones, made here so that nobody's recording is needed."""

import array
import math

from voice.sound import FULL, Sound

TONES = ((0.0, 783.99), (0.34, 622.25))  # seconds after the start, Hz: G5, then E flat 5
PARTIALS = ((1.0, 1.0, 4.2), (2.0, 0.32, 7.0), (3.01, 0.12, 11.0))  # times the tone, share, decay per second
ATTACK_SECONDS = 0.008
FADE_SECONDS = 0.08
PEAK = 0.6


def chime(seconds: float = 1.1, rate: int = 22050) -> Sound:
    total = int(seconds * rate)
    air = [0.0] * total
    for starts, tone in TONES:
        first = int(starts * rate)
        for times, share, decay in PARTIALS:
            turn = 2 * math.pi * tone * times / rate
            for place in range(first, total):
                after = (place - first) / rate
                rise = min(1.0, after / ATTACK_SECONDS)
                air[place] += rise * share * math.exp(-decay * after) * math.sin(turn * (place - first))
    fade = int(FADE_SECONDS * rate)
    for place in range(total - fade, total):  # the last sample is 0: no click where the sentence begins
        air[place] *= (total - 1 - place) / fade
    loudest = max(abs(level) for level in air)
    return Sound(array.array("h", (int(level / loudest * PEAK * FULL) for level in air)), rate)
