"""Mentors and citizens put together: suggestions for one citizen, a whole plan, and how good it is.

The methods and what they were measured to do are told in `docs/planning.md`.
"""

from mentorkorps.domain.planning.ages import age_band
from mentorkorps.domain.planning.in_turn import Turns, in_turn
from mentorkorps.domain.planning.model import (
    METHODS,
    Citizen,
    Mentor,
    Method,
    State,
    Suggestion,
    Weights,
)
from mentorkorps.domain.planning.outcome import Assignment, Load, Match, Unassigned
from mentorkorps.domain.planning.plan import match, suggest
from mentorkorps.domain.planning.trade_off import Trade, trade_off, wish_points

__all__ = [
    "METHODS",
    "Assignment",
    "Citizen",
    "Load",
    "Match",
    "Mentor",
    "Method",
    "State",
    "Suggestion",
    "Trade",
    "Turns",
    "Unassigned",
    "Weights",
    "age_band",
    "in_turn",
    "match",
    "suggest",
    "trade_off",
    "wish_points",
]
