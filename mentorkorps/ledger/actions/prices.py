"""Writing prices and wages from a day. The row before ends the day before; rows never overlap or change."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.domain.money import write_kroner
from mentorkorps.journal.actions import changed
from mentorkorps.ledger.models import (
    Overhead,
    PayGroup,
    PayGroupMember,
    Price,
    Tolerance,
    VolunteerPrice,
    Wage,
)
from mentorkorps.municipality.actions.dated import put_dated, withdraw_dated
from mentorkorps.municipality.models import Mentor, Provider, User
from mentorkorps.municipality.models.dated import Dated

MOST_ORE = 500_000  # an hour; more is a slip of the finger
MOST_COURSE_ORE = 50_000_000


def set_price(
    provider: Provider, *, ore: int, first: date, source: str, by: User, per: str = Price.Per.HOUR,
    vat_percent: int = 0, last: date | None = None,
) -> Price:  # fmt: skip
    """A provider's price from a day, in øre without VAT, for an hour or a whole course."""
    _check_ore(ore, MOST_ORE if per == Price.Per.HOUR else MOST_COURSE_ORE)
    price = Price(provider=provider, per=per, ore=ore, vat_percent=vat_percent)
    same = {"provider": provider, "per": per}
    return put_dated(price, same, first=first, last=last, source=source, by=by, ore=ore)


def set_wage(
    *, ore: int, first: date, source: str, by: User, mentor: Mentor | None = None, group: PayGroup | None = None,
    last: date | None = None,
) -> Wage:  # fmt: skip
    """The wage of an hour of a mentor or of a pay group from a day, in øre; exactly one of the two is given."""
    if (mentor is None) == (group is None):
        raise ValidationError("Vælg enten en mentor eller en løngruppe.")
    if mentor is not None and mentor.kind != Mentor.Kind.INTERNAL:
        raise ValidationError(
            {"mentor": f"{mentor} er ikke ansat i kommunen. Skriv leverandørens pris i stedet."}
        )
    _check_ore(ore, MOST_ORE)
    wage, same = Wage(mentor=mentor, group=group, ore=ore), {"mentor": mentor, "group": group}
    return put_dated(wage, same, first=first, last=last, source=source, by=by, ore=ore)


@transaction.atomic
def make_pay_group(name: str, *, by: User) -> PayGroup:
    """A pay group with a name of its own."""
    if not name.strip():
        raise ValidationError({"name": "Giv løngruppen et navn."})
    if PayGroup.objects.filter(name=name.strip()).exists():
        raise ValidationError({"name": "Der er allerede en løngruppe med det navn."})
    group = PayGroup.objects.create(name=name.strip())
    changed("oprettet løngruppe", by=by, about=group)
    return group


def put_in_pay_group(
    mentor: Mentor, group: PayGroup, *, first: date, source: str, by: User, last: date | None = None
) -> PayGroupMember:
    """A mentor is paid as a group from a day; the group before it ends the day before."""
    member = PayGroupMember(mentor=mentor, group=group)
    return put_dated(member, {"mentor": mentor}, first=first, last=last, source=source, by=by)


def set_overhead(
    *, percent: Decimal, first: date, source: str, by: User, last: date | None = None
) -> Overhead:
    """What is laid on a wage to tell the full cost, in percent, from a day."""
    if not 0 <= percent <= 300:
        raise ValidationError({"percent": "Skriv et tal mellem 0 og 300."})
    row = Overhead(percent=percent)
    return put_dated(row, {}, first=first, last=last, source=source, by=by, percent=str(percent))


def set_volunteer_price(
    *, ore: int, first: date, source: str, by: User, last: date | None = None
) -> VolunteerPrice:
    """What an hour with a volunteer costs from a day, in øre: coordination and covered expenses, never a wage."""
    _check_ore(ore, MOST_ORE)
    return put_dated(VolunteerPrice(ore=ore), {}, first=first, last=last, source=source, by=by, ore=ore)


def set_tolerance(
    *, minutes: int, ore: int, first: date, source: str, by: User, last: date | None = None
) -> Tolerance:
    """How much an invoice's line may be off without being asked about, from a day."""
    if not (0 <= minutes <= 600 and 0 <= ore <= MOST_ORE):
        raise ValidationError("En bagatelgrænse er højst 10 timer og 5.000 kr. på en linje.")
    row, said = Tolerance(minutes=minutes, ore=ore), {"minutes": minutes, "ore": ore}
    return put_dated(row, {}, first=first, last=last, source=source, by=by, **said)


def withdraw_price(row: Dated, *, reason: str, by: User) -> None:
    """Takes back a row that was wrong; it stays to be read and no longer counts. Raises ValidationError."""
    withdraw_dated(row, reason=reason, by=by, verb="trukket pris tilbage")


def _check_ore(ore: int, most: int) -> None:
    if not 0 < ore <= most:
        raise ValidationError(
            {
                "ore": f"Skriv en pris over 0 og højst {write_kroner(most)} Kender du den ikke endnu, "
                "så lad den mangle."
            }
        )
