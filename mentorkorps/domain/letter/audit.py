"""The weeks of one course on paper, for an inspection: what was owed, what was held, and what was written when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mentorkorps.domain.letter.complete import require_texts
from mentorkorps.domain.letter.document import (
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

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class AuditInput:
    """Resolved words, in order of time; each row has the columns that its table names."""

    sender: Sender
    citizen: str
    dated: date
    case_number: str
    figures: tuple[tuple[str, str], ...]
    rhythms: Rows
    weeks: Rows
    contacts: Rows
    absences: Rows


def compose_audit(given: AuditInput) -> Document:
    """The paper of one course. Raises Incomplete."""
    require_texts(given)
    return Document(
        title=f"Ugerne i forløbet for {given.citizen}",
        sender=given.sender,
        recipient=Recipient("Til sagen"),
        dated=given.dated,
        case_number=given.case_number,
        greeting=None,
        sections=tuple(_sections(given)),
        signature=Signature("Udskrevet af", (Signer(given.sender.name, given.sender.title),)),
        footer=footer(given.sender),
    )


def _sections(given: AuditInput) -> Iterator[Section]:
    yield Section(None, (Box(given.figures),))
    tables = (
        ("Hvor tit de skal mødes", ("Fra", "Til og med", "Mindst", "Kilde"), given.rhythms),
        ("Uge for uge", ("Uge", "Status", "Kontakter", "Hvorfor"), given.weeks),
        (
            "Det, der er registreret",
            ("Dato", "Hvordan gik det", "Minutter", "Mentor", "Registreret", "Tæller den?"),
            given.contacts,
        ),
        ("Fravær", ("Fra", "Til og med", "Hvem", "Grund"), given.absences),
    )
    for heading, header, rows in tables:
        empty = Paragraph("Der er ikke registreret noget.")
        yield Section(heading, (Table(header, rows, heading) if rows else empty,))
