"""The five questions a committee asks, and where the mentors sit: each from plain counts to an answer in words."""

from collections.abc import Callable, Mapping
from typing import Any

from mentorkorps.domain.given import BadInput
from mentorkorps.domain.questions.answer import Answer, AnswerTable, Figure
from mentorkorps.domain.questions.budget import budget
from mentorkorps.domain.questions.cooperation import cooperation
from mentorkorps.domain.questions.cost import cost
from mentorkorps.domain.questions.effect import effect
from mentorkorps.domain.questions.organisation import organisation
from mentorkorps.domain.questions.others import others

ANSWERS: dict[str, Callable[[Mapping[str, Any]], Answer]] = {
    "effekt": effect,
    "omkostninger": cost,
    "andre": others,
    "samarbejde": cooperation,
    "budget": budget,
    "organisering": organisation,
}
"""What counts each question's answer, by the word that stands in addresses."""


def answered(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """An answer as plain data, as a run keeps it. `inputs` name their `question`. Raises BadInput."""
    answers = ANSWERS.get(inputs.get("question", ""))
    if answers is None:
        raise BadInput("spørgsmålet findes ikke", field="question")
    return answers(inputs).as_json()


__all__ = ["ANSWERS", "Answer", "AnswerTable", "Figure", "answered"]
