"""Choosing a mentor, a substitute, and what capacity says."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from mentorkorps.cases.actions.mentor import assign_mentor, assign_substitute, end_substitute, over_capacity
from mentorkorps.cases.models import Course, MentorAssignment
from mentorkorps.municipality.models import MentorHours
from tests.cases.problems import problem
from tests.cast import TODAY, Cast, mentor

pytestmark = pytest.mark.django_db


def test_the_mentor_before_ends_the_day_before(cast: Cast) -> None:
    assign_mentor(cast.course, mentor=cast.peter, first=TODAY, by=cast.helle, reason="Fatima går på orlov")
    cast.course.refresh_from_db()
    assert cast.course.mentor == cast.peter
    spans = list(cast.course.assignments.order_by("first").values_list("mentor__name", "last"))
    assert spans == [("Fatima Eksempel", TODAY - timedelta(days=1)), ("Peter Prøve", None)]


def test_the_same_mentor_twice_is_said_and_nothing_happens(cast: Cast) -> None:
    with pytest.raises(ValidationError) as raised:
        assign_mentor(cast.course, mentor=cast.fatima, first=TODAY, by=cast.helle)
    assert "allerede mentor" in problem(raised, "mentor")
    assert MentorAssignment.objects.filter(course=cast.course).count() == 1


def test_a_choice_can_be_made_again_the_same_day(cast: Cast) -> None:
    assign_mentor(cast.course, mentor=cast.peter, first=TODAY, by=cast.helle)
    assign_mentor(cast.course, mentor=cast.fatima, first=TODAY, by=cast.helle)
    assert cast.course.assignments.get(last__isnull=True).mentor == cast.fatima


def test_more_citizens_than_the_mentor_can_have_needs_a_reason(cast: Cast) -> None:
    cast.peter.max_citizens = 1
    cast.peter.save()
    with pytest.raises(ValidationError) as raised:
        assign_mentor(cast.course, mentor=cast.peter, first=TODAY, by=cast.helle)
    assert "højst have 1" in problem(raised, "reason")
    assign_mentor(cast.course, mentor=cast.peter, first=TODAY, by=cast.helle, reason="Et kendt ansigt")
    assert cast.course.assignments.get(last__isnull=True).reason == "Et kendt ansigt"


def test_more_hours_than_the_mentor_has_needs_a_reason(cast: Cast) -> None:
    MentorHours.objects.filter(mentor=cast.peter).update(minutes_per_week=180)
    with pytest.raises(ValidationError) as raised:
        assign_mentor(cast.course, mentor=cast.peter, first=TODAY, by=cast.helle)
    assert "1\xa0t. ledig" in problem(raised, "reason")


def test_unknown_hours_are_not_full(cast: Cast) -> None:
    MentorHours.objects.filter(mentor=cast.peter).delete()
    assert over_capacity(cast.peter, cast.course, TODAY) == ""


@pytest.mark.parametrize(
    ("first", "field"),
    [(date(2026, 12, 21), "first"), (date(2025, 12, 31), "first"), (date(2026, 6, 21), "first")],
)
def test_days_that_cannot_be(cast: Cast, first: date, field: str) -> None:
    with pytest.raises(ValidationError) as raised:
        assign_mentor(cast.course, mentor=cast.peter, first=first, by=cast.helle)
    assert problem(raised, field)
    assert Course.objects.get(pk=cast.course.pk).mentor == cast.fatima


def test_a_mentor_who_has_stopped_is_no_choice(cast: Cast) -> None:
    cast.peter.active_to = TODAY - timedelta(days=1)
    cast.peter.save()
    with pytest.raises(ValidationError) as raised:
        assign_mentor(cast.course, mentor=cast.peter, first=TODAY, by=cast.helle)
    assert "stopper som mentor" in problem(raised, "mentor")


def test_a_substitute_stands_in_and_the_own_mentor_stays(cast: Cast) -> None:
    assign_substitute(cast.course, mentor=cast.peter, first=TODAY, last=None, by=cast.helle)
    cast.course.refresh_from_db()
    assert cast.course.mentor == cast.fatima
    assert cast.course.assignments.get(substitute=True).mentor == cast.peter


def test_one_substitute_at_a_time(cast: Cast) -> None:
    assign_substitute(cast.course, mentor=cast.peter, first=TODAY, last=TODAY, by=cast.helle)
    third = mentor("Lone Prøve")
    for last in (TODAY, None):
        with pytest.raises(ValidationError) as raised:
            assign_substitute(cast.course, mentor=third, first=TODAY, last=last, by=cast.helle)
        assert "Peter Prøve er vikar" in problem(raised, "first")
    assign_substitute(cast.course, mentor=third, first=TODAY + timedelta(days=1), last=None, by=cast.helle)
    assert cast.course.assignments.filter(substitute=True).count() == 2


def test_a_substitute_cannot_be_the_own_mentor_or_last_past_the_grant(cast: Cast) -> None:
    for who, last, field in (
        (cast.fatima, None, "mentor"),
        (cast.peter, TODAY - timedelta(days=1), "last"),
        (cast.peter, cast.course.end + timedelta(days=1), "last"),
    ):
        with pytest.raises(ValidationError) as raised:
            assign_substitute(cast.course, mentor=who, first=TODAY, last=last, by=cast.helle)
        assert problem(raised, field)


def test_a_substitute_is_ended_or_falls_away(cast: Cast) -> None:
    begun = assign_substitute(cast.course, mentor=cast.peter, first=TODAY, last=None, by=cast.helle)
    end_substitute(begun, last=TODAY, by=cast.helle)
    begun.refresh_from_db()
    assert begun.last == TODAY
    coming = assign_substitute(
        cast.course, mentor=cast.ditte, first=TODAY + timedelta(days=3), last=None, by=cast.helle
    )
    end_substitute(coming, last=TODAY, by=cast.helle)
    assert not MentorAssignment.objects.filter(mentor=cast.ditte, course=cast.course).exists()
    with pytest.raises(ValidationError, match="var vikar til"):
        end_substitute(begun, last=TODAY + timedelta(days=1), by=cast.helle)
