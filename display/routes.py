"""The wall display: its page, and the words and clips of the calls it speaks."""

import re

from flask import Response, abort, jsonify, render_template

from hall.model import Call, Hall
from hall.spoken import Language
from web.doors import Pages
from web.screens import Sites

CLIP_FILE = re.compile(r"[A-Za-z0-9_-]{1,80}\.wav")
CLIP = "/display/clips/{clip}"
A_YEAR = 365 * 24 * 3600

pages = Pages[Sites]("display", __name__)


@pages.page("/display/{hall}", "The wall")
def wall(sites: Sites, hall: str) -> str:
    setup = sites[hall].hall().setup
    return render_template("display/wall.html", hall=setup, trade=setup.trade, emblem=sites[hall].emblem)


@pages.page("/display/{hall}/announcement/{call}", "The clips and sentences of one call")
def announcement(sites: Sites, hall: str, call: str) -> Response:
    """Only calls the wall still shows: nobody can make the hub speak what was not called."""
    site = sites[hall]
    state = site.hall()
    made = _call(state, call)
    counter = state.setup.counters[made.counter]
    names: dict[Language, str] = {"vi": counter.name, "en": counter.name_en}
    said = site.announcer.announcement(made.number, counter.id, names, site.languages, state.setup.trade)
    clips = [{"url": CLIP.format(clip=f"{clip.id}.wav"), "seconds": clip.seconds} for clip in said.clips]
    return jsonify(clips=clips, sentence_vi=said.sentence_vi, sentence_en=said.sentence_en)


@pages.page(CLIP, "One sound")
def clip_sound(sites: Sites, clip: str) -> Response:
    """`clip` is an id with ".wav"; a recorded clip may hold OGG, which the name does not tell."""
    announcers = [site.announcer for site in sites.values()] if CLIP_FILE.fullmatch(clip) else []
    sounds = (each.clip_bytes(clip.removesuffix(".wav")) for each in announcers)
    sound = next((each for each in sounds if each is not None), None)
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
