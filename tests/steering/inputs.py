"""København in August 2014 as plain data: the table "Brug af sociale mentorer" with the economy slide's figures."""

from dataclasses import replace
from typing import Any

from mentorkorps.domain.service_level import level_table, shipped_level

CITIZENS = {
    "ret-og-pligt": 3600,
    "aktivitetsparate-under-30": 150,
    "aktivitetsparate-over-30": 300,
    "uddannelses-og-jobparate": 100,
    "sygedagpenge": 100,
    "revalidender": 200,
    "faglig-mentor": 140,
}
ECONOMY = {
    "budget": 110_000_000,
    "price_per_hour": 413,
    "weeks_per_year": 52,
    "reimbursement_percent": 50,
    "reimbursement_ceiling": 111_000_000,
    "ceiling_on": "spending",
}


def koebenhavn(**minutes: int) -> dict[str, Any]:
    """The inputs of a run; `minutes` are a proposal's, by row key with underscores for hyphens."""
    level = shipped_level("koebenhavn-2014")
    inputs: dict[str, Any] = {"population": CITIZENS, "level": level_table(level), "economy": ECONOMY}
    if not minutes:
        return inputs
    changed = {key.replace("_", "-"): value for key, value in minutes.items()}
    rows = tuple(
        replace(row, minutes_per_week=changed.get(row.key, row.minutes_per_week)) for row in level.rows
    )
    return {**inputs, "proposal": level_table(replace(level, name="Forslag 1", rows=rows))}
