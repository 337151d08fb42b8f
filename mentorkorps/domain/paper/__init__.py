"""The committee's paper: its layout by municipality and date, its prose with bound figures, and the finished item."""

from mentorkorps.domain.paper.annex import law_text, may_must_annex
from mentorkorps.domain.paper.checks import RULES, Concern, concerns
from mentorkorps.domain.paper.compose import (
    KINDS,
    AgendaItem,
    AnnexLine,
    Asked,
    Held,
    PaperInput,
    Part,
    compose_paper,
)
from mentorkorps.domain.paper.deck import (
    DeckDocument,
    DeckInput,
    Slide,
    SlideKind,
    Written,
    compose_deck,
    slide_kinds,
)
from mentorkorps.domain.paper.deck_figures import Named, RunFacts, named
from mentorkorps.domain.paper.deck_start import start_texts
from mentorkorps.domain.paper.deck_text import Column, TooMuch, columns_of
from mentorkorps.domain.paper.figures import Choice, NoFigure, choice, choices
from mentorkorps.domain.paper.templates import FILLED, Template, template, template_for, templates
from mentorkorps.domain.paper.text import Shown, UnknownFigure, blocks, check_names, filled, names_in

__all__ = [
    "FILLED",
    "KINDS",
    "RULES",
    "AgendaItem",
    "AnnexLine",
    "Asked",
    "Choice",
    "Column",
    "Concern",
    "DeckDocument",
    "DeckInput",
    "Held",
    "Named",
    "NoFigure",
    "PaperInput",
    "Part",
    "RunFacts",
    "Shown",
    "Slide",
    "SlideKind",
    "Template",
    "TooMuch",
    "UnknownFigure",
    "Written",
    "blocks",
    "check_names",
    "choice",
    "choices",
    "columns_of",
    "compose_deck",
    "compose_paper",
    "concerns",
    "filled",
    "law_text",
    "may_must_annex",
    "named",
    "names_in",
    "slide_kinds",
    "start_texts",
    "template",
    "template_for",
    "templates",
]
