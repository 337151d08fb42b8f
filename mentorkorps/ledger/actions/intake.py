"""Taking in suppliers' invoices and credit notes: files are read and judged, then the good ones taken in, or none."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mentorkorps.domain.invoice import (
    BadInvoice,
    ReadInvoice,
    is_zip,
    problems,
    read_table,
    read_ubl,
    unzipped,
)
from mentorkorps.journal.actions import changed
from mentorkorps.ledger.models import Invoice, InvoiceLine, Upload
from mentorkorps.ledger.queries.references import courses_meant
from mentorkorps.municipality.models import Municipality, Provider, User

MOST_INVOICES = 1_000  # in one upload


@transaction.atomic
def read_files(files: Iterable[tuple[str, bytes]], *, by: User) -> Upload:
    """Reads and judges files of XML or CSV, or zip files of those; nothing is taken in yet.

    `found` of the upload is a list of {"file", "number", "supplier", "bad": sentences, "invoice": JSON or None}.
    Raises ValidationError when there is no file, or more invoices than one upload may hold.
    """
    rows = [row for name, data in files for row in _read(name, data)]
    if not rows:
        raise ValidationError({"files": "Vælg en eller flere filer."})
    if len(rows) > MOST_INVOICES:
        raise ValidationError(
            {"files": f"Der er {len(rows)} fakturaer i filerne. Tag højst {MOST_INVOICES} ad gangen."}
        )
    _judge(rows)
    upload = Upload.objects.create(found=rows, read_by=by)
    changed("læst fakturafiler", by=by, about=upload, good=good_in(upload), all=len(rows))
    return upload


def good_in(upload: Upload) -> int:
    """How many invoices of an upload can be taken in."""
    return sum(1 for row in upload.found if not row["bad"])


@transaction.atomic
def take_in(upload: Upload, *, by: User, today: date) -> list[Invoice]:
    """Takes in every invoice of an upload that is still good, once. Raises ValidationError when it is taken already."""
    _lock()
    if not Upload.objects.filter(pk=upload.pk, taken_at__isnull=True).update(taken_at=timezone.now()):
        raise ValidationError("Filerne er allerede taget ind.")
    _judge(upload.found)
    good = [ReadInvoice.from_json(row["invoice"]) for row in upload.found if not row["bad"]]
    upload.taken_at = timezone.now()
    upload.save(update_fields=["found"])
    return _written(good, by=by, today=today)


@transaction.atomic
def enter_invoice(read: ReadInvoice, *, by: User, today: date) -> Invoice:
    """Takes in one invoice that was written by hand. Raises ValidationError with every reason why not."""
    _lock()
    rows = [_row("", read)]
    _judge(rows)
    if rows[0]["bad"]:
        raise ValidationError(rows[0]["bad"])
    return _written([read], by=by, today=today)[0]


def _lock() -> None:
    """One intake at a time, so that two of them cannot both find a number free."""
    Municipality.objects.select_for_update().first()


def _read(name: str, data: bytes) -> list[dict[str, Any]]:
    """The rows of a file, or of each file that it packs."""
    if not is_zip(data):
        return _read_one(name, data)
    try:
        return [row for inner, held in unzipped(data) for row in _read_one(inner, held)]
    except BadInvoice as bad:
        return [_row(name, bad)]


def _read_one(name: str, data: bytes | BadInvoice) -> list[dict[str, Any]]:
    try:
        if isinstance(data, BadInvoice):
            raise data
        if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"<", b"\xff\xfe", b"\xfe\xff", b"\0")):
            return [_row(name, read_ubl(data))]
        return [_row(name, each) for each in read_table(data.decode("utf-8", "surrogateescape"))]
    except BadInvoice as bad:
        return [_row(name, bad)]


def _row(name: str, read: ReadInvoice | BadInvoice) -> dict[str, Any]:
    if isinstance(read, BadInvoice):
        return {
            "file": name[:120],
            "number": "",
            "supplier": "",
            "unreadable": [str(read)],
            "bad": [],
            "invoice": None,
        }
    return {
        "file": name[:120], "number": read.number[:40], "supplier": "", "unreadable": [], "bad": [],
        "invoice": read.as_json(),
    }  # fmt: skip


class _Firms:
    """Suppliers by the numbers that they go by."""

    def __init__(self) -> None:
        known = list(Provider.objects.exclude(cvr="", gln=""))
        self.by_cvr = {each.cvr: each for each in known if each.cvr}
        self.by_gln = {each.gln: each for each in known if each.gln}

    def of(self, read: ReadInvoice) -> Provider | None:
        """Whom an invoice is from: its CVR number says so, or its GLN number where it has no other."""
        return self.by_cvr.get(read.cvr) if read.cvr else self.by_gln.get(read.gln)


def _judge(rows: Sequence[dict[str, Any]]) -> None:
    """Writes why each row cannot be taken in, or nothing. Three queries, however many rows."""
    firms = _Firms()
    reads = [ReadInvoice.from_json(row["invoice"]) if row["invoice"] else None for row in rows]
    numbers, contents = _standing([read for read in reads if read])
    # Invoices before what credits them: both may be in the same files.
    for row, read in sorted(
        zip(rows, reads, strict=True), key=lambda pair: bool(pair[1] and pair[1].is_credit)
    ):
        row["bad"] = list(row["unreadable"])
        if read is None:
            continue
        firm = firms.of(read)
        row["supplier"] = firm.name if firm else read.cvr or read.gln
        row["bad"] = problems(read) or _why_not(read, firm, numbers, contents)
        if firm and not row["bad"]:
            numbers[firm.pk, read.is_credit, read.number] = "er også i en anden af filerne"
            contents[firm.pk, read.content] = read.number


Numbers = dict[tuple[UUID, bool, str], str]
"""Where a number of a supplier is used, as an invoice's (False) or as a credit note's (True)."""
Contents = dict[tuple[UUID, str], str]
"""The number that a content of a supplier is known under."""


def _standing(reads: Sequence[ReadInvoice]) -> tuple[Numbers, Contents]:
    """What is taken in already of the numbers and contents that are read."""
    said = {read.number for read in reads} | {read.credits for read in reads if read.is_credit}
    like = Q(number__in=said) | Q(content__in={read.content for read in reads})
    numbers: Numbers = {}
    contents: Contents = {}
    for row in Invoice.objects.exclude(state=Invoice.State.RETURNED).filter(like):
        numbers[row.provider_id, row.is_credit, row.number] = "er allerede taget ind"
        contents[row.provider_id, row.content] = row.number
    return numbers, contents


def _why_not(read: ReadInvoice, firm: Provider | None, numbers: Numbers, contents: Contents) -> list[str]:
    if firm is None:
        return [_unknown(read)]
    where = numbers.get((firm.pk, read.is_credit, read.number))
    if where:
        return [f"Nummer {read.number} fra leverandøren {where}."]
    if (firm.pk, read.content) in contents:
        known = contents[firm.pk, read.content]
        return [f"Indholdet er det samme som på faktura {known}. Kun nummer eller dato er en anden."]
    if read.is_credit and (firm.pk, False, read.credits) not in numbers:
        return [
            f"Faktura {read.credits}, som den krediterer, er ikke taget ind fra leverandøren. Tag den ind først. Er "
            "den betalt uden om Mentorkorps, hører kreditnotaen til i økonomisystemet."
        ]
    return []


def _unknown(read: ReadInvoice) -> str:
    if read.cvr:
        return f"Ingen leverandør har CVR-nummer {read.cvr}. Er den ny, skal den oprettes først."
    return (
        f"Fakturaen nævner kun GLN-nummer {read.gln}, og ingen leverandør har det. Skriv det på leverandøren under "
        "Leverandører, og læs filen igen."
    )


def _written(reads: Sequence[ReadInvoice], *, by: User, today: date) -> list[Invoice]:
    firms = _Firms()
    invoices = [_invoice(read, firms.of(read), by, today) for read in reads]
    Invoice.objects.bulk_create(each for each in invoices if not each.is_credit)
    _bind(reads, invoices)
    Invoice.objects.bulk_create(each for each in invoices if each.is_credit)
    lines = _lines(list(zip(reads, invoices, strict=True)))
    InvoiceLine.objects.bulk_create(each for each in lines if not each.invoice.is_credit)
    notes = [each for each in lines if each.invoice.is_credit]
    _keep_hours(notes)
    InvoiceLine.objects.bulk_create(notes)
    for invoice in invoices:
        verb = f"taget {invoice.get_kind_display()} ind"
        changed(verb, by=by, about=invoice, form=invoice.form, ore=invoice.asks_ore)
    return invoices


def _bind(reads: Sequence[ReadInvoice], invoices: Sequence[Invoice]) -> None:
    """Each credit note to the invoice it credits, which is taken in by now."""
    numbers = {read.credits for read in reads if read.is_credit}
    rows = Invoice.objects.exclude(state=Invoice.State.RETURNED).filter(
        kind=Invoice.Kind.INVOICE, number__in=numbers
    )
    standing = {(row.provider_id, row.number): row for row in rows}
    for read, invoice in zip(reads, invoices, strict=True):
        if read.is_credit:
            invoice.credits = standing[invoice.provider_id, read.credits]


def _lines(taken: Sequence[tuple[ReadInvoice, Invoice]]) -> list[InvoiceLine]:
    lines = []
    for provider in dict.fromkeys(invoice.provider for _, invoice in taken):
        mine = [pair for pair in taken if pair[1].provider == provider]
        meant = courses_meant(
            provider, [(line.reference, line.month) for read, _ in mine for line in read.lines]
        )
        lines += [
            _line(invoice, place, line, meant)
            for read, invoice in mine
            for place, line in enumerate(read.lines, start=1)
        ]
    return lines


def _keep_hours(notes: Sequence[InvoiceLine]) -> None:
    """A credit note's hours are credited when its price is the invoice's; another price corrects the price alone."""
    prices = InvoiceLine.objects.filter(invoice__in={line.invoice.credits_id for line in notes})
    known = set(prices.values_list("invoice", "price_ore"))
    for line in notes:
        if (line.invoice.credits_id, line.price_ore) not in known:
            line.minutes = None


def _invoice(read: ReadInvoice, provider: Provider | None, by: User, today: date) -> Invoice:
    return Invoice(
        provider=provider, kind=Invoice.Kind.CREDIT if read.is_credit else Invoice.Kind.INVOICE, number=read.number,
        issued_on=read.issued_on, due_on=read.due_on, form=read.form, net_ore=read.net, vat_ore=read.vat,
        payable_ore=read.payable, content=read.content, read_by=by, read_on=today,
    )  # fmt: skip


def _line(invoice: Invoice, place: int, line: Any, meant: dict[Any, Any]) -> InvoiceLine:
    return InvoiceLine(
        invoice=invoice, position=place, reference=line.reference, course=meant.get((line.reference, line.month)),
        month=line.month, minutes=line.minutes, price_ore=line.price, amount_ore=line.amount,
        vat_percent=line.vat_percent, text=line.text,
    )  # fmt: skip
