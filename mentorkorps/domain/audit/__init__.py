"""Was it delivered, and is the case in order? The draw of a sample, signs for a person to judge, and the twelve points.

The weights, the signs and what each point asks are told in `docs/methods.md`.
"""

from mentorkorps.domain.audit.draw import REASONS, WEIGHTS, Drawable, Drawn, digest, draw, weighed
from mentorkorps.domain.audit.judged import Share, judge, share, shares
from mentorkorps.domain.audit.model import (
    STATES,
    TITLES,
    AdverseFacts,
    AgreementFacts,
    BilledMonth,
    CaseFacts,
    Check,
    GrantFacts,
    HoursFacts,
    Kind,
    MoneyFacts,
    Point,
    PriceFacts,
    Source,
    State,
    StatusFacts,
    SupervisionFacts,
    WeekFacts,
    state_of,
)
from mentorkorps.domain.audit.paper import SheetInput, compose_sheet, counted
from mentorkorps.domain.audit.signs import Meeting, Registered, Sign, Told, differs, signs

__all__ = [
    "REASONS",
    "STATES",
    "TITLES",
    "WEIGHTS",
    "AdverseFacts",
    "AgreementFacts",
    "BilledMonth",
    "CaseFacts",
    "Check",
    "Drawable",
    "Drawn",
    "GrantFacts",
    "HoursFacts",
    "Kind",
    "Meeting",
    "MoneyFacts",
    "Point",
    "PriceFacts",
    "Registered",
    "Share",
    "SheetInput",
    "Sign",
    "Source",
    "State",
    "StatusFacts",
    "SupervisionFacts",
    "Told",
    "WeekFacts",
    "compose_sheet",
    "counted",
    "differs",
    "digest",
    "draw",
    "judge",
    "share",
    "shares",
    "signs",
    "state_of",
    "weighed",
]
