"""The municipality's own questions about progress: written as a draft, taken into use from a day, and taken back.

What is asked stands for good from its first day: a course is asked in one version from its first wave to its last.
"""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.domain.dates import field_date
from mentorkorps.domain.progress import (
    FEWEST,
    HIGHEST,
    MOST,
    Question,
    alike_steps,
    free_key,
    shipped_questions,
)
from mentorkorps.followup.models.progress import QuestionSet
from mentorkorps.followup.queries.question_sets import is_answered, set_in_force
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import Municipality, User


@transaction.atomic
def begin_questions(*, on: date, by: User) -> QuestionSet:
    """A draft to write in, begun as a copy of what is in force on a day; the one there is, where there is one."""
    Municipality.objects.select_for_update().get()  # two who begin at once get one draft
    begun = QuestionSet.objects.filter(in_force_from=None).first()
    if begun is not None:
        return begun
    draft = QuestionSet.objects.create(questions=set_in_force(on).questions)
    changed("begyndt spørgsmål om fremgang", by=by, about=draft)
    return draft


@transaction.atomic
def write_question(
    draft: QuestionSet, *, key: str, title: str, to_mentor: str, to_citizen: str, steps: Sequence[str], by: User
) -> None:  # fmt: skip
    """Writes a question of a draft anew, or adds one at the end where `key` is empty.

    `steps` are five, the lowest first. Raises ValidationError at `step_1` to `step_5` for one that says what another
    says, and at no field for a question that is gone or one too many.
    """
    _check_steps(steps)
    asked = _asked(draft)
    place = _place(asked, key) if key else len(asked)
    if place == MOST:
        raise ValidationError(f"Der kan højst være {MOST} spørgsmål. Fjern et først.")
    key = key or free_key({each.key for each in asked})
    asked[place : place + 1] = [Question(key, title, to_mentor, to_citizen, tuple(steps))]
    _keep(draft, asked, "skrevet spørgsmål om fremgang", by, question=key)


def _check_steps(steps: Sequence[str]) -> None:
    if len(steps) != HIGHEST + 1:
        raise ValueError(f"a question has {HIGHEST + 1} steps")
    if alike := alike_steps(steps):
        says = "Siger det samme som et andet trin. Skriv, hvad der er anderledes."
        raise ValidationError({f"step_{place + 1}": says for place in alike})


@transaction.atomic
def move_question(draft: QuestionSet, *, key: str, up: bool, by: User) -> None:
    """Lets a question of a draft change places with the one before or after it; the first and the last stay."""
    asked = _asked(draft)
    place = _place(asked, key)
    other = place - 1 if up else place + 1
    if other in range(len(asked)):
        asked[place], asked[other] = asked[other], asked[place]
        _keep(draft, asked, "flyttet spørgsmål om fremgang", by, question=key)


@transaction.atomic
def remove_question(draft: QuestionSet, *, key: str, by: User) -> None:
    """Takes a question out of a draft. What was answered to it before stays where it was answered."""
    asked = _asked(draft)
    del asked[_place(asked, key)]
    _keep(draft, asked, "fjernet spørgsmål om fremgang", by, question=key)


def _asked(draft: QuestionSet) -> list[Question]:
    """The questions of a draft as they are now, with its row locked."""
    found = QuestionSet.objects.select_for_update().filter(pk=draft.pk).first()
    if found is None or not found.is_draft:
        raise ValidationError("Kladden er taget i brug eller smidt væk. Se listen over spørgsmål.")
    return list(found.asked)


def _place(asked: Sequence[Question], key: str) -> int:
    place = next((place for place, question in enumerate(asked) if question.key == key), None)
    if place is None:
        raise ValidationError("Spørgsmålet er fjernet fra kladden. Tilføj det igen, hvis det skal med.")
    return place


def _keep(draft: QuestionSet, asked: Sequence[Question], verb: str, by: User, **detail: object) -> None:
    draft.questions = [question.as_json() for question in asked]
    draft.save(update_fields=["questions"])
    changed(verb, by=by, about=draft, **detail)


@transaction.atomic
def adopt_questions(
    draft: QuestionSet, *, name: str, source: str, in_force_from: date, on: date, by: User
) -> None:
    """Gives a draft its day: courses that begin from then are asked in its words, all others in their own.

    The day comes after `on`, so that it can be taken back; `source` says who has decided it. Raises ValidationError
    at `name` or `in_force_from`, and at no field for too few or too many questions or a draft that is gone.
    """
    Municipality.objects.select_for_update().get()  # of two drafts that get the same day, one is told
    count = len(_asked(draft))
    _check_adoption(draft, name, in_force_from, on)
    if not FEWEST <= count <= MOST:
        raise ValidationError(f"Der skal være {FEWEST} til {MOST} spørgsmål. Nu er der {count}.")
    draft.name, draft.source, draft.in_force_from, draft.adopted_by = name, source, in_force_from, by
    draft.save(update_fields=["name", "source", "in_force_from", "adopted_by"])
    changed("taget spørgsmål om fremgang i brug", by=by, about=draft, first=in_force_from.isoformat())


def _check_adoption(draft: QuestionSet, name: str, first: date, on: date) -> None:
    if first <= on:
        raise ValidationError({"in_force_from": "Vælg en dag efter i dag, så I kan nå at fortryde."})
    others = QuestionSet.objects.filter(in_force_from__isnull=False).exclude(pk=draft.pk)
    if others.filter(in_force_from=first).exists():
        says = f"Der er allerede spørgsmål fra {field_date(first)}. Vælg en anden dag."
        raise ValidationError({"in_force_from": says})
    taken = {
        shipped_questions().name.lower(),
        *(each.lower() for each in others.values_list("name", flat=True)),
    }
    if name.lower() in taken:
        raise ValidationError({"name": f"Der er allerede spørgsmål, der hedder {name}. Vælg et andet navn."})


@transaction.atomic
def withdraw_questions(version: QuestionSet, *, on: date, by: User) -> None:
    """Takes back a version whose day has not come: it is a draft again, with every word. Sent twice it is done once.

    Raises ValidationError from its day on, or when somebody has answered on a course that begins on that day.
    """
    version.refresh_from_db(from_queryset=QuestionSet.objects.select_for_update())
    if version.in_force_from is None:
        return
    if version.in_force_from <= on:
        raise ValidationError("Spørgsmålene er taget i brug. Lav et nyt sæt, der gælder fra en senere dag.")
    if is_answered(version):
        raise ValidationError("Nogen har allerede svaret på dem ved start af et forløb. Lav et nyt sæt.")
    first, version.in_force_from, version.adopted_by = version.in_force_from, None, None
    version.save(update_fields=["in_force_from", "adopted_by"])
    changed("trukket spørgsmål om fremgang tilbage", by=by, about=version, first=first.isoformat())


@transaction.atomic
def drop_questions(draft: QuestionSet, *, by: User) -> None:
    """Throws a draft away. Raises ValidationError for what is no draft any more."""
    _asked(draft)
    changed("smidt spørgsmål om fremgang væk", by=by, about=draft, name=draft.name)
    draft.delete()
