"""Answers about progress: Jens' and Karla's by the product's own verb, the other courses' many at once."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from random import Random

from mentorkorps.cases.models import Course
from mentorkorps.domain.progress import HIGHEST, Wave
from mentorkorps.followup.actions.progress import score
from mentorkorps.followup.models.progress import Answer, QuestionSet, Rating
from mentorkorps.followup.queries.progress import questions_of, waves_for
from mentorkorps.journal.actions import changed

NOBODY = {"mentor": 0.12, "citizen": 0.3}  # share of the waves that lack an answer altogether
UNANSWERED = {"mentor": 0.03, "citizen": 0.1}  # share of the questions that are not answered
SEES_PROGRESS = {"mentor": 0.8, "citizen": 0.4}  # share of the courses: mentors see more of it
MOVES = 0.3  # chance that a question goes a step from one wave to the next, up where progress is seen and else down
STILL_OPEN = 0.5  # share of the open waves that are answered already
BATCH = 2_000

# What each answered in the order of the questions, by wave; None was not answered. The words are nobody's.
JENS = {
    ("start", "mentor"): (1, 0, 0, 1, 0, 1, 0),
    ("start", "citizen"): (2, 1, 0, None, 0, 1, 1),
    ("weeks_13", "mentor"): (2, 1, 2, 2, 1, 2, 1),
    ("weeks_13", "citizen"): (3, 1, 1, None, 0, 2, 1),
}
KARLA = {
    ("start", "mentor"): (1, 1, 1, 2, 1, 1, 2),
    ("start", "citizen"): (1, 0, 1, 2, 0, 1, 4),
}


def tell(told: Iterable[tuple[Course, dict[tuple[str, str], tuple[int | None, ...]]]]) -> None:
    """The answers of a table above, each in the middle of its wave; the mentor reads aloud for the citizen."""
    for course, table in told:
        due = {wave.code: wave.due for wave in waves_for(course)}
        keys = [question.key for question in questions_of(course)]
        for (wave, rater), steps in table.items():
            answers = dict(zip(keys, steps, strict=True))
            unsaid = [key for key, step in answers.items() if step is None]
            aloud = {"given": Rating.Given.READ_ALOUD, "declined": unsaid} if rater == "citizen" else {}
            score(
                course=course, wave=wave, rater=rater, answers=answers, on=due[wave] + timedelta(days=2),
                by=course.mentor.user, **aloud,
            )  # fmt: skip


def measure(rng: Random, courses: Iterable[Course], today: date) -> None:
    """Ratings of courses with a mentor that have run since the questions were there, as far as their waves have come.

    Some are missing, as they are in life.
    """
    versions = list(QuestionSet.objects.exclude(in_force_from=None))
    asked = [course for course in courses if course.mentor and _ran(course, versions[-1].in_force_from)]
    made = [rating for course in asked for rating in _ratings(rng, course, today, _version(versions, course))]
    Rating.objects.bulk_create([rating for rating, _ in made], batch_size=BATCH)
    answers = [answer for _, found in made for answer in found]
    Answer.objects.bulk_create(answers, batch_size=BATCH)
    for name, count in (("rating", len(made)), ("answer", len(answers))):
        changed("bygget prøvedata", by=None, about=None, rows=name, count=count)


def _version(versions: list[QuestionSet], course: Course) -> QuestionSet:
    """The one of its first day, or the first there was; the versions come the latest first."""
    return next((each for each in versions if each.in_force_from <= course.start), versions[-1])


def _ratings(
    rng: Random, course: Course, today: date, version: QuestionSet
) -> Iterator[tuple[Rating, list[Answer]]]:
    keys = [question.key for question in version.asked]
    for rater in Rating.Rater.values:
        steps = {key: rng.choice((0, 1, 1, 2)) for key in keys}
        way = 1 if rng.random() < SEES_PROGRESS[rater] else -1
        for wave in waves_for(course):
            if not _is_answered(rng, wave, rater, today):
                continue
            yield _rating(rng, course, wave, rater, steps, version, today)
            steps = {key: _moved(step, way * (rng.random() < MOVES)) for key, step in steps.items()}


def _ran(course: Course, since: date) -> bool:
    return course.ended_on is None or course.ended_on >= since


def _moved(step: int, by: int) -> int:
    return max(0, min(step + by, HIGHEST))


def _is_answered(rng: Random, wave: Wave, rater: str, today: date) -> bool:
    if wave.opens >= today or rng.random() < NOBODY[rater]:
        return False
    return wave.closes < today or rng.random() < STILL_OPEN


def _rating(
    rng: Random,
    course: Course,
    wave: Wave,
    rater: str,
    steps: dict[str, int],
    version: QuestionSet,
    today: date,
) -> tuple[Rating, list[Answer]]:
    span = (min(wave.closes, today - timedelta(days=1)) - wave.opens).days
    given = Rating.Given.SELF if rater == Rating.Rater.MENTOR else rng.choice(list(Rating.Given))
    rating = Rating(
        course=course, wave=wave.code, due=wave.due, rater=rater, given=given, question_set=version,
        answered_on=wave.opens + timedelta(days=rng.randint(span // 2, span)),
        entered_by=course.mentor.user or course.citizen.caseworker,
    )  # fmt: skip
    answers = [
        Answer(rating=rating, question=key, score=None if rng.random() < UNANSWERED[rater] else step)
        for key, step in steps.items()
    ]
    return rating, answers
