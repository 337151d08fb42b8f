"""Answers about progress: kept apart, corrected by new rows, and asked in fixed waves only."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from mentorkorps.cases.models import Course
from mentorkorps.domain.progress import shipped_questions
from mentorkorps.followup.actions.progress import score
from mentorkorps.followup.models import QuestionSet, Rating, StatusReport
from mentorkorps.followup.papers import status_paper
from mentorkorps.followup.queries.progress import question_set_of, questions_of, scores_for_evidence, waves_of
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role
from tests.cast import TODAY, Cast

KEYS = [question.key for question in shipped_questions().questions]
THIRTEEN = date(2026, 9, 18)  # inside the wave of 13 weeks of Jens' course


def answers(step: int | None = 2, **other: int | None) -> dict[str, int | None]:
    return dict.fromkeys(KEYS, step) | other


@pytest.fixture
def fatima(cast: Cast):
    return cast.people[Role.MENTOR]


def said(cast: Cast, by, **changes) -> Rating:
    """Fatima's answers after 13 weeks, unless said otherwise."""
    usual = {
        "course": cast.course,
        "wave": "weeks_13",
        "rater": "mentor",
        "answers": answers(),
        "on": THIRTEEN,
    }
    return score(**usual | {"by": by} | changes)


def test_mentor_and_citizen_are_kept_apart_and_none_is_no_zero(cast: Cast, fatima) -> None:
    said(cast, fatima, answers=answers(3, work=0))
    aloud = answers(1, health=None, people=None)
    said(cast, fatima, rater="citizen", given="read_aloud", answers=aloud, declined={"health"})
    start, thirteen, last = waves_of(cast.course, today=TODAY)
    assert (thirteen.mentor.score("work"), thirteen.citizen.score("work")) == (0, 1)
    assert thirteen.citizen.score("health") is None
    assert thirteen.citizen.answers["health"].declined
    assert not thirteen.citizen.answers["people"].declined
    assert thirteen.citizen.rating.entered_by == fatima
    assert (start.mentor.state, last.mentor.state) == ("missing", "later")
    assert start.mentor.score("work") is None


def test_a_correction_is_a_new_row_and_the_same_sent_twice_is_one(cast: Cast, fatima) -> None:
    first = said(cast, fatima)
    assert said(cast, fatima) == first
    second = said(cast, fatima, answers=answers(4))
    first.refresh_from_db()
    assert (first.superseded, second.corrects, Rating.objects.count()) == (True, first, 2)
    assert [answer.score for answer in first.answers.all()] == [2] * len(KEYS)
    assert waves_of(cast.course, today=TODAY)[1].mentor.score("work") == 4


def test_the_citizen_alone_is_nobody_of_ours_and_the_journal_says_so(cast: Cast) -> None:
    said(cast, None, rater="citizen")
    entry = Entry.objects.latest("id")
    assert (entry.actor_id, entry.citizen_id, entry.detail["actor"]) == (None, cast.jens.id, "borgeren selv")
    assert "2" not in str([value for key, value in entry.detail.items() if key != "wave"])


@pytest.mark.parametrize(
    ("changes", "field", "text"),
    [
        ({"wave": "end"}, "wave", "hører ikke"),
        ({"on": date(2026, 8, 29)}, "on", "30-08-2026 til 11-10-2026"),
        ({"wave": "weeks_26", "on": TODAY + timedelta(days=10)}, "on", "fremtiden"),
        ({"rater": "leader"}, "rater", "mentor eller borgeren"),
        ({"given": "paper"}, "given", "svarer altid selv"),
        ({"answers": {}}, "work", "Ikke svaret"),
        ({"answers": answers(work=5)}, "work", "1 til 5"),
        ({"answers": answers(work=True)}, "work", "1 til 5"),
        ({"answers": answers(luck=1)}, "luck", "ikke med"),
        ({"declined": {"work"}}, "work", "enten"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(cast: Cast, fatima, changes, field, text) -> None:
    with pytest.raises(ValidationError) as wrong:
        said(cast, fatima, **changes)
    assert text in str(wrong.value.message_dict[field])
    assert not Rating.objects.exists()


def test_a_course_keeps_the_words_of_its_first_day(cast: Cast, fatima) -> None:
    said(cast, fatima)
    own = QuestionSet.objects.create(
        name="Egne",
        source="prøve",
        in_force_from=date(2026, 11, 1),
        questions=shipped_questions().as_json()[:3],
    )
    other = Course.objects.exclude(pk=cast.course.pk).first()
    assert question_set_of(cast.course) == Rating.objects.get().question_set != own
    assert len(questions_of(other)) == len(KEYS), "it began before them, though nobody has answered"
    other.start = own.in_force_from
    assert [question.key for question in questions_of(other)] == KEYS[:3]
    cast.course.start = own.in_force_from
    assert question_set_of(cast.course) != own, "whoever has answered is asked the same again"


def test_evidence_gets_each_answer_that_counts_with_days_since_the_start(cast: Cast, fatima) -> None:
    said(cast, fatima)
    said(cast, fatima, answers=answers(3, work=None))
    said(cast, fatima, rater="citizen", given="paper", answers=answers(1))
    rows = scores_for_evidence(Course.objects.all())
    assert len(rows) == 2 * len(KEYS)
    assert {row.days for row in rows} == {88}
    assert {row.score for row in rows if row.rater == "mentor"} == {3, None}


def test_the_waves_cost_two_queries_whatever_was_answered(
    cast: Cast, fatima, django_assert_num_queries
) -> None:
    for step in range(3):
        said(cast, fatima, answers=answers(step))
        said(cast, fatima, rater="citizen", answers=answers(step))
    with django_assert_num_queries(2):
        waves_of(cast.course, today=TODAY)


def test_the_status_paper_shows_the_newest_wave_of_both(cast: Cast, fatima) -> None:
    report = StatusReport.objects.create(
        course=cast.course, grant_end=cast.course.end, goals="Adresse", progress="Ringer selv", reason="Gæld",
        recommendation="continue", written_by=fatima, written_on=TODAY,
    )  # fmt: skip
    assert "Trin 1" not in status_paper(report).as_text()
    said(cast, fatima, answers=answers(3))
    said(cast, fatima, rater="citizen", given="paper", answers=answers(None, work=0))
    lines = status_paper(report).as_text().splitlines()
    work = next(line for line in lines if "Tro på job" in line)
    assert work.split()[-2:] == ["4", "1"]
    assert "ikke" in next(line for line in lines if "Hverdag" in line).lower()
    report.written_on = THIRTEEN - timedelta(days=1)
    assert "Trin 1" not in status_paper(report).as_text()
