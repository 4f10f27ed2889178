"""What each audience sees. The only place where a field can reach a screen.

Plain JSON-ready values. Display, kiosk and phones get numbers only: no dossier, officer, priority ground.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import islice
from statistics import median

import languages
from hall import words
from hall.calling import recall_at
from hall.issuing import quota_reached
from hall.model import Call, Hall, Interval, Ticket
from hall.opening import opening
from hall.routing import Pick, class_of, longest_wait, may_resume, takes_now, upcoming
from hall.waiting import Place, Wait, estimate, open_counters, place

Json = dict[str, object]
LINE_SHOWN = 30  # a panel of a hall with 67 counters stays under 16 kB
NO_SHOWS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Trouble:
    """A device's trouble as the staff are told: `what` "printer" | "display" | "kiosk" | "sound"."""

    what: str
    who: str
    state: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Devices:
    """What the devices of a hall report of themselves; not of the journal."""

    troubles: tuple[Trouble, ...] = ()
    sound: str = "none"  # "on": a display speaks; "off": displays, none with sound; "none": no display


def heading(hall: Hall, now: datetime, build: str) -> Json:
    """What every snapshot begins with. `version` and `day` order them, `build` makes pages reload."""
    return {
        "version": hall.version,
        "day": hall.day.isoformat(),
        "at": now.isoformat(),
        "build": build,
        "hall": hall.setup.hall,
        "open": opening(hall.setup, now).open,
    }


def display(hall: Hall, now: datetime, build: str) -> Json:
    """The wall: the last calls, every counter, the waiting of each queue."""
    return heading(hall, now, build) | {
        "calls": [_call(call) for call in hall.calls],
        "counters": [counter_state(hall, counter) for counter in hall.setup.counters],
        "queues": [
            {"id": queue.id, "name": queue.name, "waiting": len(hall.lines.get(queue.id, ()))}
            for queue in hall.setup.queues.values()
        ],
        "message": hall.setup.message,
    }


def kiosk(hall: Hall, now: datetime, build: str, printer: Json) -> Json:
    """The kiosk: what it may offer now. `printer` is the state of the kiosk's own printer."""
    gate = opening(hall.setup, now)
    return heading(hall, now, build) | {
        "opens_at": _iso(gate.opens_at),
        "closed_why": gate.why,
        "queues": queues(hall, now),
        "printer": printer,
    }


def queue_snapshot(hall: Hall, now: datetime, build: str) -> Json:
    """Phones and anyone: waiting per queue and the last calls."""
    return heading(hall, now, build) | {
        "queues": queues(hall, now),
        "calls": [_call(call) for call in hall.calls],
    }


def queues(hall: Hall, now: datetime) -> list[Json]:
    """Per queue: how many wait, how long one who comes now would, where to go, whether numbers remain."""
    rows: list[Json] = []
    for queue in hall.setup.queues:
        line = hall.lines.get(queue, ())
        rows.append(
            {
                "id": queue,
                "waiting": len(line),
                "wait": wait_json(estimate(hall, queue, len(line), now)),
                "counters": open_counters(hall, queue),
                "refusal": "quota_reached" if quota_reached(hall, queue) else None,
            }
        )
    return rows


def lines(hall: Hall, now: datetime) -> list[Json]:
    """Per queue the waiting numbers in the order of the line."""
    return [
        row | {"numbers": [hall.tickets[each].number for each in hall.lines.get(str(row["id"]), ())]}
        for row in queues(hall, now)
    ]


def supervisor(hall: Hall, now: datetime, build: str, devices: Devices) -> Json:
    """The hall at a glance for who watches over it."""
    return display(hall, now, build) | {"queues": _loads(hall, now), "troubles": _troubles(devices)}


def issued(hall: Hall, ticket: Ticket, now: datetime, where: Place | None = None) -> Json:
    """A ticket as its kiosk and its officer get it in answers. `where`: its place, when known already."""
    where = where or place(hall, ticket, now)
    return {
        "id": ticket.id,
        "number": ticket.number,
        "procedure": ticket.procedure,
        "queue": ticket.queue,
        "priority": ticket.priority,
        "state": ticket.state,
        "issued_at": ticket.issued_at.isoformat(),
        "ahead": where.ahead,
        "wait": wait_json(where.wait),
        "counters": where.counters,
    }


def track(hall: Hall, ticket: Ticket, now: datetime) -> Json:
    """The citizen's own page: place, wait, and the counter when called."""
    view = issued(hall, ticket, now)
    at_counter = ticket.state in ("called", "serving") and ticket.counter is not None
    counter = hall.setup.counters.get(ticket.counter or "") if at_counter else None
    return {
        "number": ticket.number,
        "state": ticket.state,
        "queue": ticket.queue,
        "procedure": _procedure_name(hall, ticket),
        "procedure_en": _procedure_name(hall, ticket, "en"),
        "ahead": view["ahead"],
        "wait": view["wait"],
        "counter": counter.id if counter else None,
        "counter_name": counter.name if counter else None,
        "counter_place": counter.place if counter else None,
        "counter_place_en": counter.place_en if counter else None,
        "called_at": _iso(ticket.called_at) if at_counter else None,
        "issued_at": ticket.issued_at.isoformat(),
        "hall": hall.setup.hall,
        "hall_name": hall.setup.name,
        "hall_name_en": hall.setup.name_en,
        "day": hall.day.isoformat(),
        "cancel": ticket.state in ("waiting", "called", "held"),
        "language": ticket.language,
    }


def public_hall(hall: Hall, now: datetime) -> Json:
    """What does not change during a day: catalogue, queues, counters, hours."""
    setup = hall.setup
    return {
        "id": setup.hall,
        "name": setup.name,
        "name_en": setup.name_en,
        "authority": setup.authority,
        "authority_en": setup.authority_en,
        "open": opening(setup, now).open,
        "fields": [asdict(each) for each in setup.fields.values()],
        "procedures": [asdict(each) for each in setup.procedures.values()],
        "queues": [
            {
                "id": each.id,
                "name": each.name,
                "name_en": each.name_en,
                "hue": each.hue,
                "mark_minutes": each.mark_minutes,
            }
            for each in setup.queues.values()
        ],
        "priorities": [asdict(each) for each in setup.priorities.values()],
        "counters": [asdict(each) for each in setup.counters.values()],
        "hours": [
            {"days": list(each.days), "opens": f"{each.opens:%H:%M}", "closes": f"{each.closes:%H:%M}"}
            for each in setup.hours
        ],
        "message": setup.message,
        "languages": list(languages.KNOWN),
        "rules": asdict(setup.rules),
    }


def counter(hall: Hall, counter: str, now: datetime, build: str, devices: Devices) -> Json:
    """The officer's panel: the citizen in front, the line and why, and whether everything is alive."""
    here = hall.counter(counter)
    setup = hall.setup.counters[counter]
    picks = list(islice(upcoming(hall, counter, now), LINE_SHOWN))
    reachable = {take.queue for take in setup.takes}
    return heading(hall, now, build) | {
        "counter": {
            "id": counter,
            "name": setup.name,
            "state": here.state,
            "since": _iso(here.since),
            "holder": here.holder,
            "pause_reason": here.pause_reason,
            "takes": [asdict(take) for take in setup.takes],
        },
        "ticket": _card(hall, hall.tickets[here.ticket], now) if here.ticket else None,
        "next": _next(hall, picks[0]) if picks else None,
        "line": [_in_line(hall, pick, now) for pick in picks],
        "line_total": sum(len(hall.lines.get(queue, ())) for queue in takes_now(hall, counter, now)),
        "queues": _loads(hall, now),
        "held": [
            _brief(hall, ticket)
            | {
                "reason": ticket.hold_reason,
                "until": _iso(ticket.hold_until),
                "since": ticket.since.isoformat(),
            }
            for ticket in (hall.tickets[each] for each in hall.held)
            if may_resume(hall, ticket, counter)
        ],
        "no_shows": _no_shows(hall, reachable),
        "counters": [counter_state(hall, other) for other in hall.setup.counters],
        "troubles": _troubles(devices),
        "sound": devices.sound,
        "my_day": {
            "served": here.served,
            "median_wait_minutes": round(median(here.waits) / 60) if here.waits else None,
            "no_shows": here.no_shows,
        },
    }


def because(hall: Hall, pick: Pick, own_choice: str | None = None) -> words.Text:
    """The sentence for a pick: class with its weight against the ordinary, waited, passed over."""
    rules = hall.setup.rules
    weights = {"priority": rules.priority_weight, "booked": rules.booked_weight}
    weight = weights.get(pick.as_class)
    return words.because(
        pick.as_class,
        turn=weight,
        of=rules.ordinary_weight if weight is not None else None,
        waited_minutes=pick.waited_seconds // 60,
        passed_over=pick.passed_over,
        own_choice=own_choice,
    )


def why_called(hall: Hall, ticket: Ticket) -> words.Text:
    """Why this citizen was called now, as the event of the call kept it; empty where nobody called."""
    why = ticket.why
    if why is None:
        return words.NOTHING
    return because(hall, Pick(ticket, why.as_class, 0, why.waited_seconds, why.passed_over), why.own_choice)


def wait_json(wait: Wait | None) -> Json | None:
    if wait is None:
        return None
    return {
        "low_minutes": wait.low_minutes,
        "likely_minutes": wait.likely_minutes,
        "high_minutes": wait.high_minutes,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def _call(call: Call) -> Json:
    return {
        "call": call.id,
        "number": call.number,
        "counter": call.counter,
        "at": call.at.isoformat(),
        "times": call.times,
    }


def counter_state(hall: Hall, counter: str) -> Json:
    """A counter as everybody may see it: its state and the number in front of it."""
    here = hall.counter(counter)
    number = hall.tickets[here.ticket].number if here.ticket else None
    return {"id": counter, "name": hall.setup.counters[counter].name, "state": here.state, "number": number}


def _loads(hall: Hall, now: datetime) -> list[Json]:
    return [
        {
            "id": queue.id,
            "name": queue.name,
            "waiting": len(hall.lines.get(queue.id, ())),
            "longest_minutes": int(longest_wait(hall, queue.id, now) / timedelta(minutes=1)),
        }
        for queue in hall.setup.queues.values()
    ]


def _troubles(devices: Devices) -> list[Json]:
    rows: list[Json] = []
    for each in devices.troubles:
        text = words.trouble(each.what, each.state, each.who)
        rows.append(asdict(each) | {"since": _iso(each.since), "text_vi": text.vi, "text_en": text.en})
    return rows


def _procedure_name(hall: Hall, ticket: Ticket, language: str = "vi") -> str:
    procedure = hall.setup.procedures.get(ticket.procedure)
    if procedure is None:  # gone from the catalogue since: its code stays
        return ticket.procedure
    return procedure.name_en if language == "en" else procedure.short


def _brief(hall: Hall, ticket: Ticket) -> Json:
    return {"id": ticket.id, "number": ticket.number, "procedure_short": _procedure_name(hall, ticket)}


def _next(hall: Hall, pick: Pick) -> Json:
    text = because(hall, pick)
    ticket = pick.ticket
    return {"id": ticket.id, "number": ticket.number, "because_vi": text.vi, "because_en": text.en}


def _in_line(hall: Hall, pick: Pick, now: datetime) -> Json:
    ticket = pick.ticket
    note = None
    if pick.as_class == "returning" or ticket.returning:
        note = "returning"
    elif ticket.missed:
        note = "returned"
    elif len(ticket.intervals) > 1 or ticket.only_counter:
        note = "transferred"
    elif ticket.booked_at:
        note = "booked"
    return _brief(hall, ticket) | {
        "priority": ticket.priority,
        "class": pick.as_class if pick.as_class == "returning" else class_of(ticket, hall.setup.rules, now),
        "waited_minutes": pick.waited_seconds // 60,
        "arrived_at": ticket.arrived_at.isoformat(),
        "note": note,
    }


def _no_shows(hall: Hall, queues: Iterable[str]) -> list[Json]:
    """Only those whose queue this counter takes, newest first."""
    reachable = set(queues)
    newest_first = (hall.tickets[each] for each in reversed(hall.missed))
    mine = islice((each for each in newest_first if each.queue in reachable), NO_SHOWS_SHOWN)
    return [_brief(hall, each) | {"since": each.since.isoformat()} for each in mine]


def _card(hall: Hall, ticket: Ticket, now: datetime) -> Json:
    procedure = hall.setup.procedures.get(ticket.procedure)
    group = hall.setup.priorities.get(ticket.priority or "")
    rules = hall.setup.rules
    first_call = next((each.start for each in ticket.intervals if each.state == "called"), now)
    waited = first_call - ticket.waits_since
    why = why_called(hall, ticket)
    return {
        "id": ticket.id,
        "number": ticket.number,
        "queue": ticket.queue,
        "procedure": ticket.procedure,
        "procedure_name": procedure.name if procedure else ticket.procedure,
        "papers": list(procedure.papers) if procedure else [],
        "fee": procedure.fee if procedure else "",
        "time": procedure.time if procedure else "",
        "priority": ticket.priority,
        "priority_name": group.name if group else None,
        "ground": group.ground if group else None,
        "state": ticket.state,
        "since": ticket.since.isoformat(),
        "issued_at": ticket.issued_at.isoformat(),
        "waited_minutes": int(max(waited.total_seconds(), 0) // 60),
        "called_at": _iso(ticket.called_at),
        "calls": ticket.calls,
        "recalls_left": max(0, rules.recall_limit + 1 - ticket.calls),
        "recall_at": _iso(recall_at(ticket, rules.recall_cool_down_seconds)),
        "history": [_interval(each) for each in ticket.intervals],
        "because_vi": why.vi,
        "because_en": why.en,
        "channel": ticket.channel,
        "language": ticket.language,
    }


def _interval(interval: Interval) -> Json:
    return {
        "state": interval.state,
        "start": interval.start.isoformat(),
        "end": _iso(interval.end),
        "counter": interval.counter,
    }
