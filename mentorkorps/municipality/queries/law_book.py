"""The law's book that decides: the rows that come along, with the municipality's corrections in force."""

import logging
import time
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from mentorkorps.domain import law
from mentorkorps.municipality.facts import correction_facts
from mentorkorps.municipality.models import RuleCorrection

log = logging.getLogger("mentorkorps.law")
KEEP_SECONDS = 30
_book: tuple[tuple[Any, ...], law.Book] = ((), law.SHIPPED)
_book_read_at = float("-inf")


def corrections_in_force() -> QuerySet[RuleCorrection]:
    """The corrections of the law that are approved and not withdrawn, in the order in which they were approved."""
    approved = RuleCorrection.objects.filter(approved_at__isnull=False, withdrawn_at__isnull=True)
    return approved.select_related("proposed_by").order_by("approved_at", "id")


def corrections_waiting() -> QuerySet[RuleCorrection]:
    """Proposed corrections of the law that no second person has approved yet, the oldest first."""
    waiting = RuleCorrection.objects.filter(approved_at__isnull=True, withdrawn_at__isnull=True)
    return waiting.select_related("proposed_by").order_by("id")


def law_book() -> law.Book:
    """The law's book that decides: the rows that come along, with the corrections in force. One small query.

    The book is made once for each set of corrections: what a correction says never changes, so its id and the
    moment of its approval name it.
    """
    version = tuple(corrections_in_force().values_list("id", "approved_at"))
    kept, book = _book
    if kept != version:
        book = _book_of(corrections_in_force())
    keep_law_book(version, book)
    return book


def recent_law_book() -> law.Book:
    """The law's book for lists of thousands of courses, read at most every half minute."""
    return _book[1] if time.monotonic() - _book_read_at <= KEEP_SECONDS else law_book()


def keep_law_book(version: tuple[Any, ...] = (), book: law.Book = law.SHIPPED) -> None:
    """Takes a book as just read: by default the one without corrections."""
    global _book, _book_read_at
    _book, _book_read_at = (version, book), time.monotonic()


def book_with(correction: law.Correction) -> law.Book:
    """The book as it would be with one correction more. Raises law.BadCorrection when it does not fit."""
    fitting, _ = _by_fit(corrections_in_force())
    return law.SHIPPED.corrected([*fitting, correction])


def book_without(correction: RuleCorrection) -> law.Book:
    """The book as it would be without one of its corrections."""
    return _book_of(corrections_in_force().exclude(pk=correction.pk))


def unfit_corrections() -> list[RuleCorrection]:
    """Corrections in force that no longer fit a row, since a new release has changed it.

    They are left out of the book, since a row that has moved must not stop a visitation.
    """
    return _by_fit(corrections_in_force())[1]


def _book_of(corrections: Iterable[RuleCorrection]) -> law.Book:
    fitting, unfit = _by_fit(corrections)
    for correction in unfit:
        log.error("correction %s of the law left out: it fits no row", correction.pk)
    return law.SHIPPED.corrected(fitting)


def _by_fit(corrections: Iterable[RuleCorrection]) -> tuple[list[law.Correction], list[RuleCorrection]]:
    """Those that can stand in the book together, in their order, and those that cannot."""
    fitting: list[law.Correction] = []
    unfit: list[RuleCorrection] = []
    for correction in corrections:
        facts = correction_facts(correction)
        try:
            law.SHIPPED.corrected([*fitting, facts])
        except law.BadCorrection:
            unfit.append(correction)
        else:
            fitting.append(facts)
    return fitting, unfit
