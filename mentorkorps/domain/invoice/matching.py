"""Three-way control of an invoice's line: granted, delivered and invoiced, with price, agreement and supplier.

Each difference is a Danish sentence with its figures. What is unknown is a difference of its own, never 0.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from mentorkorps.domain.dates import MONTHS, write_minutes
from mentorkorps.domain.economy import cost_of, round_ore
from mentorkorps.domain.money import write_kroner


@dataclass(frozen=True)
class Agreed:
    """A price agreed with the supplier for some of the month: øre without VAT, for an hour or a course."""

    ore: int
    vat_percent: int


@dataclass(frozen=True)
class Tolerance:
    """How much a line may be off without being asked about. None decided is 0 and 0: everything is asked about."""

    minutes: int = 0
    ore: int = 0


@dataclass(frozen=True)
class LineFacts:
    """What is known of one line. Minutes are those of its month.

    `minutes` None is a line for the whole course. `course` tells whether its course is known; without it nothing
    else of the course is. `granted` None is no grant in the month. `billed` are minutes on earlier lines for the same
    course and month, and `twice_on` the number of an invoice with a line that is just like this one. `unsigned` are
    the minutes delivered on days with no signed agreement, None when no agreement of the month is signed at all.
    """

    reference: str
    month: date
    minutes: int | None
    price: int
    amount: int
    vat_percent: int
    course: bool
    own_mentor: bool
    granted: int | None
    delivered: int
    billed: int
    twice_on: str
    unsigned: int | None
    agreed: tuple[Agreed, ...]


@dataclass(frozen=True)
class Difference:
    """One thing to settle: `code` names its kind, `says` is the sentence, and `pays` what is right to pay in øre.

    `pays` None means that nothing can be worked out.
    """

    code: str
    says: str
    pays: int | None = None


CANNOT_ACCEPT = {
    "unsigned": (
        "Der betales ikke for tid, før aftalen er underskrevet. Nedsæt linjen, eller spørg leverandøren.",
        "Aftalen skal være underskrevet, før der betales",
    ),
    "line": (
        "Der er intet på fakturaen at trække fra. Nedsæt linjen til 0, eller spørg leverandøren.",
        "En kreditnota trækker fra den faktura, den nævner",
    ),
    "below": (
        "Der kan ikke trækkes mere fra, end der er betalt. Nedsæt linjen, eller spørg leverandøren.",
        "En kreditnota trækker højst det fra, der er betalt",
    ),
}
"""Differences that are reduced or asked about, never accepted as they are: code → (why in Danish, by which rule)."""


def differences(line: LineFacts, tolerance: Tolerance | None) -> list[Difference]:
    """Everything about a line that somebody must settle, the gravest first; empty when all three agree."""
    allowed = tolerance or Tolerance()
    if not line.course:
        return [_unknown_course(line), *_twice(line), *_price(line, allowed)]
    return [
        *_twice(line),
        *_unsigned(line),
        *_supplier(line),
        *_granted(line, allowed),
        *_delivered(line, allowed),
        *_price(line, allowed),
    ]


def month_words(month: date) -> str:
    """oktober 2026."""
    return f"{MONTHS[month.month - 1]} {month.year}"


def _unknown_course(line: LineFacts) -> Difference:
    said = f"“{line.reference}” er ikke" if line.reference else "Der står ikke"
    return Difference(
        "course",
        f"{said} et forløb hos leverandøren i {month_words(line.month)}. Timerne kan ikke efterprøves.",
    )


def _twice(line: LineFacts) -> Iterator[Difference]:
    if line.twice_on:
        yield Difference(
            "twice",
            f"Samme forløb, måned og tid er allerede faktureret på faktura {line.twice_on}.",
            pays=0,
        )


def _unsigned(line: LineFacts) -> Iterator[Difference]:
    if line.unsigned is None:
        yield Difference(
            "unsigned",
            f"Ingen underskrevet aftale i {month_words(line.month)}. Intet betales, før den er der.",
            0,
        )
    elif line.unsigned:
        ahead = f"{write_minutes(line.unsigned)} er leveret, før aftalen var underskrevet"
        yield Difference("unsigned", f"{ahead}. Den tid betales ikke.", _pay_for(line, _paid_minutes(line)))


def _paid_minutes(line: LineFacts) -> int:
    return max(line.delivered - (line.unsigned or 0) - line.billed, 0)


def _supplier(line: LineFacts) -> Iterator[Difference]:
    if not line.own_mentor:
        yield Difference(
            "supplier", f"Borgeren havde ingen mentor fra leverandøren i {month_words(line.month)}.", pays=0
        )


def _granted(line: LineFacts, allowed: Tolerance) -> Iterator[Difference]:
    if line.granted is None:
        yield Difference("granted", f"Ingen bevilling dækker {month_words(line.month)}.", pays=0)
        return
    yield from _too_much("granted", "bevilget", line.granted, line, allowed)


def _delivered(line: LineFacts, allowed: Tolerance) -> Iterator[Difference]:
    if line.minutes is None and not line.delivered:
        yield Difference(
            "delivered", f"Der er ikke registreret en eneste kontakt i {month_words(line.month)}.", 0
        )
    yield from _too_much("delivered", "leveret", line.delivered, line, allowed)


def _too_much(code: str, word: str, right: int, line: LineFacts, allowed: Tolerance) -> Iterator[Difference]:
    if line.minutes is None:
        return
    over = line.minutes + line.billed - right
    if over > allowed.minutes:
        before = f" og {write_minutes(line.billed)} på tidligere linjer" if line.billed else ""
        yield Difference(
            code,
            f"Faktureret {write_minutes(line.minutes)}{before}, {word} {write_minutes(right)}: "
            f"{write_minutes(over)} for meget.",
            _pay_for(line, max(right - line.billed, 0)),
        )


def _price(line: LineFacts, allowed: Tolerance) -> Iterator[Difference]:
    per = "timen" if line.minutes is not None else "forløbet"
    if not line.agreed:
        yield Difference(
            "price", f"Prisen for {per} mangler for {month_words(line.month)}. Skriv den under Priser."
        )
        return
    if all(price.vat_percent != line.vat_percent for price in line.agreed):
        agreed_vat = line.agreed[0].vat_percent
        yield Difference("vat", f"Momsen er {line.vat_percent} %, men aftalen siger {agreed_vat} %.")
    most = max(price.ore for price in line.agreed)
    right = round_ore(cost_of(Fraction(line.minutes), most)) if line.minutes is not None else most
    if line.price > most and line.amount - right > allowed.ore:
        yield Difference(
            "price",
            f"Prisen for {per} er {write_kroner(line.price)}, men aftalt til {write_kroner(most)}: "
            f"{write_kroner(line.amount - right)} for meget på linjen.",
            right,
        )


def _pay_for(line: LineFacts, minutes: int) -> int | None:
    """What so many minutes cost at the line's price, never more than the line; None for a whole course."""
    if line.minutes is None:
        return None
    return min(round_ore(cost_of(Fraction(minutes), line.price)), line.amount)
