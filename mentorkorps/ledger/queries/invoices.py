"""Named reads of invoices: what is invoiced, what waits for whom, and what has been handed over."""

import uuid
from datetime import date

from django.db.models import Sum

from mentorkorps.ledger.models import Invoice, InvoiceLine


def invoiced_minutes(first: date, last: date) -> dict[tuple[uuid.UUID, date], int]:
    """Minutes invoiced by (course id, first day of the month) for the months that begin from `first` to `last`.

    Every invoice that is not returned counts, paid or not. Lines for a whole course have no minutes and are not here,
    nor are lines whose course is not known.
    """
    lines = InvoiceLine.objects.filter(
        month__range=(first, last), course__isnull=False, minutes__isnull=False
    )
    sums = (
        lines.exclude(invoice__state=Invoice.State.RETURNED)
        .order_by()
        .values_list("course", "month")
        .annotate(minutes=Sum("minutes"))
    )
    return {(course, month): minutes for course, month, minutes in sums}
