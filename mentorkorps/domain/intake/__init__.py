"""Tables of mentors, citizens and referrals that somebody hands in: read, matched to our columns, and checked.

A message names the column, what sort of value stands there and the way on; it never repeats the value, since
anything may stand in the wrong column.
"""

from mentorkorps.domain.intake.kinds import KINDS, Column, Kind
from mentorkorps.domain.intake.mapping import WHY, guessed_places, headings, kept_places, places_to_keep
from mentorkorps.domain.intake.reading import Fault, ReadRow, read_rows
from mentorkorps.domain.intake.table import LARGEST_FILE, Table, read_table
from mentorkorps.domain.intake.values import Around, Unusable, kind_of

__all__ = [
    "KINDS",
    "LARGEST_FILE",
    "WHY",
    "Around",
    "Column",
    "Fault",
    "Kind",
    "ReadRow",
    "Table",
    "Unusable",
    "guessed_places",
    "headings",
    "kept_places",
    "kind_of",
    "places_to_keep",
    "read_rows",
    "read_table",
]
