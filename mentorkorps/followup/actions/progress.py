"""Answers about progress: kept as they were given, corrected by new rows, and in the words of its course."""

from collections.abc import Collection, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.cases.actions.course import lock_course
from mentorkorps.cases.models import Course
from mentorkorps.domain.dates import field_date
from mentorkorps.domain.progress import HIGHEST, Wave
from mentorkorps.followup.models.progress import Answer, QuestionSet, Rating
from mentorkorps.followup.queries.progress import question_set_of, rating_in, waves_for
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import User
from mentorkorps.municipality.queries import today


@transaction.atomic
def score(
    *, course: Course, wave: str, rater: str, answers: Mapping[str, int | None], by: User | None, on: date,
    given: str = Rating.Given.SELF, declined: Collection[str] = (),
) -> Rating:  # fmt: skip
    """One person's answers in one wave: a step 0 to 4 for each question, or None for “ikke svaret”.

    `by` is who wrote them in; None is the citizen on the citizen's own page. `declined` are those of the None that the
    citizen did not wish to answer. What was answered before is corrected by this and stays; the same answers sent
    twice are one row. Raises ValidationError at `on`, `wave`, `given` or a question's key.
    """
    lock_course(course)
    chosen = _open_wave(course, wave, on)
    if rater not in Rating.Rater.values:
        raise ValidationError({"rater": "Vælg, om det er mentor eller borgeren, der svarer."})
    if given not in Rating.Given.values or (rater == Rating.Rater.MENTOR and given != Rating.Given.SELF):
        raise ValidationError({"given": "Vælg, hvordan svarene er givet. Mentor svarer altid selv."})
    version = _stored(question_set_of(course))
    _check_answers(version, answers, declined)
    counting = course.ratings.filter(superseded=False).prefetch_related("answers").order_by("due")
    before = rating_in(chosen, rater, counting)
    if before is not None and _says(before) == (given, on, dict(answers), set(declined)):
        return before
    return _write(
        course, chosen, version, before, answers, set(declined), by, rater=rater, given=given, answered_on=on
    )


def _open_wave(course: Course, code: str, on: date) -> Wave:
    wave = next((wave for wave in waves_for(course) if wave.code == code), None)
    if wave is None:
        raise ValidationError({"wave": "Den måling hører ikke til forløbet. Gå tilbage, og vælg en anden."})
    if not wave.is_open(on):
        span = f"{field_date(wave.opens)} til {field_date(wave.closes)}"
        raise ValidationError({"on": f"Målingen {wave.words} svares fra {span}. Vælg en dag imellem."})
    if on > today():
        raise ValidationError({"on": "Datoen ligger i fremtiden. Skriv den dag, der blev svaret."})
    return wave


def _stored(version: QuestionSet) -> QuestionSet:
    """The row of a version; the one that comes along gets its row with the first answer."""
    if version.pk is None:
        words = {"name": version.name, "source": version.source, "questions": version.questions}
        version, _ = QuestionSet.objects.get_or_create(in_force_from=version.in_force_from, defaults=words)
    return version


def _check_answers(
    version: QuestionSet, answers: Mapping[str, int | None], declined: Collection[str]
) -> None:
    keys = {question.key for question in version.asked}
    problems = dict.fromkeys(keys - set(answers), "Vælg et trin, eller vælg “Ikke svaret”.")
    for key, step in answers.items():
        if key not in keys:
            problems[key] = "Spørgsmålet er ikke med i forløbets spørgsmål."
        elif step is not None and (isinstance(step, bool) or step not in range(HIGHEST + 1)):
            problems[key] = f"Vælg et trin fra 1 til {HIGHEST + 1}."
        elif step is not None and key in declined:
            problems[key] = "Vælg enten et trin eller “Ønsker ikke at svare”."
    if problems:
        raise ValidationError(problems)


def _says(rating: Rating) -> tuple[str, date, dict[str, int | None], set[str]]:
    answers = list(rating.answers.all())
    declined = {answer.question for answer in answers if answer.declined}
    return rating.given, rating.answered_on, {each.question: each.score for each in answers}, declined


def _write(
    course: Course, wave: Wave, version: QuestionSet, before: Rating | None, answers: Mapping[str, int | None],
    declined: set[str], by: User | None, **said: object,
) -> Rating:  # fmt: skip
    if before is not None:
        before.superseded = True
        before.save(update_fields=["superseded"])
    rating = Rating.objects.create(
        course=course,
        wave=wave.code,
        due=wave.due,
        question_set=version,
        corrects=before,
        entered_by=by,
        **said,
    )
    Answer.objects.bulk_create(
        Answer(rating=rating, question=key, score=step, declined=key in declined)
        for key, step in answers.items()
    )
    changed(
        "rettet måling af fremgang" if before else "målt fremgang", by=by, about=rating, citizen_id=course.citizen_id,
        wave=wave.code, rater=rating.rater, given=rating.given, **({} if by else {"actor": "borgeren selv"}),
    )  # fmt: skip
    return rating
