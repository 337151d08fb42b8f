"""The versions of the questions about progress: in force, to come, being written, and those of before."""

from dataclasses import dataclass
from datetime import date

from mentorkorps.domain.progress import shipped_questions
from mentorkorps.followup.models.progress import QuestionSet, Rating


@dataclass(frozen=True)
class QuestionSets:
    """Every version by where it stands on a day, the latest first."""

    now: QuestionSet
    coming: tuple[QuestionSet, ...]
    drafts: tuple[QuestionSet, ...]
    earlier: tuple[QuestionSet, ...]


def question_sets(on: date) -> QuestionSets:
    """All versions on a day, the one that comes along among them whether or not it is stored. One query."""
    rows = list(QuestionSet.objects.select_related("adopted_by"))
    shipped = _shipped()
    if all(row.in_force_from != shipped.in_force_from for row in rows):
        rows.append(shipped)
    dated = sorted((row for row in rows if not row.is_draft), key=lambda row: row.in_force_from, reverse=True)
    now, *earlier = [row for row in dated if row.in_force_from <= on] or [shipped]
    return QuestionSets(
        now=now,
        coming=tuple(row for row in dated if row.in_force_from > on and row is not now),
        drafts=tuple(row for row in rows if row.is_draft),
        earlier=tuple(earlier),
    )


def set_in_force(on: date) -> QuestionSet:
    """The version of a day; the one that comes along where the municipality has none from so early."""
    return QuestionSet.objects.filter(in_force_from__lte=on).first() or _shipped()


def _shipped() -> QuestionSet:
    """The one that comes along as a row that is not stored; the first answer in its words stores it."""
    own = shipped_questions()
    return QuestionSet(
        name=own.name, source=own.source, in_force_from=own.in_force_from, questions=own.as_json()
    )


def is_answered(version: QuestionSet) -> bool:
    """Whether anybody has answered in these words, so that they stand for good."""
    return Rating.objects.filter(question_set=version).exists()
