"""The verbs of following up. The only writers of this room's rows."""

from mentorkorps.followup.actions.contacts import (
    LONGEST_CONTACT,
    correct_contact,
    log_contact,
    log_contact_once,
    log_group,
    rebuild_tally,
    retract_contact,
)
from mentorkorps.followup.actions.course import (
    answer_follow_up,
    book_appointment,
    cancel_appointment,
    end_absence,
    plan_follow_ups,
    record_absence,
    write_status,
)

__all__ = [
    "LONGEST_CONTACT",
    "answer_follow_up",
    "book_appointment",
    "cancel_appointment",
    "correct_contact",
    "end_absence",
    "log_contact",
    "log_contact_once",
    "log_group",
    "plan_follow_ups",
    "rebuild_tally",
    "record_absence",
    "retract_contact",
    "write_status",
]
