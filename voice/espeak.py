"""espeak-ng, the speech program that speaks Vietnamese off line, as carried by `espeakng-loader`.

Not safe for threads and able to take its process down: only `voice.speaker` uses it.
"""

import array
import ctypes
from dataclasses import dataclass
from pathlib import Path

from hall.spoken import Language
from voice.sound import Sound

SYNCHRONOUS = 2
DO_NOT_EXIT = 0x8000  # without it a missing data folder ends the process
UTF8 = 1
RATE, VOLUME, PITCH = 1, 2, 3
UNCLIPPED = 80  # of 200; at the usual 100 the loudest samples reach the end of the scale


class CannotSpeak(Exception):
    """The speech program is not there or refuses."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a language is spoken: espeak's voice, words a minute, pitch 0-100."""

    voice: str
    rate: int
    pitch: int


MANNERS: dict[Language, Manner] = {
    "vi": Manner("vi+f5", 120, 65),
    "en": Manner("en+f3", 145, 55),
}

_Heard = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Espeak:
    def __init__(self) -> None:
        """Raises CannotSpeak where the library or its data are missing."""
        try:
            import espeakng_loader

            self._library = ctypes.CDLL(espeakng_loader.get_library_path())
            data = Path(espeakng_loader.get_data_path()).parent
        except (ImportError, OSError, RuntimeError) as fault:
            raise CannotSpeak(str(fault)) from fault
        self.rate = int(self._library.espeak_Initialize(SYNCHRONOUS, 0, str(data).encode(), DO_NOT_EXIT))
        if self.rate <= 0:
            raise CannotSpeak("espeak-ng does not start")
        self._samples = array.array("h")
        # kept: ctypes does not hold the function, and the library would call freed memory
        self._heard = _Heard(self._hear)
        self._library.espeak_SetSynthCallback(self._heard)

    def say(self, text: str, manner: Manner) -> Sound:
        """Raises CannotSpeak."""
        if self._library.espeak_SetVoiceByName(manner.voice.encode()):
            raise CannotSpeak(f"no voice {manner.voice}")
        self._library.espeak_SetParameter(RATE, manner.rate, 0)
        self._library.espeak_SetParameter(VOLUME, UNCLIPPED, 0)
        self._library.espeak_SetParameter(PITCH, manner.pitch, 0)
        self._samples = array.array("h")
        letters = text.encode()
        if self._library.espeak_Synth(letters, len(letters) + 1, 0, 0, 0, UTF8, None, None):
            raise CannotSpeak("espeak-ng refused the sentence")
        return Sound(self._samples, self.rate)

    def _hear(self, samples: "ctypes._Pointer[ctypes.c_short]", count: int, _events: int | None) -> int:
        if count > 0:
            self._samples.frombytes(ctypes.string_at(samples, 2 * count))
        return 0
