"""Does an invoice add up? To the øre, and nothing is put right on the way."""

from collections.abc import Iterator
from fractions import Fraction

from mentorkorps.domain.dates import field_date
from mentorkorps.domain.economy import round_ore
from mentorkorps.domain.invoice.model import ReadInvoice, ReadLine
from mentorkorps.domain.invoice.totals import vat_of
from mentorkorps.domain.money import write_kroner

MOST_LINES = 500
MOST_HOURS = 744  # in the longest month
MOST_ORE = 10**11
MOST_PRICE_ORE = 10**9
VAT_PERCENTS = (0, 25)


def problems(invoice: ReadInvoice) -> list[str]:
    """Why an invoice cannot be taken in, in Danish sentences; empty when it adds up."""
    return list(_of_head(invoice)) or list(_of_lines(invoice)) or list(_of_totals(invoice))


def _of_head(invoice: ReadInvoice) -> Iterator[str]:
    if not invoice.number or len(invoice.number) > 40:
        yield "Fakturanummeret mangler eller er længere end 40 tegn."
    if invoice.currency != "DKK":
        yield f"Fakturaen er i {invoice.currency or 'en ukendt valuta'}. Her kan kun betales i danske kroner (DKK)."
    if not _digits(invoice.cvr, 8) and not (_digits(invoice.gln, 13) and not invoice.cvr):
        yield "Leverandørens CVR-nummer mangler. Der skal stå 8 cifre, eller i XML et GLN-nummer på 13."
    if invoice.due_on and invoice.due_on < invoice.issued_on:
        yield (
            f"Forfaldsdatoen {field_date(invoice.due_on)} ligger før fakturadatoen "
            f"{field_date(invoice.issued_on)}."
        )
    if invoice.is_credit and not invoice.credits:
        yield (
            "Kreditnotaen siger ikke, hvilken faktura den krediterer. I XML står nummeret i BillingReference, i CSV i "
            "kolonnen krediterer."
        )
    if not 1 <= len(invoice.lines) <= MOST_LINES:
        yield f"Fakturaen har {len(invoice.lines)} linjer. Der skal være fra 1 til {MOST_LINES}."


def _digits(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()


def _of_lines(invoice: ReadInvoice) -> Iterator[str]:
    for place, line in enumerate(invoice.lines, start=1):
        yield from (f"Linje {place}: {problem}" for problem in _of_line(line))


def _of_line(line: ReadLine) -> Iterator[str]:
    if line.amount < 0 or line.price < 0 or (line.hours is not None and line.hours < 0):
        yield "timer, pris og beløb må ikke være negative her. Skal noget krediteres, så bed om en kreditnota for sig."
        return
    if line.vat_percent not in VAT_PERCENTS:
        yield f"momsen er {line.vat_percent} %. Her kendes kun 0 % og 25 %."
    if line.hours is not None and not 0 < line.hours <= MOST_HOURS:
        yield f"timerne skal være over 0 og højst {MOST_HOURS}, som er timerne i en måned."
        return
    if line.price > MOST_PRICE_ORE or line.amount > MOST_ORE:
        yield "beløbet er større, end her kan betales."
        return
    expected = round_ore(Fraction(1 if line.hours is None else line.hours) * line.price)
    if expected != line.amount:
        yield (
            f"timer gange pris er {write_kroner(expected)}, men beløbet er {write_kroner(line.amount)} "
            "Bed om en ny faktura."
        )


def _of_totals(invoice: ReadInvoice) -> Iterator[str]:
    lines = sum(line.amount for line in invoice.lines)
    vat = vat_of((line.amount, line.vat_percent) for line in invoice.lines)
    for what, said, counted in (
        ("Linjerne giver", invoice.net, lines),
        ("Momsen af linjerne giver", invoice.vat, vat),
        ("Linjer og moms giver", invoice.payable, lines + vat),
    ):
        if said != counted:
            yield (
                f"{what} {write_kroner(counted)}, men fakturaen siger {write_kroner(said)} "
                "Bed om en ny faktura."
            )
            return
