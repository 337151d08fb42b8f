"""Rows of a case -> the domain's frozen facts. The only place that knows both sides."""

from mentorkorps.cases.facts.coordination import coordination_sheet
from mentorkorps.cases.facts.decision_letters import decision_letter, hearing_letter, how_heard
from mentorkorps.cases.facts.law import (
    facts_at_start,
    facts_of_course,
    finding_of,
    law_answer,
    level_row_for,
    needs_hearing,
    needs_second_person,
    source,
    withheld,
)
from mentorkorps.cases.facts.letters import agreement_letter, handover_page

__all__ = [
    "agreement_letter",
    "coordination_sheet",
    "decision_letter",
    "facts_at_start",
    "facts_of_course",
    "finding_of",
    "handover_page",
    "hearing_letter",
    "how_heard",
    "law_answer",
    "level_row_for",
    "needs_hearing",
    "needs_second_person",
    "source",
    "withheld",
]
