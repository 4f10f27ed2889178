"""What the journal keeps and gives back."""

import json
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.events import ActUndone, ClockStepped, DayContinued, Event, NumbersSkipped, UnknownEvent
from hall.fold import fold, fresh
from store import codec
from store.earlier import EARLIER
from store.journal import KeptAnswer, SeqTaken, UnknownSetup
from tests.rules.builders import a_setup
from tests.store.builders import HALL, KIOSK, MORNING, TODAY, issued, opened, taken

RECORDED = Path(__file__).parents[1] / "data" / "events_1.jsonl"
SINCE = {ActUndone, ClockStepped, DayContinued, NumbersSkipped}  # kinds the first release did not have
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
# What a field of an event may hold, by its type.
PLAIN: dict[object, st.SearchStrategy[Any]] = {
    datetime: st.datetimes(datetime(2000, 1, 2), datetime(2100, 1, 1), timezones=ZONES),  # noqa: DTZ001
    date: st.dates(),
    int: st.integers(-(2**63), 2**63 - 1),
    str: st.text(),
    float: st.floats(-1e9, 1e9),
}
st.register_type_strategy(float, PLAIN[float])  # JSON has no NaN


def values_of(hint: object) -> st.SearchStrategy[Any]:
    if get_origin(hint) is UnionType or NoneType in get_args(hint):
        return st.one_of(*map(values_of, get_args(hint)))
    return PLAIN[hint] if hint in PLAIN else st.from_type(cast(Any, hint))


@st.composite
def events_of(draw: st.DrawFn, kind: type[Event]) -> Event:
    hints = get_type_hints(kind)
    return kind(**{field.name: draw(values_of(hints[field.name])) for field in fields(kind)})


any_event = st.sampled_from(sorted(codec.KINDS.items())).flatmap(lambda kind: events_of(kind[1]))


@given(any_event)
def test_every_event_comes_back_as_it_was(event: Event) -> None:
    kind, version, body = codec.encode(event)

    back = codec.decode(kind, version, body)

    assert back == event
    assert type(back) is type(event)
    assert back.at.utcoffset() == event.at.utcoffset(), "an old day keeps the clock of its wall"


def test_every_kind_of_event_has_a_name_in_the_journal() -> None:
    names = {kind.__name__ for kind in Event.__subclasses__()}

    assert {kind.__name__ for kind in codec.KINDS.values()} == names
    assert codec.KINDS["ticket_issued"].__name__ == "TicketIssued"


def test_events_recorded_by_the_first_release_still_read() -> None:
    lines = [line.split(" ", 2) for line in RECORDED.read_text(encoding="utf-8").splitlines()]

    events = [codec.decode(kind, int(version), body.encode()) for kind, version, body in lines]

    assert {type(event) for event in events} == set(codec.KINDS.values()) - SINCE
    for event, (kind, version, body) in zip(events, lines, strict=True):
        was, kept = json.loads(body), json.loads(codec.encode(event)[2])
        assert was.keys() <= kept.keys(), "fields are only ever added"
        assert (kind, int(version)) in EARLIER or was.items() <= kept.items(), (
            "a new meaning is a new version"
        )


@pytest.mark.parametrize(
    ("kind", "version", "body", "why"),
    [
        ("rating_given", 1, b"{}", "unknown kind"),
        ("ticket_missed", 2, b"{}", "knows version 1"),
        ("ticket_missed", 1, b'{"at":"2026-11-24T08:00:00+07:00","by":"staff:1"}', "ticket"),
        ("ticket_missed", 1, b"not json", "malformed"),
    ],
)
def test_an_event_of_another_program_is_named(kind: str, version: int, body: bytes, why: str) -> None:
    with pytest.raises(UnknownEvent) as refused:
        codec.decode(kind, version, body)

    assert kind in str(refused.value)
    assert why in str(refused.value)


def test_an_event_no_rule_knows_is_not_folded() -> None:
    class CoffeeServed(Event):
        """Of another program."""

    with pytest.raises(UnknownEvent, match=r"of 2026-11-24, seq 2, holds an event 'CoffeeServed'"):
        fold([issued(1), CoffeeServed(at=MORNING, by="staff:1")], fresh(a_setup(), TODAY))


def test_a_day_is_read_back_in_order(tmp_path: Path) -> None:
    events: Sequence[Event] = [issued(1), issued(2, minute=1), issued(3, minute=2)]
    with opened(tmp_path) as journal:
        journal.append(HALL, TODAY, 0, events[:2])
        journal.append(HALL, TODAY, 2, events[2:])

    with opened(tmp_path) as journal:
        assert journal.read(HALL, TODAY) == events
        assert journal.read(HALL, TODAY, after_seq=2) == events[2:]
        assert journal.read("another-hall", TODAY) == []


def test_two_workers_cannot_both_append_the_same_seq(tmp_path: Path) -> None:
    with opened(tmp_path) as journal, opened(tmp_path, lock=False) as other:
        other.append(HALL, TODAY, 0, [issued(1)])

        with pytest.raises(SeqTaken):
            journal.append(HALL, TODAY, 0, [issued(1, queue="B"), issued(2, queue="B")])

        assert journal.read(HALL, TODAY) == [issued(1)]


def test_a_taken_seq_takes_the_whole_transaction_with_it(tmp_path: Path) -> None:
    def issue_again() -> None:
        with journal.database.write():
            journal.keep_answer(HALL, KIOSK, "k1", KeptAnswer("f", 201, b"{}"), MORNING)
            journal.append(HALL, TODAY, 0, [issued(1)])

    with opened(tmp_path) as journal:
        journal.append(HALL, TODAY, 0, [issued(1)])

        with pytest.raises(SeqTaken):
            issue_again()

        assert journal.answer(HALL, KIOSK, "k1") is None


def test_the_days_of_a_hall_are_listed_without_those_of_others(tmp_path: Path) -> None:
    yesterday = date(2026, 11, 23)
    with opened(tmp_path) as journal:
        assert journal.last_day(HALL) is None
        assert journal.days(HALL) == []
        journal.append(HALL, TODAY, 0, [issued(1), issued(2)])
        journal.append(HALL, yesterday, 0, [issued(1)])
        journal.append("a", date(2026, 11, 25), 0, [issued(1)])

        assert journal.days(HALL) == [yesterday, TODAY]
        assert journal.last_day(HALL) == TODAY
        assert journal.halls() == ["a", HALL]


def test_a_configuration_is_kept_once_and_comes_back_with_its_order(tmp_path: Path) -> None:
    setup = a_setup()
    setup = replace(setup, queues=dict(reversed(setup.queues.items())))
    with opened(tmp_path) as journal:
        digest = journal.keep_setup(setup)
        assert journal.keep_setup(setup) == digest

    with opened(tmp_path) as journal:
        assert journal.setup(digest) == setup
        assert list(journal.setup(digest).queues) == ["B", "A"]
        assert journal.keep_setup(replace(setup, message="Nghỉ chiều thứ sáu")) == digest
        assert journal.keep_setup(replace(setup, name="Trung tâm mới")) != digest
        assert journal.database.value("SELECT count(*) FROM setups") == 2
        with pytest.raises(UnknownSetup, match=r"khôi phục .* / .* is not kept: restore a backup"):
            journal.setup("0" * 64)


def test_a_configuration_whose_transaction_failed_is_kept_at_the_next_try(tmp_path: Path) -> None:
    def begin_the_day_twice() -> None:
        with journal.database.write():
            digest = journal.keep_setup(a_setup())
            assert journal.setup(digest) == a_setup()
            for _ in range(2):
                journal.append(HALL, TODAY, 0, [taken(digest)])

    with opened(tmp_path) as journal:
        with pytest.raises(SeqTaken):
            begin_the_day_twice()

        digest = journal.keep_setup(a_setup())

    with opened(tmp_path) as journal:
        assert journal.setup(digest) == a_setup()


def test_a_retried_touch_finds_its_answer_until_it_is_dropped(tmp_path: Path) -> None:
    answer = KeptAnswer("sha256 of the body", 201, b'{"ticket":{"number":"A001"}}')
    with opened(tmp_path) as journal:
        journal.keep_answer(HALL, KIOSK, "k1", answer, MORNING)

    with opened(tmp_path) as journal:
        assert journal.answer(HALL, KIOSK, "k1") == answer
        assert journal.answer(HALL, "device:2", "k1") is None

        journal.drop_answers(before=MORNING.astimezone(UTC))
        assert journal.answer(HALL, KIOSK, "k1") == answer, "the offset of the clock does not matter"

        journal.drop_answers(before=MORNING + timedelta(seconds=1))
        assert journal.answer(HALL, KIOSK, "k1") is None
