"""Agreements with the cast's supplier and company."""

from datetime import date
from typing import Any

from mentorkorps.municipality.actions.agreements import agree_with_provider
from mentorkorps.municipality.models import Provider, ProviderAgreement, Role
from tests.cast import Cast

JANUARY = date(2026, 1, 1)


def agree(cast: Cast, provider: Provider, kind: str, **said: Any) -> ProviderAgreement:
    """An agreement from January, written by the coordinator, unless said otherwise."""
    values = {"first": JANUARY, "source": "Prøve: aftale", "by": cast.people[Role.COORDINATOR]}
    return agree_with_provider(provider, kind=kind, **values | said)


def a_framework(cast: Cast, **said: Any) -> ProviderAgreement:
    """The framework with Prøvehuset, found again when it is there."""
    found = ProviderAgreement.objects.filter(provider=cast.provider).first()
    return found or agree(cast, cast.provider, "framework", **said)


def firm() -> Provider:
    """Prøvetræ ApS, where Torben is a company mentor."""
    return Provider.objects.get(kind=Provider.Kind.COMPANY)
