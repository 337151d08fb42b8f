"""What a story is, and who is in more than one of them."""

from dataclasses import dataclass, replace
from datetime import date

from mentorkorps.domain.dates import Duration
from mentorkorps.domain.letter import (
    Answer,
    Assessment,
    Complaint,
    DecisionInput,
    Head,
    Heard,
    Kind,
    LegalBasis,
    Mentor,
    NotHeard,
    Recipient,
    Rhythm,
    Sender,
)

COMPLAINT = Complaint(weeks=4, reassess_weeks=4, appeal_body="Ankestyrelsen")
ADDRESS = ("Rådhuspladsen 1", "9999 Fjordby")
JOBCENTRE = Sender(
    "Fjordby Kommune", "Jobcenter Fjordby", ADDRESS, "12 34 56 78", "Helle Prøve", "sagsbehandler"
)
MUNICIPALITY = replace(JOBCENTRE, unit="Job og Vejledning")
FATIMA = Mentor("Fatima Eksempel", "Fatima", "12 34 56 79")
JENS = Mentor("Jens Prøve", "Jens", "12 34 56 80")
SIX_MONTHS = Duration(months=6)
WEEKLY = Rhythm("week", 1, "law")
FORTNIGHTLY = Rhythm("fortnight", 1, "law")


@dataclass(frozen=True)
class Story:
    """One citizen under one regime: the five decisions that can be made about her, with their days."""

    head: Head
    basis: LegalBasis
    decisions: dict[Kind, tuple[date, Answer, Assessment, Heard | NotHeard | None]]
    refusal_basis: LegalBasis | None = None

    def decision(self, kind: Kind) -> DecisionInput:
        """The input of one of the five letters."""
        dated, answer, assessment, hearing = self.decisions[kind]
        basis = self.refusal_basis if kind == "refusal" and self.refusal_basis else self.basis
        return DecisionInput(replace(self.head, dated=dated), basis, answer, assessment, COMPLAINT, hearing)


def head(sender: Sender, name: str, number: str, *address: str) -> Head:
    return Head(sender, Recipient(name, address), name.split()[0], number, date(2000, 1, 1))
