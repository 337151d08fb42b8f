"""Named reads of cases: finding citizens, and what stands in one citizen's case."""

from mentorkorps.cases.queries.case import (
    complaints_in,
    consent,
    courses_in,
    decisions_in,
    notes_in,
    parties_in,
    referrals_in,
)
from mentorkorps.cases.queries.citizens import Found, by_cpr, caseworkers, filtered, find, with_courses

__all__ = [
    "Found",
    "by_cpr",
    "caseworkers",
    "complaints_in",
    "consent",
    "courses_in",
    "decisions_in",
    "filtered",
    "find",
    "notes_in",
    "parties_in",
    "referrals_in",
    "with_courses",
]
