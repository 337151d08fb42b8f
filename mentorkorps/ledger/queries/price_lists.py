"""What is written of prices and wages, for the page: what holds on a day, what is missing, and how it came about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from mentorkorps.ledger.models import (
    Overhead,
    PayGroup,
    PayGroupMember,
    Price,
    Tolerance,
    VolunteerPrice,
    Wage,
)
from mentorkorps.ledger.queries.prices import PriceBook
from mentorkorps.municipality.models import Mentor, Provider
from mentorkorps.municipality.models.dated import Dated
from mentorkorps.municipality.queries import active_mentors


@dataclass(frozen=True)
class ProviderPrices:
    """A provider with what an hour and a course cost on a day (None is missing) and every row, the newest first."""

    provider: Provider
    hour: int | None
    course: int | None
    serves: bool
    rows: Sequence[Price]

    @property
    def missing(self) -> bool:
        """Whether somebody serves as a mentor from here and no price holds."""
        return self.serves and self.hour is None and self.course is None


@dataclass(frozen=True)
class MentorWage:
    """An own mentor with the wage of a day in øre (None is missing), the pay group, own wages and pay groups."""

    mentor: Mentor
    wage: int | None
    full_cost: int | None
    group: PayGroup | None
    wages: Sequence[Wage]
    memberships: Sequence[PayGroupMember]


@dataclass(frozen=True)
class GroupWage:
    """A pay group with its wage of a day and every row."""

    group: PayGroup
    wage: int | None
    members: int
    rows: Sequence[Wage]


def provider_prices(on: date, book: PriceBook) -> list[ProviderPrices]:
    """Every supplier, and other providers once they have a price."""
    rows = _by(Price.objects.all(), "provider_id")
    serving = set(active_mentors(on).filter(provider__isnull=False).values_list("provider", flat=True))
    providers = Provider.objects.filter(Q(kind=Provider.Kind.SUPPLIER) | Q(pk__in=rows))
    return [
        ProviderPrices(
            provider=each,
            hour=book.of_provider(each.pk, on),
            course=next((row.ore for row in book.agreed(each.pk, Price.Per.COURSE, on, on)), None),
            serves=each.pk in serving,
            rows=rows.get(each.pk, ()),
        )
        for each in providers
    ]


def mentor_wages(on: date, book: PriceBook) -> list[MentorWage]:
    """Every own mentor who serves on a day, those whose wage is missing first."""
    wages = _by(Wage.objects.filter(mentor__isnull=False), "mentor_id")
    groups = _by(PayGroupMember.objects.select_related("group"), "mentor_id")
    found = [
        MentorWage(
            mentor=each,
            wage=book.on(each, on),
            full_cost=book.full_cost_on(each, on),
            group=_group_on(groups.get(each.pk, ()), on),
            wages=wages.get(each.pk, ()),
            memberships=groups.get(each.pk, ()),
        )
        for each in active_mentors(on).filter(kind=Mentor.Kind.INTERNAL)
    ]
    return sorted(found, key=lambda each: each.wage is not None)


def group_wages(on: date, book: PriceBook) -> list[GroupWage]:
    """Every pay group."""
    rows = _by(Wage.objects.filter(group__isnull=False), "group_id")
    members = [member for each in book.groups.values() for member in each if _holds(member, on)]
    return [
        GroupWage(
            group=each,
            wage=next((row.ore for row in book.group_wages.get(each.pk, ()) if _holds(row, on)), None),
            members=sum(1 for member in members if member.group_id == each.pk),
            rows=rows.get(each.pk, ()),
        )
        for each in PayGroup.objects.all()
    ]


def overheads() -> QuerySet[Overhead]:
    """Every overhead, the newest first, those that were taken back too."""
    return Overhead.objects.select_related("entered_by", "withdrawn_by")


def volunteer_prices() -> QuerySet[VolunteerPrice]:
    """Every price of volunteers, the newest first, those that were taken back too."""
    return VolunteerPrice.objects.select_related("entered_by", "withdrawn_by")


def tolerances() -> QuerySet[Tolerance]:
    """Every tolerance, the newest first, those that were taken back too."""
    return Tolerance.objects.select_related("entered_by", "withdrawn_by")


def _group_on(rows: Sequence[PayGroupMember], on: date) -> PayGroup | None:
    return next((row.group for row in rows if row.withdrawn_at is None and _holds(row, on)), None)


def _holds(row: Dated, on: date) -> bool:
    return row.first <= on and (row.last is None or row.last >= on)


def _by(rows: QuerySet[Any], field: str) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows.select_related("entered_by", "withdrawn_by"):
        found.setdefault(getattr(row, field), []).append(row)
    return found
