"""Suppliers' invoices: read from XML and tables, reconciled to the øre, and matched against granted and delivered."""

from mentorkorps.domain.invoice.archive import is_zip, unzipped
from mentorkorps.domain.invoice.crediting import CreditFacts, credit_differences, told_plainly
from mentorkorps.domain.invoice.matching import (
    CANNOT_ACCEPT,
    Agreed,
    Difference,
    LineFacts,
    Tolerance,
    differences,
    month_words,
)
from mentorkorps.domain.invoice.model import BadInvoice, ReadInvoice, ReadLine
from mentorkorps.domain.invoice.reconcile import problems
from mentorkorps.domain.invoice.table import COLUMNS, MAY_COME, read_table
from mentorkorps.domain.invoice.totals import share_of_vat, vat_of
from mentorkorps.domain.invoice.ubl import read_ubl

__all__ = [
    "Agreed",
    "BadInvoice",
    "CANNOT_ACCEPT",
    "COLUMNS",
    "CreditFacts",
    "Difference",
    "LineFacts",
    "MAY_COME",
    "ReadInvoice",
    "ReadLine",
    "Tolerance",
    "credit_differences",
    "differences",
    "is_zip",
    "month_words",
    "problems",
    "read_table",
    "read_ubl",
    "share_of_vat",
    "told_plainly",
    "unzipped",
    "vat_of",
]
