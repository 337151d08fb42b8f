"""What the corps can give: hours by period and contract, absences, substitutes, and who cannot be done without."""

from datetime import date
from typing import Any

from mentorkorps.cases.models import Course, MentorAssignment, Referral
from mentorkorps.cases.queries.capacity import free_minutes
from mentorkorps.domain.capacity import Given
from mentorkorps.followup.models import CourseTally
from mentorkorps.ledger.queries import (
    MentorLoad,
    OnlySpeaker,
    by_place,
    corps_load,
    corps_totals,
    courses_at_risk,
    only_speakers,
    this_week,
    whole,
)
from mentorkorps.municipality.actions import set_contract, set_preparation_share
from mentorkorps.municipality.models import ClosingDay, Mentor, MentorAbsence, MentorHours, MentorTraining
from mentorkorps.steering.queries.what_if import corps
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


def test_training_that_has_run_out(cast: Cast) -> None:
    MentorTraining.objects.create(
        mentor=cast.fatima, title="Førstehjælp", completed_on=date(2023, 1, 1), expires_on=date(2025, 1, 1)
    )
    assert [row.title for row in load_of(cast.fatima).expired] == ["Førstehjælp"]
    MentorTraining.objects.create(mentor=cast.fatima, title="Førstehjælp", completed_on=date(2026, 1, 1))
    assert load_of(cast.fatima).expired == ()


def test_the_only_speaker_counts_while_somebody_needs_the_language(cast: Cast) -> None:
    alone = lambda: only_speakers(corps_load(TODAY), TODAY)[cast.fatima.id]  # noqa: E731
    assert alone() == [], "nobody needs Arabic"
    for citizen in (cast.jens, cast.karla):  # one has a course, the other a referral that waits
        type(citizen).objects.filter(pk=citizen.pk).update(language="ar")
    assert alone() == [OnlySpeaker("ar", 2)]
    Referral.objects.update(state="withdrawn")
    assert alone() == [OnlySpeaker("ar", 1)]
    mentor("Amal Prøve", languages=["ar"])
    assert alone() == []


def test_direct_time_follows_from_the_contract(cast: Cast) -> None:
    set_contract(
        cast.fatima, valid_from=date(2026, 11, 1), contract_minutes=2_220, meeting_minutes=180,
        training_minutes=40, by=cast.helle,
    )  # fmt: skip
    week = load_of(cast.fatima).week
    assert week is not None and (week.direct, week.preparation, week.lacks_share) == (2_000, None, True)
    set_preparation_share(valid_from=TODAY, percent=20, source="Aftale i afdelingen", by=cast.helle)
    week = load_of(cast.fatima).week
    assert week is not None and (week.direct, week.preparation, week.lacks_share) == (1_600, 400, False)
    assert load_of(cast.fatima, date(2026, 11, 19)).available == 2_000, "the day before the share"
    assert load_of(cast.peter).available == 1_200, "written outright"
    rest = 1_200 * 3 - 360 - 300  # Torben's are bought, and are of the free minutes but not of the corps
    assert free_minutes(TODAY) == 1_600 + rest
    assert corps(TODAY).minutes_per_week == 1_600 + 2 * 1_200


def test_this_week_is_less_leave_and_closed_days(cast: Cast) -> None:
    MentorAbsence.objects.create(
        mentor=cast.fatima, first=date(2026, 11, 19), last=date(2026, 11, 20), reason="course"
    )
    ClosingDay.objects.create(day=date(2026, 11, 20), name="Personaledag")
    ClosingDay.objects.create(day=date(2026, 11, 18), name="Lukket")
    week = this_week(TODAY)[cast.fatima.id]
    assert (week.normal, week.leave, week.closed, week.left) == (1_200, 480, 240, 480)
    assert this_week(TODAY)[cast.peter.id].left == 720


def test_places_add_up_to_the_whole(cast: Cast) -> None:
    MentorAbsence.objects.create(mentor=cast.ditte, first=TODAY, reason="sick")
    loads, weeks = corps_load(TODAY), this_week(TODAY)
    all_of_them, parts = whole("", loads, weeks), by_place(loads, weeks)
    assert [place.name for place in parts] == ["Jobindsats Nord", "Prøvehuset A/S", "Prøvetræ ApS"]
    assert sum((place.week for place in parts), Given()) == all_of_them.week
    for figure in ("mentors", "available", "granted", "asked", "courses", "free", "away"):
        sums = sum(getattr(place.totals, figure) for place in parts)
        assert sums == getattr(all_of_them.totals, figure), figure
    assert by_place(reversed(loads), weeks) == parts


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
