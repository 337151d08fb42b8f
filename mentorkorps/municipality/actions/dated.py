"""Writing, ending and taking back a row that holds from a day. Rows of one kind never overlap or change."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from mentorkorps.domain.dates import field_date
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import Municipality, User
from mentorkorps.municipality.models.dated import STANDS, Dated
from mentorkorps.municipality.periods import not_over

Row = TypeVar("Row", bound=Dated)


@transaction.atomic
def put_dated(
    row: Row,
    same: Mapping[str, Any] | None,
    *,
    first: date,
    last: date | None,
    source: str,
    by: User,
    **said: Any,
) -> Row:
    """Saves a row among those of the same kind (`same`), the running one of which ends the day before.

    With `same` None any number may hold at once. Raises ValidationError at `first`, `last` or `source`.
    """
    if last is not None and last < first:
        raise ValidationError({"last": "Sidste dag ligger før første dag."})
    if not source.strip():
        raise ValidationError(
            {"source": "Skriv, hvor det står: aftale, overenskomst eller beslutning, og dato."}
        )
    Municipality.objects.select_for_update().first()
    if same is not None:
        others = type(row).objects.filter(STANDS, *_equal(same))  # type: ignore[attr-defined]
        _make_room(others, first, last)
    row.first, row.last, row.source, row.entered_by = first, last, source.strip(), by
    row.save()
    changed(f"skrevet {row._meta.verbose_name}", by=by, about=row, first=first.isoformat(), **said)
    return row


@transaction.atomic
def end_dated(row: Dated, *, last: date, by: User) -> None:
    """Sets the last day of a row. Raises ValidationError at `last`: before its first, or later than it ends by now."""
    held = type(row).objects.select_for_update().get(pk=row.pk)  # type: ignore[attr-defined]
    if held.withdrawn_at is not None:
        raise ValidationError({"last": "Linjen er trukket tilbage og gælder ikke."})
    if last < held.first:
        raise ValidationError(
            {"last": f"Den gælder fra {field_date(held.first)}. Vælg den dag eller en senere."}
        )
    if held.last is not None and held.last < last:
        raise ValidationError(
            {"last": f"Den slutter allerede {field_date(held.last)}. Skal den løbe længere, så skriv en ny."}
        )
    held.last = last
    held.save(update_fields=["last"])
    changed(f"afsluttet {row._meta.verbose_name}", by=by, about=held, last=last.isoformat())


@transaction.atomic
def withdraw_dated(row: Dated, *, reason: str, by: User, verb: str) -> None:
    """Takes back a row that was wrong; it stays to be read and no longer counts. Raises ValidationError."""
    if not reason.strip():
        raise ValidationError({"reason": "Skriv, hvorfor linjen trækkes tilbage."})
    done = type(row).objects.filter(pk=row.pk, withdrawn_at__isnull=True)  # type: ignore[attr-defined]
    if not done.update(withdrawn_by=by, withdrawn_at=timezone.now(), withdrawn_reason=reason.strip()):
        raise ValidationError("Linjen er allerede trukket tilbage.")
    changed(verb, by=by, about=row, first=row.first.isoformat())


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
        until = f"til {field_date(clash.last)}" if clash.last else "indtil videre"
        raise ValidationError(
            {
                "first": f"Der er allerede en fra {field_date(clash.first)} {until}. Vælg en senere dag, "
                "eller træk den tilbage, hvis den er forkert."
            }
        )
    running.update(last=first - timedelta(days=1))
