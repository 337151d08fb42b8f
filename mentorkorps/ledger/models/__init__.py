"""Prices, invoices and budgets."""

from mentorkorps.ledger.models.budget import Budget, YearCeiling
from mentorkorps.ledger.models.control import (
    ControlAnswer,
    ControlCase,
    ControlDraw,
    Discrepancy,
    DiscrepancyStep,
)
from mentorkorps.ledger.models.invoices import (
    Invoice,
    InvoiceLine,
    PaidInvoice,
    Payment,
    Settlement,
    Upload,
)
from mentorkorps.ledger.models.month import CompanyMonth, CompanyMonthLine, MonthClose, Posting
from mentorkorps.ledger.models.month_return import MonthReturn
from mentorkorps.ledger.models.plans import Plan, PlanLine, PlanWeights
from mentorkorps.ledger.models.prices import (
    Overhead,
    PayGroup,
    PayGroupMember,
    Price,
    Tolerance,
    Wage,
)
from mentorkorps.ledger.models.volunteers import VolunteerPrice

__all__ = [
    "Budget",
    "CompanyMonth",
    "CompanyMonthLine",
    "ControlAnswer",
    "ControlCase",
    "ControlDraw",
    "Discrepancy",
    "DiscrepancyStep",
    "Invoice",
    "InvoiceLine",
    "MonthClose",
    "MonthReturn",
    "Overhead",
    "PaidInvoice",
    "PayGroup",
    "PayGroupMember",
    "Payment",
    "Plan",
    "PlanLine",
    "PlanWeights",
    "Posting",
    "Price",
    "Settlement",
    "Tolerance",
    "Upload",
    "VolunteerPrice",
    "Wage",
    "YearCeiling",
]
