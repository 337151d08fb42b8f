"""What the corps can give: hours by period, absences, substitutes, and the words that warn."""

from datetime import date
from typing import Any

from mentorkorps.cases.models import Course, MentorAssignment
from mentorkorps.followup.models import CourseTally
from mentorkorps.ledger.queries import MentorLoad, corps_load, corps_totals, courses_at_risk
from mentorkorps.municipality.models import Mentor, MentorAbsence, MentorHours, MentorTraining
from tests.cast import TODAY, Cast, mentor


def load_of(who: Mentor, on: date = TODAY) -> MentorLoad:
    return next(each for each in corps_load(on) if each.mentor == who)


def test_hours_of_the_day_less_what_is_granted(cast: Cast) -> None:
    mine = load_of(cast.fatima)
    assert (mine.available, mine.assigned, mine.free, mine.citizens) == (1_200, 120, 1_080, 1)
    assert mine.half_used and not mine.too_many


def test_hours_follow_their_period(cast: Cast) -> None:
    MentorHours.objects.filter(mentor=cast.fatima).update(valid_to=date(2026, 11, 19))
    assert load_of(cast.fatima, date(2026, 11, 19)).available == 1_200
    assert load_of(cast.fatima).available is None
    assert load_of(cast.fatima).free is None
    assert corps_totals(corps_load(TODAY)).without_hours == 1


def test_too_many_hours_or_citizens(cast: Cast) -> None:
    MentorHours.objects.filter(mentor=cast.fatima).update(minutes_per_week=119)
    assert load_of(cast.fatima).too_many
    Mentor.objects.filter(pk=cast.peter.pk).update(max_citizens=0)
    assert load_of(cast.peter).too_many


def test_a_substitute_gives_hours_too(cast: Cast) -> None:
    MentorAssignment.objects.create(
        course=cast.course, mentor=cast.peter, first=TODAY, substitute=True, assigned_by=cast.helle
    )
    assert (load_of(cast.peter).assigned, load_of(cast.peter).standing_in) == (120, 120)
    assert load_of(cast.peter, date(2026, 11, 19)).standing_in == 0


def test_only_speaker_and_training_that_has_run_out(cast: Cast) -> None:
    MentorTraining.objects.create(
        mentor=cast.fatima, title="Førstehjælp", completed_on=date(2023, 1, 1), expires_on=date(2025, 1, 1)
    )
    assert load_of(cast.fatima).only_speaker_of == ("ar",)
    assert [row.title for row in load_of(cast.fatima).expired] == ["Førstehjælp"]
    MentorTraining.objects.create(mentor=cast.fatima, title="Førstehjælp", completed_on=date(2026, 1, 1))
    mentor("Amal Prøve", languages=["ar"])
    assert load_of(cast.fatima).only_speaker_of == ()
    assert load_of(cast.fatima).expired == ()


def test_who_is_away_has_no_room(cast: Cast) -> None:
    MentorAbsence.objects.create(mentor=cast.fatima, first=TODAY, reason="sick")
    assert load_of(cast.fatima).room == 0
    assert load_of(cast.fatima, date(2026, 11, 19)).room == 1_080
    totals = corps_totals(corps_load(TODAY))
    assert (totals.mentors, totals.away, totals.courses, totals.granted) == (4, 1, 4, 660)


def test_two_hundred_mentors_cost_no_more_queries(cast: Cast, django_assert_num_queries: Any) -> None:
    for number in range(200):
        mentor(f"Mentor {number} Prøve")
    with django_assert_num_queries(6):
        assert len(corps_load(TODAY)) == 204


def test_who_may_be_missed_this_week(cast: Cast) -> None:
    assert list(courses_at_risk(cast.fatima, TODAY)) == [cast.course]
    CourseTally.objects.filter(course=cast.course).update(last_met_on=date(2026, 11, 15))
    assert list(courses_at_risk(cast.fatima, TODAY)) == [cast.course], "met the Sunday before"
    CourseTally.objects.filter(course=cast.course).update(last_met_on=date(2026, 11, 16))
    assert not courses_at_risk(cast.fatima, TODAY)


def test_a_substitute_covers_the_risk(cast: Cast) -> None:
    MentorAssignment.objects.create(
        course=cast.course,
        mentor=cast.peter,
        first=TODAY,
        last=TODAY,
        substitute=True,
        assigned_by=cast.helle,
    )
    assert not courses_at_risk(cast.fatima, TODAY)
    assert courses_at_risk(cast.fatima, date(2026, 11, 23)).count() == 1
    Course.objects.update(ended_on=TODAY, end_reason="expired")
    assert not courses_at_risk(cast.fatima, date(2026, 11, 23))
