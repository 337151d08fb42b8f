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
    "Concern",
    "Held",
    "NoFigure",
    "PaperInput",
    "Part",
    "Shown",
    "Template",
    "UnknownFigure",
    "blocks",
    "check_names",
    "choice",
    "choices",
    "compose_paper",
    "concerns",
    "filled",
    "law_text",
    "may_must_annex",
    "names_in",
    "template",
    "template_for",
    "templates",
]
