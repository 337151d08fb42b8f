"""Forecasts of a past that is made up: what was known on a Monday, what was not, and how far earlier ones missed."""

from datetime import date, timedelta

import pytest

from mentorkorps.domain.dates import iso_week, week_number
from mentorkorps.ledger.queries.forecast import History, Period, checks, forecasts

pytestmark = pytest.mark.once

FIRST = date(2022, 1, 3)
WEEKS, LENGTH, MINUTES = 250, 26, 60
SUMMER = range(28, 32)


def monday(week: int) -> date:
    return FIRST + timedelta(weeks=week)


def grant(course: int, week: int, *, first: bool = True, known: int = 6) -> Period:
    """Half a year from the Monday of a week on, decided some days before it."""
    start = monday(week)
    end = start + timedelta(weeks=LENGTH, days=-1)
    return Period(course, start, end, end, MINUTES, first, start - timedelta(days=known))


def town(weeks: int = WEEKS) -> History:
    """Four courses begin each week and every other is renewed once; summer delivers half."""
    periods = [grant(10 * week + number, week) for week in range(weeks) for number in range(4)]
    again = [grant(each.course, week_number(each.end) + 1 - week_number(FIRST), first=False, known=13)
             for each in periods if isinstance(each.course, int) and each.course % 2]  # fmt: skip
    return delivering(sorted(periods + again, key=lambda each: each.start), weeks)


def delivering(periods: list[Period], weeks: int) -> History:
    """Nine tenths of what is granted, half of that in summer."""
    granted = dict.fromkeys(range(week_number(FIRST), week_number(monday(weeks))), 0)
    for each in periods:
        for week in range(week_number(each.start), week_number(each.ended) + 1):
            if week in granted:
                granted[week] += each.minutes
    share = {week: 45 if iso_week(week)[1] in SUMMER else 90 for week in granted}
    return History(periods, {week: minutes * share[week] // 100 for week, minutes in granted.items()})


TOWN = town()


@pytest.mark.parametrize(("weeks", "farthest", "widest"), [(1, 0.3, 0.45), (8, 0.05, 0.03), (26, 0.03, 0.03)])
def test_the_second_summer_is_foreseen(weeks: int, farthest: float, widest: float) -> None:
    """From the third year on every forecast has a year behind it that tells of summer; its edge is smoothed."""
    found = checks(TOWN, [monday(week) for week in range(190, WEEKS - weeks)], weeks)
    assert sum(each.inside is True for each in found) >= len(found) * 9 // 10
    assert max(abs(each.delivered / each.band.middle - 1) for each in found) < farthest
    assert max(2 - 2 * (each.band.low or 0) / each.band.middle for each in found) < widest


def test_the_first_summer_is_not_and_nothing_is_said_of_how_sure_it_is() -> None:
    (check,) = checks(TOWN, [date(2022, 6, 27)], 6)
    assert (check.band.low, check.band.high, check.inside) == (None, None, None)
    assert check.delivered < check.band.middle * 3 / 4


def test_a_break_in_what_is_granted_begins_the_past_anew() -> None:
    """Old courses, and a year after them a new beginning: the old year is no year behind it."""
    later = [each for each in TOWN.periods if each.start >= monday(150)]
    past = delivering([grant(-1, 0), *later], WEEKS)
    made = dict(forecasts(past, [(monday(200), 7), (monday(203), 7)]))
    assert [here is not None and here.has_year for here in made.values()] == [False, True]


def test_a_grant_counts_from_its_decision_and_a_stop_from_its_day() -> None:
    steady = [grant(number, week) for week in range(40) for number in (2 * week, 2 * week + 1)]
    new = grant(99, 41)
    with_new = [
        total([*steady, new._replace(known_on=monday(40) + timedelta(days=day))], 40) for day in (1, -1)
    ]
    assert with_new[0] == total(steady, 40) < with_new[1]
    stopped = [each._replace(ended=monday(38)) if each.course == 60 else each for each in steady]
    assert total(stopped, 38) == total(steady, 38), "the Monday it stopped it was not known"
    assert total(stopped, 39) < total(steady, 39)


def total(periods: list[Period], week: int) -> int:
    """The forecast of two weeks, where every week delivers as much."""
    past = History(periods, dict.fromkeys(range(week_number(FIRST), week_number(monday(week))), 600))
    ((_, made),) = forecasts(past, [(monday(week), 14)])
    assert made is not None
    return made.total
