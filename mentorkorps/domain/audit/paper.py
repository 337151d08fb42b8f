"""The audit sheet of one case on paper: each point with its state, and what it was judged from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mentorkorps.domain.audit.judged import share
from mentorkorps.domain.audit.model import STATES, Check, Point
from mentorkorps.domain.dates import field_date
from mentorkorps.domain.letter import (
    Box,
    Document,
    Paragraph,
    Recipient,
    Section,
    Sender,
    Signature,
    Signer,
    Table,
)
from mentorkorps.domain.letter.frame import footer

HOLDS = {True: "Ja", False: "Nej", None: "Vides ikke"}


@dataclass(frozen=True)
class SheetInput:
    """Whose case, who prints it and when, and the judged points."""

    sender: Sender
    citizen: str
    case_number: str
    dated: date
    figures: tuple[tuple[str, str], ...]
    points: tuple[Point, ...]


def compose_sheet(given: SheetInput) -> Document:
    """The twelve points of one case."""
    return Document(
        title=f"Kontrolark for {given.citizen}",
        sender=given.sender,
        recipient=Recipient("Til sagen"),
        dated=given.dated,
        case_number=given.case_number,
        greeting=None,
        sections=tuple(_sections(given)),
        signature=Signature("Udskrevet af", (Signer(given.sender.name, given.sender.title),)),
        footer=footer(given.sender),
    )


def counted(points: tuple[Point, ...]) -> str:
    """8 opfyldt, 1 ikke opfyldt, 2 vides ikke, 1 ikke relevant."""
    counts = share(point.state for point in points)
    return ", ".join(f"{getattr(counts, state)} {word}" for state, word in STATES.items())


def _sections(given: SheetInput) -> Iterator[Section]:
    lede = "Arket viser sagen, som den stod på dagen. “Vides ikke” er hverken ja eller nej."
    box = Box((*given.figures, ("De 12 punkter", counted(given.points))))
    yield Section(None, (box, Paragraph(lede)))
    for point in given.points:
        yield Section(f"{point.number}. {point.title}: {STATES[point.state]}", (_block(point),))


def _block(point: Point) -> Table | Paragraph:
    if not point.checks:
        return Paragraph(point.reason)
    rows = tuple(map(_row, point.checks))
    caption = f"Det, punkt {point.number} er svaret ud fra"
    return Table(("Spørgsmål", "Svar", "Det, der står", "Dato"), rows, caption)


def _row(check: Check) -> tuple[str, ...]:
    return (check.asks, HOLDS[check.holds], check.found, field_date(check.on) if check.on else "–")
