"""The wall display: its page, and the words and clips of the calls it speaks."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from flask import Blueprint, Response, abort, jsonify, render_template
from flask.typing import ResponseReturnValue

from hall.model import Call, Hall
from hall.spoken import Language

CLIP_FILE = re.compile(r"[A-Za-z0-9_-]{1,80}\.wav")
A_YEAR = 365 * 24 * 3600


class Clip(Protocol):
    """A piece of sound. `id` names its content: the same id is the same sound for ever."""

    @property
    def id(self) -> str: ...
    @property
    def seconds(self) -> float: ...


class Announcement(Protocol):
    """What is said for one call: clips in order, and their sentences; None: not in that language."""

    @property
    def clips(self) -> Sequence[Clip]: ...
    @property
    def sentence_vi(self) -> str | None: ...
    @property
    def sentence_en(self) -> str | None: ...


class Announcer(Protocol):
    """Turns a call into clips. May take some milliseconds the first time a number is said."""

    def announcement(
        self, number: str, counter: str, counter_name: str, languages: Iterable[Language], /
    ) -> Announcement: ...
    def clip_bytes(self, clip: str, /) -> bytes | None: ...


class Hub(Protocol):
    """The present state of one hall."""

    @property
    def hall(self) -> Hall: ...


def blueprint(
    halls: Mapping[str, Hub], announcer: Announcer, languages: Callable[[str], Sequence[Language]]
) -> Blueprint:
    """The routes under /display. `languages`: in which languages this hall speaks its calls."""
    routes = Blueprint("display", __name__, template_folder="templates")

    @routes.get("/display/<hall>")
    def wall(hall: str) -> ResponseReturnValue:
        return render_template("display/wall.html", hall=_hub(halls, hall).hall.setup)

    @routes.get("/display/<hall>/announcement/<call>")
    def announcement(hall: str, call: str) -> ResponseReturnValue:
        """Only calls the wall still shows: nobody can make the hub speak what was not called."""
        state = _hub(halls, hall).hall
        made = _call(state, call)
        counter = state.setup.counters[made.counter]
        said = announcer.announcement(made.number, counter.id, counter.name, languages(hall))
        clips = [{"url": f"/display/clips/{clip.id}.wav", "seconds": clip.seconds} for clip in said.clips]
        return jsonify(clips=clips, sentence_vi=said.sentence_vi, sentence_en=said.sentence_en)

    @routes.get("/display/clips/<clip>")
    def clip_sound(clip: str) -> ResponseReturnValue:
        """`clip` is an id with ".wav"; a recorded clip may hold OGG, which the name does not tell."""
        sound = announcer.clip_bytes(clip.removesuffix(".wav")) if CLIP_FILE.fullmatch(clip) else None
        if sound is None:
            abort(404)
        answer = Response(sound, mimetype="audio/ogg" if sound.startswith(b"OggS") else "audio/wav")
        answer.cache_control.public = True
        answer.cache_control.max_age = A_YEAR
        answer.cache_control.immutable = True
        return answer

    return routes


def _hub(halls: Mapping[str, Hub], hall: str) -> Hub:
    if hall not in halls:
        abort(404)
    return halls[hall]


def _call(hall: Hall, call: str) -> Call:
    made = next((each for each in hall.calls if each.id == call), None)
    if made is None or made.counter not in hall.setup.counters:
        abort(404)
    return made
