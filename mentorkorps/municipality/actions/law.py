"""Corrections of the law's rows: proposed by one, in force by another's approval, taken back with a reason."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mentorkorps.domain import law
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.facts import correction_facts
from mentorkorps.municipality.models import RuleCorrection, User
from mentorkorps.municipality.queries import book_with, law_book


@transaction.atomic
def propose_correction(
    *,
    rule: str,
    row_from: date,
    changes: dict[str, Any],
    in_force_from: date,
    reason: str,
    source: str,
    by: User,
) -> RuleCorrection:
    """A proposal to read the row of `rule` from `row_from` otherwise from a day on; it changes nothing yet.

    `changes` are as `law.Correction` has them. The day may lie in the past: what is decided stays as it is stored.
    Raises ValidationError at the field that is in the way.
    """
    missing = {
        name: said for name, said in _SAID.items() if not {"reason": reason, "source": source}[name].strip()
    }
    if missing:
        raise ValidationError(missing)
    correction = RuleCorrection(
        rule=rule,
        row_from=row_from,
        changes=law.Correction(rule, row_from, changes, in_force_from, reason, source).changes_as_json(),
        in_force_from=in_force_from,
        reason=reason.strip(),
        source=source.strip(),
        proposed_by=by,
        proposed_at=timezone.now(),
    )
    _check_fits(correction)
    correction.save()
    _journal("foreslået rettelse af regel", correction, by)
    return correction


_SAID = {
    "reason": "Skriv, hvorfor rækken skal læses anderledes.",
    "source": "Skriv, hvor det står: lov, bekendtgørelse eller afgørelse, og hvornår den er læst.",
}


@transaction.atomic
def approve_correction(correction: RuleCorrection, *, by: User) -> None:
    """Puts a proposal into the book: from its day the law is asked with it. Raises ValidationError.

    The one who proposed it cannot approve it.
    """
    correction = _locked(correction)
    if correction.withdrawn_at or correction.approved_at:
        raise ValidationError("Rettelsen venter ikke længere på godkendelse.")
    if correction.proposed_by_id == by.pk:
        raise ValidationError("En anden end den, der har foreslået rettelsen, skal godkende den.")
    _check_fits(correction)
    correction.approved_by, correction.approved_at = by, timezone.now()
    correction.save(update_fields=["approved_by", "approved_at"])
    _journal("godkendt rettelse af regel", correction, by)
    law_book()


@transaction.atomic
def withdraw_correction(correction: RuleCorrection, *, reason: str, by: User) -> None:
    """Takes a correction out of the book again, or a proposal back. The law reads as if it had never been.

    Raises ValidationError without a reason, and when it is withdrawn already.
    """
    correction = _locked(correction)
    if correction.withdrawn_at:
        raise ValidationError("Rettelsen er allerede trukket tilbage.")
    if not reason.strip():
        raise ValidationError({"withdrawn_reason": "Skriv, hvorfor rettelsen trækkes tilbage."})
    correction.withdrawn_by, correction.withdrawn_at = by, timezone.now()
    correction.withdrawn_reason = reason.strip()
    correction.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
    _journal("trukket rettelse af regel tilbage", correction, by)
    law_book()


def _locked(correction: RuleCorrection) -> RuleCorrection:
    return RuleCorrection.objects.select_for_update().get(pk=correction.pk)


def _check_fits(correction: RuleCorrection) -> None:
    """Raises ValidationError when the correction cannot stand in the book together with those in force."""
    try:
        book_with(correction_facts(correction))
    except law.BadCorrection as wrong:
        raise ValidationError({wrong.field: wrong.message}) from None


def _journal(verb: str, correction: RuleCorrection, by: User) -> None:
    day = correction.in_force_from.isoformat()
    changed(verb, by=by, about=correction, rule=correction.rule, first=day, fields=sorted(correction.changes))
