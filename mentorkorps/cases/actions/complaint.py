"""Complaints over decisions: received, and re-assessed by the municipality before anyone else (RSL § 66)."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.cases.models import Complaint, Decision
from mentorkorps.domain import law
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import User


@transaction.atomic
def receive_complaint(
    decision: Decision, *, text: str, received_on: date, today: date, by: User
) -> Complaint:
    """A complaint over a decision, by whatever way it came; the municipality's own four weeks begin (RSL § 66)."""
    if decision.state != Decision.State.DECIDED:
        raise ValidationError("Der er ikke truffet en afgørelse at klage over endnu.")
    problems: dict[str, str] = {}
    if received_on > today or received_on < decision.decided_on:
        problems["received_on"] = "Datoen skal ligge mellem afgørelsen og i dag."
    if not text.strip():
        problems["text"] = "Skriv, hvad borgeren klager over. Få ord er nok."
    if problems:
        raise ValidationError(problems)
    rule = law.complaint_rule(received_on)
    complaint = Complaint.objects.create(
        decision=decision, text=text.strip(), received_on=received_on,
        reassess_by=received_on + timedelta(weeks=rule.reassess_weeks),
    )  # fmt: skip
    changed("modtaget klage", by=by, about=complaint, citizen_id=decision.citizen_id)
    return complaint


@transaction.atomic
def reassess_complaint(complaint: Complaint, *, outcome: str, reason: str, on: date, by: User) -> None:
    """The municipality's re-assessment: changed, or kept and sent on to Ankestyrelsen, or withdrawn by the citizen.

    Raises ValidationError at `outcome` or `outcome_reason`, and for a complaint that is re-assessed already.
    """
    complaint = Complaint.objects.select_for_update().get(pk=complaint.pk)
    if complaint.outcome:
        raise ValidationError("Klagen er allerede genvurderet.")
    problems: dict[str, str] = {}
    if outcome not in Complaint.Outcome.values:
        problems["outcome"] = "Vælg, hvad genvurderingen førte til."
    if not reason.strip():
        problems["outcome_reason"] = "Skriv begrundelsen. Den følger med til Ankestyrelsen."
    if problems:
        raise ValidationError(problems)
    complaint.outcome, complaint.outcome_on = Complaint.Outcome(outcome), on
    complaint.outcome_reason, complaint.outcome_by = reason.strip(), by
    complaint.save()
    changed(
        "genvurderet klage", by=by, about=complaint, citizen_id=complaint.decision.citizen_id, outcome=outcome
    )
