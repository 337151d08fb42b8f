"""The questions about progress, each with five steps in words. A new version is a new file, and old ones stay."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import count
from typing import Any

from mentorkorps.domain.given import BadInput, Given, parse_toml

HIGHEST = 4
"""Steps are 0 to 4: the fifth of the five sentences is 4."""

FEWEST, MOST = 3, 12  # questions in a set: what two people can talk through in a quarter of an hour


@dataclass(frozen=True)
class Question:
    """One question: what it is about, how each of the two is asked, and the five steps from lowest to highest."""

    key: str
    title: str
    to_mentor: str
    to_citizen: str
    steps: tuple[str, ...]

    @property
    def read_by_citizen(self) -> str:
        """Everything of it that a citizen reads, a line each."""
        return "\n".join((self.to_citizen, *self.steps))

    def as_json(self) -> dict[str, Any]:
        """The question as it is kept beside the answers."""
        return asdict(self) | {"steps": list(self.steps)}


@dataclass(frozen=True)
class QuestionSet:
    """One version of the questions, with whose words they are and the day from which they are asked."""

    name: str
    source: str
    in_force_from: date
    questions: tuple[Question, ...]

    def as_json(self) -> list[dict[str, Any]]:
        """The questions as they are kept beside the answers."""
        return [question.as_json() for question in self.questions]


def questions_from_json(rows: Iterable[Mapping[str, Any]]) -> tuple[Question, ...]:
    """The inverse of `QuestionSet.as_json`."""
    return tuple(Question(**{**row, "steps": tuple(row["steps"])}) for row in rows)


def free_key(taken: Collection[str]) -> str:
    """A key for a question of one's own that none of the `taken` has: “own_1”, “own_2” …"""
    return next(key for number in count(1) if (key := f"own_{number}") not in taken)


def alike_steps(steps: Sequence[str]) -> list[int]:
    """The places from 0 of steps that say what a step before them says, whatever the case of the letters."""
    said = [" ".join(step.lower().split()) for step in steps]
    return [place for place, words in enumerate(said) if words in said[:place]]


def parse_questions(text: str) -> QuestionSet:
    """A version from TOML: `name`, `source`, `in_force_from`, and `[[question]]` tables of `Question`'s fields.

    Raises BadInput for what is missing, a key that stands twice, or a question without exactly five steps.
    """
    table = parse_toml(text)
    head, rows = Given(table), table.get("question", [])
    if not isinstance(rows, list) or not FEWEST <= len(rows) <= MOST:
        raise BadInput(f"skriv {FEWEST} til {MOST} spørgsmål", field="question")
    questions = tuple(_question(row, number) for number, row in enumerate(rows, 1))
    _check_keys(questions)
    begins = table.get("in_force_from")
    if not isinstance(begins, date):
        raise BadInput("er ikke en dato", field="in_force_from")
    return QuestionSet(head.text("name"), head.text("source"), begins, questions)


def _question(row: Mapping[str, object], number: int) -> Question:
    given = Given(row, str(number))
    steps = given.value("steps")
    if not isinstance(steps, list) or len(steps) != HIGHEST + 1 or not all(map(_is_text, steps)):
        raise BadInput("skriv fem trin i ord, det laveste først", row=str(number), field="steps")
    return Question(
        given.text("key"),
        given.text("title"),
        given.text("to_mentor"),
        given.text("to_citizen"),
        tuple(steps),
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _check_keys(questions: Sequence[Question]) -> None:
    seen: set[str] = set()
    for number, question in enumerate(questions, 1):
        if question.key in seen:
            raise BadInput(f"“{question.key}” står to gange", row=str(number), field="key")
        seen.add(question.key)


@cache
def shipped_questions() -> QuestionSet:
    """The set that comes along, until the municipality has its own."""
    path = files("mentorkorps.domain") / "data" / "progress" / "eksempel-2026.toml"
    return parse_questions(path.read_text(encoding="utf-8"))
