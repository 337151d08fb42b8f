"""The answers that are compared between places: which count, where, and from how many queries."""

from datetime import date, timedelta
from typing import Any

import pytest

from mentorkorps.cases.actions.referral import correct_citizen
from mentorkorps.cases.models import Citizen, Decision, Referral, Visitation
from mentorkorps.followup.models import Contact
from mentorkorps.ledger.queries.equal_treatment import compared
from tests.cast import TODAY, Cast, citizen, course_for, new_key
from tests.web.stage import decision_for

DECIDED = date(2026, 6, 15)


def answered(cast: Cast, count: int, **fields: Any) -> None:
    """So many citizens of a unit with a grant of the general may-rule, decided in the last whole quarter."""
    for _ in range(count):
        number = Citizen.objects.count()
        who = citizen(
            "Borger", "Prøve", f"{1 + number % 28:02}0{1 + number // 28}92999{number % 10}", **fields
        )
        made = decision_for(who, cast.helle, state="decided")
        referral = Referral.objects.create(
            citizen=who, received_on=TODAY, visitate_by=TODAY, purpose="x", created_by=cast.helle
        )
        Visitation.objects.filter(pk=made.visitation_id).update(referral=referral)
        Decision.objects.filter(pk=made.pk).update(decided_on=DECIDED)


@pytest.mark.parametrize("count", [5, 12])
def test_equal_treatment_takes_as_few_queries_for_many(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    answered(cast, count, unit=cast.unit)
    with django_assert_num_queries(3):
        assert compared("", TODAY).terms["unit", "Jobindsats Nord"].people == count


def test_a_citizen_who_moves_changes_nothing_that_is_over(cast: Cast) -> None:
    answered(cast, 7, unit=cast.unit, district="By")
    answered(cast, 5, unit=cast.other_unit, district="Havn")
    before = compared("", TODAY)
    assert before.terms["unit", "Jobindsats Nord"].people == before.terms["district", "By"].people == 7
    one = Decision.objects.filter(unit=cast.unit)[0].citizen
    correct_citizen(one, by=cast.helle, unit=cast.other_unit, district="Havn")
    assert compared("", TODAY) == before


def test_days_run_from_the_referral_to_a_meeting_within_the_window(cast: Cast) -> None:
    answered(cast, 5, unit=cast.unit)
    for number, made in enumerate(Decision.objects.order_by("id")):
        course = course_for(made.citizen, cast.fatima, cast.helle)
        course.grants.create(
            decision=made, start=course.start, end=course.end, minutes_per_week=120, rule="R3-01", obligation="may",
            target_group=course.target_group,
        )  # fmt: skip
        Decision.objects.filter(pk=made.pk).update(course=course)
        Referral.objects.update(received_on=DECIDED)
        day = DECIDED + timedelta(days=10 + number) if number < 3 else TODAY
        Contact.objects.create(
            key=new_key(), course=course, mentor=cast.fatima, day=day, week=0, outcome="met", minutes=45, held=True,
            logged_by=cast.helle,
        )  # fmt: skip
    assert compared("", TODAY).terms["unit", "Jobindsats Nord"].days == 12
    Contact.objects.filter(day=DECIDED + timedelta(days=12)).update(day=TODAY)
    assert compared("", TODAY).terms["unit", "Jobindsats Nord"].days is None


def test_a_new_period_and_an_old_answer_do_not_count(cast: Cast) -> None:
    answered(cast, 6, unit=cast.unit)
    one, other = Decision.objects.order_by("id")[:2]
    Visitation.objects.filter(pk=one.visitation_id).update(extends=cast.course)
    assert compared("", TODAY).terms["unit", "Jobindsats Nord"].people == 5
    Decision.objects.filter(pk=other.pk).update(decided_on=date(2025, 9, 30))
    assert compared("", TODAY).chosen is None
