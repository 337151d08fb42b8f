"""How a citizen gets on, as the mentor sees it and as the citizen sees it: when it is asked, and in which words."""

from mentorkorps.domain.progress.questions import (
    FEWEST,
    HIGHEST,
    MOST,
    Question,
    QuestionSet,
    alike_steps,
    free_key,
    parse_questions,
    questions_from_json,
    shipped_questions,
)
from mentorkorps.domain.progress.waves import MARGIN, WAVES, Wave, WaveCode, waves

__all__ = [
    "FEWEST",
    "HIGHEST",
    "MARGIN",
    "MOST",
    "WAVES",
    "Question",
    "QuestionSet",
    "Wave",
    "WaveCode",
    "alike_steps",
    "free_key",
    "parse_questions",
    "questions_from_json",
    "shipped_questions",
    "waves",
]
