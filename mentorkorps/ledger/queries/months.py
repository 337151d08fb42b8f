"""The months of the accounts: which are closed, what an open one would say, and later corrections of closed ones."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum

from mentorkorps.domain.dates import add_months, month_end
from mentorkorps.ledger.models import MonthClose, MonthReturn
from mentorkorps.ledger.queries.accounts import Line, difference, frozen_lines, lines_between

LOOKS_BACK = 12  # months in which a correction of a closed month is still found


@dataclass(frozen=True)
class MonthAccounts:
    """A month of the accounts. `close` None is an open month, whose figures are of today.

    `own` are the month's hours; `corrections` are differences of earlier, closed months. `returned` says why the month
    was sent back last, until it is closed.
    """

    month: date
    close: MonthClose | None
    own: list[Line]
    corrections: list[Line]
    returned: MonthReturn | None

    @property
    def lines(self) -> list[Line]:
        return [*self.own, *self.corrections]


def month_accounts(month: date, *, look_back: bool = True) -> MonthAccounts:
    """The month as it was frozen, or as it stands now; corrections only in the month that is next to be closed.

    To look back is to work a year out anew, so a page does it only when somebody asks.
    """
    close = MonthClose.objects.select_related("prepared_by", "approved_by").filter(month=month).first()
    is_open = close is None or close.approved_by is None
    returned = last_return(month) if is_open else None
    if close is None:
        following = next_month()
        later = corrections(month) if look_back and following == month else []
        return MonthAccounts(month, None, lines_between(month, month_end(month)), later, returned)
    lines = frozen_lines(close=close)
    return MonthAccounts(
        month,
        close,
        [line for line in lines if line.about == month],
        [line for line in lines if line.about != month],
        returned,
    )


def last_return(month: date) -> MonthReturn | None:
    """Why a month was sent back last, or None."""
    return MonthReturn.objects.select_related("returned_by").filter(month=month).first()


def corrections(month: date) -> list[Line]:
    """What has changed in the closed months before one, compared with everything booked of them so far."""
    closed = MonthClose.objects.filter(
        approved_by__isnull=False, month__lt=month, month__gte=add_months(month, -LOOKS_BACK)
    )
    return [
        line
        for earlier in closed.order_by("month").values_list("month", flat=True)
        for line in difference(lines_between(earlier, month_end(earlier)), frozen_lines(month=earlier))
    ]


def next_month() -> date | None:
    """The month that can be closed next; None before the first is closed, when any may be."""
    last = MonthClose.objects.order_by("-month").values_list("month", flat=True).first()
    return add_months(last, 1) if last else None


def closed_months() -> list[MonthClose]:
    """Every closed or prepared month with its sums, the newest first."""
    sums = {
        "minutes": Sum("postings__minutes"),
        "cost": Sum("postings__cost_ore"),
        "reimbursement": Sum("postings__reimbursement_ore"),
        "lacking": Count("postings", filter=Q(postings__cost_ore__isnull=True)),
    }
    return list(
        MonthClose.objects.annotate(**sums).select_related("prepared_by", "approved_by").order_by("-month")
    )
