"""How a citizen gets on, as the mentor sees it and as the citizen sees it: when it is asked, and in which words."""

from mentorkorps.domain.progress.questions import (
    HIGHEST,
    Question,
    QuestionSet,
    parse_questions,
    shipped_questions,
)
from mentorkorps.domain.progress.waves import MARGIN, WAVES, Wave, WaveCode, waves

__all__ = [
    "HIGHEST",
    "MARGIN",
    "WAVES",
    "Question",
    "QuestionSet",
    "Wave",
    "WaveCode",
    "parse_questions",
    "shipped_questions",
    "waves",
]
