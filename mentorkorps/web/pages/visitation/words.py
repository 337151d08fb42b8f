"""Known facts in words, each with its source, as a page for reading shows them."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from mentorkorps.domain import law
from mentorkorps.domain.dates import long_date
from mentorkorps.web.pages.visitation.facts import QUESTIONS, Question

PLACES = {
    "company": "virksomheden", "education": "uddannelsesstedet", "municipality": "kommunen",
    "supplier": "en leverandør",
}  # fmt: skip


class Told(NamedTuple):
    """A fact in words; `source` is empty where none was written down, `on` is the day it was told."""

    label: str
    value: str
    source: str
    on: date | None


def told(facts: Mapping[str, Any], sources: Mapping[str, dict[str, str]], law_on: date) -> list[Told]:
    """The known facts in the order that the page asks for them; group names are those of the law's date."""
    return [
        Told(
            question.label, _value(question, facts[question.name], law_on), *_said(sources.get(question.name))
        )
        for question in QUESTIONS
        if question.name in facts
    ]


def _said(source: dict[str, str] | None) -> tuple[str, date | None]:
    return (source["source"], date.fromisoformat(source["on"])) if source else ("", None)


def _value(question: Question, value: Any, law_on: date) -> str:
    match question.kind:
        case "flag":
            return "Ja" if value else "Nej"
        case "day":
            return long_date(date.fromisoformat(value))
        case "place":
            return PLACES[value]
        case "group":
            return law.target_groups(law_on).get(value, value)
