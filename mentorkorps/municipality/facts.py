"""Rows of the municipality -> the domain's frozen facts: a level's row, a mentor's hours, a correction of the law."""

from django.utils import timezone

from mentorkorps.domain import law
from mentorkorps.domain.capacity import Contract, Recorded, Share
from mentorkorps.domain.service_level import LevelRow
from mentorkorps.municipality.models import MentorHours, PreparationShare, RuleCorrection, ServiceLevelRow


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


def hours_facts(row: MentorHours) -> Recorded:
    """A mentor's week in a period as it was recorded: direct minutes, or the contract."""
    if row.minutes_per_week is not None:
        return Recorded(row.valid_from, row.valid_to, row.minutes_per_week)
    parts = row.contract_minutes or 0, row.meeting_minutes or 0, row.training_minutes or 0
    return Recorded(row.valid_from, row.valid_to, Contract(*parts))


def share_facts(row: PreparationShare) -> Share:
    """The share of travel and preparation from a day on."""
    return Share(row.valid_from, row.percent)


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
