"""Named reads of what the municipality has and has decided."""

from mentorkorps.municipality.queries.house import (
    active_mentors,
    forget_municipality,
    people_by_role,
    the_municipality,
    today,
)
from mentorkorps.municipality.queries.law_book import (
    book_with,
    book_without,
    corrections_in_force,
    corrections_waiting,
    keep_law_book,
    law_book,
    recent_law_book,
    unfit_corrections,
)
from mentorkorps.municipality.queries.level import (
    level_in_force,
    level_rows_in_force,
    suggested_row,
)

__all__ = [
    "active_mentors",
    "book_with",
    "book_without",
    "corrections_in_force",
    "corrections_waiting",
    "forget_municipality",
    "keep_law_book",
    "law_book",
    "level_in_force",
    "level_rows_in_force",
    "people_by_role",
    "recent_law_book",
    "suggested_row",
    "the_municipality",
    "today",
    "unfit_corrections",
]
