"""The municipality's own questions about progress: written, taken into use from a day, and taken back until then."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from mentorkorps.domain.progress import MOST, shipped_questions
from mentorkorps.followup.actions.progress import score
from mentorkorps.followup.actions.questions import (
    adopt_questions,
    begin_questions,
    drop_questions,
    move_question,
    remove_question,
    withdraw_questions,
    write_question,
)
from mentorkorps.followup.models import QuestionSet, Rating
from mentorkorps.followup.queries.progress import question_set_of
from mentorkorps.followup.queries.question_sets import question_sets
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role
from tests.cast import TODAY, Cast

SHIPPED = shipped_questions()
FIRST = date(2026, 12, 1)
STEPS = ["Aldrig", "Sjældent", "Nogle gange", "Tit", "Altid"]


@pytest.fixture
def leader(cast: Cast):
    return cast.people[Role.LEADER]


@pytest.fixture
def draft(leader) -> QuestionSet:
    return begin_questions(on=TODAY, by=leader)


def write(draft: QuestionSet, by, **changes) -> None:
    words = {"key": "", "title": "Telefon", "to_mentor": "Tager borgeren den?", "to_citizen": "Tager du den?"}
    write_question(draft, **words | {"steps": STEPS, "by": by} | changes)


def adopt(draft: QuestionSet, by, **changes) -> None:
    said = {"name": "Fjordby 2027", "source": "Ledelsen, 20-11-2026", "in_force_from": FIRST, "on": TODAY}
    adopt_questions(draft, **said | {"by": by} | changes)


def keys(version: QuestionSet) -> list[str]:
    version.refresh_from_db()
    return [question.key for question in version.asked]


def test_a_draft_begins_as_what_is_in_force_and_two_begin_the_same(draft: QuestionSet, leader) -> None:
    assert draft.asked == SHIPPED.questions
    assert begin_questions(on=TODAY, by=leader) == draft
    assert question_sets(TODAY).drafts == (draft,)
    assert question_sets(TODAY).now.asked == SHIPPED.questions and QuestionSet.objects.count() == 1


def test_questions_are_added_written_moved_and_removed(draft: QuestionSet, leader) -> None:
    write(draft, leader)
    write(draft, leader, key="work", title="Job")
    move_question(draft, key="own_1", up=True, by=leader)
    remove_question(draft, key="days", by=leader)
    move_question(draft, key="appointments", up=True, by=leader)
    assert keys(draft) == ["appointments", "papers", "health", "people", "offices", "own_1", "work"]
    assert draft.asked[-1].title == "Job" and draft.asked[-2].steps == tuple(STEPS)
    assert Entry.objects.latest("id").detail == {"question": "days"}


def test_what_cannot_be_written_says_why(draft: QuestionSet, leader) -> None:
    with pytest.raises(ValidationError) as alike:
        write(draft, leader, steps=["Aldrig", "Tit", "Tit nok", " tit ", "Altid"])
    assert list(alike.value.message_dict) == ["step_4"]
    with pytest.raises(ValidationError, match="er fjernet"):
        write(draft, leader, key="luck")
    for _ in range(MOST - len(SHIPPED.questions)):
        write(draft, leader)
    with pytest.raises(ValidationError, match="højst være 12"):
        write(draft, leader)
    assert len(keys(draft)) == len(set(keys(draft))) == MOST


def test_from_its_day_courses_that_begin_are_asked_and_no_others(cast: Cast, draft, leader) -> None:
    adopt(draft, leader)
    sets = question_sets(TODAY)
    assert (sets.now.pk, sets.coming, sets.drafts) == (None, (draft,), ())
    sets = question_sets(FIRST)
    assert (sets.now, [each.name for each in sets.earlier]) == (draft, [SHIPPED.name])
    assert question_set_of(cast.course).name == SHIPPED.name
    cast.course.start = FIRST
    assert question_set_of(cast.course) == draft
    assert Entry.objects.latest("id").detail == {"first": "2026-12-01"}


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"in_force_from": TODAY}, "in_force_from", "efter i dag"),
        ({"in_force_from": date(2027, 1, 1)}, "in_force_from", "allerede spørgsmål fra 01-01-2027"),
        ({"name": "EGNE"}, "name", "der hedder EGNE"),
        ({"name": SHIPPED.name}, "name", "et andet navn"),
    ],
)
def test_a_day_or_a_name_that_is_taken_is_told_at_its_field(draft, leader, changes, field, says) -> None:
    QuestionSet.objects.create(
        name="Egne", source="prøve", in_force_from=date(2027, 1, 1), questions=draft.questions
    )
    with pytest.raises(ValidationError) as wrong:
        adopt(draft, leader, **changes)
    assert says in str(wrong.value.message_dict[field])
    assert keys(draft) and draft.is_draft


def test_too_few_questions_are_not_taken_into_use(draft: QuestionSet, leader) -> None:
    for key in keys(draft)[2:]:
        remove_question(draft, key=key, by=leader)
    with pytest.raises(ValidationError, match="3 til 12 spørgsmål. Nu er der 2"):
        adopt(draft, leader)


def test_a_coming_version_is_taken_back_until_its_day(draft: QuestionSet, leader) -> None:
    write(draft, leader)
    adopt(draft, leader)
    for change in (lambda: write(draft, leader), lambda: drop_questions(draft, by=leader)):
        with pytest.raises(ValidationError, match="taget i brug"):
            change()
    with pytest.raises(ValidationError, match="gælder fra en senere dag"):
        withdraw_questions(draft, on=FIRST, by=leader)
    for _ in range(2):
        withdraw_questions(draft, on=FIRST - timedelta(days=1), by=leader)
    assert (draft.is_draft, draft.name, keys(draft)[-1]) == (True, "Fjordby 2027", "own_1")
    assert Entry.objects.filter(verb="trukket spørgsmål om fremgang tilbage").count() == 1
    drop_questions(draft, by=leader)
    assert not QuestionSet.objects.exists()


def test_what_somebody_has_answered_is_not_taken_back(cast: Cast, draft: QuestionSet, leader) -> None:
    adopt(draft, leader, in_force_from=TODAY + timedelta(days=5))
    cast.course.start = draft.in_force_from
    cast.course.save()
    answers = dict.fromkeys(keys(draft), 2)
    score(course=cast.course, wave="start", rater="mentor", answers=answers, by=cast.helle, on=TODAY)
    assert Rating.objects.get().question_set == draft
    with pytest.raises(ValidationError, match="allerede svaret"):
        withdraw_questions(draft, on=TODAY, by=leader)
