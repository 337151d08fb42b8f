"""Named reads of contacts, weeks and the whole corps, in a fixed number of queries whatever history lies behind."""

from mentorkorps.followup.queries.contacts import contacts_of, overlaps, tries_in_week
from mentorkorps.followup.queries.corps import CorpsLine, CorpsWeek, Figures, corps_week
from mentorkorps.followup.queries.weeks import (
    Held,
    Strip,
    held_contacts,
    held_rows,
    next_appointments,
    strips,
    strips_of,
    surroundings,
)

__all__ = [
    "CorpsLine",
    "CorpsWeek",
    "Figures",
    "Held",
    "Strip",
    "contacts_of",
    "corps_week",
    "held_contacts",
    "held_rows",
    "next_appointments",
    "overlaps",
    "strips",
    "strips_of",
    "surroundings",
    "tries_in_week",
]
