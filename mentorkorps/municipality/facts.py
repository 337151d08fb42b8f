"""Rows of a service level -> the domain's frozen rows."""

from mentorkorps.domain.service_level import LevelRow
from mentorkorps.municipality.models import ServiceLevelRow


def row_facts(row: ServiceLevelRow) -> LevelRow:
    """One row as the domain knows it."""
    return LevelRow(
        key=row.key,
        label=row.label,
        obligation=row.obligation,
        minutes_per_week=row.minutes_per_week,
        weeks=row.weeks,
        functions=tuple(row.functions),
        target_groups=tuple(row.target_groups),
        age_from=row.min_age,
        age_to=row.max_age,
        who_may=row.who_may,
        criteria=row.criteria,
    )
