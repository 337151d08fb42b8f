"""The draw by a kept seed, the signs for a person to judge, and the citizen's words beside what is registered."""

from collections import Counter
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mentorkorps.domain.audit import (
    Drawable,
    Meeting,
    Registered,
    Told,
    differs,
    digest,
    draw,
    signs,
    weighed,
)

KNOWN = ["c35", "c76", "c1", "c82", "c15"]
PLAIN = Drawable("", 240, 4, 4, False)
ROWS = [replace(PLAIN, key=f"c{n}", new_supplier=n < 10) for n in range(100)]


@given(st.permutations(ROWS), st.text(min_size=1, max_size=20), st.integers(1, 120))
def test_the_same_seed_gives_the_same_sample_in_any_order(rows: list[Drawable], seed: str, size: int) -> None:
    drawn = draw(seed, size, rows)
    assert drawn == draw(seed, size, ROWS)
    assert len({each.key for each in drawn}) == len(drawn) == min(size, 100)
    assert digest(rows) == digest(ROWS)


def test_a_larger_sample_begins_with_the_smaller() -> None:
    assert draw("frø", 30, ROWS)[:10] == draw("frø", 10, ROWS)
    assert draw("frø", 30, ROWS) != draw("et andet frø", 30, ROWS)


def test_the_sample_of_a_seed_is_known_for_ever() -> None:
    """These very courses: another version of the program must draw them too."""
    assert [each.key for each in draw("2026-10", 5, ROWS)] == KNOWN


def test_more_tickets_come_out_more_often() -> None:
    """A tenth of the rows has three tickets of 120, and is first in three times three out of 120."""
    first = Counter(draw(f"frø {n}", 1, ROWS)[0].weight for n in range(2_000))
    assert 0.20 < first[3] / 2_000 < 0.30  # 30 of 120 tickets


def test_weights_say_why() -> None:
    rows = [
        replace(PLAIN, key="a"),
        replace(PLAIN, key="b", minutes=480),
        replace(PLAIN, key="c", noted=1),
        replace(PLAIN, key="d", new_supplier=True, minutes=479, noted=2),
        replace(PLAIN, key="e", minutes=0, meetings=0, noted=0),
    ]
    assert {each.key: (each.weight, each.reasons) for each in weighed(rows)} == {
        "a": (1, ()),
        "b": (2, ("high_hours",)),
        "c": (2, ("few_notes",)),
        "d": (3, ("new_supplier",)),
        "e": (1, ()),
    }
    assert draw("frø", 30, []) == []


def test_the_digest_sees_any_change() -> None:
    changed = [replace(ROWS[0], minutes=241), *ROWS[1:]]
    assert digest(changed) != digest(ROWS)


def meeting(day: int, **other: object) -> Meeting:
    """A meeting that nothing stands out in: an odd length, a time of its own, logged on its day, confirmed."""
    plain = Meeting(date(2026, 10, day), 600 + 7 * day, 50 + day % 3, day * 1_440, False, True)
    return replace(plain, **other)  # type: ignore[arg-type]


def codes(*meetings: Meeting) -> list[str]:
    return [sign.code for sign in signs(meetings)]


def test_nothing_stands_out_in_ordinary_meetings() -> None:
    assert codes(*map(meeting, (1, 8, 15, 22))) == []
    assert codes() == []


def test_each_sign_has_an_innocent_reason_beside_it() -> None:
    days = (1, 8, 15)
    assert codes(meeting(1, meets_other=True), meeting(8)) == ["two_at_once"]
    assert codes(*(meeting(day, minutes=60) for day in days)) == ["round"]
    assert codes(*(meeting(day, logged=40_000 + day % 5) for day in days)) == ["logged_at_once"]
    assert codes(*(meeting(day, start=600) for day in days)) == ["one_hour"]
    assert codes(*(meeting(day, confirmed=None) for day in days)) == ["unconfirmed"]
    every = [meeting(day, minutes=60, logged=0, start=600, confirmed=None, meets_other=True) for day in days]
    assert len(signs(every)) == 5
    assert all(sign.says and sign.may_be for sign in signs(every))


def test_a_pattern_needs_three() -> None:
    two = [meeting(day, minutes=60, logged=0, start=600) for day in (1, 8)]
    assert codes(*two) == []
    assert codes(*(meeting(day, start=None) for day in (1, 8, 15))) == []
    one_day = (meeting(1, logged=minute, start=600 + 60 * minute) for minute in (0, 3, 9))
    assert codes(*one_day) == []


def test_a_no_is_an_answer() -> None:
    assert codes(meeting(1, confirmed=False), meeting(8, confirmed=None)) == []


def test_what_the_citizen_does_not_remember_differs_from_nothing() -> None:
    registered = Registered(4, 240, None)
    assert differs(Told(None, None), registered) == ()
    assert differs(Told(None, 10), registered) == ()
    assert differs(Told(4, None), registered) == ()
    assert differs(Told(4, 45), registered) == ()  # three quarters is within what one may remember wrong
    assert len(differs(Told(4, 44), registered)) == 1
    assert len(differs(Told(3, 60), registered)) == 1
    assert len(differs(Told(0, None), registered)) == 2


def test_an_invoice_over_the_registered_hours_is_seen_without_the_citizen() -> None:
    assert differs(Told(None, None), Registered(4, 240, 240)) == ()
    assert len(differs(Told(None, None), Registered(4, 240, 241))) == 1
    assert len(differs(Told(None, None), Registered(0, 0, 60))) == 1


@given(st.integers(0, 10), st.integers(0, 300), st.integers(0, 10), st.integers(0, 600))
def test_more_than_registered_is_never_held_against_anybody(
    times: int, each: int, meetings: int, minutes: int
) -> None:
    if times >= meetings and times * each >= minutes:
        assert differs(Told(times, each), Registered(meetings, minutes, None)) == ()
