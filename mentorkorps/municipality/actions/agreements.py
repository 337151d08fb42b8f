"""Agreements with suppliers and companies, and the goal for waiting: written from a day, ended, taken back."""

import uuid
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.municipality.actions.dated import end_dated, put_dated, withdraw_dated
from mentorkorps.municipality.models import Municipality, Provider, ProviderAgreement, User, WaitingGoal
from mentorkorps.municipality.models.dated import STANDS, Dated
from mentorkorps.municipality.periods import holding

Kind = ProviderAgreement.Kind
MOST_MINUTES = 500_000 * 60  # more hours than any municipality buys of one supplier
MOST_PLACES, MOST_DAYS = 500, 365


@transaction.atomic
def agree_with_provider(
    provider: Provider, *, kind: str, first: date, source: str, by: User, last: date | None = None,
    minutes_bought: int | None = None, places: int | None = None, citizens_a_place: int = 1,
    key: uuid.UUID | None = None,
) -> ProviderAgreement:  # fmt: skip
    """An agreement from a day. A framework or a formal one ends the one before it; single cases stand side by side.

    The same `key` sent twice is the same agreement. Raises ValidationError by field.
    """
    Municipality.objects.select_for_update().first()
    sent_before = ProviderAgreement.objects.filter(pk=key, provider=provider).first() if key else None
    if sent_before is not None:
        return sent_before
    row = _agreed(provider, kind, minutes_bought, places, citizens_a_place)
    row.id = key or row.id
    if kind != Kind.SINGLE:
        _end_the_one_before(provider, kind, first, by)
    same = None if kind == Kind.SINGLE else {"provider": provider, "kind": kind}
    return put_dated(row, same, first=first, last=last, source=source, by=by, kind=kind)


def _agreed(
    provider: Provider, kind: str, minutes_bought: int | None, places: int | None, citizens_a_place: int
) -> ProviderAgreement:
    """What is agreed, without its dates."""
    _check_kind(provider, kind)
    row = ProviderAgreement(provider=provider, kind=kind, minutes_bought=minutes_bought)
    if kind == Kind.SINGLE:
        _check_single(minutes_bought)
        row.places = 1
    elif minutes_bought is not None and not 0 < minutes_bought <= MOST_MINUTES:
        raise ValidationError({"minutes_bought": "Skriv de timer, der er aftalt, eller lad feltet stå tomt."})
    if kind == Kind.FORMAL:
        row.places, row.citizens_a_place = _places(places, citizens_a_place)
    return row


def _check_kind(provider: Provider, kind: str) -> None:
    is_supplier = provider.kind == Provider.Kind.SUPPLIER
    if kind not in Kind.values or is_supplier != (kind == Kind.FRAMEWORK):
        raise ValidationError(
            {
                "kind": "En rammeaftale er med en leverandør. Med en virksomhed eller et uddannelsessted er det en "
                "formel aftale eller en enkeltsag."
            }
        )


def _check_single(minutes_bought: int | None) -> None:
    if minutes_bought is not None:
        raise ValidationError(
            {
                "minutes_bought": "I en enkeltsag står timerne i borgerens egen mentoraftale. Lad feltet stå tomt."
            }
        )


def _places(places: int | None, citizens_a_place: int) -> tuple[int, int]:
    if places is None or not 0 < places <= MOST_PLACES:
        raise ValidationError({"places": f"Skriv antallet af pladser, fra 1 til {MOST_PLACES}."})
    if not 0 < citizens_a_place <= MOST_PLACES:
        raise ValidationError({"citizens_a_place": "Skriv 1, eller flere når det er en pladsmentor."})
    return places, citizens_a_place


def _end_the_one_before(provider: Provider, kind: str, first: date, by: User) -> None:
    """A change is a new row from a day, also where the one before had a last day of its own."""
    rows = ProviderAgreement.objects.filter(STANDS, holding(first), provider=provider, kind=kind)
    for before in rows.filter(first__lt=first, last__isnull=False):
        end_dated(before, last=first - timedelta(days=1), by=by)


def end_agreement(agreement: ProviderAgreement, *, last: date, by: User) -> None:
    """Ends an agreement on a day. Raises ValidationError at `last`."""
    end_dated(agreement, last=last, by=by)


def set_waiting_goal(
    *, days: int, first: date, source: str, by: User, last: date | None = None
) -> WaitingGoal:
    """The most days from referral to first meeting, from a day. Raises ValidationError by field."""
    if not 0 < days <= MOST_DAYS:
        raise ValidationError({"days": f"Skriv et antal dage fra 1 til {MOST_DAYS}."})
    return put_dated(WaitingGoal(days=days), {}, first=first, last=last, source=source, by=by, days=days)


def take_back(row: Dated, *, reason: str, by: User) -> None:
    """Takes back a dated row that was wrong; it stays to be read. Raises ValidationError."""
    withdraw_dated(row, reason=reason, by=by, verb=f"trukket {row._meta.verbose_name} tilbage")
