"""Taking in files of mentors, citizens and referrals: read, matched to columns, judged, and taken in once."""

from mentorkorps.cases.actions.intake.taking import (
    choose_columns,
    put_in_queue,
    take_in,
    take_next,
)
from mentorkorps.cases.actions.intake.waiting import (
    bad_rows,
    columns_for,
    drop_old_intakes,
    give_up,
    receive,
    table_of,
)

__all__ = [
    "bad_rows",
    "choose_columns",
    "columns_for",
    "drop_old_intakes",
    "give_up",
    "put_in_queue",
    "receive",
    "table_of",
    "take_in",
    "take_next",
]
