"""Granted, delivered and level hours of a period: every grouping adds up, and nothing is dropped or netted."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from mentorkorps.cases.models import Course
from mentorkorps.followup.models import CitizenAbsence
from mentorkorps.ledger.queries.hours_given import (
    GROUPS,
    Given,
    added,
    by_group,
    hours_given,
    last_closed_day,
)
from mentorkorps.ledger.queries.hours_rows import rows_of, total_of
from mentorkorps.ledger.queries.hours_time import hours_over_time
from tests.cast import TODAY, Cast, citizen, course_for
from tests.ledger.invoice_scene import meet
from tests.ledger.test_hours import grant, level_from

FIRST, LAST = date(2026, 9, 14), date(2026, 11, 15)
WEEKS = 9


def one(cast: Cast, **wanted: Any) -> Given:
    found = hours_given(FIRST, LAST, course=cast.course.id, **wanted)
    assert len(found) == 1
    return found[0]


def test_weeks_that_are_over() -> None:
    assert last_closed_day(TODAY) == LAST
    assert last_closed_day(date(2026, 11, 22)) == LAST, "a Sunday can still be met on"
    assert last_closed_day(date(2026, 11, 23)) == date(2026, 11, 22)


def test_a_grant_beside_what_was_delivered(cast: Cast) -> None:
    grant(cast.course, cast.helle, level_minutes=90)
    meet(cast.course, date(2026, 9, 14), date(2026, 11, 15), minutes=100)
    meet(cast.course, date(2026, 9, 13), date(2026, 11, 16), minutes=500)  # outside the period
    found = one(cast)
    assert (found.settled.granted, found.settled.delivered) == (120 * WEEKS, 200)
    assert (found.settled.not_delivered, found.settled.over) == (120 * WEEKS - 200, 0)
    assert (found.above, found.below) == (30 * WEEKS, 0)


def test_the_opposite_sign_stands_apart(cast: Cast) -> None:
    grant(cast.course, cast.helle, level_minutes=90)
    other = Course.objects.get(citizen__first_name="Viktor")
    grant(other, cast.helle, level_minutes=150)
    sums = added(hours_given(FIRST, LAST))
    assert (sums.above, sums.below) == (30 * WEEKS, 30 * WEEKS)
    assert sums.at_level == (90 + 150) * WEEKS


def test_hours_that_are_not_fixed_are_not_zero(cast: Cast) -> None:
    grant(cast.course, cast.helle, level_minutes=None)
    sums = added(hours_given(FIRST, LAST))
    assert (sums.granted, sums.at_level, sums.is_measured) == (120 * WEEKS, None, False)


def test_more_than_granted_is_not_set_off_against_another(cast: Cast) -> None:
    grant(cast.course, cast.helle)
    other = Course.objects.get(citizen__first_name="Viktor")
    grant(other, cast.helle)
    meet(other, *(date(2026, 10, day) for day in (1, 2, 5, 6)), minutes=300)
    sums = added(hours_given(FIRST, LAST))
    assert sums.over == 1_200 - 120 * WEEKS
    assert sums.not_delivered == 120 * WEEKS


def test_weeks_in_which_the_citizen_was_away_are_excused(cast: Cast) -> None:
    grant(cast.course, cast.helle)
    CitizenAbsence.objects.create(
        course=cast.course,
        first=date(2026, 10, 5),
        last=date(2026, 10, 18),
        reason="admitted",
        recorded_by=cast.helle,
    )
    found = one(cast)
    assert (found.settled.excused, found.settled.not_delivered) == (240, 120 * (WEEKS - 2))


def test_minutes_beside_any_grant_are_kept(cast: Cast) -> None:
    meet(cast.course, date(2026, 10, 1), minutes=75)
    found = one(cast)
    assert (found.grant, found.settled.delivered, found.settled.over) == (None, 75, 75)


def test_a_course_that_ended_early_is_granted_nothing_after(cast: Cast) -> None:
    grant(cast.course, cast.helle)
    Course.objects.filter(pk=cast.course.pk).update(ended_on=date(2026, 9, 20), end_reason="job")
    assert one(cast).settled.granted == 120
    assert hours_given(date(2026, 9, 21), LAST, course=cast.course.id) == []


@pytest.fixture
def crowd(cast: Cast) -> Cast:
    """Thirty courses with every mixture of level, mentor, group, two grants in a row, and uneven meetings."""
    chance = Random(7)
    rows = level_from(cast, "eksempel-2026", date(2026, 1, 1))
    rows_of_level = [None, *rows.values()]
    for number in range(30):
        by = chance.choice([cast.fatima, cast.peter, cast.ditte, None])
        who = citizen(
            "Prøve",
            "Eksempel",
            f"0101{number + 10:02}9{900 + number}",
            chance.choice([cast.unit, cast.other_unit]),
            caseworker=cast.helle,
        )
        group = chance.choice(["sygedagpenge", "fleksjob", "kontanthjaelp_jobparat"])
        obligation = chance.choice(["must", "right", "may"])
        made = course_for(who, by, cast.helle, target_group=group, obligation=obligation)
        half = date(2026, 9, 1) + timedelta(days=chance.randrange(60))
        row = chance.choice(rows_of_level)
        level = chance.choice([None, 60, 90, 150]) if row else None
        grant(
            made,
            cast.helle,
            end=half,
            minutes_per_week=chance.choice([45, 95, 120]),
            level_row=row,
            level_minutes=level,
        )
        if chance.random() < 0.7:
            grant(
                made,
                cast.helle,
                start=half + timedelta(days=1 + chance.choice([0, 0, 5])),
                level_minutes=level,
            )
        if by is not None:
            days = sorted({date(2026, 9, 7) + timedelta(days=chance.randrange(75)) for _ in range(9)})
            meet(made, *days, minutes=chance.randrange(20, 200))
    return cast


def test_every_grouping_adds_up_to_the_minute(crowd: Cast) -> None:
    given = hours_given(FIRST, LAST)
    whole = added(given)
    assert whole.granted + whole.over == whole.delivered + whole.excused + whole.not_delivered
    assert whole.at_level == whole.measured - whole.above + whole.below
    for group in GROUPS:
        parts = by_group(given, group).values()
        for name in (
            "granted",
            "delivered",
            "excused",
            "not_delivered",
            "over",
            "measured",
            "above",
            "below",
        ):
            assert sum(getattr(part, name) for part in parts) == getattr(whole, name), (group, name)


@pytest.mark.parametrize("step", ["week", "month"])
def test_weeks_and_months_add_up_to_the_minute(crowd: Cast, step: str) -> None:
    wishes: list[dict[str, Any]] = [
        {}, {"obligation": "may"}, {"target_group": "fleksjob"}, {"mentor": crowd.fatima.id}, {"mentor": None},
        {"unit": crowd.unit.id}, {"level_row": None}, {"provider": None},
    ]  # fmt: skip
    for wanted in wishes:
        given = hours_given(FIRST, LAST, **wanted)
        spans = hours_over_time(given, FIRST, LAST, step, **wanted)
        whole = added(given)
        assert sum(span.granted for span in spans) == whole.granted, wanted
        assert sum(span.delivered for span in spans) == whole.delivered, wanted


def test_two_periods_are_as_much_as_both(crowd: Cast) -> None:
    middle = date(2026, 10, 11)
    parts = [*hours_given(FIRST, middle), *hours_given(middle + timedelta(days=1), LAST)]
    whole = added(hours_given(FIRST, LAST))
    assert sum(each.settled.granted for each in parts) == whole.granted
    assert sum(each.settled.delivered for each in parts) == whole.delivered


def test_invoices_add_up_whatever_the_group(crowd: Cast) -> None:
    given = hours_given(FIRST, LAST)
    invoiced = {each.course: 60 + n for n, each in enumerate(given) if n % 3}
    whole = total_of(given, invoiced).invoiced
    for group in GROUPS:
        assert sum(row.invoiced or 0 for row in rows_of(given, group, invoiced)) == whole, group


def test_the_read_costs_the_same_whatever_is_read(crowd: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(4):
        hours_given(FIRST, LAST)
