"""Rows of a case -> the domain's frozen facts. The only place that knows both sides."""

from mentorkorps.cases.facts.law import (
    facts_at_start,
    facts_of_course,
    law_answer,
    law_facts,
    level_row_for,
    needs_hearing,
    needs_second_person,
    source,
)
from mentorkorps.cases.facts.letters import agreement_letter, decision_letter, handover_page, hearing_letter

__all__ = [
    "agreement_letter",
    "decision_letter",
    "facts_at_start",
    "facts_of_course",
    "handover_page",
    "hearing_letter",
    "law_answer",
    "law_facts",
    "level_row_for",
    "needs_hearing",
    "needs_second_person",
    "source",
]
