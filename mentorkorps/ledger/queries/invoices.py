"""Named reads of invoices: what is invoiced, what waits for whom, and what has been handed over."""

import uuid
from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Sum, When

from mentorkorps.ledger.models import Invoice, InvoiceLine, Payment, Settlement
from mentorkorps.municipality.models import Provider

BILLED = Case(
    When(invoice__kind=Invoice.Kind.CREDIT, then=-F("minutes")),
    default=F("minutes"),
    output_field=IntegerField(),
)
"""Minutes of an invoice's line as they add up: those of a credit note are taken off."""


def invoiced_minutes(first: date, last: date) -> dict[tuple[uuid.UUID, date], int]:
    """Minutes invoiced by (course id, first day of the month) for the months that begin from `first` to `last`.

    Every invoice that is not returned counts, paid or not, and credit notes are taken off. Lines for a whole course
    have no minutes and are not here, nor are lines whose course is not known.
    """
    lines = InvoiceLine.objects.filter(
        month__range=(first, last), course__isnull=False, minutes__isnull=False
    )
    sums = (
        lines.exclude(invoice__state=Invoice.State.RETURNED)
        .order_by()
        .values_list("course", "month")
        .annotate(billed=Sum(BILLED))
    )
    return {(course, month): minutes for course, month, minutes in sums}


WAITING_FOR = {
    "kontrol": ("Til kontrol", Q(state=Invoice.State.READ)),
    "spurgt": ("Spurgt leverandøren", Q(state=Invoice.State.READ, asked=True)),
    "godkendelse": ("Til godkendelse", Q(state=Invoice.State.CHECKED)),
    "klar": ("Klar til betaling", Q(state=Invoice.State.APPROVED)),
    "overdraget": ("Overdraget", Q(state=Invoice.State.HANDED_OVER)),
    "tilbage": ("Sendt tilbage", Q(state=Invoice.State.RETURNED)),
}
"""What a list of invoices can be cut to: its word in the address, label and condition (on `all_invoices`)."""

_OPEN_DISPUTE = Settlement.objects.filter(
    line__invoice=OuterRef("pk"), way=Settlement.Way.DISPUTE, undone_at__isnull=True
)


def all_invoices() -> QuerySet[Invoice]:
    """Invoices for a list, the newest first, each with `asked`: whether the supplier is asked about a line."""
    return (
        Invoice.objects.annotate(asked=Exists(_OPEN_DISPUTE))
        .select_related("provider", "credits")
        .order_by("-issued_on", "number")
    )


def invoices_with_month(rows: QuerySet[Invoice], month: date) -> QuerySet[Invoice]:
    """Those that have a line of the month."""
    return rows.filter(Exists(InvoiceLine.objects.filter(invoice=OuterRef("pk"), month=month)))


def count_by_waiting() -> dict[str, int]:
    """How many invoices wait for what; what is done with is not counted, since it only grows."""
    alive = all_invoices().order_by().exclude(state__in=(Invoice.State.HANDED_OVER, Invoice.State.RETURNED))
    words = ("kontrol", "spurgt", "godkendelse", "klar")
    return alive.aggregate(**{word: Count("pk", filter=WAITING_FOR[word][1]) for word in words})


def ready_to_pay() -> QuerySet[Invoice]:
    """Approved invoices that are not handed over, those that fall due first at the top."""
    return Invoice.objects.filter(state=Invoice.State.APPROVED).select_related("provider", "credits").order_by(
        F("due_on").asc(nulls_last=True), "number"
    )  # fmt: skip


def owed_by(invoices: Iterable[Invoice]) -> dict[Provider, int]:
    """The suppliers whose credit notes are more than their invoices, with how much more in øre, by name."""
    sums: Counter[Provider] = Counter()
    for invoice in invoices:
        sums[invoice.provider] += invoice.pays_ore or 0
    return {
        provider: -ore for provider, ore in sorted(sums.items(), key=lambda each: each[0].name) if ore < 0
    }


def postings_of(payment: Payment) -> QuerySet[InvoiceLine]:
    """The lines that a payment pays, by invoice; what is paid 0 for is there too."""
    return (
        InvoiceLine.objects.filter(invoice__paid__payment=payment)
        .select_related("invoice__provider", "invoice__credits", "course__citizen")
        .order_by("invoice__paid__id", "position")
    )


def disputes_of(provider: Provider) -> QuerySet[Settlement]:
    """What a supplier is asked about its own invoices, unanswered first and the newest at the top."""
    return (
        Settlement.objects.filter(
            line__invoice__provider=provider, way=Settlement.Way.DISPUTE, undone_at__isnull=True
        )
        .select_related("line__invoice", "line__course__citizen")
        .order_by(F("answered_at").desc(nulls_first=True), "-settled_at")
    )
