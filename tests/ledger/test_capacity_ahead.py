"""The coming weeks of the corps: what is known on a day, what is learnt from the past, and units that add up."""

from datetime import date, timedelta
from typing import Any

from mentorkorps.cases.models import Course
from mentorkorps.domain.capacity import Given
from mentorkorps.ledger.queries.capacity_ahead import hours_ahead, outlook
from mentorkorps.ledger.queries.capacity_known import known_on, standing_minutes
from mentorkorps.municipality.models import ClosingDay, Mentor, MentorAbsence, MentorHours, Unit
from tests.cases.grants import grant
from tests.cast import TODAY, Cast, citizen, course_for

MONDAY = date(2026, 11, 23)  # of the first week ahead


def granted(found: Any) -> list[int]:
    return [week.asked.granted for week in found.weeks]


def test_what_runs_is_asked_of_the_corps_until_it_ends(cast: Cast) -> None:
    found = outlook(known_on(TODAY))
    assert granted(found) == [360] * 4 + [0] * 22, (
        "three courses to 20 December; the firm's own mentor is apart"
    )
    assert found.weeks[4].asked.ends == 360
    assert found.weeks[0].given == Given(3 * 1_200)
    assert not found.experience.knows_renewals
    assert found.weeks[4].asked.low == 0 and found.weeks[4].asked.high > 360, (
        "none renewed, or all and some new"
    )
    assert (found.referrals, found.unassigned, found.open_leave, found.without_hours) == (
        1,
        (0, 0),
        (0, 0),
        0,
    )


def test_leave_and_closed_days_take_their_weeks(cast: Cast) -> None:
    MentorAbsence.objects.create(mentor=cast.fatima, first=TODAY, reason="sick")
    MentorAbsence.objects.create(
        mentor=cast.ditte, first=MONDAY, last=MONDAY + timedelta(days=1), reason="holiday"
    )
    ClosingDay.objects.create(day=MONDAY + timedelta(days=4), name="Lukket")
    MentorHours.objects.filter(mentor=cast.peter).delete()
    found = outlook(known_on(TODAY))
    assert found.weeks[0].given == Given(2 * 1_200, 1_200 + 480, 240)
    assert found.weeks[1].given == Given(2 * 1_200, 1_200, 0)
    assert (found.open_leave, found.without_hours) == ((1, 1_200), 1)
    whole = found.weeks[5].given  # 28 December to 1 January
    assert (whole.normal, whole.leave, whole.closed) == (2_400, 1_200, 240), "New Year's Day is a Friday"


def test_only_what_was_decided_by_the_day_is_known(cast: Cast) -> None:
    grant(cast.course, cast.helle)
    next_one = {"start": date(2026, 12, 21), "end": date(2027, 6, 20), "minutes_per_week": 60}
    grant(cast.course, cast.helle, decided_on=date(2026, 11, 18), **next_one)
    assert granted(outlook(known_on(date(2026, 11, 17))))[3:5] == [360, 0]
    after = outlook(known_on(TODAY))
    assert granted(after)[3:6] == [360, 60, 60]
    assert after.weeks[4].asked.starts == 60
    assert standing_minutes(known_on(TODAY).grants, date(2026, 12, 28)) == 60


def test_a_course_that_has_ended_is_asked_for_no_more(cast: Cast) -> None:
    Course.objects.filter(pk=cast.course.pk).update(ended_on=date(2026, 11, 19), end_reason="wish")
    assert granted(outlook(known_on(TODAY)))[0] == 240
    assert granted(outlook(known_on(date(2026, 11, 18))))[0] == 360, "on the day before nobody knew"
    seen = outlook(known_on(TODAY)).experience
    assert (seen.stopped, seen.ran_out) == (1, ())


def test_renewals_are_counted_with_how_late_they_came(cast: Cast) -> None:
    first = {"start": date(2026, 3, 2), "end": date(2026, 8, 30)}
    for number in range(3):
        course = course_for(cast.karla, cast.fatima, cast.helle, **first)
        grant(course, cast.helle, **first, decided_on=date(2026, 2, 24))
        if number == 0:
            later = {"start": date(2026, 8, 31), "end": date(2027, 2, 28)}
            grant(course, cast.helle, **later, decided_on=date(2026, 8, 17))
            Course.objects.filter(pk=course.pk).update(**later)
        if number == 1:
            Course.objects.filter(pk=course.pk).update(ended_on=date(2026, 7, 1), end_reason="job")
    seen = outlook(known_on(TODAY)).experience
    assert sorted(seen.ran_out, key=str) == [13, None]
    assert (seen.renewed, seen.stopped) == (1, 1)
    assert {(each.back, each.notice) for each in seen.begun if each.back > 22} == {(37, 6)}


def test_units_and_suppliers_add_up_to_the_whole(cast: Cast) -> None:
    course_for(citizen("Ida", "Prøve", "0505899994", cast.other_unit), None, cast.helle, minutes_per_week=90)
    MentorAbsence.objects.create(mentor=cast.fatima, first=MONDAY, reason="course")
    known = known_on(TODAY)
    whole = outlook(known)
    groups = {each.group for each in (*known.mentors, *known.grants)}
    assert len(groups) == 3
    parts = [outlook(known, group) for group in sorted(groups)]
    for number, week in enumerate(whole.weeks):
        assert sum((part.weeks[number].given for part in parts), Given()) == week.given
        for figure in ("granted", "ends", "starts", "waiting"):
            assert sum(getattr(part.weeks[number].asked, figure) for part in parts) == getattr(
                week.asked, figure
            )
    assert sum(part.referrals for part in parts) == whole.referrals
    assert whole.unassigned == (1, 90)


def test_one_mentor_more_and_another_level(cast: Cast) -> None:
    known = known_on(TODAY)
    now = outlook(known)
    more = outlook(known, hours=[each + Given(955) for each in hours_ahead(known)])
    assert {b.given.left - a.given.left for a, b in zip(now.weeks, more.weeks, strict=True)} == {955}
    assert [week.asked for week in more.weeks] == [week.asked for week in now.weeks]
    raised = outlook(known, change={"": 30})  # the cast's courses have no row of a level
    assert granted(raised) == granted(now), "what runs is not changed"
    assert raised.weeks[4].asked.high > now.weeks[4].asked.high
    assert raised.weeks[4].asked.waiting == 150, "one waits"


def test_nobody_at_all_is_an_answer_too(cast: Cast) -> None:
    Mentor.objects.update(active_to=date(2026, 1, 1))
    Course.objects.update(start=date(2020, 1, 1), end=date(2020, 6, 1))
    found = outlook(known_on(TODAY))
    assert {(week.given.left, week.asked.low, week.asked.high) for week in found.weeks} == {(0, 0, 0)}


def test_it_asks_eight_times_whatever_there_is(cast: Cast, django_assert_num_queries: Any) -> None:
    unit = Unit.objects.create(name="Ny enhed")
    someone = citizen("Bo", "Prøve", "0606909999", unit)
    for _ in range(10):
        grant(course_for(someone, cast.fatima, cast.helle), cast.helle)
        Mentor.objects.create(name="Prøve", kind="internal", unit=unit, active_from=TODAY)
    with django_assert_num_queries(8):
        known = known_on(TODAY)
    with django_assert_num_queries(0):
        assert granted(outlook(known))[0] == 13 * 120
