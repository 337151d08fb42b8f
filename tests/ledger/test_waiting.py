"""Days from referral to first meeting, and the list of those who wait."""

import uuid
from datetime import date, timedelta

import pytest

from mentorkorps.cases.models import Course
from mentorkorps.domain.dates import week_number
from mentorkorps.followup.models import Contact
from mentorkorps.ledger.queries.waiting import (
    FirstMeeting,
    Spread,
    first_meetings,
    first_meetings_between,
    spread,
)
from tests.cases.scenes import running_course
from tests.cast import TODAY, Cast

REFERRED = date(2026, 6, 1)


def meet(course: Course, cast: Cast, day: date, *, held: bool = True) -> Contact:
    """A contact of Fatima's; one that is not held is a no-show."""
    return Contact.objects.create(
        key=uuid.uuid4(), course=course, mentor=cast.fatima, day=day, week=week_number(day),
        outcome="met" if held else "no_show", minutes=45 if held else 0, held=held, logged_by=cast.helle,
    )  # fmt: skip


def of(course: Course) -> FirstMeeting:
    return first_meetings(Course.objects.filter(pk=course.pk))[0]


def test_the_first_held_contact_ends_the_wait(cast: Cast) -> None:
    course = running_course(cast)
    assert (of(course).referred_on, of(course).met_on, of(course).days) == (REFERRED, None, None)
    meet(course, cast, date(2026, 6, 24), held=False)
    meet(course, cast, date(2026, 7, 8))
    meet(course, cast, date(2026, 7, 1))
    assert (of(course).met_on, of(course).days) == (date(2026, 7, 1), 30)


def test_a_course_without_a_referral_has_no_wait(cast: Cast) -> None:
    meet(cast.course, cast, date(2026, 6, 24))
    assert of(cast.course) == FirstMeeting(cast.course.pk, cast.jens.pk, None, date(2026, 6, 24))
    assert of(cast.course).days is None


def test_a_meeting_before_the_referral_is_no_wait() -> None:
    row = FirstMeeting(uuid.uuid4(), uuid.uuid4(), REFERRED, REFERRED - timedelta(days=1))
    assert row.days is None


def test_meetings_of_a_period_are_those_that_were_first_in_it(cast: Cast) -> None:
    course = running_course(cast)
    meet(course, cast, date(2026, 7, 1))
    meet(course, cast, date(2026, 10, 1))
    every = Course.objects.all()
    assert [row.days for row in first_meetings_between(every, date(2026, 6, 1), TODAY)] == [30]
    assert first_meetings_between(every, date(2026, 7, 2), TODAY) == []
    assert first_meetings_between(every, date(2026, 1, 1), date(2026, 6, 30)) == []


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([1, 2, 3, 4], None),
        ([9, 1, 5, 3, 7], Spread(5, 3, 5, 7)),
        ([8, 1, 2, 3, 4, 5, 6, 7], Spread(8, 2, 4, 6)),
        ([4] * 9, Spread(9, 4, 4, 4)),
    ],
)
def test_the_spread_is_of_days_that_somebody_waited(days: list[int], expected: Spread | None) -> None:
    rows = [
        FirstMeeting(uuid.uuid4(), uuid.uuid4(), REFERRED, REFERRED + timedelta(days=each)) for each in days
    ]
    unmet = FirstMeeting(uuid.uuid4(), uuid.uuid4(), REFERRED, None)
    assert spread([*rows, unmet]) == expected
