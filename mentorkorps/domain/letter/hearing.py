"""The hearing letter (partshøring): what is planned, what it rests on, and how to answer (FVL § 19)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mentorkorps.domain.dates import DAYS, long_date
from mentorkorps.domain.letter.basis import Head, LegalBasis
from mentorkorps.domain.letter.complete import Incomplete, require, require_authority, require_texts
from mentorkorps.domain.letter.document import Block, Box, Bullets, Document, Paragraph, Section, Table
from mentorkorps.domain.letter.frame import footer, greeting, phone, signed
from mentorkorps.domain.letter.words import sentence, spelled_out


@dataclass(frozen=True)
class KnownFact:
    """A fact the planned decision rests on, and where it comes from."""

    text: str
    source: str


@dataclass(frozen=True)
class HearingInput:
    """What the citizen is asked about; `plan` and `reason` are whole sentences to the citizen."""

    planned: Literal["grant", "refusal", "change", "early_stop", "non_extension"]
    head: Head
    basis: LegalBasis
    plan: str
    reason: str
    facts: tuple[KnownFact, ...]
    answer_by: date
    answer_how: tuple[str, ...]


_TITLES = {
    "grant": "Vi overvejer at give dig mindre, end du har bedt om",
    "refusal": "Vi overvejer at sige nej til en mentor",
    "change": "Vi overvejer at ændre din mentorstøtte",
    "early_stop": "Vi overvejer at stoppe din mentorstøtte før tid",
    "non_extension": "Vi overvejer at sige nej til en ny periode med mentor",
}


def compose_hearing(given: HearingInput) -> Document:
    """The letter before an adverse decision. Raises Incomplete, also where the deadline is past."""
    require_texts(given)
    require(given, "facts", "answer_how")
    require(given.basis, "rule_says")
    require(given.head.recipient, "address_lines")
    require_authority(given.basis.authority, given.head.dated)
    if given.answer_by <= given.head.dated:
        raise Incomplete("answer_by", "Fristen for at svare skal ligge efter brevets dato.")
    return Document(
        title=_TITLES[given.planned],
        sender=given.head.sender,
        recipient=given.head.recipient,
        dated=given.head.dated,
        case_number=given.head.case_number,
        greeting=greeting(given.head),
        sections=tuple(_sections(given)),
        signature=signed(given.head.sender),
        footer=footer(given.head.sender),
    )


def _sections(given: HearingInput) -> Iterator[Section]:
    yield Section(None, tuple(_opening(given)))
    yield Section("Derfor overvejer vi det", (Paragraph(sentence(given.reason)),))
    yield Section("Det ved vi", (_facts(given.facts),))
    yield Section("Reglerne", (Paragraph(_rules(given.basis)),))
    yield Section("Sådan svarer du", tuple(_answering(given)))


def _opening(given: HearingInput) -> Iterator[Block]:
    yield Paragraph(f"{sentence(given.plan)} Vi har ikke besluttet det endnu. Vi vil gerne høre dig først.")
    deadline = f"Senest {DAYS[given.answer_by.weekday()]} den {long_date(given.answer_by)}"
    yield Box(
        (("Svar os", deadline), ("Spørg os", f"{given.head.sender.name}, {phone(given.head.sender.phone)}"))
    )


def _facts(facts: tuple[KnownFact, ...]) -> Table:
    return Table(
        header=("Oplysning", "Kommer fra"),
        rows=tuple((sentence(fact.text), fact.source) for fact in facts),
        caption="Det vil vi bygge på",
    )


def _rules(basis: LegalBasis) -> str:
    citations = spelled_out((basis.citation, *basis.other_citations))
    return (
        f"Vi ser på reglen om {basis.rule_title}. Den står i {citations}."
        f" {sentence(basis.rule_says or '')} Du har ret til at sige din mening først."
        f" Det står i {spelled_out(('FVL § 19',))}."
    )


def _answering(given: HearingInput) -> Iterator[Block]:
    yield Paragraph("Er noget forkert? Mangler der noget? Har du en anden mening? Så sig det til os:")
    yield Bullets(given.answer_how)
    yield Paragraph(
        "Du må gerne få en anden til at hjælpe dig eller svare for dig. Du kan også bede om at se"
        " papirerne i din sag."
    )
    yield Paragraph(
        "Du behøver ikke svare. Så beslutter vi ud fra det, vi ved. Du får brev om, hvad vi beslutter."
    )
