"""Four eyes on what the law says must be given or a citizen has a right to."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mentorkorps.cases.actions.decision.states import lock, move
from mentorkorps.cases.actions.referral import write_note
from mentorkorps.cases.facts import how_heard, needs_second_person
from mentorkorps.cases.models import Decision, Hearing
from mentorkorps.domain.refusal import Refusal
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import User

State = Decision.State


@transaction.atomic
def ask_second_person(decision: Decision, *, reason: str, by: User) -> None:
    """Sends the withholding of a duty or a right to another person, with the reason, after the citizen was heard."""
    lock(decision, State.DRAFT)
    if not needs_second_person(decision):
        raise ValidationError("Afgørelsen kræver ikke en anden godkender.")
    if how_heard(Hearing.objects.filter(decision=decision).first()) is None:
        raise Refusal("Hør borgeren først. Den anden godkender skal kunne læse svaret.", "FVL § 19")
    if not reason.strip():
        raise ValidationError({"second_reason": "Skriv, hvorfor noget, loven siger skal gives, ikke gives."})
    move(decision, State.SECOND, second_reason=reason.strip(), second_by=None, second_at=None)
    changed("sendt til anden godkender", by=by, about=decision, citizen_id=decision.citizen_id)


@transaction.atomic
def approve(decision: Decision, *, by: User) -> None:
    """The second person agrees. Raises Refusal when it is the same person."""
    lock(decision, State.SECOND)
    _check_another(decision, by)
    move(decision, State.DRAFT, second_by=by, second_at=timezone.now())
    changed("godkendt som anden person", by=by, about=decision, citizen_id=decision.citizen_id)


@transaction.atomic
def send_back(decision: Decision, *, reason: str, by: User) -> None:
    """The second person does not agree; the draft goes back with the reason as a note in the case."""
    lock(decision, State.SECOND)
    _check_another(decision, by)
    if not reason.strip():
        raise ValidationError({"reason": "Skriv, hvad sagsbehandleren skal se på."})
    write_note(decision.citizen, text=f"Afgørelsen er sendt tilbage: {reason.strip()}", by=by)
    move(decision, State.DRAFT, second_reason="")
    changed("sendt tilbage", by=by, about=decision, citizen_id=decision.citizen_id)


def _check_another(decision: Decision, by: User) -> None:
    if decision.drafted_by_id == by.id:
        raise Refusal(
            "Du har selv skrevet afgørelsen. En anden skal godkende den.", "Kommunens regel om fire øjne"
        )
