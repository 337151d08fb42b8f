"""What is known of a citizen's progress, wave by wave, and the rows that evidence is made from."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from django.db.models import QuerySet

from mentorkorps.cases.models import Course
from mentorkorps.domain.progress import Question, Wave, waves
from mentorkorps.followup.facts import span_of
from mentorkorps.followup.models.progress import Answer, QuestionSet, Rating
from mentorkorps.followup.queries.question_sets import set_in_force

State = Literal["answered", "open", "missing", "later"]


@dataclass(frozen=True)
class View:
    """How one of the two answered in a wave: the rating that counts, or None, and its answers by question."""

    rating: Rating | None
    answers: Mapping[str, Answer]
    state: State

    def score(self, question: str) -> int | None:
        """The step 0 to 4; None where the question was not answered, or the whole wave was not."""
        answer = self.answers.get(question)
        return answer.score if answer else None


@dataclass(frozen=True)
class WaveViews:
    """One wave of a course as mentor and citizen saw it."""

    wave: Wave
    mentor: View
    citizen: View

    def by(self, rater: str) -> View:
        """The view of “mentor” or “citizen”."""
        return self.mentor if rater == Rating.Rater.MENTOR else self.citizen

    @property
    def lacks(self) -> list[str]:
        """Who can still answer now and has not."""
        return [rater for rater in Rating.Rater.values if self.by(rater).state == "open"]


def waves_for(course: Course) -> tuple[Wave, ...]:
    """The waves of a course by its dates as they are now."""
    span = span_of(course)
    return waves(span.start, span.end)


def waves_of(course: Course, *, today: date) -> list[WaveViews]:
    """Every wave of a course in order, with the answers that count. Two queries."""
    return _views(course, list(_counting([course.id])), today)


def _counting(courses: Iterable[uuid.UUID]) -> QuerySet[Rating]:
    counts = Rating.objects.filter(course__in=list(courses), superseded=False)
    return counts.select_related("question_set", "entered_by").prefetch_related("answers").order_by("due")


def _views(course: Course, ratings: list[Rating], today: date) -> list[WaveViews]:
    return [
        WaveViews(wave, *(_view(wave, rater, ratings, today) for rater in ("mentor", "citizen")))
        for wave in waves_for(course)
    ]


def _view(wave: Wave, rater: str, ratings: list[Rating], today: date) -> View:
    rating = rating_in(wave, rater, ratings)
    if rating is not None:
        return View(rating, {answer.question: answer for answer in rating.answers.all()}, "answered")
    if today < wave.opens:
        return View(None, {}, "later")
    return View(None, {}, "open" if today <= wave.closes else "missing")


def rating_in(wave: Wave, rater: str, ratings: Iterable[Rating]) -> Rating | None:
    """The newest of the ratings that is of this wave and rater."""
    own = [r for r in ratings if r.wave == wave.code and r.rater == rater and wave.holds(r.due)]
    return own[-1] if own else None


def questions_of(course: Course) -> tuple[Question, ...]:
    """What is asked on a course from its first wave to its last."""
    return question_set_of(course).asked


def question_set_of(course: Course) -> QuestionSet:
    """The version that a course is asked in: the one it began with, so that its waves can be compared.

    Before anybody has answered, it is the one in force on the course's first day.
    """
    begun = Rating.objects.filter(course=course).select_related("question_set").order_by("entered_at").first()
    return begun.question_set if begun else set_in_force(course.start)


def open_waves(courses: Iterable[Course], today: date) -> dict[uuid.UUID, list[tuple[Wave, list[str]]]]:
    """By course the waves open today with who has not answered; only courses that lack an answer. One query."""
    asked = {course.id: [wave for wave in waves_for(course) if wave.is_open(today)] for course in courses}
    due = [key for key, found in asked.items() if found]
    answered: dict[uuid.UUID, list[tuple[str, str, date]]] = {}
    rows = Rating.objects.filter(course__in=due, superseded=False)
    for key, *said in rows.values_list("course_id", "wave", "rater", "due"):
        answered.setdefault(key, []).append((said[0], said[1], said[2]))
    lacking = {key: list(_lacking(asked[key], answered.get(key, []))) for key in due}
    return {key: found for key, found in lacking.items() if found}


def measures_due(courses: Iterable[Course], today: date) -> list[tuple[Course, list[tuple[Wave, list[str]]]]]:
    """The courses, each once, that lack an answer in a wave that is open today. One query."""
    each = {course.id: course for course in courses}
    return [(each[key], found) for key, found in open_waves(each.values(), today).items()]


def _lacking(found: list[Wave], answered: list[tuple[str, str, date]]) -> Iterator[tuple[Wave, list[str]]]:
    for wave in found:
        done = {rater for code, rater, due in answered if code == wave.code and wave.holds(due)}
        if left := [rater for rater in Rating.Rater.values if rater not in done]:
            yield wave, left


class ScoreRow(NamedTuple):
    """One answer as evidence takes it. `days` since the course began; `score` 0 to 4, None was not answered."""

    course_id: uuid.UUID
    citizen_id: uuid.UUID
    rater: str
    question: str
    wave: str
    days: int
    score: int | None


def scores_for_evidence(courses: QuerySet[Course]) -> list[ScoreRow]:
    """Every answer that counts on some courses, in a fixed order, with no names. One query."""
    rows = Answer.objects.filter(rating__course__in=courses, rating__superseded=False).order_by(
        "rating__course_id", "rating__due", "rating__rater", "question"
    )
    found = rows.values_list(
        "rating__course_id", "rating__course__citizen_id", "rating__rater", "question", "rating__wave",
        "rating__answered_on", "rating__course__start", "score",
    )  # fmt: skip
    return [
        ScoreRow(course, citizen, rater, question, wave, (on - start).days, score)
        for course, citizen, rater, question, wave, on, start, score in found
    ]
