"""Named reads of cases: finding citizens, and what stands in one citizen's case."""

from mentorkorps.cases.queries.case import (
    complaints_in,
    courses_in,
    decisions_in,
    notes_in,
    referrals_in,
)
from mentorkorps.cases.queries.citizens import Found, by_cpr, caseworkers, filtered, find, with_courses
from mentorkorps.cases.queries.parties import (
    consent,
    consents_in,
    finished_steps,
    held_consents,
    holds,
    may_be_told,
    parties_in,
)
from mentorkorps.cases.queries.task_paths import Stay, TaskPath, task_paths

__all__ = [
    "Found",
    "Stay",
    "TaskPath",
    "by_cpr",
    "caseworkers",
    "complaints_in",
    "consent",
    "consents_in",
    "courses_in",
    "decisions_in",
    "filtered",
    "find",
    "finished_steps",
    "held_consents",
    "holds",
    "may_be_told",
    "notes_in",
    "parties_in",
    "referrals_in",
    "task_paths",
    "with_courses",
]
