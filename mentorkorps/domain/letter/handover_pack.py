"""The front page of several hand-overs: who takes over whom, for how long, and what a hand-over still lacks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mentorkorps.domain.letter.document import Bullets, Document, Paragraph, Recipient, Section, Sender, Table
from mentorkorps.domain.letter.frame import footer
from mentorkorps.domain.letter.words import standing_in


@dataclass(frozen=True)
class PackRow:
    """One course that a substitute takes over. `lacks` says what its hand-over is missing; empty when it follows.

    `back` is as in `HandoverInput`.
    """

    case_number: str
    citizen_first_name: str
    citizen_initial: str
    substitute: str
    start: date
    end: date
    lacks: str
    back: str | None = None

    @property
    def citizen(self) -> str:
        """First name and initial."""
        return f"{self.citizen_first_name} {self.citizen_initial.upper()}."


@dataclass(frozen=True)
class PackInput:
    """The courses of one mentor who is away, as the page `to` somebody tells of them."""

    sender: Sender
    to: str
    dated: date
    absent: str
    rows: tuple[PackRow, ...]


def compose_handover_front(given: PackInput) -> Document:
    """The front page: first names and initials, no CPR number and no diagnosis."""
    return Document(
        title=f"Overleveringer, mens {given.absent} er væk",
        sender=given.sender,
        recipient=Recipient(given.to),
        dated=given.dated,
        case_number="",
        greeting=None,
        sections=tuple(_sections(given)),
        signature=None,
        footer=footer(given.sender),
    )


def _sections(given: PackInput) -> Iterator[Section]:
    yield Section(None, (_who(given.rows),))
    lacking = tuple(f"{row.citizen} ({row.case_number}): {row.lacks}" for row in given.rows if row.lacks)
    if lacking:
        yield Section("Kan ikke overleveres på skrift endnu", (Bullets(lacking),))


def _who(rows: tuple[PackRow, ...]) -> Paragraph | Table:
    if not rows:
        return Paragraph("Ingen vikar er sat ind.")
    return Table(
        header=("Borger", "Sag", "Vikar", "Periode"),
        rows=tuple(
            (row.citizen, row.case_number, row.substitute, standing_in(row.start, row.end, row.back))
            for row in rows
        ),
        caption="Hvem overtager hvem",
    )
