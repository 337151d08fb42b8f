"""Taking in suppliers' invoices: files are read and judged first, then what is good is taken in, or nothing is."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mentorkorps.domain.invoice import BadInvoice, ReadInvoice, problems, read_table, read_ubl
from mentorkorps.journal.actions import changed
from mentorkorps.ledger.models import Invoice, InvoiceLine, Upload
from mentorkorps.ledger.queries.references import courses_meant
from mentorkorps.municipality.models import Municipality, Provider, User

MOST_INVOICES = 1_000  # in one upload


@transaction.atomic
def read_files(files: Iterable[tuple[str, bytes]], *, by: User) -> Upload:
    """Reads and judges files of XML or CSV; nothing is taken in yet.

    `found` of the upload is a list of {"file", "number", "cvr", "bad": sentences, "invoice": JSON or None}.
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
    try:
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
            "cvr": "",
            "unreadable": [str(read)],
            "bad": [],
            "invoice": None,
        }
    return {
        "file": name[:120], "number": read.number[:40], "cvr": read.cvr, "unreadable": [], "bad": [],
        "invoice": read.as_json(),
    }  # fmt: skip


def _judge(rows: Sequence[dict[str, Any]]) -> None:
    """Writes why each row cannot be taken in, or nothing. Three queries, however many rows."""
    providers = {provider.cvr: provider for provider in Provider.objects.exclude(cvr="")}
    reads = [ReadInvoice.from_json(row["invoice"]) if row["invoice"] else None for row in rows]
    numbers, contents = _standing([read for read in reads if read])
    for row, read in zip(rows, reads, strict=True):
        row["bad"] = list(row["unreadable"])
        if read is None:
            continue
        row["bad"] = problems(read) or _unknown(read, providers) or _again(read, numbers, contents)
        if not row["bad"]:
            numbers[read.cvr, read.number] = "er også i en anden af filerne"
            contents[read.content] = read.number


def _standing(reads: Sequence[ReadInvoice]) -> tuple[dict[tuple[str, str], str], dict[str, str]]:
    """Where the numbers of the invoices are used already, and the numbers that their contents are known under."""
    like = Q(number__in={read.number for read in reads}) | Q(content__in={read.content for read in reads})
    rows = Invoice.objects.exclude(state=Invoice.State.RETURNED).filter(like)
    numbers: dict[tuple[str, str], str] = {}
    contents: dict[str, str] = {}
    for cvr, number, content in rows.values_list("provider__cvr", "number", "content"):
        numbers[cvr, number], contents[content] = "er allerede taget ind", number
    return numbers, contents


def _unknown(read: ReadInvoice, providers: dict[str, Provider]) -> list[str]:
    if read.cvr in providers:
        return []
    return [f"Ingen leverandør har CVR-nummer {read.cvr}. Er den ny, skal den oprettes først."]


def _again(read: ReadInvoice, numbers: dict[tuple[str, str], str], contents: dict[str, str]) -> list[str]:
    where = numbers.get((read.cvr, read.number))
    if where:
        return [f"Nummer {read.number} fra leverandøren {where}."]
    if read.content in contents:
        return [
            f"Indholdet er det samme som på faktura {contents[read.content]}. Kun nummer eller dato er en anden."
        ]
    return []


def _written(reads: Sequence[ReadInvoice], *, by: User, today: date) -> list[Invoice]:
    providers = {provider.cvr: provider for provider in Provider.objects.exclude(cvr="")}
    invoices = [_invoice(read, providers[read.cvr], by, today) for read in reads]
    Invoice.objects.bulk_create(invoices)
    lines = []
    for cvr in dict.fromkeys(read.cvr for read in reads):
        mine = [(read, invoice) for read, invoice in zip(reads, invoices, strict=True) if read.cvr == cvr]
        meant = courses_meant(
            providers[cvr], [(line.reference, line.month) for read, _ in mine for line in read.lines]
        )
        lines += [
            _line(invoice, place, line, meant)
            for read, invoice in mine
            for place, line in enumerate(read.lines, start=1)
        ]
    InvoiceLine.objects.bulk_create(lines)
    for invoice in invoices:
        changed("taget faktura ind", by=by, about=invoice, form=invoice.form, ore=invoice.payable_ore)
    return invoices


def _invoice(read: ReadInvoice, provider: Provider, by: User, today: date) -> Invoice:
    return Invoice(
        provider=provider, number=read.number, issued_on=read.issued_on, due_on=read.due_on, form=read.form,
        net_ore=read.net, vat_ore=read.vat, payable_ore=read.payable, content=read.content, read_by=by, read_on=today,
    )  # fmt: skip


def _line(invoice: Invoice, place: int, line: Any, meant: dict[Any, Any]) -> InvoiceLine:
    return InvoiceLine(
        invoice=invoice, position=place, reference=line.reference, course=meant.get((line.reference, line.month)),
        month=line.month, minutes=line.minutes, price_ore=line.price, amount_ore=line.amount,
        vat_percent=line.vat_percent, text=line.text,
    )  # fmt: skip
