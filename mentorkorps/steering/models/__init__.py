"""Runs, proposals and papers."""

from mentorkorps.steering.models.decks import Deck, DeckSlide, DeckVersion
from mentorkorps.steering.models.full_time import FullTime
from mentorkorps.steering.models.papers import (
    Annex,
    Paper,
    PaperFigure,
    PaperText,
    PaperVersion,
    Question,
    Reading,
)
from mentorkorps.steering.models.proposals import Proposal, ProposalVersion
from mentorkorps.steering.models.runs import Run

__all__ = [
    "Annex",
    "Deck",
    "DeckSlide",
    "DeckVersion",
    "FullTime",
    "Paper",
    "PaperFigure",
    "PaperText",
    "PaperVersion",
    "Proposal",
    "ProposalVersion",
    "Question",
    "Reading",
    "Run",
]
