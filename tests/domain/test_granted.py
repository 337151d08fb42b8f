"""Granted minutes cut into stretches add up to the minute, and nothing granted is lost between delivered and not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorkorps.domain.granted import excused_weeks, granted_minutes, settle

START = date(2026, 6, 24)
MINUTES = st.integers(0, 2_000)


@given(MINUTES, st.lists(st.integers(1, 40), min_size=1, max_size=12))
def test_stretches_add_up_to_the_whole(minutes: int, lengths: list[int]) -> None:
    first, parts = START, 0
    for length in lengths:
        last = first + timedelta(days=length - 1)
        parts += granted_minutes(minutes, START, first, last)
        first = last + timedelta(days=1)
    assert parts == granted_minutes(minutes, START, START, first - timedelta(days=1))


@given(MINUTES, st.integers(0, 400))
def test_any_seven_days_are_a_week(minutes: int, after: int) -> None:
    first = START + timedelta(days=after)
    assert granted_minutes(minutes, START, first, first + timedelta(days=6)) == minutes


def test_an_empty_stretch_has_nothing() -> None:
    assert granted_minutes(90, START, START, START - timedelta(days=1)) == 0


@given(MINUTES, MINUTES, MINUTES)
def test_nothing_granted_is_lost(granted: int, delivered: int, excused: int) -> None:
    found = settle(granted, delivered, excused)
    assert found.granted + found.over == found.delivered + found.excused + found.not_delivered
    assert min(found.excused, found.not_delivered, found.over) >= 0
    assert found.excused <= excused
    assert not (found.over and found.not_delivered)


@pytest.mark.parametrize(
    ("away", "weeks"),
    [
        ((date(2026, 11, 4), date(2026, 11, 6)), 1),  # Wednesday to Friday: two weekdays left
        ((date(2026, 11, 5), date(2026, 11, 6)), 0),  # from Thursday three were free
        ((date(2026, 11, 7), date(2026, 11, 8)), 0),  # a weekend excuses nothing
        ((date(2026, 10, 28), None), 3),  # goes on: the rest of that week and two whole ones
    ],
)
def test_a_week_is_excused_as_the_contact_duty_excuses_it(away: tuple[date, date | None], weeks: int) -> None:
    assert len(excused_weeks([away], date(2026, 10, 26), date(2026, 11, 15))) == weeks


def test_two_absences_together_excuse_a_week() -> None:
    halves = [(date(2026, 11, 2), date(2026, 11, 3)), (date(2026, 11, 3), date(2026, 11, 4))]
    assert excused_weeks(halves, date(2026, 11, 2), date(2026, 11, 8)) == [
        (date(2026, 11, 2), date(2026, 11, 8))
    ]
