"""The wall display: its page, and the words and clips of the calls it speaks."""

import re

from flask import Response, abort, jsonify, render_template

from hall.model import Call, Hall
from web.doors import Pages
from web.screens import Site

CLIP_FILE = re.compile(r"[A-Za-z0-9_-]{1,80}\.wav")
CLIP = "/display/clips/{clip}"
A_YEAR = 365 * 24 * 3600

pages = Pages[Site]("display", __name__)


@pages.page("/display/{hall}", "The wall")
def wall(site: Site, hall: str) -> str:
    return render_template("display/wall.html", hall=site.hall(hall).setup)


@pages.page("/display/{hall}/announcement/{call}", "The clips and sentences of one call")
def announcement(site: Site, hall: str, call: str) -> Response:
    """Only calls the wall still shows: nobody can make the hub speak what was not called."""
    state = site.hall(hall)
    made = _call(state, call)
    counter = state.setup.counters[made.counter]
    said = site.announcer.announcement(made.number, counter.id, counter.name, site.languages(hall))
    clips = [{"url": CLIP.format(clip=f"{clip.id}.wav"), "seconds": clip.seconds} for clip in said.clips]
    return jsonify(clips=clips, sentence_vi=said.sentence_vi, sentence_en=said.sentence_en)


@pages.page(CLIP, "One sound")
def clip_sound(site: Site, clip: str) -> Response:
    """`clip` is an id with ".wav"; a recorded clip may hold OGG, which the name does not tell."""
    sound = site.announcer.clip_bytes(clip.removesuffix(".wav")) if CLIP_FILE.fullmatch(clip) else None
    if sound is None:
        abort(404)
    answer = Response(sound, mimetype="audio/ogg" if sound.startswith(b"OggS") else "audio/wav")
    answer.cache_control.public = True
    answer.cache_control.max_age = A_YEAR
    answer.cache_control.immutable = True
    return answer


def _call(hall: Hall, call: str) -> Call:
    made = next((each for each in hall.calls if each.id == call), None)
    if made is None or made.counter not in hall.setup.counters:
        abort(404)
    return made
