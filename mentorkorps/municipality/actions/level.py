"""The service level: loaded as a version, and put in force by the committee's adoption."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.domain.dates import field_date
from mentorkorps.domain.service_level import Level, LevelRow, shipped_level, shipped_levels
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import ServiceLevel, ServiceLevelRow, User
from mentorkorps.municipality.periods import not_over
from mentorkorps.municipality.queries import the_municipality


@transaction.atomic
def load_level(name: str, *, by: User | None) -> ServiceLevel:
    """Makes a version of a level that comes with the product; it is in force only when adopted. `by` is None at set-up.

    Raises ValidationError at `name` for one that does not come along or is loaded already.
    """
    if name not in shipped_levels():
        raise ValidationError({"name": "Det serviceniveau følger ikke med."})
    shipped = shipped_level(name)
    if ServiceLevel.objects.filter(name=shipped.name).exists():
        raise ValidationError({"name": f"{shipped.name} er allerede indlæst."})
    level = _write(shipped)
    changed("indlæst serviceniveau", by=by, about=level)
    return level


@transaction.atomic
def write_level(*, name: str, source: str, rows: Sequence[LevelRow], by: User | None) -> ServiceLevel:
    """Makes a version of the municipality's own rows; it is in force only when adopted.

    Raises ValidationError at `name` for a name that is taken.
    """
    if ServiceLevel.objects.filter(name=name).exists():
        raise ValidationError({"name": f"Der er allerede et serviceniveau, der hedder {name}."})
    level = _write(Level(name=name, source=source, example=False, rows=tuple(rows)))
    changed("skrevet serviceniveau", by=by, about=level)
    return level


def _write(given: Level) -> ServiceLevel:
    level = ServiceLevel.objects.create(name=given.name, source=given.source, example=given.example)
    ServiceLevelRow.objects.bulk_create(
        _row(level, place, row) for place, row in enumerate(given.rows, start=1)
    )
    return level


def _row(level: ServiceLevel, position: int, row: LevelRow) -> ServiceLevelRow:
    return ServiceLevelRow(
        level=level,
        key=row.key,
        position=position,
        label=row.label,
        functions=list(row.functions),
        target_groups=list(row.target_groups),
        min_age=row.age_from,
        max_age=row.age_to,
        obligation=row.obligation,
        minutes_per_week=row.minutes_per_week,
        weeks=row.weeks,
        who_may=row.who_may,
        criteria=row.criteria,
    )


@transaction.atomic
def adopt_level(
    level: ServiceLevel,
    *,
    committee: str,
    case_number: str,
    adopted_on: date,
    in_force_from: date,
    by: User | None,
) -> None:
    """Records that a committee adopted a version, and from when it is in force; the one before ends the day before.

    Running grants keep the level that they were granted under. Raises ValidationError at the field that is in the way.
    """
    _check_adoption(level, in_force_from)
    later = ServiceLevel.objects.filter(in_force_from__gt=in_force_from).order_by("in_force_from").first()
    last = later.in_force_from - timedelta(days=1) if later else None
    before = ServiceLevel.objects.filter(in_force_from__lt=in_force_from)
    before.filter(not_over(in_force_from, "in_force_to")).update(
        in_force_to=in_force_from - timedelta(days=1)
    )
    level.committee, level.case_number = committee.strip(), case_number.strip()
    level.adopted_on, level.in_force_from, level.in_force_to = adopted_on, in_force_from, last
    level.save()
    changed("sat serviceniveau i kraft", by=by, about=level, first=in_force_from.isoformat())


def _check_adoption(level: ServiceLevel, in_force_from: date) -> None:
    municipality = the_municipality()
    if level.in_force_from is not None:
        raise ValidationError(f"{level} er allerede sat i kraft fra {field_date(level.in_force_from)}.")
    if level.example and not (municipality and municipality.synthetic):
        raise ValidationError("Eksempeldata kan ikke sættes i kraft: ingen har besluttet tallene.")
    taken = ServiceLevel.objects.filter(in_force_from=in_force_from).first()
    if taken is not None:
        raise ValidationError({"in_force_from": f"{taken} gælder allerede fra den dag. Vælg en anden dag."})
