"""The month that a company mentor signs: the hours of each citizen, and the firm's claim, approved by a controller."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from mentorkorps.domain.refusal import Refusal
from mentorkorps.journal.actions import changed
from mentorkorps.ledger.models import CompanyMonth, CompanyMonthLine
from mentorkorps.ledger.queries.company_month import company_month
from mentorkorps.municipality.models import Mentor, User


@transaction.atomic
def sign_month(mentor: Mentor, *, month: date, today: date, by: User) -> CompanyMonth:
    """Signs the hours logged in a month, as version 1 or as the next one. Signed twice unchanged it is one version.

    Contacts are the basis: what is missing is logged first. Raises ValidationError for another's month, one that has
    not begun, and one without hours.
    """
    if mentor.user_id != by.pk:
        raise ValidationError("Det er en anden mentors måned. Kun mentoren selv kan skrive under.")
    if month > today:
        raise ValidationError("Måneden er ikke begyndt.")
    Mentor.objects.select_for_update().get(pk=mentor.pk)
    now = company_month(mentor, month)
    if now.signed is not None and not now.changed:
        return now.signed
    if not now.minutes:
        raise ValidationError("Der er ingen timer i måneden endnu. Registrér dem først, og skriv så under.")
    signed = CompanyMonth.objects.create(
        mentor=mentor, month=month, version=now.versions + 1, claim_ore=now.claim, signed_by=by,
        signed_at=timezone.now(),
    )  # fmt: skip
    CompanyMonthLine.objects.bulk_create(
        CompanyMonthLine(
            signed=signed, course=line.course, minutes=line.minutes, wage_ore=line.wage, ore=line.claim
        )
        for line in now.lines
        if line.minutes
    )
    changed("underskrevet måned", by=by, about=signed, month=month.isoformat(), version=signed.version)
    return signed


@transaction.atomic
def approve_company_month(signed: CompanyMonth, *, by: User) -> CompanyMonth:
    """Approves the newest version of a month for payment. Sent twice it is approved once.

    Raises ValidationError for a version that has been replaced or whose claim lacks a wage, and Refusal when the one
    who signed approves.
    """
    signed = CompanyMonth.objects.select_for_update().get(pk=signed.pk)
    if signed.approved_by_id is not None:
        return signed
    if signed.signed_by_id == by.pk:
        raise Refusal(
            "Den, der har skrevet under, kan ikke godkende.",
            "Kommunens regler for kasse og regnskab: fire øjne",
        )
    newer = CompanyMonth.objects.filter(
        mentor=signed.mentor_id, month=signed.month, version__gt=signed.version
    )
    if newer.exists():
        raise ValidationError("Der er kommet en nyere udgave. Godkend den i stedet.")
    if signed.claim_ore is None:
        raise ValidationError(
            "Timelønnen mangler i en aftale. Skriv den i aftalen, og bed mentoren skrive under igen."
        )
    signed.approved_by, signed.approved_at = by, timezone.now()
    signed.save(update_fields=["approved_by", "approved_at"])
    changed(
        "godkendt faglig mentors måned", by=by, about=signed, ore=signed.claim_ore, version=signed.version
    )
    return signed
