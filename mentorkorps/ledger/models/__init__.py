"""Prices, invoices and budgets."""

from mentorkorps.ledger.models.invoices import (
    Invoice,
    InvoiceLine,
    PaidInvoice,
    Payment,
    Settlement,
    Upload,
)
from mentorkorps.ledger.models.prices import (
    Overhead,
    PayGroup,
    PayGroupMember,
    Price,
    Tolerance,
    Wage,
)

__all__ = [
    "Invoice",
    "InvoiceLine",
    "Overhead",
    "PaidInvoice",
    "PayGroup",
    "PayGroupMember",
    "Payment",
    "Price",
    "Settlement",
    "Tolerance",
    "Upload",
    "Wage",
]
