"""Writing prices and wages from a day. The row before ends the day before; rows never overlap or change."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from mentorkorps.domain.dates import field_date
from mentorkorps.domain.money import write_kroner
from mentorkorps.journal.actions import changed
from mentorkorps.ledger.models import Overhead, PayGroup, PayGroupMember, Price, Tolerance, Wage
from mentorkorps.ledger.models.prices import STANDS, Dated
from mentorkorps.municipality.models import Mentor, Municipality, Provider, User
from mentorkorps.municipality.periods import not_over

MOST_ORE = 500_000  # an hour; more is a slip of the finger
MOST_COURSE_ORE = 50_000_000
Row = TypeVar("Row", bound=Dated)


def set_price(
    provider: Provider, *, ore: int, first: date, source: str, by: User, per: str = Price.Per.HOUR,
    vat_percent: int = 0, last: date | None = None,
) -> Price:  # fmt: skip
    """A provider's price from a day, in øre without VAT, for an hour or a whole course."""
    _check_ore(ore, MOST_ORE if per == Price.Per.HOUR else MOST_COURSE_ORE)
    price = Price(provider=provider, per=per, ore=ore, vat_percent=vat_percent)
    return _put(price, {"provider": provider, "per": per}, first, last, source, by, ore=ore)


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
    return _put(
        Wage(mentor=mentor, group=group, ore=ore), {"mentor": mentor, "group": group}, first, last, source, by,
        ore=ore,
    )  # fmt: skip


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
    return _put(PayGroupMember(mentor=mentor, group=group), {"mentor": mentor}, first, last, source, by)


def set_overhead(
    *, percent: Decimal, first: date, source: str, by: User, last: date | None = None
) -> Overhead:
    """What is laid on a wage to tell the full cost, in percent, from a day."""
    if not 0 <= percent <= 300:
        raise ValidationError({"percent": "Skriv et tal mellem 0 og 300."})
    return _put(Overhead(percent=percent), {}, first, last, source, by, percent=str(percent))


def set_tolerance(
    *, minutes: int, ore: int, first: date, source: str, by: User, last: date | None = None
) -> Tolerance:
    """How much an invoice's line may be off without being asked about, from a day."""
    if not (0 <= minutes <= 600 and 0 <= ore <= MOST_ORE):
        raise ValidationError("En bagatelgrænse er højst 10 timer og 5.000 kr. på en linje.")
    return _put(Tolerance(minutes=minutes, ore=ore), {}, first, last, source, by, minutes=minutes, ore=ore)


@transaction.atomic
def withdraw_price(row: Dated, *, reason: str, by: User) -> None:
    """Takes back a row that was wrong; it stays to be read and no longer counts. Raises ValidationError."""
    if not reason.strip():
        raise ValidationError({"reason": "Skriv, hvorfor linjen trækkes tilbage."})
    done = type(row).objects.filter(pk=row.pk, withdrawn_at__isnull=True)  # type: ignore[attr-defined]
    if not done.update(withdrawn_by=by, withdrawn_at=timezone.now(), withdrawn_reason=reason.strip()):
        raise ValidationError("Linjen er allerede trukket tilbage.")
    changed("trukket pris tilbage", by=by, about=row, first=row.first.isoformat())


def _check_ore(ore: int, most: int) -> None:
    if not 0 < ore <= most:
        raise ValidationError(
            {
                "ore": f"Skriv en pris over 0 og højst {write_kroner(most)} Kender du den ikke endnu, "
                "så lad den mangle."
            }
        )


@transaction.atomic
def _put(
    row: Row, same: Mapping[str, Any], first: date, last: date | None, source: str, by: User, **said: Any
) -> Row:
    """Saves a row among those of the same kind (`same`) once there is room for it. Raises ValidationError by field."""
    if last is not None and last < first:
        raise ValidationError({"last": "Sidste dag ligger før første dag."})
    if not source.strip():
        raise ValidationError(
            {"source": "Skriv, hvor det står: aftale, overenskomst eller beslutning, og dato."}
        )
    Municipality.objects.select_for_update().first()
    others = type(row).objects.filter(STANDS, *_equal(same))  # type: ignore[attr-defined]
    _make_room(others, first, last)
    row.first, row.last, row.source, row.entered_by = first, last, source.strip(), by
    row.save()
    changed(f"skrevet {row._meta.verbose_name}", by=by, about=row, first=first.isoformat(), **said)
    return row


def _equal(same: Mapping[str, Any]) -> list[Q]:
    return [
        Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
        for name, value in same.items()
    ]


def _make_room(others: QuerySet[Any], first: date, last: date | None) -> None:
    running = others.filter(first__lt=first, last__isnull=True)
    clash = others.filter(not_over(first)).exclude(pk__in=running.values("pk"))
    clash = clash.filter(first__lte=last).first() if last else clash.first()
    if clash is not None:
        until = field_date(clash.last) if clash.last else "videre"
        raise ValidationError(
            {
                "first": f"Der er allerede en fra {field_date(clash.first)} til {until}. Vælg en senere dag, "
                "eller træk den tilbage, hvis den er forkert."
            }
        )
    running.update(last=first - timedelta(days=1))
