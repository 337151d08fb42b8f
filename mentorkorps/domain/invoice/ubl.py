"""Invoices and credit notes as XML: OIOUBL 2.1 and Peppol BIS Billing 3, which are both UBL 2.

A file never reaches the network or another file, and one that could swell is refused before it is read: no document
type declaration, a limit of size, and none of the parser's limits lifted.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from lxml import etree

from mentorkorps.domain.invoice.crediting import told_plainly
from mentorkorps.domain.invoice.model import BadInvoice, ReadInvoice, ReadLine, one_month, reference_in
from mentorkorps.domain.money import whole_ore

LARGEST = 2_000_000  # bytes; an invoice of 500 lines is about half
UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
NAMES = {"cac": f"{UBL}CommonAggregateComponents-2", "cbc": f"{UBL}CommonBasicComponents-2"}
HOUR_UNITS = {"HUR"}  # UN/ECE recommendation 20
COURSE_UNITS = {"C62", "EA", "XPP", "H87"}
_DECIMAL = re.compile(r"[+-]?[0-9]{1,13}(\.[0-9]{1,6})?")
_DTD = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)

HAS_DTD = "Filen erklærer en dokumenttype eller egne tegn (DTD). Det må en faktura ikke, så den er ikke læst."
INVOICE, CREDIT_NOTE = f"{{{UBL}Invoice-2}}Invoice", f"{{{UBL}CreditNote-2}}CreditNote"
CREDIT_CODE = "381"  # UN/CEFACT 1001, which an invoice may bear as well
LINES = "cac:InvoiceLine | cac:CreditNoteLine"
PARTY = "cac:AccountingSupplierParty/cac:Party"
GLN_SCHEMES = ("GLN", "0088")  # OIOUBL's name of it, and Peppol's
QUANTITY = "cbc:InvoicedQuantity | cbc:CreditedQuantity"


def read_ubl(data: bytes) -> ReadInvoice:
    """The invoice or credit note in an XML file. Raises BadInvoice, in Danish, with why it is not."""
    root = _root(data)
    if root.tag not in (INVOICE, CREDIT_NOTE):
        raise BadInvoice("Filen er hverken en faktura eller en kreditnota efter OIOUBL eller Peppol BIS 3.")
    return told_plainly(_invoice(root))


def _root(data: bytes) -> etree._Element:
    if len(data) > LARGEST:
        raise BadInvoice("Filen er større end 2 MB. En faktura er meget mindre; bed om en ny.")
    if _DTD.search(data.replace(b"\0", b"")):  # without the zeros of UTF-16 and UTF-32
        raise BadInvoice(HAS_DTD)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, dtd_validation=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise BadInvoice("Filen er ikke gyldig XML. Den kan være afkortet; bed om en ny.") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise BadInvoice(HAS_DTD)
    return root


def _invoice(root: etree._Element) -> ReadInvoice:
    percents = _percents(root)
    lines = tuple(_line(root, line, place, percents) for place, line in enumerate(_all(root, LINES), start=1))
    totals = _one(root, "cac:LegalMonetaryTotal")
    if totals is None:
        raise BadInvoice("Fakturaens samlede beløb (LegalMonetaryTotal) mangler.")
    return ReadInvoice(
        number=_text(root, "cbc:ID"),
        cvr=(cvr := _cvr(root)),
        gln="" if cvr else _gln(root),
        issued_on=_day(root, "cbc:IssueDate") or _missing("fakturadatoen"),
        due_on=_day(root, "cbc:DueDate") or _day(root, "cac:PaymentMeans/cbc:PaymentDueDate"),
        currency=_currency(root),
        lines=lines,
        net=_ore(totals, "cbc:LineExtensionAmount", "linjernes sum"),
        vat=_ore(root, "cac:TaxTotal/cbc:TaxAmount", "momsen", default="0"),
        payable=_ore(totals, "cbc:PayableAmount", "beløbet at betale"),
        form="peppol" if "peppol" in _text(root, "cbc:CustomizationID") else "ubl",
        is_credit=root.tag == CREDIT_NOTE or _text(root, "cbc:InvoiceTypeCode") == CREDIT_CODE,
        credits=_credits(root),
    )


def _credits(root: etree._Element) -> str:
    """The number of the invoice that is referred to; several are named together, and together they are none."""
    path = ".//cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID"
    return " og ".join(sorted({(each.text or "").strip() for each in _all(root, path)} - {""}))


def _missing(what: str) -> date:
    raise BadInvoice(f"{what[:1].upper()}{what[1:]} mangler i filen.")


def _currency(root: etree._Element) -> str:
    """The currency of the document, or another that an amount is in: a file with two is in neither."""
    said = {_text(root, "cbc:DocumentCurrencyCode")} | {
        str(code) for code in root.xpath("//@currencyID[not(ancestor::cac:TaxTotal)]", namespaces=NAMES)
    }
    return said.pop() if len(said) == 1 else " og ".join(sorted(said - {""}))


def _percents(root: etree._Element) -> list[Decimal]:
    subtotals = _all(root, "cac:TaxTotal/cac:TaxSubtotal[.//cbc:Percent]")
    return [_number(each, ".//cbc:Percent", "momsprocenten") for each in subtotals]


def _line(root: etree._Element, line: etree._Element, place: int, percents: list[Decimal]) -> ReadLine:
    where = f"Linje {place}"
    period = _one(line, "cac:InvoicePeriod")
    if period is None:
        period = _one(root, "cac:InvoicePeriod")
    first = _day(period, "cbc:StartDate") if period is not None else None
    last = _day(period, "cbc:EndDate") if period is not None else None
    quantity = _number(line, QUANTITY, f"{where}: antallet")
    return ReadLine(
        reference=reference_in(_references(root, line)),
        month=one_month(first, last, where),
        hours=_hours(line, quantity, where),
        price=_price(line, where),
        amount=_ore(line, "cbc:LineExtensionAmount", f"{where}: beløbet"),
        vat_percent=_vat(line, percents, where),
        text=(_text(line, "cac:Item/cbc:Name") or _text(line, "cac:Item/cbc:Description"))[:200],
    )


def _hours(line: etree._Element, quantity: Decimal, where: str) -> Decimal | None:
    unit = line.xpath(f"string(({QUANTITY})/@unitCode)", namespaces=NAMES)
    if unit in HOUR_UNITS:
        return quantity
    if unit in COURSE_UNITS and abs(quantity) == 1:
        return None
    raise BadInvoice(
        f"{where}: enheden skal være timer (HUR), eller ét forløb (C62). Her står {quantity} {unit}."
    )


def _price(line: etree._Element, where: str) -> int:
    base = _text(line, "cac:Price/cbc:BaseQuantity")
    if base and _number(line, "cac:Price/cbc:BaseQuantity", f"{where}: prisens enhed") != 1:
        raise BadInvoice(f"{where}: prisen skal være for én time eller ét forløb.")
    return _ore(line, "cac:Price/cbc:PriceAmount", f"{where}: prisen")


def _vat(line: etree._Element, percents: list[Decimal], where: str) -> int:
    """The line's own percent (Peppol, or OIOUBL's tax total of the line), else the only one that the invoice has."""
    for path in (
        "cac:Item/cac:ClassifiedTaxCategory/cbc:Percent",
        "cac:TaxTotal/cac:TaxSubtotal//cbc:Percent",
    ):
        if _text(line, path):
            percents = [_number(line, path, f"{where}: momsprocenten")]
            break
    if len(set(percents)) > 1:
        raise BadInvoice(f"{where}: momsprocenten mangler, og fakturaen har flere.")
    percent = percents[0] if percents else Decimal(0)
    if percent != int(percent):
        raise BadInvoice(f"{where}: momsen er {percent} %. Her kendes kun 0 % og 25 %.")
    return int(percent)


def _references(root: etree._Element, line: etree._Element) -> Iterator[str]:
    """Where suppliers write whom a line is about, the most particular first."""
    for where, path in (
        (line, "cac:DocumentReference/cbc:ID"), (line, "cac:OrderLineReference/cbc:LineID"),
        (line, "cac:OrderLineReference/cac:OrderReference/cbc:ID"), (line, "cbc:AccountingCost"),
        (line, "cbc:Note"), (line, "cac:Item/cbc:Name"), (line, "cac:Item/cbc:Description"),
        (root, "cac:OrderReference/cbc:ID"), (root, "cbc:BuyerReference"), (root, "cbc:AccountingCost"),
        (root, "cbc:Note"),
    ):  # fmt: skip
        yield from (element.text or "" for element in _all(where, path))


def _cvr(root: etree._Element) -> str:
    """The eight digits of the supplier, or nothing."""
    paths = ("cac:PartyLegalEntity/cbc:CompanyID", "cac:PartyTaxScheme/cbc:CompanyID", "cbc:EndpointID")
    for path in paths:
        digits = _text(root, f"{PARTY}/{path}").upper().removeprefix("DK").replace(" ", "")
        if len(digits) == 8 and digits.isascii() and digits.isdigit():
            return digits
    return ""


def _gln(root: etree._Element) -> str:
    """The thirteen digits of the place that the supplier sends from, or nothing."""
    for path in ("cbc:EndpointID", "cac:PartyIdentification/cbc:ID"):
        for each in _all(root, f"{PARTY}/{path}"):
            if each.get("schemeID") in GLN_SCHEMES:
                return (each.text or "").strip()
    return ""


def _all(node: etree._Element, path: str) -> list[etree._Element]:
    return list(node.xpath(path, namespaces=NAMES))


def _one(node: etree._Element, path: str) -> etree._Element | None:
    found = _all(node, path)
    return found[0] if found else None


def _text(node: etree._Element, path: str) -> str:
    found = _one(node, path)
    return (found.text or "").strip() if found is not None else ""


def _day(node: etree._Element, path: str) -> date | None:
    text = _text(node, path)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInvoice(f"“{text[:40]}” er ikke en dato.") from None


def _number(node: etree._Element, path: str, what: str) -> Decimal:
    """A plain decimal number; other ways of writing one could swell when they are counted with."""
    text = _text(node, path)
    if not _DECIMAL.fullmatch(text):
        raise BadInvoice(f"{what} er ikke et tal, der kan bruges: “{text[:40]}”.")
    return Decimal(text)


def _ore(node: etree._Element, path: str, what: str, default: str = "") -> int:
    if default and not _text(node, path):
        return int(default)
    try:
        return whole_ore(_number(node, path, what))
    except BadInvoice:
        raise
    except ValueError:
        raise BadInvoice(f"{what} har mere end to decimaler.") from None
