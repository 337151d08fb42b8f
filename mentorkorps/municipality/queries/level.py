"""The service level in force, and its row for a citizen."""

from datetime import date

from mentorkorps.domain.service_level import Level, suggest
from mentorkorps.municipality.facts import row_facts
from mentorkorps.municipality.models import ServiceLevel, ServiceLevelRow
from mentorkorps.municipality.periods import holding


def level_in_force(on: date) -> ServiceLevel | None:
    """The adopted service level of a date with its rows, or None where none was in force."""
    return (
        ServiceLevel.objects.filter(holding(on, "in_force_from", "in_force_to"))
        .prefetch_related("rows")
        .order_by("-in_force_from")
        .first()
    )


def level_rows_in_force(on: date) -> list[ServiceLevelRow]:
    """The rows of the level in force on a date, in its own order; empty where none was in force."""
    level = level_in_force(on)
    return list(level.rows.all()) if level else []


def suggested_row(
    rows: list[ServiceLevelRow], *, function: str, target_group: str | None, obligation: str, age: int | None
) -> ServiceLevelRow | None:
    """The most specific of `rows` for this citizen, or None when the level is silent."""
    by_key = {row.key: row for row in rows}
    level = Level(name="", source="", example=False, rows=tuple(row_facts(row) for row in rows))
    found = suggest(level, function, target_group, obligation, age)
    return by_key[found.key] if found else None
