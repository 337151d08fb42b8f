"""What several letters are made from: head, legal basis, mentor and complaint guidance."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from mentorkorps.domain.codes import Obligation
from mentorkorps.domain.dates import Duration
from mentorkorps.domain.letter.document import Recipient, Sender

Kind = Literal["grant", "refusal", "change", "early_stop", "non_extension"]


@dataclass(frozen=True)
class Head:
    """Who writes to whom, when and about which case; a decision letter is dated the day of the decision."""

    sender: Sender
    recipient: Recipient
    first_name: str
    case_number: str
    dated: date


@dataclass(frozen=True)
class LegalBasis:
    """The rule in the words of its own time.

    `authority` is "jobcenteret" or "kommunen"; `citation` like "LAB § 93"; `rule_title` completes
    "reglen om …"; `purpose` stands after the label Formål; `rule_says` tells in plain words what the rule
    demands and is needed where the letter goes against the citizen (FVL § 24).
    """

    authority: str
    obligation: Obligation
    citation: str
    other_citations: tuple[str, ...]
    rule_title: str
    purpose: str
    rule_says: str | None
    at_most: Duration | None
    at_least: Duration | None


@dataclass(frozen=True)
class Mentor:
    """The mentor as the citizen is told; `first_name` stands in headings."""

    name: str
    first_name: str
    phone: str


@dataclass(frozen=True)
class Complaint:
    """Complaint guidance in force on the day of the letter (RSL §§ 66–67); weeks are whole weeks."""

    weeks: int
    reassess_weeks: int
    appeal_body: str
