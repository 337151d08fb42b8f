"""Suppliers' invoices: the list by what they wait for, one with its lines held against the hours, and each step on."""

import uuid
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from mentorkorps.domain.refusal import Refusal
from mentorkorps.journal.actions import write
from mentorkorps.journal.models import Kind
from mentorkorps.ledger.actions.invoices import (
    approve_invoice,
    check_invoice,
    return_invoice,
    return_to_control,
    settle,
    undo_settlement,
)
from mentorkorps.ledger.models import Invoice, Settlement
from mentorkorps.ledger.queries.controlled import ControlledLine
from mentorkorps.ledger.queries.crediting import APPROVED
from mentorkorps.ledger.queries.invoices import (
    WAITING_FOR,
    all_invoices,
    count_by_waiting,
    invoices_with_month,
)
from mentorkorps.ledger.queries.three_way import controlled_invoice
from mentorkorps.municipality.models import Provider
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.money_fields import month_asked
from mentorkorps.web.pages.invoice_forms import ReturnForm, SettlementForm
from mentorkorps.web.sheet import sheet

PAGE = 50
MOST_ROWS = 10_000  # of a spreadsheet
Way = Settlement.Way


@door(May.SEE_MONEY)
def invoices(request: SignedIn) -> HttpResponse:
    """Every invoice, cut to what waits for whom, by supplier and by month."""
    shown, filters = _filtered(request)
    if request.GET.get("som") == "xlsx":
        access.listed(request, "fakturaer", [], kind=Kind.EXPORT, **filters)
        return _as_sheet(shown[:MOST_ROWS])
    page = Paginator(shown, PAGE).get_page(request.GET.get("side"))
    access.listed(request, "fakturaer", [], **filters)
    counts = count_by_waiting()
    context = {
        "page": page,
        "filters": [(word, label, counts.get(word)) for word, (label, _) in WAITING_FOR.items()],
        "chosen": filters,
        "providers": Provider.objects.filter(kind=Provider.Kind.SUPPLIER),
        "may_edit": allowed(request.user, May.EDIT_MONEY),
    }
    return render(request, "invoices/list.html", context)


def _filtered(request: HttpRequest) -> tuple[QuerySet[Invoice], dict[str, str]]:
    """The invoices that the address asks for, and what it asks for in words; what it cannot mean is left out."""
    rows, chosen = all_invoices(), {}
    word = request.GET.get("vis", "")
    if word in WAITING_FOR:
        rows, chosen["vis"] = rows.filter(WAITING_FOR[word][1]), word
    provider = Provider.objects.filter(pk=_uuid(request.GET.get("leverandoer", ""))).first()
    if provider is not None:
        rows, chosen["leverandoer"] = rows.filter(provider=provider), str(provider.pk)
    month = month_asked(request.GET.get("maaned", ""))
    if month is not None:
        rows, chosen["maaned"] = invoices_with_month(rows, month), f"{month:%m-%Y}"
    return rows, chosen


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _as_sheet(rows: QuerySet[Invoice]) -> HttpResponse:
    columns = (
        ("Leverandør", 30), ("Art", 12), ("Nummer", 16), ("Fakturadato", 12), ("Forfalder", 12), ("Tilstand", 22),
        ("Uden moms, kr.", 14), ("Moms, kr.", 12), ("I alt, kr.", 14), ("Godkendt i alt, kr.", 18),
        ("Krediterer faktura", 16),
    )  # fmt: skip
    return sheet("fakturaer.xlsx", columns, (_cells(each) for each in rows))


def _cells(each: Invoice) -> tuple[Any, ...]:
    sign = -1 if each.is_credit else 1
    return (
        each.provider.name, each.get_kind_display(), each.number, each.issued_on, each.due_on, each.get_state_display(),
        in_kroner(sign * each.net_ore), in_kroner(sign * each.vat_ore), in_kroner(each.asks_ore),
        in_kroner(each.pays_ore), each.credits.number if each.credits else "",
    )  # fmt: skip


def in_kroner(ore: int | None) -> Decimal | None:
    """Whole øre as kroner with two decimals, for a file; None stays missing."""
    return None if ore is None else Decimal(ore).scaleb(-2)


@door(May.SEE_MONEY)
def invoice(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """One invoice: each line with granted, delivered and invoiced, what is off, and how it was settled."""
    found = _invoice(request, key)
    return _page(request, found)


def _invoice(request: SignedIn, key: uuid.UUID) -> Invoice:
    people = ("provider", "credits", "read_by", "checked_by", "approved_by", "returned_by")
    return access.record(request, all_invoices().select_related(*people), key, verb="faktura")


def _page(request: SignedIn, found: Invoice, refusal: Refusal | None = None) -> HttpResponse:
    lines = controlled_invoice(found)
    open_ = found.state in (Invoice.State.READ, Invoice.State.CHECKED)
    access.listed(
        request, "faktura, linjer", [each.line.course.citizen_id for each in lines if each.line.course]
    )
    context = {
        "invoice": found,
        "lines": lines,
        "waiting": sum(each.waiting for each in lines) if open_ else 0,
        "pays": sum(each.pays for each in lines),
        "too_early": found.credits if found.credits and found.credits.state not in APPROVED else None,
        "notes": found.credit_notes.exclude(state=Invoice.State.RETURNED).order_by("issued_on", "number"),
        "history": _history(lines),
        "open": open_,
        "refusal": refusal,
        "may_edit": allowed(request.user, May.EDIT_MONEY),
        "may_approve": allowed(request.user, May.APPROVE_MONEY),
        "section": "invoices",
    }
    return render(request, "invoices/invoice.html", context)


def _history(lines: list[ControlledLine[Any]]) -> QuerySet[Settlement]:
    """Every settlement of the invoice, also those that are undone, as they were made."""
    rows = Settlement.objects.filter(line__in=[each.line.pk for each in lines])
    return rows.select_related("line", "settled_by", "undone_by", "answered_by").order_by("settled_at")


@door(May.EDIT_MONEY)
def settle_line(request: SignedIn, key: uuid.UUID, place: int, code: str) -> HttpResponse:
    """Settles one difference of a line."""
    found = _invoice(request, key)
    each, difference = _difference(request, found, place, code)
    initial = {"pay": difference.pays, "way": Way.REDUCE if difference.pays is not None else None}
    form = SettlementForm(code, found.is_credit, request.POST or None, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        pay = given.pop("pay")
        form.attempt(settle, each.line, code=code, pay_ore=pay, by=request.user, **given)
        if form.is_valid() and not form.refusal:
            messages.success(
                request, f"Linje {place} er afklaret. Du kan fortryde, indtil fakturaen er godkendt."
            )
            return redirect("invoice", key)
    context = {"form": form, "invoice": found, "each": each, "difference": difference, "section": "invoices"}
    return render(request, "invoices/settle.html", context)


def _difference(request: SignedIn, found: Invoice, place: int, code: str) -> Any:
    for each in controlled_invoice(found):
        for one in each.found:
            if each.line.position == place and one.difference.code == code:
                return each, one.difference
    raise access.refuse(request, "afklar faktura", invoice=str(found.pk), line=place)


@door(May.EDIT_MONEY)
@require_POST
def undo(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Takes a settlement back."""
    found = _invoice(request, key)
    made = Settlement.objects.filter(line__invoice=found, pk=_uuid(request.POST.get("afklaring", ""))).first()
    if made is not None:
        _say(request, undo_settlement, made, "Afklaringen er fortrudt.", by=request.user)
    return redirect("invoice", key)


@door(May.EDIT_MONEY)
@require_POST
def check(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """The control is done."""
    found = _invoice(request, key)
    done = f"{found} er kontrolleret og venter på, at en anden godkender."
    _say(request, check_invoice, found, done, by=request.user, today=today())
    return redirect("invoice", key)


@door(May.APPROVE_MONEY)
@require_POST
def approve(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Another person approves for payment; whoever has had a hand in it is refused, and the refusal is journalled."""
    found = _invoice(request, key)
    try:
        done = f"{found} er godkendt og klar til betaling."
        _say(request, approve_invoice, found, done, by=request.user, today=today())
    except Refusal as refusal:
        write(Kind.CHANGE, "godkend faktura", by=request.user, about=found, refused=True)
        return _page(request, found, refusal)
    return redirect("invoice", key)


@door(May.APPROVE_MONEY)
@require_POST
def back(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """The second person sends it back to the control."""
    found = _invoice(request, key)
    _say(request, return_to_control, found, f"{found} er tilbage til kontrol.", by=request.user)
    return redirect("invoice", key)


@door(May.EDIT_MONEY)
def give_back(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Sends an invoice back to its supplier."""
    found = _invoice(request, key)
    form = ReturnForm(request.POST or None)
    if form.is_valid():
        form.attempt(return_invoice, found, by=request.user, today=today(), **form.cleaned_data)
        if form.is_valid():
            messages.success(
                request, f"{found} er sendt tilbage. Leverandøren kan sende en ny med samme nummer."
            )
            return redirect("invoice", key)
    return render(request, "invoices/return.html", {"form": form, "invoice": found, "section": "invoices"})


def _say(request: SignedIn, verb: Any, about: Any, done: str, **kwargs: Any) -> None:
    """Runs a verb, and says that it is done or what stood in the way."""
    try:
        verb(about, **kwargs)
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
    else:
        messages.success(request, done)


urls = [
    path("fakturaer/", invoices, name="invoices"),
    path("fakturaer/<uuid:key>/", invoice, name="invoice"),
    path("fakturaer/<uuid:key>/linje/<int:place>/<str:code>/", settle_line, name="settle_line"),
    path("fakturaer/<uuid:key>/fortryd/", undo, name="undo_settlement"),
    path("fakturaer/<uuid:key>/kontrolleret/", check, name="check_invoice"),
    path("fakturaer/<uuid:key>/godkend/", approve, name="approve_invoice"),
    path("fakturaer/<uuid:key>/til-kontrol/", back, name="return_to_control"),
    path("fakturaer/<uuid:key>/tilbage/", give_back, name="return_invoice"),
]
