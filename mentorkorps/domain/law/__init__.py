"""The law of mentor support from 2003 to today: dated rules, what they give one citizen, and why."""

from mentorkorps.domain.codes import FUNCTIONS, TARGET_GROUPS
from mentorkorps.domain.law.answer import Answer, OpenQuestion
from mentorkorps.domain.law.book import SHIPPED, Book, contact_rule, replaced_by, rule, rules_on
from mentorkorps.domain.law.columns import columns_of, decide_columns
from mentorkorps.domain.law.corrections import Correction, changes_from_json, obligations_of, value_in
from mentorkorps.domain.law.errors import BadCorrection, BadFact, MissingRule
from mentorkorps.domain.law.facts import PLACES, Facts
from mentorkorps.domain.law.findings import (
    Condition,
    ContactRule,
    DurationRule,
    Finding,
    OtherReading,
    Reimbursement,
)
from mentorkorps.domain.law.periods import earliest_end, latest_end, other_ends
from mentorkorps.domain.law.rows import (
    DEMANDS,
    OBLIGATIONS,
    Contact,
    Regime,
    Rule,
    regime_on,
    regimes,
    rules,
)
from mentorkorps.domain.law.situations import SITUATIONS, Situation, Span, spans
from mentorkorps.domain.law.tables import (
    Account,
    AgreementRule,
    ComplaintRule,
    RetentionClass,
    Transition,
    account,
    agreement_rule,
    authority_word,
    complaint_rule,
    reimbursement,
    retention_classes,
    target_groups,
    transitions,
)
from mentorkorps.domain.law.visitate import visitate

__all__ = [
    "DEMANDS",
    "FUNCTIONS",
    "OBLIGATIONS",
    "PLACES",
    "SHIPPED",
    "SITUATIONS",
    "TARGET_GROUPS",
    "Account",
    "AgreementRule",
    "Answer",
    "BadCorrection",
    "BadFact",
    "Book",
    "ComplaintRule",
    "Condition",
    "Contact",
    "ContactRule",
    "Correction",
    "DurationRule",
    "Facts",
    "Finding",
    "MissingRule",
    "OpenQuestion",
    "OtherReading",
    "Regime",
    "Reimbursement",
    "RetentionClass",
    "Rule",
    "Situation",
    "Span",
    "Transition",
    "account",
    "agreement_rule",
    "authority_word",
    "changes_from_json",
    "columns_of",
    "complaint_rule",
    "contact_rule",
    "decide_columns",
    "earliest_end",
    "latest_end",
    "obligations_of",
    "other_ends",
    "regime_on",
    "regimes",
    "reimbursement",
    "replaced_by",
    "retention_classes",
    "rule",
    "rules",
    "rules_on",
    "spans",
    "target_groups",
    "transitions",
    "value_in",
    "visitate",
]
