"""A credit note's lines beside what is paid on the invoice it credits, and what others credit already. Five queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from mentorkorps.domain.invoice import CreditFacts, credit_differences
from mentorkorps.ledger.models import Invoice, InvoiceLine
from mentorkorps.ledger.queries.controlled import ControlledLine, settled_as, settlements_of

APPROVED = (Invoice.State.APPROVED, Invoice.State.HANDED_OVER)
Key = tuple[Any, date]
"""The course, or what the supplier wrote where none is known, and the month."""


def credited_lines(note: Invoice) -> list[ControlledLine[CreditFacts]]:
    """The lines of a credit note in their order.

    Until the invoice is approved nobody knows what is paid of it, and nothing can be taken off.
    """
    lines = list(note.lines.select_related("course__citizen"))
    for line in lines:
        line.invoice = note
    settled, beside = settlements_of(lines), _Beside(note)
    found = []
    for line in lines:
        facts = beside.facts(line)
        each = ControlledLine(
            line=line,
            facts=facts,
            found=settled_as(credit_differences(facts), settled.get(line.pk, [])) if beside.known else (),
            most=min(line.amount_ore, facts.left),
        )
        beside.credit(line, each.pays)
        found.append(each)
    return found


def vat_left(note: Invoice) -> int:
    """The VAT in øre that can still be taken off the invoice that a note credits."""
    others = note.credits.credit_notes.filter(state__in=APPROVED).exclude(pk=note.pk)
    taken = sum(vat or 0 for vat in others.values_list("approved_vat_ore", flat=True))
    return max((note.credits.approved_vat_ore or 0) - taken, 0)


class _Beside:
    """What the lines of a note are held against: the invoice's, and those of other notes that are approved."""

    def __init__(self, note: Invoice) -> None:
        self.invoice = Invoice.objects.get(pk=note.credits_id)  # as it is now, whatever the caller has read
        self.known = self.invoice.state in APPROVED
        self.invoiced = _by_key(self.invoice.lines.all())
        others = InvoiceLine.objects.filter(invoice__credits=self.invoice, invoice__state__in=APPROVED)
        self.credited: dict[Key, list[tuple[int, int]]] = defaultdict(list)  # asked, taken off
        for line in others.exclude(invoice=note):
            self.credit(line, line.approved_ore or 0)

    def credit(self, line: InvoiceLine, ore: int) -> None:
        """Remembers that a line takes so much off, for those after it."""
        self.credited[_key(line)].append((line.amount_ore, ore))

    def facts(self, line: InvoiceLine) -> CreditFacts:
        """What is known of a line of the note."""
        invoiced, credited = self.invoiced.get(_key(line), []), self.credited[_key(line)]
        return CreditFacts(
            number=self.invoice.number,
            reference=line.reference,
            month=line.month,
            minutes=line.minutes,
            amount=line.amount_ore,
            vat_percent=line.vat_percent,
            invoiced=sum(each.amount_ore for each in invoiced) if invoiced else None,
            invoiced_minutes=sum(each.minutes or 0 for each in invoiced),
            vat_percents=frozenset(each.vat_percent for each in invoiced),
            approved=sum(each.approved_ore or 0 for each in invoiced),
            asked=sum(asked for asked, _ in credited),
            credited=sum(taken for _, taken in credited),
        )


def _key(line: InvoiceLine) -> Key:
    return line.course_id or line.reference, line.month


def _by_key(lines: Iterable[InvoiceLine]) -> dict[Key, list[InvoiceLine]]:
    found: dict[Key, list[InvoiceLine]] = defaultdict(list)
    for line in lines:
        found[_key(line)].append(line)
    return found
