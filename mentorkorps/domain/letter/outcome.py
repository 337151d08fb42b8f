"""What a decision letter is made from: the answer, the assessment, and how the citizen was heard."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from mentorkorps.domain.letter.basis import Complaint, Head, Kind, LegalBasis, Mentor
from mentorkorps.domain.letter.words import Rhythm


@dataclass(frozen=True)
class Support:
    """What is granted: first and last day, whole minutes a week, rhythm, and the mentor if one is found.

    Tasks complete "Det hjælper … dig med": "at komme til læge" or "lektier". Where they are not agreed
    yet the letter says that they will stand in the agreement.
    """

    start: date
    end: date
    minutes_per_week: int
    rhythm: Rhythm | None
    mentor: Mentor | None
    first_meeting: str | None
    tasks: tuple[str, ...]
    not_tasks: tuple[str, ...]


@dataclass(frozen=True)
class Previous:
    """The decision in force until now; minutes are whole minutes a week."""

    decided_on: date
    end: date
    minutes_per_week: int


@dataclass(frozen=True)
class Grant:
    """Yes to a mentor, or to a new period.

    `in_full` says that the citizen gets all that was asked for; if not, the letter owes the reasons (FVL § 22).
    """

    kind: ClassVar[Kind] = "grant"
    support: Support
    in_full: bool


@dataclass(frozen=True)
class NoMentor:
    """No to a mentor."""

    kind: ClassVar[Kind] = "refusal"


@dataclass(frozen=True)
class Change:
    """Other hours or another last day from the day `support` begins."""

    kind: ClassVar[Kind] = "change"
    support: Support
    previous: Previous


@dataclass(frozen=True)
class EarlyStop:
    """The support ends on `last_day`, before the period is over."""

    kind: ClassVar[Kind] = "early_stop"
    previous: Previous
    last_day: date


@dataclass(frozen=True)
class NonExtension:
    """The period runs out and no new one follows."""

    kind: ClassVar[Kind] = "non_extension"
    previous: Previous


Answer = Grant | NoMentor | Change | EarlyStop | NonExtension


@dataclass(frozen=True)
class Deviation:
    """A grant that departs from the service level: the level's minutes a week and the reason."""

    usual_minutes: int
    reason: str


@dataclass(frozen=True)
class Assessment:
    """The professional assessment, in whole sentences to the citizen ("Du mangler et sted at bo")."""

    situation: str
    prospect: str | None
    citizen_view: str
    considerations: tuple[str, ...]
    facts: tuple[str, ...]
    deviation: Deviation | None
    other_help: tuple[str, ...]


@dataclass(frozen=True)
class Heard:
    """The citizen was asked before the decision (FVL § 19); `answer` is None where no answer came."""

    on: date
    answer: str | None


@dataclass(frozen=True)
class NotHeard:
    """The citizen was not asked, and why that was right."""

    reason: str


@dataclass(frozen=True)
class DecisionInput:
    """Everything a decision letter is made from, as it was decided."""

    head: Head
    basis: LegalBasis
    answer: Answer
    assessment: Assessment
    complaint: Complaint
    hearing: Heard | NotHeard | None

    @property
    def support(self) -> Support | None:
        """What the citizen gets, where the answer gives something."""
        return self.answer.support if isinstance(self.answer, Grant | Change) else None

    @property
    def adverse(self) -> bool:
        """Whether the letter takes or withholds something; a change does when time or length shrinks."""
        match self.answer:
            case Grant(in_full=in_full):
                return not in_full
            case Change(support=now, previous=before):
                return now.minutes_per_week < before.minutes_per_week or now.end < before.end
            case _:
                return True
