"""Suppliers, companies and schools with what is agreed, what is used of it, and what somebody should see to."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, TruncMonth

from mentorkorps.cases.models import Course
from mentorkorps.followup.models import Contact
from mentorkorps.ledger.models import CompanyMonth, CompanyMonthLine, Invoice, InvoiceLine
from mentorkorps.ledger.queries.hours import running_on
from mentorkorps.ledger.queries.invoices import BILLED
from mentorkorps.municipality.models import Mentor, Provider, ProviderAgreement
from mentorkorps.municipality.queries import active_mentors

ENDS_SOON = timedelta(days=60)
NEARLY, ALL = 800, 1_000  # tenths of a percent of the hours bought
Kind = ProviderAgreement.Kind


class See(StrEnum):
    """What somebody should see to."""

    NO_AGREEMENT = "no_agreement"
    ENDED = "ended"
    TOO_MANY = "too_many"
    USED_UP = "used_up"
    NEARLY_USED = "nearly_used"
    ENDS = "ends"


@dataclass(frozen=True)
class Use:
    """An agreement with the minutes used under it: delivered by the mentors there, and billed.

    Billed is what a supplier's invoices say, apart from `whole_courses` lines that name no hours. Of a company it is
    the months that its mentors signed.
    """

    agreement: ProviderAgreement
    delivered: int
    billed: int
    whole_courses: int

    @property
    def used(self) -> int:
        """The most that can be said to be used, in minutes."""
        return max(self.delivered, self.billed)

    @property
    def tenths(self) -> int | None:
        """Used of bought in tenths of a percent, rounded down; None where no hours are agreed."""
        bought = self.agreement.minutes_bought
        return None if bought is None else 1_000 * self.used // bought

    @property
    def left(self) -> int | None:
        """Minutes left, 0 when there are none; None where no hours are agreed."""
        bought = self.agreement.minutes_bought
        return None if bought is None else max(bought - self.used, 0)

    @property
    def stands(self) -> bool:
        """Whether it has not been taken back."""
        return self.agreement.withdrawn_at is None


@dataclass(frozen=True)
class Standing:
    """A provider on a day: its agreements (the newest first), the mentors who serve there, and courses that run.

    `ends` holds the last day of each course that runs; a citizen with two courses there takes one place.
    """

    provider: Provider
    on: date
    uses: Sequence[Use]
    mentors: int
    citizens: int
    ends: Sequence[date]

    @cached_property
    def now(self) -> list[Use]:
        """The agreements that hold on the day."""
        return [each for each in self._standing if _holds(each.agreement, self.on)]

    @property
    def shared(self) -> list[Use]:
        """Those that hold and are for more than one citizen."""
        return [each for each in self.now if each.agreement.kind != Kind.SINGLE]

    @property
    def singles(self) -> int:
        """How many single cases hold."""
        return len(self.now) - len(self.shared)

    @cached_property
    def last_ended(self) -> date | None:
        """The last day of the newest agreement that is over; None where none is."""
        over = [each.agreement.last for each in self._standing if each.agreement.last]
        return max((last for last in over if last < self.on), default=None)

    @property
    def room(self) -> int | None:
        """How many citizens the places hold; None where places are not what is agreed."""
        rooms = [each.agreement.room for each in self.now if each.agreement.room is not None]
        return sum(rooms) if rooms else None

    @property
    def ending(self) -> Use | None:
        """The agreement that ends first within 60 days without another of its kind after it."""
        soon = [
            each for each in self.now if each.agreement.last and each.agreement.last <= self.on + ENDS_SOON
        ]
        open_ended = [each for each in soon if not self._is_followed(each.agreement)]
        return min(open_ended, key=lambda each: each.agreement.last or date.max, default=None)

    @property
    def run_longer(self) -> int:
        """How many of the courses run past the agreement that ends."""
        ending = self.ending
        return (
            sum(end > ending.agreement.last for end in self.ends) if ending and ending.agreement.last else 0
        )

    @property
    def to_see(self) -> list[See]:
        """What somebody should see to, the most pressing first."""
        found = {
            See.NO_AGREEMENT: not self._standing and bool(self.mentors or self.ends),
            See.ENDED: not self.now and self.last_ended is not None and bool(self.ends),
            See.TOO_MANY: self.room is not None and self.citizens > self.room,
            See.USED_UP: self.most_used >= ALL,
            See.NEARLY_USED: NEARLY <= self.most_used < ALL,
            See.ENDS: self.ending is not None,
        }
        return [what for what, holds in found.items() if holds]

    @property
    def most_used(self) -> int:
        """The largest share used of an agreement that holds, in tenths of a percent; 0 where no hours are agreed."""
        return max((each.tenths or 0 for each in self.now), default=0)

    @cached_property
    def _standing(self) -> list[Use]:
        return [each for each in self.uses if each.stands]

    def _is_followed(self, agreement: ProviderAgreement) -> bool:
        after = (each.agreement for each in self._standing if each.agreement.kind == agreement.kind)
        return any(
            each.first > agreement.first and (each.last is None or each.last > self.on) for each in after
        )


def standings(on: date, providers: QuerySet[Provider] | None = None) -> list[Standing]:
    """Every provider, or those given, on a day. Four queries, however many courses there have been."""
    rows = list(Provider.objects.all() if providers is None else providers)
    uses, mentors, running = _uses(rows, on), _mentors(rows, on), _running(rows, on)
    return [
        Standing(
            provider=each,
            on=on,
            uses=uses[each.pk],
            mentors=mentors.get(each.pk, 0),
            citizens=len({citizen for citizen, _ in running[each.pk]}),
            ends=[end for _, end in running[each.pk]],
        )
        for each in rows
    ]


def mentors_there(provider: Provider, on: date) -> QuerySet[Mentor]:
    """The mentors who serve at a provider on a day, with how many citizens each has there (`citizens`)."""
    citizens = Count("courses__citizen", filter=running_on(on, "courses__"), distinct=True)
    return active_mentors(on).filter(provider=provider).annotate(citizens=citizens).order_by("name")


def _mentors(providers: Sequence[Provider], on: date) -> dict[uuid.UUID, int]:
    rows = active_mentors(on).filter(provider__in=providers).order_by()
    return dict(rows.values_list("provider").annotate(Count("pk")))


def _running(providers: Sequence[Provider], on: date) -> dict[uuid.UUID, list[tuple[uuid.UUID, date]]]:
    """(citizen, last day) of the courses that run, by the provider of their mentor."""
    found = defaultdict(list)
    rows = Course.objects.filter(running_on(on), mentor__provider__in=providers)
    for provider, citizen, end in rows.order_by().values_list("mentor__provider", "citizen", "end"):
        found[provider].append((citizen, end))
    return found


def _uses(providers: Sequence[Provider], on: date) -> dict[uuid.UUID, list[Use]]:
    found: dict[uuid.UUID, list[Use]] = defaultdict(list)
    rows = ProviderAgreement.objects.filter(provider__in=providers).select_related(
        "entered_by", "withdrawn_by"
    )
    rows = rows.annotate(until=Coalesce("last", on), month=TruncMonth("first")).annotate(
        delivered=_sum(_delivered()), invoiced=_sum(_invoiced(), BILLED), signed=_sum(_signed()),
        whole=Subquery(_whole_courses().values("provider").annotate(n=Count("pk")).values("n")),
    )  # fmt: skip
    for row in rows.order_by("-first", "-entered_at"):
        billed = row.invoiced if row.kind == Kind.FRAMEWORK else row.signed
        found[row.provider_id].append(Use(row, row.delivered or 0, billed or 0, row.whole or 0))
    return found


def _sum(rows: QuerySet[Any], minutes: Any = "minutes") -> Subquery:
    return Subquery(rows.values("provider").annotate(sum=Sum(minutes)).values("sum"))


def _delivered() -> QuerySet[Any]:
    """Meetings of the mentors there within the agreement; by the index on a mentor's days."""
    days = Q(day__gte=OuterRef("first"), day__lte=OuterRef("until"))
    rows = Contact.objects.filter(days, held=True, mentor__provider=OuterRef("provider")).order_by()
    return rows.annotate(provider=F("mentor__provider"))


def _lines() -> QuerySet[Any]:
    """Lines of invoices that stand, for the months that the agreement reaches into."""
    months = Q(month__gte=OuterRef("month"), month__lte=OuterRef("until"))
    rows = InvoiceLine.objects.filter(months, invoice__provider=OuterRef("provider")).order_by()
    rows = rows.exclude(invoice__state=Invoice.State.RETURNED)
    return rows.annotate(provider=F("invoice__provider"))


def _invoiced() -> QuerySet[Any]:
    return _lines().filter(minutes__isnull=False)


def _whole_courses() -> QuerySet[Any]:
    return _lines().filter(minutes__isnull=True, invoice__kind=Invoice.Kind.INVOICE)


def _signed() -> QuerySet[Any]:
    """The newest version of each month that the company's mentors signed."""
    newer = CompanyMonth.objects.filter(
        mentor=OuterRef("signed__mentor"),
        month=OuterRef("signed__month"),
        version__gt=OuterRef("signed__version"),
    )
    months = Q(signed__month__gte=OuterRef("month"), signed__month__lte=OuterRef("until"))
    rows = CompanyMonthLine.objects.filter(
        months, ~Exists(newer), signed__mentor__provider=OuterRef("provider")
    )
    return rows.order_by().annotate(provider=F("signed__mentor__provider"))


def _holds(row: ProviderAgreement, on: date) -> bool:
    return row.first <= on and (row.last is None or row.last >= on)
