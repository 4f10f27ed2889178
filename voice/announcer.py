"""What a display plays for a call: the chime, the Vietnamese sentence twice, other languages once.

A clip is fetched by its id, soon after its announcement as a rule. Memory is bounded; a clip that was put
out of it is made again when somebody asks for it.
"""

import hashlib
import logging
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from hall import spoken
from hall.setup import Trade
from hall.spoken import Announcement, Clip, Dialect, Language, VoiceKind
from hall.trade import COMMON
from voice import recorded
from voice.chime import chime
from voice.sound import BadSound, seconds_of, silence, to_wav
from voice.speaker import Speaker, SpeakerFailed

RATE = 22050
PAUSE_SECONDS = 0.45  # after a sentence of recorded clips; a spoken one carries its own
MOST_RECIPES = 512
AGAIN_SECONDS = 0.25  # between two clips made again: anybody may ask for old ones, new calls go first

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Speech:
    """How to make a spoken clip again."""

    text: str
    language: Language


class Announcer:
    """Safe to call from several threads; a call may take as long as the speech process takes to answer."""

    def __init__(
        self,
        speaker: Speaker,
        *,
        recorded_set: Path | None = None,
        letters: Iterable[str] = (),
        counters: Iterable[str] = (),
        dialect: Dialect = "north",
        times: int = 2,
        memory_bytes: int = 8 * 1024 * 1024,
    ) -> None:
        """`letters` and `counters` are those of the hall: a recorded set must have them all to be used.
        `times`: how often the Vietnamese sentence is said; other languages follow once.
        """
        self._speaker = speaker
        self._dialect = dialect
        self._times = times
        self._memory = _Memory(memory_bytes)
        self._speaking = threading.Lock()
        self._again = threading.Lock()
        self._again_from = 0.0
        self._recipes: OrderedDict[str, _Speech] = OrderedDict()
        self._kept: dict[str, bytes] = {}  # chime and pause: always there
        self._chime = self._keep(to_wav(chime(rate=RATE)))
        self._pause = self._keep(to_wav(silence(PAUSE_SECONDS, RATE)))
        self._recorded: dict[Language, dict[str, Clip]] = {}
        self._files: dict[str, tuple[Path, str, Language]] = {}
        if recorded_set is not None:
            self._take_set(recorded_set, tuple(letters), tuple(counters))

    def announcement(
        self,
        number: str,
        counter: str,
        names: Mapping[Language, str],
        languages: Iterable[Language] = ("vi",),
        trade: Trade = COMMON,
    ) -> Announcement:
        """Never fails: with no voice it is the chime alone. `names`: what the counter is called; `trade`: in
        whose words citizens are invited.
        """
        clips, sentences = [self._chime], {}
        voices: list[VoiceKind] = []
        for language in languages:
            name = names.get(language)
            spelled = (number, counter, language, self._dialect, name, trade)
            sentences[language] = spoken.call_sentence(*spelled)
            said, voice = self._said(number, counter, language, _for_espeak(*spelled))
            clips += said * (self._times if language == "vi" else 1)
            voices.append(voice)
        return Announcement(
            tuple(clips), sentences.get("vi"), sentences.get("en"), voices[0] if voices else "chime"
        )

    def clip_bytes(self, clip: str) -> bytes | None:
        """The file of a clip that was announced, WAV or OGG; None: no such clip, or an old one
        while others are made again.
        """
        if (data := self._kept.get(clip) or self._memory.get(clip)) is not None:
            return data
        if (file := self._files.get(clip)) is not None:
            return self._read(clip, *file)
        if (speech := self._recipes.get(clip)) is not None:
            return self._made_again(clip, speech)
        return None

    def _made_again(self, clip: str, speech: _Speech) -> bytes | None:
        if monotonic() < self._again_from or not self._again.acquire(blocking=False):
            return None
        try:
            return self._spoken(clip, speech)
        except SpeakerFailed:
            return None
        finally:
            self._again_from = monotonic() + AGAIN_SECONDS
            self._again.release()

    def stop(self) -> None:
        self._speaker.stop()

    def _said(
        self, number: str, counter: str, language: Language, sentence: str
    ) -> tuple[list[Clip], VoiceKind]:
        if (clips := self._recorded_clips(number, counter, language)) is not None:
            return clips, "recorded"
        speech = _Speech(sentence, language)
        clip = hashlib.sha256(f"{language}\n{speech.text}".encode()).hexdigest()[:32]
        try:
            data = self._spoken(clip, speech)
        except SpeakerFailed as fault:
            log.warning("call of %s: chime only, %s", number, fault)
            return [], "chime"
        return [Clip(clip, seconds_of(data))], "espeak"

    def _spoken(self, clip: str, speech: _Speech) -> bytes:
        """From memory, or made now; one at a time, so that no sentence is ever made twice at once."""
        with self._speaking:
            if (data := self._memory.get(clip)) is not None and clip in self._recipes:
                self._recipes.move_to_end(clip)
                return data
            data = self._speaker.say(speech.text, speech.language)
            self._memory.put(clip, data)
            self._recipes[clip] = speech
            while len(self._recipes) > MOST_RECIPES:
                self._recipes.popitem(last=False)
            return data

    def _recorded_clips(self, number: str, counter: str, language: Language) -> list[Clip] | None:
        """None where the set does not have all of this call, or a file has gone since the start."""
        have = self._recorded.get(language)
        if have is None:
            return None
        clips = [have.get(name) for name in recorded.call_clips(number, counter, language)]
        found = [clip for clip in clips if clip is not None and self.clip_bytes(clip.id) is not None]
        return [*found, self._pause] if len(found) == len(clips) else None

    def _take_set(self, folder: Path, letters: tuple[str, ...], counters: tuple[str, ...]) -> None:
        languages: tuple[Language, ...] = ("vi", "en")
        for language in languages:
            lacking = recorded.missing(folder, letters, counters, language)
            if lacking:
                log.info("recorded voice %s/%s: %d clips missing, not used", folder, language, len(lacking))
                continue
            clips: dict[str, Clip] = {}
            for name in recorded.needed(letters, counters, language):
                data = recorded.read(folder, name, language)
                clips[name] = Clip(_content_id(data), seconds_of(data))
                self._files[clips[name].id] = (folder, name, language)
            self._recorded[language] = clips

    def _read(self, clip: str, folder: Path, name: str, language: Language) -> bytes | None:
        try:
            data = recorded.read(folder, name, language)
        except BadSound as fault:
            log.warning("recorded voice: %s", fault)
            return None
        if _content_id(data) != clip:
            log.warning("recorded voice: %s has changed since the start, not used", name)
            return None
        self._memory.put(clip, data)
        return data

    def _keep(self, data: bytes) -> Clip:
        clip = Clip(_content_id(data), seconds_of(data))
        self._kept[clip.id] = data
        return clip


class _Memory:
    """The sounds used last, up to so many bytes."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._sounds: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, clip: str) -> bytes | None:
        with self._lock:
            if clip not in self._sounds:
                return None
            self._sounds.move_to_end(clip)
            return self._sounds[clip]

    def put(self, clip: str, data: bytes) -> None:
        with self._lock:
            self._bytes += len(data) - len(self._sounds.pop(clip, b""))
            self._sounds[clip] = data
            while self._bytes > self._most_bytes:
                _, oldest = self._sounds.popitem(last=False)
                self._bytes -= len(oldest)


def _content_id(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def _for_espeak(
    number: str, counter: str, language: Language, dialect: Dialect, name: str | None, trade: Trade
) -> str:
    """The sentence with the pauses a listener needs: around the number, in English between its signs too,
    or "A zero" is read with the article."""
    invitation, said, place = spoken.call_parts(number, counter, language, dialect, name, trade)
    if language == "en":
        said = ", ".join(said.split())
    return f"{invitation}, {said}, {place}."
