"""Named reads of cases: finding citizens, and what stands in one citizen's case."""

from mentorkorps.cases.queries.case import (
    complaints_in,
    courses_in,
    decisions_in,
    notes_in,
    referrals_in,
)
from mentorkorps.cases.queries.citizens import Found, by_cpr, caseworkers, filtered, find, with_courses
from mentorkorps.cases.queries.parties import consent, consents_in, held_consents, holds, parties_in

__all__ = [
    "Found",
    "by_cpr",
    "caseworkers",
    "complaints_in",
    "consent",
    "consents_in",
    "courses_in",
    "decisions_in",
    "filtered",
    "find",
    "held_consents",
    "holds",
    "notes_in",
    "parties_in",
    "referrals_in",
    "with_courses",
]
