"""Suppliers' credit notes in Fjordby: one that is ready to be paid, and one that waits for control."""

from datetime import date, timedelta
from decimal import Decimal

from mentorkorps.domain.invoice import ReadInvoice, ReadLine, vat_of
from mentorkorps.ledger.actions.intake import enter_invoice
from mentorkorps.ledger.actions.invoices import approve_invoice, check_invoice
from mentorkorps.ledger.models import Invoice, InvoiceLine
from mentorkorps.municipality.models import User


def tell(today: date, controller: User, leader: User) -> None:
    """Of the newest invoice that is paid, and of one that is ready, the supplier credits an hour."""
    paid = _line_of(Invoice.State.HANDED_OVER)
    if paid is not None:
        note = enter_invoice(_note(paid, today), by=controller, today=today - timedelta(days=5))
        check_invoice(note, by=controller, today=today - timedelta(days=4))
        approve_invoice(note, by=leader, today=today - timedelta(days=2))
    ready = _line_of(Invoice.State.APPROVED)
    if ready is not None:
        enter_invoice(_note(ready, today), by=controller, today=today - timedelta(days=1))


def _line_of(state: str) -> InvoiceLine | None:
    """A line of more than an hour that is paid as it stands, on the newest invoice in a state."""
    rows = InvoiceLine.objects.filter(
        invoice__state=state, invoice__kind=Invoice.Kind.INVOICE, minutes__gt=60
    )
    alike = [
        line for line in rows.select_related("invoice__provider") if line.approved_ore == line.amount_ore
    ]
    return max(
        alike, key=lambda line: (line.invoice.issued_on, line.invoice.number, -line.position), default=None
    )


def _note(line: InvoiceLine, today: date) -> ReadInvoice:
    """A credit note of one hour of a line."""
    invoice = line.invoice
    one = ReadLine(
        reference=line.reference, month=line.month, hours=Decimal(1), price=line.price_ore, amount=line.price_ore,
        vat_percent=line.vat_percent, text="Mentorstøtte, krediteret",
    )  # fmt: skip
    vat = vat_of([(one.amount, one.vat_percent)])
    return ReadInvoice(
        number=f"K{invoice.number}", cvr=invoice.provider.cvr, issued_on=today - timedelta(days=6), due_on=None,
        currency="DKK", lines=(one,), net=one.amount, vat=vat, payable=one.amount + vat, form="peppol",
        is_credit=True, credits=invoice.number,
    )  # fmt: skip
