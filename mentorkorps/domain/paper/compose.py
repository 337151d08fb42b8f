"""A committee's paper as a finished document: head, sections in the template's order, earlier readings, annexes."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from mentorkorps.domain.dates import long_date
from mentorkorps.domain.letter.document import (
    Block,
    Bullets,
    Paragraph,
    block_as_json,
    block_from_json,
)
from mentorkorps.domain.paper.templates import Template
from mentorkorps.domain.paper.text import Shown, blocks

KINDS = {"B": "beslutning", "D": "drøftelse", "O": "orientering"}
EMPTY = "Ingen bemærkninger."


@dataclass(frozen=True)
class Part:
    """Blocks under a heading of level 2 (a section) or 3; `new_page` begins an annex."""

    heading: str
    level: int
    blocks: tuple[Block, ...]
    new_page: bool = False


@dataclass(frozen=True)
class AgendaItem:
    """One finished paper, the same for ever. `running` stands on every page, `facts` are the lines of its head."""

    title: str
    running: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    author: str
    dated: date
    language: str = "da-DK"

    def as_json(self) -> dict[str, Any]:
        """Plain JSON data; each block carries its kind under `block`."""
        data = asdict(self) | {"dated": self.dated.isoformat()}
        data["parts"] = [
            {**asdict(part), "blocks": [block_as_json(block) for block in part.blocks]} for part in self.parts
        ]
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "AgendaItem":
        """The inverse of `as_json`. Raises KeyError or TypeError on data that is no paper."""
        parts = tuple(
            Part(**{**part, "blocks": tuple(block_from_json(block) for block in part["blocks"])})
            for part in data["parts"]
        )
        facts = tuple((label, value) for label, value in data["facts"])
        return cls(**{**data, "facts": facts, "parts": parts, "dated": date.fromisoformat(data["dated"])})


@dataclass(frozen=True)
class Asked:
    """A question asked at a meeting and the administration's answer, empty while there is none."""

    question: str
    answer: str


@dataclass(frozen=True)
class Held:
    """One meeting at which the item stood: what was recommended, what was decided, who was absent.

    `decision` is empty until the meeting has been held; `remarks` are supplementary ones beside the answers.
    """

    meeting_on: date
    recommendation: str
    decision: str = ""
    absent: str = ""
    questions: tuple[Asked, ...] = ()
    remarks: str = ""


@dataclass(frozen=True)
class AnnexLine:
    """An annex in the list: its number, title and document number; `note` says that it is corrected, and when."""

    number: int
    title: str
    document_number: str = ""
    note: str = ""

    def __str__(self) -> str:
        named = f"Bilag {self.number}: {self.title}"
        return ", ".join(part for part in (named, self.document_number, self.note) if part)


@dataclass(frozen=True)
class PaperInput:
    """Everything a paper says. `texts` are the sections as typed, by key; `readings` the meetings, oldest first;
    `appended` are annexes that stand in the paper itself."""

    template: Template
    municipality: str
    title: str
    kind: str
    committee: str
    item_number: int | None
    case_number: str
    document_number: str
    is_open: bool
    closed_reason: str
    competence: str
    texts: Mapping[str, str]
    readings: tuple[Held, ...]
    figures: Mapping[str, Shown]
    annexes: tuple[AnnexLine, ...] = ()
    appended: tuple[Part, ...] = ()


def compose_paper(given: PaperInput) -> AgendaItem:
    """The paper as it reads at the newest of its meetings. Raises UnknownFigure for a figure that is not there."""
    meeting = given.readings[-1].meeting_on
    number = f"{given.item_number}. " if given.item_number else ""
    return AgendaItem(
        title=f"{number}{given.title} ({given.kind})",
        running=f"{given.municipality} · {given.committee} · {long_date(meeting)}",
        facts=tuple(_facts(given)),
        parts=(
            *(part for key, _, _ in given.template.sections for part in _section(given, key)),
            *given.appended,
        ),
        author=given.municipality,
        dated=meeting,
    )


def _facts(given: PaperInput) -> Iterator[tuple[str, str]]:
    yield "Sagsnr.", given.case_number or "mangler"
    yield "Dok.nr.", given.document_number or "mangler"
    yield "Adgang", "Åbent punkt" if given.is_open else f"Lukket punkt: {given.closed_reason}"
    yield "Kompetence", given.competence or "mangler"


def _section(given: PaperInput, key: str) -> Iterator[Part]:
    match key:
        case "recommendation":
            yield from _recommendations(given)
        case "decision":
            yield from _decision(given, given.readings[-1])
        case "annexes":
            lines = tuple(str(annex) for annex in given.annexes)
            yield Part(
                given.template.heading(key), 2, (Bullets(lines),) if lines else (Paragraph("Ingen bilag."),)
            )
        case _:
            written = blocks(given.texts.get(key, ""), given.figures)
            yield Part(given.template.heading(key), 2, written or (Paragraph(EMPTY),))


def _recommendations(given: PaperInput) -> Iterator[Part]:
    """Each meeting's recommendation; an earlier one with what the meeting did and what has been answered since."""
    heading = given.template.heading("recommendation")
    for reading in given.readings[:-1]:
        yield Part(
            f"{heading} til mødet {long_date(reading.meeting_on)}", 2, _prose(given, reading.recommendation)
        )
        yield from _decision(given, reading)
        yield from _answers(given, reading)
    last = given.readings[-1]
    again = f" til mødet {long_date(last.meeting_on)}" if len(given.readings) > 1 else ""
    yield Part(heading + again, 2, _prose(given, last.recommendation))


def _decision(given: PaperInput, reading: Held) -> Iterator[Part]:
    if not reading.decision:
        return
    heading = f"Beslutning i {given.committee} den {long_date(reading.meeting_on)}"
    asked = tuple(each.question for each in reading.questions)
    said = (*_prose(given, reading.decision), *((Bullets(asked),) if asked else ()))
    yield Part(heading, 2, said)
    yield Part("Fraværende", 3, (Paragraph(reading.absent or "Ingen."),))


def _answers(given: PaperInput, reading: Held) -> Iterator[Part]:
    if not reading.questions and not reading.remarks:
        return
    yield Part("Administrationens supplerende bemærkninger", 2, blocks(reading.remarks, given.figures))
    for each in reading.questions:
        answer = blocks(each.answer, given.figures)
        yield Part(each.question, 3, answer or (Paragraph("Ikke besvaret endnu."),))


def _prose(given: PaperInput, text: str) -> tuple[Block, ...]:
    return blocks(text, given.figures) or (Paragraph(EMPTY),)
