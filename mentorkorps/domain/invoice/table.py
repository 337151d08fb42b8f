"""Invoices in a table (CSV): one row for each line, the head of the invoice repeated on each of its rows."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from mentorkorps.domain.dates import UnreadableDate, parse_date
from mentorkorps.domain.given import BadInput, csv_rows
from mentorkorps.domain.invoice.crediting import told_plainly
from mentorkorps.domain.invoice.model import BadInvoice, ReadInvoice, ReadLine, reference_in
from mentorkorps.domain.invoice.totals import vat_of
from mentorkorps.domain.money import parse_number, whole_ore

COLUMNS = {
    "fakturanummer": "leverandørens nummer på fakturaen",
    "cvr": "leverandørens CVR-nummer, 8 cifre",
    "fakturadato": "fx 31-10-2026",
    "forfaldsdato": "må være tom",
    "valuta": "DKK",
    "sagsnummer": "sagsnummer (FJ-0412) eller forløbets korte nummer på 8 tegn",
    "måned": "fx 10-2026 eller 2026-10",
    "timer": "fx 7,5; tom, når prisen er for hele forløbet",
    "pris": "for en time, eller for forløbet; uden moms",
    "beløb": "linjens beløb uden moms",
    "momsprocent": "0 eller 25",
    "i alt": "hele fakturaen med moms, det samme på alle dens rækker",
}
"""The columns of the table and what stands in them."""

MAY_COME = {
    "tekst": "hvad linjen er",
    "krediterer": "kun en kreditnota: nummeret på den faktura, den krediterer. Beløb og i alt skrives med minus",
}
"""Columns that may be left out."""

MOST_ROWS = 5_000


def read_table(text: str) -> list[ReadInvoice | BadInvoice]:
    """Every invoice of the table in the order they begin; a bad one is its BadInvoice, and the others are whole.

    Cells are parted by comma or semicolon. Raises BadInvoice when the table itself cannot be read.
    """
    try:
        rows = list(csv_rows(text, tuple(COLUMNS), delimiter=_delimiter(text)))
    except BadInput as bad:
        raise BadInvoice(f"Filen kan ikke læses: {bad}.") from None
    if not rows:
        raise BadInvoice("Filen har ingen rækker under overskriften.")
    if len(rows) > MOST_ROWS:
        raise BadInvoice(f"Filen har {len(rows)} rækker. Del den, så der er højst {MOST_ROWS}.")
    return [_invoice_or_bad(group) for group in _by_invoice(rows)]


Row = tuple[int, dict[str, str]]


def _delimiter(text: str) -> str:
    header = text.split("\n", 1)[0]
    return ";" if header.count(";") > header.count(",") else ","


def _by_invoice(rows: list[Row]) -> Iterator[list[Row]]:
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row[1]["cvr"], row[1]["fakturanummer"]), []).append(row)
    yield from groups.values()


def _invoice_or_bad(rows: list[Row]) -> ReadInvoice | BadInvoice:
    try:
        return told_plainly(_invoice(rows))
    except BadInvoice as bad:
        number = rows[0][1]["fakturanummer"]
        return BadInvoice(f"Faktura {number[:40] or 'uden nummer'}: {bad}")


def _invoice(rows: list[Row]) -> ReadInvoice:
    number, head = rows[0]
    for name in ("fakturadato", "forfaldsdato", "valuta", "i alt", "krediterer"):
        if any(cells.get(name) != head.get(name) for _, cells in rows):
            raise BadInvoice(f"{name} skal være det samme på alle fakturaens rækker.")
    lines = tuple(_line(each, cells) for each, cells in rows)
    net = sum(line.amount for line in lines)
    payable = _ore(number, head, "i alt")
    return ReadInvoice(
        number=head["fakturanummer"],
        cvr=head["cvr"],
        issued_on=_day(number, head, "fakturadato"),
        due_on=_day(number, head, "forfaldsdato") if head["forfaldsdato"] else None,
        currency=head["valuta"].upper(),
        lines=lines,
        net=net,
        vat=vat_of((line.amount, line.vat_percent) for line in lines),
        payable=payable,
        form="csv",
        credits=head.get("krediterer", ""),
    )


def _line(number: int, cells: dict[str, str]) -> ReadLine:
    percent = _number(number, cells, "momsprocent")
    if percent != int(percent):
        raise BadInvoice(f"række {number}, momsprocent: skriv 0 eller 25.")
    return ReadLine(
        reference=reference_in([cells["sagsnummer"]]),
        month=_month(number, cells["måned"]),
        hours=_number(number, cells, "timer") if cells["timer"] else None,
        price=_ore(number, cells, "pris"),
        amount=_ore(number, cells, "beløb"),
        vat_percent=int(percent),
        text=cells.get("tekst", "")[:200],
    )


def _number(number: int, cells: dict[str, str], name: str) -> Decimal:
    try:
        return parse_number(cells[name])
    except ValueError:
        raise BadInvoice(f"række {number}, {name}: “{cells[name][:40]}” er ikke et tal.") from None


def _ore(number: int, cells: dict[str, str], name: str) -> int:
    try:
        return whole_ore(_number(number, cells, name))
    except BadInvoice:
        raise
    except ValueError:
        raise BadInvoice(f"række {number}, {name}: der er mere end to decimaler.") from None


def _day(number: int, cells: dict[str, str], name: str) -> date:
    try:
        return parse_date(cells[name])
    except UnreadableDate as wrong:
        raise BadInvoice(f"række {number}, {name}: {wrong}") from None


def _month(number: int, text: str) -> date:
    parts = text.replace("/", "-").split("-")
    if len(parts) == 2 and all(part.isascii() and part.isdigit() for part in parts):
        year, month = sorted(map(int, parts), reverse=True)
        if 2000 <= year <= 2100 and 1 <= month <= 12:
            return date(year, month, 1)
    raise BadInvoice(f"række {number}, måned: “{text[:40]}” er ikke en måned. Skriv fx 10-2026.")
