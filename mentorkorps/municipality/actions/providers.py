"""Suppliers, companies and schools: who they are."""

import re

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.domain.gln import is_gln
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import Provider, User


@transaction.atomic
def save_provider(
    provider: Provider | None,
    *,
    name: str,
    kind: str,
    by: User,
    cvr: str = "",
    gln: str = "",
    phone: str = "",
) -> Provider:
    """Creates a provider (None), or corrects one whose kind stays. Raises ValidationError by field."""
    name, digits, place = " ".join(name.split()), re.sub(r"\s", "", cvr), re.sub(r"\s", "", gln)
    _check(provider, name, kind, digits)
    _check_gln(provider, place)
    saved = provider or Provider(kind=Provider.Kind(kind))
    saved.name, saved.cvr, saved.gln, saved.phone = name, digits, place, phone.strip()
    saved.save()
    changed("rettet leverandør" if provider else "oprettet leverandør", by=by, about=saved)
    return saved


def _check(provider: Provider | None, name: str, kind: str, cvr: str) -> None:
    others = Provider.objects.exclude(pk=provider.pk if provider else None)
    if not name:
        raise ValidationError({"name": "Skriv navnet."})
    if others.filter(name__iexact=name).exists():
        raise ValidationError({"name": f"{name} er allerede oprettet."})
    if kind not in Provider.Kind.values or (provider is not None and provider.kind != kind):
        raise ValidationError({"kind": "Arten kan ikke ændres. Opret en ny, hvis den er forkert."})
    if cvr and not re.fullmatch(r"\d{8}", cvr):
        raise ValidationError(
            {"cvr": "Et CVR-nummer er otte cifre. Kender du det ikke, så lad feltet stå tomt."}
        )
    same = others.filter(cvr=cvr).first() if cvr else None
    if same is not None:
        raise ValidationError({"cvr": f"Nummeret står allerede ved {same.name}."})


def _check_gln(provider: Provider | None, gln: str) -> None:
    if not gln:
        return
    if not is_gln(gln):
        raise ValidationError(
            {
                "gln": "Et GLN-nummer er 13 cifre, og det sidste passer med de andre. Se efter, om et er forkert."
            }
        )
    same = Provider.objects.exclude(pk=provider.pk if provider else None).filter(gln=gln).first()
    if same is not None:
        raise ValidationError({"gln": f"Nummeret står allerede ved {same.name}."})
