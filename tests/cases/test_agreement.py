"""The written agreement from draft to signature."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mentorkorps.cases.actions.agreement import (
    draft_agreement,
    sign_agreement,
)
from mentorkorps.cases.actions.course import end_course
from mentorkorps.cases.actions.mentor import assign_mentor
from mentorkorps.cases.models import Agreement, Course
from mentorkorps.domain.letter import Document, Incomplete
from tests.cases.grants import grant
from tests.cases.problems import problem
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.django_db


def drafted(cast: Cast, course: Course | None = None, **fields: Any) -> Agreement:
    """An agreement with everything in place, unless said otherwise."""
    values: dict[str, Any] = {
        "goal": "Et sted at bo", "tasks": ["at komme til læge"], "not_tasks": ["at give penge"],
        "contact_every": "week", "contact_at_least": 1, "place": "Varmestuen", "on": TODAY, "by": cast.helle,
    }  # fmt: skip
    return draft_agreement(course or cast.course, **(values | fields))


@pytest.fixture(autouse=True)
def _granted(cast: Cast) -> None:
    grant(cast.course, cast.helle)


def test_the_text_has_every_element_that_the_law_demands(cast: Cast) -> None:
    text = Document.from_json(drafted(cast).document).as_text()
    for element in (
        "Et sted at bo", "Fatima Eksempel, tlf. 12 34 56 78", "at komme til læge", "at give penge", "22. juni",
        "20. december 2026", "2 timer om ugen", "én gang om ugen", "Varmestuen", "Du kan klage", "4 uger", "kommunen",
        "Vi betaler ikke", "§ 167, stk. 1",
    ):  # fmt: skip
        assert element in text, element
    assert "jobcenteret" not in text


def test_a_draft_replaces_the_draft_before(cast: Cast) -> None:
    drafted(cast)
    again = drafted(cast, goal="Fast adresse")
    assert list(cast.course.agreements.all()) == [again]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"goal": "  "}, "goal"),
        ({"tasks": []}, "tasks"),
        ({"not_tasks": []}, "not_tasks"),
        ({"tasks": ["x" * 201]}, "tasks"),
        ({"not_tasks": ["at komme til læge"]}, "not_tasks"),
        ({"start": date(2026, 6, 1)}, "start"),
        ({"end": date(2026, 12, 21)}, "end"),
        ({"start": TODAY, "end": TODAY - timedelta(days=1)}, "end"),
        ({"contact_at_least": 0}, "contact_at_least"),
    ],
)
def test_what_is_missing_is_said_at_its_field(cast: Cast, fields: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as raised:
        drafted(cast, **fields)
    assert problem(raised, field)
    assert not Agreement.objects.exists()


def test_a_place_is_part_of_the_text(cast: Cast) -> None:
    drafted(cast)
    with pytest.raises(Incomplete) as raised:
        drafted(cast, place="")
    assert raised.value.field == "place"
    assert Agreement.objects.get().place == "Varmestuen", "the earlier draft is still there"


def test_an_agreement_runs_at_most_six_months(cast: Cast) -> None:
    course = cast.course
    course.end = date(2027, 3, 31)
    course.save()
    course.grants.update(end=course.end)
    assert drafted(cast).end == date(2026, 12, 21)
    with pytest.raises(ValidationError) as raised:
        drafted(cast, end=date(2026, 12, 22))
    assert "21-12-2026" in problem(raised, "end")


def test_it_cannot_promise_less_contact_than_the_law(cast: Cast) -> None:
    course = cast.course
    Course.objects.filter(pk=course.pk).update(
        rule="R1-05", citation="LAB § 93", start=date(2015, 3, 2), end=date(2015, 8, 30)
    )
    course.grants.update(start=date(2015, 3, 2), end=date(2015, 8, 30))
    on = date(2015, 3, 2)
    with pytest.raises(ValidationError) as raised:
        drafted(cast, contact_every="fortnight", on=on)
    assert "LAB § 93" in problem(raised, "contact_every")
    assert drafted(cast, contact_every="fortnight", contact_at_least=2, on=on).contact_at_least == 2


def test_without_a_mentor_or_a_grant_there_is_nothing_to_agree_on(cast: Cast) -> None:
    Course.objects.filter(pk=cast.course.pk).update(mentor=None)
    with pytest.raises(ValidationError, match="Vælg en mentor først"):
        drafted(cast)
    with pytest.raises(ValidationError, match="ingen bevilling"):
        drafted(cast, Course.objects.get(citizen__first_name="Viktor"))


def company_course(cast: Cast) -> Course:
    course = Course.objects.get(citizen__first_name="Nadia")
    grant(course, cast.helle, minutes_per_week=300, end=date(2026, 12, 20))
    return course


COMPANY = {
    "beyond_ordinary": "En oplæring på egen hånd to timer om dagen.",
    "decisive": "Uden den kan Nadia ikke blive i praktikken.",
    "wage_per_hour": 21250,
}


def test_a_company_mentor_passes_the_two_part_test(cast: Cast) -> None:
    text = Document.from_json(drafted(cast, company_course(cast), **COMPANY).document).as_text()
    for element in (
        "Prøvetræ ApS, CVR 10000017",
        "212,50 kr. i timen",
        "§ 169",
        "ud over det sædvanlige",
        "Ledelsen",
    ):
        assert element in text, element
    assert "Ingen fast adresse" not in text


@pytest.mark.parametrize("left_out", COMPANY)
def test_each_part_of_the_test_is_asked_for(cast: Cast, left_out: str) -> None:
    with pytest.raises(ValidationError) as raised:
        drafted(
            cast, company_course(cast), **(COMPANY | {left_out: None if left_out == "wage_per_hour" else " "})
        )
    assert problem(raised, left_out)


def test_a_protected_address_is_not_in_the_copy_that_others_get(cast: Cast) -> None:
    assert "Prøvegade" in Document.from_json(drafted(cast).document).as_text()
    cast.jens.protected = True
    cast.jens.save()
    course = Course.objects.get(pk=cast.course.pk)
    assert "Prøvegade" not in Document.from_json(drafted(cast, course).document).as_text()


def test_signing_gives_the_course_its_goal_and_tasks(cast: Cast) -> None:
    Course.objects.filter(pk=cast.course.pk).update(signed_on=None)
    sign_agreement(drafted(cast), on=TODAY, how="på papir", today=TODAY, by=cast.helle)
    course = Course.objects.get(pk=cast.course.pk)
    assert (course.signed_on, course.goal) == (TODAY, "Et sted at bo")
    assert list(course.tasks.values_list("title", "mine")) == [
        ("at komme til læge", True),
        ("at give penge", False),
    ]


def test_a_signed_agreement_is_locked_and_can_be_followed_by_another(cast: Cast) -> None:
    first = drafted(cast)
    sign_agreement(first, on=TODAY, how="på papir", today=TODAY, by=cast.helle)
    with pytest.raises(ValidationError, match="allerede underskrevet"):
        sign_agreement(first, on=TODAY, how="på papir", today=TODAY, by=cast.helle)
    second = drafted(cast, goal="En aktivitet to dage om ugen")
    sign_agreement(second, on=TODAY, how="på papir", today=TODAY, by=cast.helle)
    first.refresh_from_db()
    assert first.goal == "Et sted at bo"
    assert cast.course.agreements.filter(signed_on__isnull=False).count() == 2


@pytest.mark.parametrize(
    ("on", "how", "field"),
    [
        (TODAY + timedelta(days=1), "på papir", "on"),
        (TODAY - timedelta(days=1), "på papir", "on"),
        (TODAY, " ", "how"),
    ],
)
def test_a_signature_that_cannot_be(cast: Cast, on: date, how: str, field: str) -> None:
    agreement = drafted(cast)
    with pytest.raises(ValidationError) as raised:
        sign_agreement(agreement, on=on, how=how, today=TODAY, by=cast.helle)
    assert problem(raised, field)


def test_an_agreement_with_another_mentor_must_be_written_anew(cast: Cast) -> None:
    agreement = drafted(cast)
    assign_mentor(cast.course, mentor=cast.peter, first=TODAY, by=cast.helle)
    with pytest.raises(ValidationError, match="mentor er nu Peter Prøve"):
        sign_agreement(agreement, on=TODAY, how="på papir", today=TODAY, by=cast.helle)


def test_an_ended_course_takes_no_agreement(cast: Cast) -> None:
    agreement = drafted(cast)
    end_course(cast.course, on=TODAY, reason="moved", note="", today=TODAY, by=cast.helle)
    with pytest.raises(ValidationError, match="kan kun læses"):
        drafted(cast)
    with pytest.raises(ValidationError, match="kan kun læses"):
        sign_agreement(agreement, on=TODAY, how="på papir", today=TODAY, by=cast.helle)
