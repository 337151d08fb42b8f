"""Named reads of contacts, weeks and the whole corps, in a fixed number of queries whatever history lies behind."""

from mentorkorps.followup.queries.board import BoardRow, board_rows
from mentorkorps.followup.queries.contacts import contacts_of, overlaps, tries_in_week
from mentorkorps.followup.queries.corps import CorpsLine, CorpsWeek, Figures, corps_week
from mentorkorps.followup.queries.mentor_week import MentorWeek, mentor_week
from mentorkorps.followup.queries.weeks import (
    Held,
    Strip,
    Surroundings,
    first_meeting_rows,
    first_meetings,
    forgotten_appointments,
    held_contacts,
    held_rows,
    next_appointments,
    strips,
    strips_of,
    surroundings,
)

__all__ = [
    "BoardRow",
    "CorpsLine",
    "CorpsWeek",
    "Figures",
    "Held",
    "MentorWeek",
    "Strip",
    "Surroundings",
    "board_rows",
    "contacts_of",
    "corps_week",
    "first_meeting_rows",
    "first_meetings",
    "forgotten_appointments",
    "held_contacts",
    "held_rows",
    "mentor_week",
    "next_appointments",
    "overlaps",
    "strips",
    "strips_of",
    "surroundings",
    "tries_in_week",
]
