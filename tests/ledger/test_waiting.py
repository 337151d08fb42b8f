"""Days from referral to first meeting, and the list of those who wait."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from mentorkorps.cases.actions.mentor import assign_mentor
from mentorkorps.cases.actions.referral import withdraw_referral
from mentorkorps.cases.models import Citizen, Course
from mentorkorps.domain.dates import week_number
from mentorkorps.followup.models import Contact
from mentorkorps.ledger.queries.waiting import (
    FirstMeeting,
    Spread,
    first_meetings,
    first_meetings_between,
    last_quarters,
    spread,
    waiting_time,
)
from mentorkorps.ledger.queries.waiting_list import (
    Next,
    Step,
    Waiting,
    by_step,
    waiting_list,
    with_citizens,
)
from mentorkorps.municipality.actions.agreements import set_waiting_goal
from tests.cases.scenes import grant_draft, running_course, visitation_of
from tests.cast import TODAY, Cast, citizen, course_for

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


# The list of those who wait


def waiting(**wanted: object) -> dict[str, Waiting]:
    """Those who wait, by first name."""
    rows = with_citizens(waiting_list(Citizen.objects.filter(**wanted), TODAY))
    return {citizen.first_name: row for row, citizen in rows}


def test_a_referral_waits_for_visitation_and_then_decision(cast: Cast) -> None:
    row = waiting()["Karla"]
    assert (row.step, row.next, row.key) == (Step.VISITATION, Next.VISITATE, cast.referral.pk)
    assert (row.obligation, row.since, row.days(TODAY)) == ("", date(2026, 11, 16), 4)
    visitation = visitation_of(cast)
    row = waiting()["Karla"]
    assert (row.step, row.next, row.key) == (Step.VISITATION, Next.GO_ON, visitation.pk)
    draft = grant_draft(cast, visitation)
    row = waiting()["Karla"]
    assert (row.step, row.next, row.key, row.obligation) == (Step.DECISION, Next.DECIDE, draft.pk, "may")


def test_a_course_waits_for_a_mentor_an_agreement_and_a_meeting(cast: Cast) -> None:
    course = running_course(cast)
    withdraw_referral(cast.referral, by=cast.helle)
    row = waiting()["Karla"]
    assert (row.step, row.next, row.since) == (Step.MENTOR, Next.CHOOSE_MENTOR, REFERRED)
    assign_mentor(course, mentor=cast.fatima, first=TODAY, by=cast.helle)
    assert (waiting()["Karla"].step, waiting()["Karla"].next) == (Step.MEETING, Next.MAKE_AGREEMENT)
    Course.objects.filter(pk=course.pk).update(signed_on=TODAY)
    course.appointments.create(day=TODAY, cancelled=True)
    course.appointments.create(day=TODAY + timedelta(days=3))
    row = waiting()["Karla"]
    assert (row.next, row.meets_on) == (Next.MEET, TODAY + timedelta(days=3))
    meet(course, cast, TODAY)
    assert "Karla" not in waiting()


def test_a_grant_that_ran_out_before_they_met_is_not_forgotten(cast: Cast) -> None:
    Course.objects.filter(pk=cast.course.pk).update(end=TODAY - timedelta(days=1))
    row = waiting()["Jens"]
    assert (row.step, row.next, row.since, row.days(TODAY)) == (Step.MEETING, Next.NEW_PERIOD, None, None)
    Course.objects.filter(pk=cast.course.pk).update(ended_on=TODAY, end_reason="wish")
    assert "Jens" not in waiting()


def test_the_strongest_obligation_stands_first_then_the_longest_wait(cast: Cast) -> None:
    Course.objects.filter(citizen__first_name="Olga").update(obligation="right", start=date(2026, 8, 1))
    Course.objects.filter(citizen__first_name="Nadia").update(obligation="must", start=date(2026, 9, 1))
    Course.objects.filter(citizen__first_name="Viktor").update(start=date(2026, 5, 1))
    assert list(waiting()) == ["Nadia", "Olga", "Karla", "Viktor", "Jens"]


def test_only_the_citizens_asked_for(cast: Cast) -> None:
    assert set(waiting(unit=cast.other_unit)) == {"Olga"}
    assert by_step(waiting().values()) == {
        Step.VISITATION: 1, Step.DECISION: 0, Step.MENTOR: 0, Step.MEETING: 4,
    }  # fmt: skip


def test_the_list_and_the_figure_cost_the_same_for_many(cast: Cast, django_assert_num_queries: Any) -> None:
    for number in range(30):
        who = citizen(f"Nr{number}", "Prøve", f"010180{9000 + number}", cast.unit)
        course_for(who, None, cast.helle)
    with django_assert_num_queries(3):
        assert len(waiting_list(Citizen.objects.all(), TODAY)) == 35
    with django_assert_num_queries(2):
        waiting_time(Course.objects.all(), TODAY)


# The figure


def test_the_figure_is_of_twelve_months_beside_its_goal(cast: Cast) -> None:
    course = running_course(cast)
    meet(course, cast, date(2026, 7, 1))
    found = waiting_time(Course.objects.all(), TODAY)
    assert (found.first, found.count, found.spread, found.goal, found.within) == (
        date(2025, 11, 21), 1, None, None, None,
    )  # fmt: skip
    set_waiting_goal(days=28, first=date(2026, 1, 1), source="Prøve", by=cast.helle)
    found = waiting_time(Course.objects.all(), TODAY)
    assert found.goal and found.goal.days == 28
    assert found.within is None, "one wait says whose it was"
    assert [(each.first, each.count) for each in found.quarters if each.count] == [(date(2026, 7, 1), 1)]


def test_five_waits_are_shown_with_those_within_the_goal(cast: Cast) -> None:
    set_waiting_goal(days=24, first=date(2026, 1, 1), source="Prøve", by=cast.helle)
    first = running_course(cast)
    meet(first, cast, date(2026, 6, 22))
    for number in range(4):
        copy = course_for(
            citizen(f"Nr{number}", "Prøve", f"010180{9000 + number}", cast.unit), cast.fatima, cast.helle
        )
        decision = first.grants.get().decision
        decision.pk, decision.course = None, copy
        decision.save()
        copy.grants.create(
            decision=decision, start=copy.start, end=copy.end, minutes_per_week=60, rule="R3-01", obligation="may",
            target_group="x",
        )  # fmt: skip
        meet(copy, cast, date(2026, 6, 23 + number))
    found = waiting_time(Course.objects.all(), TODAY)
    assert (found.spread, found.within) == (Spread(5, 22, 23, 24), 4)
    assert [each.spread for each in found.quarters if each.count] == [found.spread]


def test_the_quarters_end_with_this_one() -> None:
    quarters = last_quarters(TODAY)
    assert (quarters[0], quarters[-1], len(quarters)) == (date(2025, 7, 1), date(2026, 10, 1), 6)
