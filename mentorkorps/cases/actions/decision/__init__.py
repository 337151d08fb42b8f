"""Decisions: drafted on a visitation or a running course, heard and approved where needed, and taken once.

A decision stores what it rested on as it was on its day: facts, findings, law date, level and code version.
"""

from mentorkorps.cases.actions.decision.draft import draft_decision, draft_on_course, drop_draft
from mentorkorps.cases.actions.decision.hearing import record_answer, send_hearing, waive_hearing
from mentorkorps.cases.actions.decision.second_person import approve, ask_second_person, send_back
from mentorkorps.cases.actions.decision.taking import decide, send_letter

__all__ = [
    "approve",
    "ask_second_person",
    "decide",
    "draft_decision",
    "draft_on_course",
    "drop_draft",
    "record_answer",
    "send_back",
    "send_hearing",
    "send_letter",
    "waive_hearing",
]
