"""Invoices' lines beside what was granted, agreed and delivered. A fixed number of queries for any number of lines."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Q, QuerySet, Sum

from mentorkorps.cases.models import Agreement, Grant, MentorAssignment
from mentorkorps.domain.dates import month_end
from mentorkorps.domain.economy import round_ore
from mentorkorps.domain.granted import granted_minutes
from mentorkorps.domain.invoice import Agreed, LineFacts, Tolerance, differences
from mentorkorps.followup.models import Contact
from mentorkorps.ledger.models import Invoice, InvoiceLine, Price, Settlement
from mentorkorps.ledger.models import Tolerance as ToleranceRow
from mentorkorps.ledger.queries.controlled import ControlledLine, settled_as, settlements_of
from mentorkorps.ledger.queries.crediting import APPROVED, credited_lines
from mentorkorps.ledger.queries.prices import PriceBook, price_book
from mentorkorps.municipality.models.dated import STANDS

Key = tuple[uuid.UUID, uuid.UUID, date]
"""An invoice, a course and the first day of a month."""


def controlled(lines: Iterable[InvoiceLine]) -> list[ControlledLine[LineFacts]]:
    """The lines of invoices in their order, each beside what is known of it. Their `invoice` should be read already."""
    rows = list(lines)
    beside = _Beside(rows)
    settled = settlements_of(rows)
    tolerances = list(ToleranceRow.objects.filter(STANDS))
    return [_controlled(line, beside, settled.get(line.pk, []), tolerances) for line in rows]


def controlled_invoice(invoice: Invoice) -> list[ControlledLine[Any]]:
    """The lines of one invoice, or of one credit note."""
    if invoice.is_credit:
        return credited_lines(invoice)
    lines = list(invoice.lines.select_related("course__citizen"))
    for line in lines:
        line.invoice = invoice
    return controlled(lines)


def _controlled(
    line: InvoiceLine, beside: "_Beside", settlements: list[Settlement], tolerances: Sequence[ToleranceRow]
) -> ControlledLine[LineFacts]:
    facts = beside.facts(line)
    tolerance = next(
        (Tolerance(row.minutes, row.ore) for row in tolerances if _holds(row, line.month)),
        None,
    )
    found = settled_as(differences(facts, tolerance), settlements)
    return ControlledLine(line, facts, found, most=line.amount_ore)


def _holds(row: ToleranceRow, day: date) -> bool:
    return row.first <= day and (row.last is None or row.last >= day)


class _Beside:
    """Everything that the lines are held against, read at once for all of them."""

    def __init__(self, lines: Sequence[InvoiceLine]) -> None:
        self.courses = {line.course_id for line in lines if line.course_id}
        months = {line.month for line in lines}
        self.first = min(months, default=date.min)
        self.last = month_end(max(months)) if months else date.min
        self.book: PriceBook = price_book()
        self.grants = self._by_course(self._overlapping(Grant).select_related("course"))
        signed = self._overlapping(Agreement).filter(signed_on__isnull=False)
        self.agreements = self._by_course(signed.only("course", "start", "end", "signed_on"))
        self.assigned = self._assigned()
        self.days = self._delivered_days()
        self.lines = self._other_lines(months)
        self.taken_off = self._taken_off()

    def _overlapping(self, model: type[Grant] | type[Agreement]) -> QuerySet[Any]:
        return model.objects.filter(course__in=self.courses, start__lte=self.last, end__gte=self.first)

    @staticmethod
    def _by_course(rows: Iterable[Any]) -> dict[uuid.UUID, list[Any]]:
        found: dict[uuid.UUID, list[Any]] = defaultdict(list)
        for row in rows:
            found[row.course_id].append(row)
        return found

    def _assigned(self) -> dict[tuple[uuid.UUID, uuid.UUID], list[tuple[date, date | None]]]:
        rows = MentorAssignment.objects.filter(course__in=self.courses, mentor__provider__isnull=False)
        found = defaultdict(list)
        for course, provider, first, last in rows.values_list("course", "mentor__provider", "first", "last"):
            found[course, provider].append((first, last))
        return found

    def _delivered_days(self) -> dict[tuple[uuid.UUID, uuid.UUID, date], list[tuple[date, int]]]:
        """(day, minutes) of the meetings by course, supplier and month."""
        rows = Contact.objects.filter(
            course__in=self.courses,
            held=True,
            day__range=(self.first, self.last),
            mentor__provider__isnull=False,
        )
        found = defaultdict(list)
        for course, provider, day, minutes in rows.order_by().values_list(
            "course", "mentor__provider", "day", "minutes"
        ):
            found[course, provider, day.replace(day=1)].append((day, minutes))
        return found

    def _other_lines(self, months: set[date]) -> dict[uuid.UUID, list[InvoiceLine]]:
        """Lines of invoices that stand, for the same courses and months; those for a whole course in any month."""
        rows = InvoiceLine.objects.filter(
            Q(month__in=months) | Q(minutes__isnull=True), course__in=self.courses
        )
        return self._by_course(
            rows.filter(invoice__kind=Invoice.Kind.INVOICE)
            .exclude(invoice__state=Invoice.State.RETURNED)
            .select_related("invoice")
            .order_by("pk")
        )

    def _taken_off(self) -> dict[Key, int]:
        """What approved credit notes take off, in øre, by the key of what they credit."""
        rows = InvoiceLine.objects.filter(course__in=self.courses, invoice__state__in=APPROVED)
        keys = (
            rows.filter(invoice__kind=Invoice.Kind.CREDIT)
            .order_by()
            .values_list("invoice__credits", "course", "month")
        )
        return {tuple(key): ore for *key, ore in keys.annotate(ore=Sum("approved_ore"))}

    def _standing(self, line: InvoiceLine) -> Fraction:
        """The share of a line that credit notes leave standing: all of it until something is taken off."""
        taken = self.taken_off.get(_key(line), 0)
        if not taken:
            return Fraction(1)
        alike = (each for each in self.lines[line.course_id] if _key(each) == _key(line))
        return 1 - Fraction(taken, sum(each.approved_ore or 0 for each in alike))

    def facts(self, line: InvoiceLine) -> LineFacts:
        """What is known of a line."""
        provider, month = line.invoice.provider_id, line.month
        per = Price.Per.HOUR if line.minutes is not None else Price.Per.COURSE
        days = self.days.get((line.course_id, provider, month), []) if line.course_id else []
        earlier = [each for each in self.lines.get(line.course_id, []) if each.pk < line.pk]
        return LineFacts(
            reference=line.reference,
            month=month,
            minutes=line.minutes,
            price=line.price_ore,
            amount=line.amount_ore,
            vat_percent=line.vat_percent,
            course=line.course_id is not None,
            own_mentor=self._has_own_mentor(line),
            granted=self._granted(line),
            delivered=sum(minutes for _, minutes in days),
            billed=sum(self._still_billed(each) for each in earlier if each.month == month),
            twice_on=next((each.invoice.number for each in earlier if self._alike(each, line)), ""),
            unsigned=self._unsigned(line, days),
            agreed=tuple(
                Agreed(price.ore, price.vat_percent)
                for price in self.book.agreed(provider, per, month, month_end(month))
            ),
        )

    def _still_billed(self, line: InvoiceLine) -> int:
        """The minutes of an earlier line: all that are invoiced, or what was paid for and not credited since."""
        minutes = line.minutes or 0
        if line.approved_ore is None or not line.amount_ore:
            return minutes
        return round_ore(Fraction(minutes * line.approved_ore, line.amount_ore) * self._standing(line))

    def _alike(self, earlier: InvoiceLine, line: InvoiceLine) -> bool:
        """Whether an earlier line asks for the same; one that is credited in full does not any longer."""
        if line.minutes is None:
            same = earlier.minutes is None
        else:
            same = earlier.minutes == line.minutes and earlier.month == line.month
        return same and self._standing(earlier) > 0

    def _has_own_mentor(self, line: InvoiceLine) -> bool:
        stretches = self.assigned.get((line.course_id, line.invoice.provider_id), [])
        last_day = month_end(line.month)
        return any(first <= last_day and (last is None or last >= line.month) for first, last in stretches)

    def _granted(self, line: InvoiceLine) -> int | None:
        """Granted minutes of the month; None when no grant of the course touches it."""
        parts = []
        for grant in self.grants.get(line.course_id, []):
            ended = grant.course.ended_on
            last = min(grant.end, month_end(line.month), ended or grant.end)
            first = max(grant.start, line.month)
            if first <= last:
                parts.append(granted_minutes(grant.minutes_per_week, grant.start, first, last))
        return sum(parts) if parts else None

    def _unsigned(self, line: InvoiceLine, days: list[tuple[date, int]]) -> int | None:
        last_day = month_end(line.month)
        signed = [
            each
            for each in self.agreements.get(line.course_id, [])
            if each.start <= last_day and each.end >= line.month and each.signed_on <= last_day
        ]
        if not signed:
            return None
        return sum(
            minutes
            for day, minutes in days
            if not any(max(each.start, each.signed_on) <= day <= each.end for each in signed)
        )


def _key(line: InvoiceLine) -> Key:
    return line.invoice_id, line.course_id, line.month
