"""The letters and papers a citizen gets: composed once from frozen facts, then stored and shown unchanged.

`compose_*` takes resolved words, dates and minutes and returns a `Document`; nothing is looked up and
nothing is left blank. What is missing raises `Incomplete`, which names the field in Danish.
"""

from mentorkorps.domain.letter.agreement import AgreementInput, CompanyPart, compose_agreement
from mentorkorps.domain.letter.basis import Complaint, Head, Kind, LegalBasis, Mentor
from mentorkorps.domain.letter.complete import Incomplete
from mentorkorps.domain.letter.coordination import (
    CoordinationInput,
    Participant,
    Shared,
    compose_coordination,
)
from mentorkorps.domain.letter.decision import compose_decision
from mentorkorps.domain.letter.document import (
    Block,
    Box,
    Bullets,
    Document,
    Numbered,
    Paragraph,
    Picture,
    Recipient,
    Section,
    Sender,
    Signature,
    Signer,
    Table,
)
from mentorkorps.domain.letter.handover import (
    Appointment,
    HandoverInput,
    Stage,
    TaskStage,
    compose_handover,
)
from mentorkorps.domain.letter.handover_pack import PackInput, PackRow, compose_handover_front
from mentorkorps.domain.letter.hearing import HearingInput, KnownFact, compose_hearing
from mentorkorps.domain.letter.outcome import (
    Answer,
    Assessment,
    Change,
    DecisionInput,
    Deviation,
    EarlyStop,
    Grant,
    Heard,
    NoMentor,
    NonExtension,
    NotHeard,
    Previous,
    Support,
)
from mentorkorps.domain.letter.status import (
    Advice,
    ContactCount,
    GoalStatus,
    Reached,
    Score,
    StatusInput,
    compose_status,
)
from mentorkorps.domain.letter.words import Rhythm

__all__ = [
    "Advice",
    "AgreementInput",
    "Answer",
    "Appointment",
    "Assessment",
    "Block",
    "Box",
    "Bullets",
    "Change",
    "CompanyPart",
    "Complaint",
    "ContactCount",
    "CoordinationInput",
    "DecisionInput",
    "Deviation",
    "Document",
    "EarlyStop",
    "GoalStatus",
    "Grant",
    "HandoverInput",
    "Head",
    "Heard",
    "HearingInput",
    "Incomplete",
    "Kind",
    "KnownFact",
    "LegalBasis",
    "Mentor",
    "NoMentor",
    "NonExtension",
    "NotHeard",
    "Numbered",
    "PackInput",
    "PackRow",
    "Paragraph",
    "Participant",
    "Picture",
    "Previous",
    "Reached",
    "Recipient",
    "Rhythm",
    "Score",
    "Section",
    "Sender",
    "Shared",
    "Signature",
    "Signer",
    "Stage",
    "StatusInput",
    "Support",
    "Table",
    "TaskStage",
    "compose_agreement",
    "compose_coordination",
    "compose_decision",
    "compose_handover",
    "compose_handover_front",
    "compose_hearing",
    "compose_status",
]
