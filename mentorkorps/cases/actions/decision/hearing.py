"""The hearing before an adverse decision (FVL § 19), or the recorded reason for none."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.cases.actions.decision.states import lock, move
from mentorkorps.cases.facts import hearing_letter, needs_hearing
from mentorkorps.cases.models import Decision, Hearing
from mentorkorps.domain.dates import field_date
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import Municipality, User

State = Decision.State
LONGEST_TERM = timedelta(days=90)


@transaction.atomic
def send_hearing(decision: Decision, *, on: date, by: User, answer_by: date | None = None) -> Hearing:
    """Hears the citizen: the letter says what is planned and on what ground, and until when to answer.

    Raises ValidationError where nobody needs to be heard or the term cannot be answered within.
    """
    lock(decision, State.DRAFT)
    _check_adverse(decision)
    answer_by = answer_by or on + timedelta(days=Municipality.objects.get().hearing_days)
    if not on < answer_by <= on + LONGEST_TERM:
        raise ValidationError({"answer_by": "Svarfristen skal ligge efter i dag og inden for 90 dage."})
    letter = hearing_letter(decision, signer=by, on=on, answer_by=answer_by)
    hearing, _ = Hearing.objects.update_or_create(
        decision=decision,
        defaults={
            "waived_reason": "", "sent_on": on, "answer_by": answer_by, "letter": letter.as_json(),
            "answered_on": None, "answer": "",
        },
    )  # fmt: skip
    move(decision, State.HEARING)
    changed("sendt partshøring", by=by, about=decision, citizen_id=decision.citizen_id)
    return hearing


@transaction.atomic
def waive_hearing(decision: Decision, *, reason: str, on: date, by: User) -> Hearing:
    """Records why the citizen is not heard, fx that every fact came from the citizen; it stands in the letter."""
    lock(decision, State.DRAFT)
    _check_adverse(decision)
    if not reason.strip():
        raise ValidationError({"waived_reason": "Skriv, hvorfor borgeren ikke høres. Det står i brevet."})
    if Hearing.objects.filter(decision=decision, answered_on__isnull=False).exists():
        raise ValidationError("Borgeren er allerede hørt.")
    hearing, _ = Hearing.objects.update_or_create(
        decision=decision, defaults={"waived_reason": reason.strip(), "sent_on": None}
    )
    changed("undladt partshøring", by=by, about=decision, citizen_id=decision.citizen_id)
    return hearing


@transaction.atomic
def record_answer(decision: Decision, *, answer: str, on: date, by: User) -> None:
    """What the citizen said in the hearing, in a few words, or that no answer came before the deadline."""
    lock(decision, State.HEARING)
    hearing = Hearing.objects.get(decision=decision)
    if not answer.strip() and on <= hearing.answer_by:
        raise ValidationError(
            {"answer": f"Skriv borgerens svar. Fristen løber til og med {field_date(hearing.answer_by)}."}
        )
    hearing.answer, hearing.answered_on = answer.strip(), on
    hearing.save(update_fields=["answer", "answered_on"])
    move(decision, State.DRAFT)
    changed("ført høringssvar", by=by, about=decision, citizen_id=decision.citizen_id)


def _check_adverse(decision: Decision) -> None:
    if not needs_hearing(decision):
        raise ValidationError("Afgørelsen går ikke borgeren imod, så der skal ikke høres.")
