"""Rows of the municipality -> the domain's frozen facts: a service level's row, a correction of the law."""

from django.utils import timezone

from mentorkorps.domain import law
from mentorkorps.domain.service_level import LevelRow
from mentorkorps.municipality.models import RuleCorrection, ServiceLevelRow


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


def correction_facts(correction: RuleCorrection) -> law.Correction:
    """A correction as the law's book takes it; whoever proposed it is who checked the row."""
    return law.Correction(
        correction.rule,
        correction.row_from,
        law.changes_from_json(correction.changes),
        correction.in_force_from,
        correction.reason,
        correction.source,
        checked_by=correction.proposed_by.name,
        checked_on=timezone.localdate(correction.proposed_at),
    )
