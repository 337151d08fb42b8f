"""Credit notes: which documents are one, and a credit note's line held against what is paid on its invoice.

A supplier credits by a CreditNote (Peppol BIS 3, OIOUBL 2.1), or by an invoice or rows whose amounts are all below
zero. Either way it is told with amounts above zero, and takes from what is paid, never more than is left of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from mentorkorps.domain.dates import write_minutes
from mentorkorps.domain.invoice.matching import Difference, month_words
from mentorkorps.domain.invoice.model import ReadInvoice, ReadLine
from mentorkorps.domain.money import write_kroner


def told_plainly(read: ReadInvoice) -> ReadInvoice:
    """An invoice with no line above zero and a total below it as the credit note it is.

    `credits` is cleared on every other invoice: it may refer to another without crediting it.
    """
    if not read.is_credit and read.payable < 0 and all(line.amount <= 0 for line in read.lines):
        return replace(
            read, is_credit=True, net=-read.net, vat=-read.vat, payable=-read.payable,
            lines=tuple(_above_zero(line) for line in read.lines),
        )  # fmt: skip
    return read if read.is_credit else replace(read, credits="")


def _above_zero(line: ReadLine) -> ReadLine:
    """Suppliers put the minus on the hours, the price or the amount alone."""
    hours: Decimal | None = None if line.hours is None else abs(line.hours)
    return replace(line, hours=hours, price=abs(line.price), amount=-line.amount)


@dataclass(frozen=True)
class CreditFacts:
    """What is known of a credit note's line. Amounts in øre without VAT.

    `invoiced` is what the credited invoice asks for the same citizen and month, None when it has no such line;
    `approved` is what is paid of that. `asked` and `credited` are the same of the lines that credit it already.
    """

    number: str
    reference: str
    month: date
    minutes: int | None
    amount: int
    vat_percent: int
    invoiced: int | None
    invoiced_minutes: int
    vat_percents: frozenset[int]
    approved: int
    asked: int
    credited: int

    @property
    def left(self) -> int:
        """The most that can still be taken back."""
        return max(self.approved - self.credited, 0)

    @property
    def never_paid(self) -> int:
        """What was taken off the invoice by us and is not credited yet: the supplier may credit just that."""
        return max((self.invoiced or 0) - self.approved - (self.asked - self.credited), 0)

    @property
    def right(self) -> int:
        """What is to be taken back, so that the supplier ends with what is neither credited nor taken off."""
        return min(max(self.amount - self.never_paid, 0), self.left)


def credit_differences(line: CreditFacts) -> list[Difference]:
    """Everything about a credit note's line that somebody must settle, the gravest first."""
    if line.invoiced is None:
        return [_no_line(line)]
    return [*_amount(line), *_vat(line), *_minutes(line)]


def _no_line(line: CreditFacts) -> Difference:
    whom = f"“{line.reference}”" if line.reference else "en linje uden sagsnummer"
    return Difference(
        "line",
        f"Faktura {line.number} har intet for {whom} i {month_words(line.month)}. Der er intet at trække fra.",
        0,
    )


def _amount(line: CreditFacts) -> Iterator[Difference]:
    if line.amount > line.left:
        yield Difference(
            "below",
            f"Der krediteres {write_kroner(line.amount)}, men der er kun {write_kroner(line.left)} tilbage at trække "
            f"fra på faktura {line.number}.",
            line.right,
        )
    elif line.never_paid:
        yield Difference(
            "unpaid",
            f"På faktura {line.number} er linjen nedsat med {write_kroner(line.never_paid)} De er ikke betalt. Er det "
            "dem, der krediteres, skal de ikke trækkes fra igen.",
            line.right,
        )


def _vat(line: CreditFacts) -> Iterator[Difference]:
    if line.vat_percent not in line.vat_percents:
        percents = " og ".join(f"{percent} %" for percent in sorted(line.vat_percents))
        yield Difference(
            "vat", f"Momsen er {line.vat_percent} %, men på faktura {line.number} er den {percents}."
        )


def _minutes(line: CreditFacts) -> Iterator[Difference]:
    if line.minutes is not None and line.minutes > line.invoiced_minutes:
        yield Difference(
            "hours",
            f"Der krediteres {write_minutes(line.minutes)}, men faktura {line.number} har "
            f"{write_minutes(line.invoiced_minutes)} i {month_words(line.month)}.",
        )
