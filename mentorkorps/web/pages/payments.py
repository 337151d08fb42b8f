"""Handing approved invoices over to payment, once, and the file of postings that the finance system reads."""

import uuid
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from mentorkorps.journal.models import Kind
from mentorkorps.ledger.actions.invoices import fetch_payment, hand_over
from mentorkorps.ledger.models import Invoice, InvoiceLine, Payment
from mentorkorps.ledger.queries.invoices import owed_by, postings_of, ready_to_pay
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.pages.invoices import in_kroner
from mentorkorps.web.sheet import rows_file, sheet

PAGE = 20
MOST_READY = 200  # in one hand-over
COLUMNS = (
    ("Bilag", 14), ("Kopi", 8), ("Art", 14), ("Leverandør", 30), ("CVR", 12), ("Fakturanummer", 16), ("Krediterer", 16),
    ("Fakturadato", 12), ("Forfalder", 12), ("Sagsnummer", 14), ("Måned", 12), ("Minutter", 10), ("Målgruppe", 32),
    ("Beløb, kr.", 14),
)  # fmt: skip


@door(May.SEE_MONEY)
def payments(request: SignedIn) -> HttpResponse:
    """What is ready to be paid, and what has been handed over; posting hands the chosen ones over."""
    if request.method == "POST":
        return _hand_over(request)
    access.listed(request, "betalinger", [])
    ready = list(ready_to_pay()[:MOST_READY])
    sums = {"count": Count("invoices"), "ore": Sum("invoices__ore")}
    done = Payment.objects.select_related("made_by").annotate(**sums).order_by("-number")
    context = {
        "ready": ready,
        "total": sum(each.pays_ore or 0 for each in ready),
        "owed": owed_by(ready),
        "any_credit": any(each.is_credit for each in ready),
        "page": Paginator(done, PAGE).get_page(request.GET.get("side")),
        "may_edit": allowed(request.user, May.EDIT_MONEY),
    }
    return render(request, "invoices/payments.html", context)


def _hand_over(request: SignedIn) -> HttpResponse:
    if not allowed(request.user, May.EDIT_MONEY):
        raise access.refuse(request, "overdrag til betaling")
    try:
        keys = [uuid.UUID(text) for text in request.POST.getlist("faktura")]
        below_zero = bool(request.POST.get("under-nul"))
        made = hand_over(keys, by=request.user, today=today(), below_zero=below_zero)
    except (ValidationError, ValueError) as wrong:
        messages.error(request, " ".join(getattr(wrong, "messages", ["Vælg fakturaerne på listen igen."])))
        return redirect("payments")
    messages.success(request, f"{made} er overdraget. Hent filen, og læs den ind i økonomisystemet.")
    return redirect("payment", made.pk)


@door(May.SEE_MONEY)
def payment(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """One hand-over with its postings."""
    made = access.record(request, Payment.objects.select_related("made_by"), key, verb="betaling")
    lines = list(postings_of(made))
    _journal_citizens(request, lines, Kind.LIST)
    paid = list(made.invoices.select_related("invoice__provider", "invoice__credits"))
    context = {
        "payment": made,
        "lines": lines,
        "invoices": paid,
        "total": sum(each.ore for each in paid),
        "owed": owed_by(each.invoice for each in paid),
        "may_edit": allowed(request.user, May.EDIT_MONEY),
        "section": "payments",
    }
    return render(request, "invoices/payment.html", context)


@door(May.EDIT_MONEY)
@require_POST
def payment_file(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """The postings as a file. From the second time on each row says that it is a copy."""
    made = access.record(request, Payment.objects.all(), key, verb="betalingsfil")
    copy = not fetch_payment(made, by=request.user)
    lines = list(postings_of(made))
    _journal_citizens(request, lines, Kind.EXPORT)
    name = f"betaling-{made.number}{'-kopi' if copy else ''}"
    rows = _rows(made, lines, copy)
    if request.POST.get("som") == "csv":
        return rows_file(f"{name}.csv", [heading for heading, _ in COLUMNS], rows)
    return sheet(f"{name}.xlsx", COLUMNS, rows)


def _rows(made: Payment, lines: list[InvoiceLine], copy: bool) -> Iterator[tuple[Any, ...]]:
    """A row for each line, and one for each invoice's VAT; together they are what is paid, to the øre.

    Those of a credit note are below zero, and name the invoice that they credit.
    The posting key (bilag) is the same in every copy, so that a finance system can see what it has read before.
    """
    place = 0
    for invoice, group in groupby(lines, key=lambda line: line.invoice):
        art, sign = ("kreditnota", -1) if invoice.is_credit else ("mentorstøtte", 1)
        postings: list[tuple[str, InvoiceLine | None, int]] = [
            (art, line, line.approved_ore or 0) for line in group
        ]
        if invoice.approved_vat_ore:
            postings.append(("moms", None, invoice.approved_vat_ore))
        for what, line, ore in postings:
            place += 1
            key = (f"MK{made.number:05}-{place:03}", "kopi" if copy else "", what)
            yield (*key, *_of_invoice(invoice), *_of_line(line), in_kroner(sign * ore))


def _of_invoice(invoice: Invoice) -> tuple[Any, ...]:
    provider = invoice.provider
    credits = invoice.credits.number if invoice.credits else ""
    return provider.name, provider.cvr, invoice.number, credits, invoice.issued_on, invoice.due_on


def _of_line(line: InvoiceLine | None) -> tuple[Any, ...]:
    if line is None:
        return "", "", None, ""
    course = line.course
    number, group = (course.citizen.case_number, course.target_group) if course else ("", "")
    return number, f"{line.month:%m-%Y}", line.minutes, group


def _journal_citizens(request: SignedIn, lines: list[InvoiceLine], kind: Kind) -> None:
    shown = [line.course.citizen_id for line in lines if line.course]
    access.listed(request, "betaling, posteringer", shown, kind=kind)


urls = [
    path("betalinger/", payments, name="payments"),
    path("betalinger/<uuid:key>/", payment, name="payment"),
    path("betalinger/<uuid:key>/fil/", payment_file, name="payment_file"),
]
