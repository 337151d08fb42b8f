"""Named reads that set hours beside each other: granted against the level, and what the corps can give."""

from mentorkorps.ledger.queries.corps import (
    CorpsTotals,
    MentorLoad,
    OnlySpeaker,
    Place,
    by_place,
    corps_load,
    corps_totals,
    courses_at_risk,
    only_speakers,
    this_week,
    whole,
)
from mentorkorps.ledger.queries.hours import (
    GrantedHours,
    Hours,
    HoursRow,
    courses_of_row,
    granted_hours,
    running_on,
)

__all__ = [
    "CorpsTotals",
    "GrantedHours",
    "Hours",
    "HoursRow",
    "MentorLoad",
    "OnlySpeaker",
    "Place",
    "by_place",
    "corps_load",
    "corps_totals",
    "courses_at_risk",
    "courses_of_row",
    "granted_hours",
    "only_speakers",
    "running_on",
    "this_week",
    "whole",
]
