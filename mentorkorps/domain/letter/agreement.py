"""The mentor agreement: goal, mentor, tasks, period, hours and complaint guidance, signed by hand.

The six items are LAB § 31 c until 2019 and the order on active employment measures since then. A mentor in
a company or at a school also passes the two-part test (LAB § 31 d; § 169 since 2020).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mentorkorps.domain.danish import capitalised
from mentorkorps.domain.dates import long_date
from mentorkorps.domain.letter.basis import Complaint, Head, Mentor
from mentorkorps.domain.letter.complete import require, require_authority, require_texts
from mentorkorps.domain.letter.document import (
    Box,
    Bullets,
    Document,
    Paragraph,
    Section,
    Signature,
    Signer,
)
from mentorkorps.domain.letter.frame import complaint_section, footer, phone
from mentorkorps.domain.letter.words import (
    Rhythm,
    amount,
    genitive,
    meet_words,
    sentence,
    span,
    spelled_out,
)


@dataclass(frozen=True)
class CompanyPart:
    """A mentor who is bought free at a company or a school; `wage` is written out, "212,50 kr. i timen"."""

    firm: str
    cvr: str
    signer: str
    citation: str
    beyond_ordinary: str
    decisive: str
    wage: str


@dataclass(frozen=True)
class AgreementInput:
    """The content of one agreement; minutes are whole minutes a week, the period includes both days."""

    head: Head
    authority: str
    decided_on: date
    citations: tuple[str, ...]
    goal: str
    mentor: Mentor
    tasks: tuple[str, ...]
    not_tasks: tuple[str, ...]
    start: date
    end: date
    minutes_per_week: int
    rhythm: Rhythm | None
    place: str
    complaint: Complaint
    company: CompanyPart | None = None


def compose_agreement(given: AgreementInput) -> Document:
    """The agreement, ready to sign. Raises Incomplete; it needs tasks and what is not the mentor's task."""
    require_texts(given)
    require(given, "citations", "tasks", "not_tasks")
    require_authority(given.authority, given.head.dated)
    return Document(
        title="Aftale om mentor",
        sender=given.head.sender,
        recipient=given.head.recipient,
        dated=given.head.dated,
        case_number=given.head.case_number,
        greeting=None,
        sections=tuple(_sections(given)),
        signature=_signature(given),
        footer=footer(given.head.sender),
    )


def _sections(given: AgreementInput) -> Iterator[Section]:
    who = given.mentor.first_name
    yield Section(None, (Paragraph(_opening(given)), _box(given)))
    yield Section(f"Det hjælper {who} dig med", (Bullets(given.tasks),))
    yield Section(f"Det er ikke {genitive(who)} opgave", (Bullets(given.not_tasks),))
    if given.company:
        yield _company_section(given.company)
    yield Section("Det aftaler vi også", (Paragraph(_terms(given)),))
    yield complaint_section(given.complaint, given.head.sender, "aftalen")


def _opening(given: AgreementInput) -> str:
    return (
        f"Aftalen er mellem dig og {given.authority}. Den hører til afgørelsen af"
        f" {long_date(given.decided_on)} og bygger på {spelled_out(given.citations)}."
    )


def _box(given: AgreementInput) -> Box:
    return Box(
        (
            ("Dit mål", sentence(given.goal)),
            ("Din mentor", f"{given.mentor.name}, {phone(given.mentor.phone)}"),
            ("Hvornår", f"Fra {span(given.start, given.end)}"),
            ("Hvor meget", f"{amount(given.minutes_per_week)} om ugen. {meet_words(given.rhythm)}"),
            ("Hvor", sentence(given.place)),
        )
    )


def _company_section(company: CompanyPart) -> Section:
    return Section(
        f"Aftalen med {company.firm}",
        (
            Box((("Virksomhed", f"{company.firm}, CVR {company.cvr}"), ("Betaling", sentence(company.wage)))),
            Paragraph(
                f"Støtten går ud over det sædvanlige: {sentence(company.beyond_ordinary)}"
                f" Støtten er afgørende: {sentence(company.decisive)}"
                f" Begge dele skal være opfyldt. Det står i {spelled_out((company.citation,))}."
            ),
        ),
    )


def _terms(given: AgreementInput) -> str:
    return (
        f"Du og {given.mentor.first_name} gør tingene sammen. Lidt efter lidt gør du mere selv. Kan en af jer"
        " ikke komme, så ring til den anden. Aftalen gælder, når alle har skrevet under. Vi betaler ikke for"
        f" mentorens timer før det. Aftalen slutter den {long_date(given.end)}. Inden da taler"
        f" {given.authority} med dig om, hvad der så skal ske."
    )


def _signature(given: AgreementInput) -> Signature:
    sender, company = given.head.sender, given.company
    signers = [
        Signer(given.head.recipient.name, "borger"),
        Signer(sender.name, f"{sender.title}, {sender.municipality}"),
    ]
    if company:
        signers.append(Signer(company.signer, f"for {capitalised(company.firm)}"))
    return Signature("Underskrifter", tuple(signers), by_hand=True)
