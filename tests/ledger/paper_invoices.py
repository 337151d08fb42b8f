"""Invoices as suppliers send them, made for tests and the benchmark: XML, tables, and a pile with everything wrong."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random

from mentorkorps.domain.dates import month_end
from mentorkorps.domain.economy import round_ore

PEPPOL = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
OIOUBL = "OIOUBL-2.1"
OCTOBER = date(2026, 10, 1)


@dataclass(frozen=True)
class PaperLine:
    """A line; money in øre. `amount` None is hours times price."""

    reference: str = "FJ-0403"
    hours: str | None = "8"
    price: int = 42_000
    amount: int | None = None
    month: date = OCTOBER
    name: str = "Mentorstøtte"

    @property
    def ore(self) -> int:
        if self.amount is not None:
            return self.amount
        return round_ore(Fraction(Decimal(self.hours or "1")) * self.price)


@dataclass(frozen=True)
class Paper:
    """An invoice on paper, or the credit note of the invoice that it `credits`; `extra` makes a wrong total.

    `gln` names the supplier in place of the CVR number.
    """

    number: str = "1001"
    cvr: str = "10000009"
    issued: date = date(2026, 11, 2)
    currency: str = "DKK"
    vat_percent: int = 0
    lines: tuple[PaperLine, ...] = (PaperLine(),)
    extra: int = 0
    credits: str = ""
    gln: str = ""

    @property
    def net(self) -> int:
        return sum(line.ore for line in self.lines)

    @property
    def vat(self) -> int:
        return (self.net * self.vat_percent + 50) // 100


def kroner(ore: int) -> str:
    sign, ore = ("-", -ore) if ore < 0 else ("", ore)
    return f"{sign}{ore // 100}.{ore % 100:02}"


def as_xml(paper: Paper, profile: str = PEPPOL) -> bytes:
    """The invoice or credit note as Peppol BIS 3, or as OIOUBL 2.1."""
    kind = "CreditNote" if paper.credits else "Invoice"
    money = f'currencyID="{paper.currency}"'
    lines = "".join(_line_xml(place, line, paper, money) for place, line in enumerate(paper.lines, start=1))
    category = f"<cbc:ID>S</cbc:ID><cbc:Percent>{paper.vat_percent}</cbc:Percent>"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<{kind} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{kind}-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:CustomizationID>{profile}</cbc:CustomizationID><cbc:ID>{paper.number}</cbc:ID>
<cbc:IssueDate>{paper.issued}</cbc:IssueDate>{_type_code(paper)}
<cbc:DocumentCurrencyCode>{paper.currency}</cbc:DocumentCurrencyCode>
{_credited(paper)}
<cac:AccountingSupplierParty><cac:Party>{_party(paper, profile)}</cac:Party></cac:AccountingSupplierParty>
<cac:TaxTotal><cbc:TaxAmount {money}>{kroner(paper.vat)}</cbc:TaxAmount><cac:TaxSubtotal>
<cbc:TaxableAmount {money}>{kroner(paper.net)}</cbc:TaxableAmount>
<cbc:TaxAmount {money}>{kroner(paper.vat)}</cbc:TaxAmount>
<cac:TaxCategory>{category}</cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:LineExtensionAmount {money}>{kroner(paper.net)}</cbc:LineExtensionAmount>
<cbc:PayableAmount {money}>{kroner(paper.net + paper.vat + paper.extra)}</cbc:PayableAmount></cac:LegalMonetaryTotal>
{lines}</{kind}>""".encode()


def _type_code(paper: Paper) -> str:
    if paper.credits:
        return "<cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>"
    return "<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>"


def _credited(paper: Paper) -> str:
    reference = (
        f"<cac:InvoiceDocumentReference><cbc:ID>{paper.credits}</cbc:ID></cac:InvoiceDocumentReference>"
    )
    return f"<cac:BillingReference>{reference}</cac:BillingReference>" if paper.credits else ""


def _party(paper: Paper, profile: str) -> str:
    if paper.gln:
        scheme = "0088" if profile == PEPPOL else "GLN"
        return f'<cbc:EndpointID schemeID="{scheme}">{paper.gln}</cbc:EndpointID>'
    return (
        f'<cbc:EndpointID schemeID="0184">DK{paper.cvr}</cbc:EndpointID><cac:PartyLegalEntity>'
        f'<cbc:CompanyID schemeID="0184">DK{paper.cvr}</cbc:CompanyID></cac:PartyLegalEntity>'
    )


def _line_xml(place: int, line: PaperLine, paper: Paper, money: str) -> str:
    unit, quantity = ("HUR", line.hours) if line.hours is not None else ("C62", "1")
    kind, many = ("CreditNoteLine", "Credited") if paper.credits else ("InvoiceLine", "Invoiced")
    return f"""<cac:{kind}><cbc:ID>{place}</cbc:ID><cbc:Note>{line.reference}</cbc:Note>
<cbc:{many}Quantity unitCode="{unit}">{quantity}</cbc:{many}Quantity>
<cbc:LineExtensionAmount {money}>{kroner(line.ore)}</cbc:LineExtensionAmount>
<cac:InvoicePeriod><cbc:StartDate>{line.month}</cbc:StartDate><cbc:EndDate>{month_end(line.month)}</cbc:EndDate></cac:InvoicePeriod>
<cac:Item><cbc:Name>{line.name}</cbc:Name><cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID>
<cbc:Percent>{paper.vat_percent}</cbc:Percent></cac:ClassifiedTaxCategory></cac:Item>
<cac:Price><cbc:PriceAmount {money}>{kroner(line.price)}</cbc:PriceAmount></cac:Price></cac:{kind}>"""


HEADER = (
    "fakturanummer;cvr;fakturadato;forfaldsdato;valuta;sagsnummer;måned;timer;pris;beløb;momsprocent;i alt;tekst;"
    "krediterer"
)


def as_csv(papers: Sequence[Paper]) -> bytes:
    """The invoices as one table, with semicolons and decimal commas as Danish spreadsheets write them.

    The amounts of credit notes have a minus.
    """
    rows = [HEADER]
    for paper in papers:
        sign = -1 if paper.credits else 1
        total = _comma(sign * (paper.net + paper.vat + paper.extra))
        rows += [
            f"{paper.number};{paper.cvr};{paper.issued:%d-%m-%Y};;{paper.currency};{line.reference};"
            f"{line.month:%m-%Y};{(line.hours or '').replace('.', ',')};{_comma(line.price)};{_comma(sign * line.ore)};"
            f"{paper.vat_percent};{total};{line.name};{paper.credits}"
            for line in paper.lines
        ]
    return "\n".join(rows).encode()


def _comma(ore: int) -> str:
    return kroner(ore).replace(".", ",")


BOMB = (
    b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">
"""
    + b"".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">\n'.encode() for n in range(9))
    + b"]><Invoice>&j;</Invoice>"
)


@dataclass(frozen=True)
class Case:
    """What can be wrong with an invoice of a pile: how it is made, and a word of the sentence that names it."""

    name: str
    says: str
    make: Callable[[Paper], bytes]
    taken_in: bool = False


def _line(paper: Paper, **changes: object) -> Paper:
    return replace(paper, lines=(replace(paper.lines[0], **changes), *paper.lines[1:]))  # type: ignore[arg-type]


def _and_another(paper: Paper, **changes: object) -> Paper:
    return replace(paper, lines=(*paper.lines, replace(paper.lines[0], **changes)))  # type: ignore[arg-type]


CASES = (
    Case("broken", "ikke gyldig XML", lambda paper: as_xml(paper)[:-40]),
    Case("bomb", "dokumenttype", lambda paper: BOMB),
    Case("currency", "EUR", lambda paper: as_xml(replace(paper, currency="EUR"))),
    Case("total", "men fakturaen siger", lambda paper: as_xml(replace(paper, extra=100))),
    Case("negative", "negative", lambda paper: as_xml(_and_another(paper, hours="-0.25"))),
    Case("credit", "hvilken faktura den krediterer", lambda paper: as_xml(_line(paper, hours="-3"))),
    Case("credited", "er ikke taget ind", lambda paper: as_xml(replace(paper, credits="0"))),
    Case("minus", "hvilken faktura den krediterer", lambda paper: as_csv([_line(paper, amount=-3_000)])),
    Case("gln", "kun GLN-nummer", lambda paper: as_xml(replace(paper, gln="5790000000005"))),
    Case("amount", "timer gange pris", lambda paper: as_xml(_line(paper, amount=1))),
    Case("formula", "er ikke et tal", lambda paper: as_csv([_line(paper, hours="=1+1", amount=84_000)])),
    Case("supplier", "Ingen leverandør", lambda paper: as_xml(replace(paper, cvr="99999999"))),
    Case("hours", "for meget", lambda paper: as_xml(_line(paper, hours="40")), taken_in=True),
    Case("price", "men aftalt til", lambda paper: as_xml(_line(paper, price=55_000)), taken_in=True),
    Case("course", "er ikke et forløb", lambda paper: as_xml(_line(paper, reference="FJ-9999")), taken_in=True),
    Case(
        "grant", "er ikke et forløb", lambda paper: as_xml(_line(paper, month=date(2026, 2, 1))), taken_in=True
    ),
    Case("text", "er ikke et forløb", lambda paper: as_csv([_line(paper, reference="=HYPERLINK(1)")]), taken_in=True),
)  # fmt: skip


def pile(good: Sequence[Paper], bad: int, rng: Random) -> list[tuple[str, bytes, Case | None]]:
    """Files of good invoices with `bad` others among them: (name, bytes, what is wrong). The cases take turns."""
    files: list[tuple[str, bytes, Case | None]] = [
        (f"god-{paper.number}.xml", as_xml(paper, rng.choice((PEPPOL, OIOUBL))), None) for paper in good
    ]
    for place in range(bad):
        case = CASES[place % len(CASES)]
        paper = replace(good[place % len(good)], number=f"B{place:04}")
        # Told apart from the good one that it is made from, so that only what is wrong is wrong.
        paper = _line(paper, name=f"Mentorstøtte {place}")
        files.append((f"{case.name}-{place}.xml", case.make(paper), case))
    rng.shuffle(files)
    return files
