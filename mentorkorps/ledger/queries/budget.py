"""A year's budget beside what is spent, where the year is likely to end, and the ceiling. Amounts in øre."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Q, Sum

from mentorkorps.domain.dates import month_end, week_number, week_start
from mentorkorps.domain.economy import Ceiling, round_ore
from mentorkorps.domain.forecast import Band
from mentorkorps.ledger.models import Budget, MonthClose, Posting, YearCeiling
from mentorkorps.ledger.queries.accounts import (
    MISSING,
    Line,
    lines_between,
    months_between,
    total_of,
)
from mentorkorps.ledger.queries.forecast import Rest, rest_of
from mentorkorps.ledger.queries.hours_given import last_closed_day
from mentorkorps.municipality.models import Mentor


@dataclass(frozen=True)
class Spent:
    """What the hours of a period cost. `unpriced` minutes have no amount, for the reasons in `missing`."""

    minutes: int = 0
    cost: int = 0
    full: int = 0
    reimbursement: int = 0
    unpriced: int = 0
    missing: tuple[str, ...] = ()

    @property
    def price(self) -> Fraction | None:
        """Øre for an hour on average; None where nothing has a price."""
        priced = self.minutes - self.unpriced
        return Fraction(self.cost * 60, priced) if priced and self.cost else None

    @property
    def share(self) -> Fraction:
        """What comes back of an eligible krone, before any ceiling."""
        return Fraction(self.reimbursement, self.cost) if self.cost else Fraction(0)


@dataclass(frozen=True)
class YearOutlook:
    """A year's money on a day. What cannot be said is None.

    `spent` is to the last closed week, `rest` the forecast of the weeks after it, `end` both together. `ceiling_week`
    is the Monday of the week in which the ceiling is likely to be reached, None when it is not within the year.
    `next_hour` and `next_hour_after` are the price of an hour more before and after the ceiling.
    """

    year: int
    until: date
    budget: Budget | None
    ceiling: YearCeiling | None
    spent: Spent
    hours: Rest | None
    rest: Band | None
    end: Band | None
    ceiling_week: date | None
    next_hour: int | None
    next_hour_after: int | None
    without_price: tuple[str, ...]

    @property
    def headroom(self) -> int | None:
        """The budget less what is likely to be spent; None where either is missing."""
        return self.budget.ore - self.end.middle if self.budget and self.end else None

    @property
    def is_close(self) -> bool:
        """Whether the budget lies within the band, so that nobody can say which side the year ends on."""
        known = self.budget is not None and self.end is not None and self.end.low is not None
        return known and self.end.low <= self.budget.ore <= self.end.high

    @property
    def refund(self) -> int:
        """What comes back of what is spent, within the ceiling where it is known."""
        back = Fraction(self.spent.reimbursement)
        if self.ceiling is None:
            return round_ore(back)
        if self.ceiling.counts == YearCeiling.Counts.REIMBURSEMENT:
            return round_ore(min(back, Fraction(self.ceiling.ore)))
        return round_ore(min(Fraction(self.spent.cost), Fraction(self.ceiling.ore)) * self.spent.share)


def budget_on(year: int, day: date) -> Budget | None:
    """The budget of a year as it was adopted by a day, or None."""
    return Budget.objects.filter(year=year, adopted_on__lte=day).order_by("-adopted_on", "-id").first()


def ceiling_on(year: int, day: date) -> YearCeiling | None:
    """The ceiling of a year as it was known on a day; None is not known, which is not no ceiling."""
    return YearCeiling.objects.filter(year=year, known_on__lte=day).order_by("-known_on", "-id").first()


def economy_ceiling(found: YearCeiling | None) -> Ceiling | None:
    """A year's ceiling as `domain.economy` has it."""
    if found is None:
        return None
    return Ceiling(found.ore, "spending" if found.counts == YearCeiling.Counts.SPENDING else "reimbursement")


def year_outlook(year: int, today: date) -> YearOutlook:
    """A year on a day: what is spent by closed weeks, and where it is likely to end."""
    until = min(last_closed_day(today), date(year, 12, 31))
    spent = spent_between(date(year, 1, 1), until)
    budget, ceiling = budget_on(year, today), ceiling_on(year, today)
    running = until < date(year, 12, 31) and today.year == year
    hours = rest_of(until + timedelta(days=1), date(year, 12, 31)) if running else None
    price = spent.price
    rest = _cost_band(hours.total, price) if hours and price is not None else None
    if until == date(year, 12, 31):
        rest = Band(0, 0, 0)
    return YearOutlook(
        year=year,
        until=until,
        budget=budget,
        ceiling=ceiling,
        spent=spent,
        hours=hours,
        rest=rest,
        end=rest.each(lambda part: spent.cost + part) if rest else None,
        ceiling_week=_ceiling_week(spent, ceiling, hours, until),
        next_hour=round_ore(price * (1 - spent.share)) if price is not None else None,
        next_hour_after=round_ore(price) if price is not None else None,
        without_price=without_price(date(year, 1, 1), until) if "price" in spent.missing else (),
    )


def _cost_band(minutes: Band, price: Fraction) -> Band:
    """The kroner of minutes at a price; a bound that is not known stays so."""
    return minutes.each(lambda part: round_ore(minutes_cost(part, price)))


def minutes_cost(minutes: int, price: Fraction) -> Fraction:
    """The exact cost in øre of minutes at an average price for an hour."""
    return minutes * price / 60


def _ceiling_week(spent: Spent, ceiling: YearCeiling | None, hours: Rest | None, until: date) -> date | None:
    """The first week to come whose middle forecast reaches the ceiling; the week after `until` where it has been."""
    if ceiling is None or spent.price is None or (ceiling.counts == "reimbursement" and not spent.share):
        return None
    factor = spent.share if ceiling.counts == YearCeiling.Counts.REIMBURSEMENT else Fraction(1)
    counted, monday = spent.cost * factor, until + timedelta(days=1)
    if counted >= ceiling.ore:
        return monday
    for place, week in enumerate(hours.weeks if hours else ()):
        counted += minutes_cost(week, spent.price) * factor
        if counted >= ceiling.ore:
            return week_start(week_number(monday) + place)
    return None


def spent_between(first: date, last: date) -> Spent:
    """What the hours from a day to another cost: frozen months as they were frozen, the others as they stand."""
    whole = [month for month in months_between(first, last) if month_end(month) <= last]
    frozen = set(MonthClose.objects.filter(month__in=whole).values_list("month", flat=True))
    return _together(
        _frozen(frozen), [line for span in _open(first, last, frozen) for line in lines_between(*span)]
    )


def _open(first: date, last: date, frozen: set[date]) -> list[tuple[date, date]]:
    """Stretches of days between the frozen months, as few as can be."""
    spans: list[tuple[date, date]] = []
    for month in months_between(first, last):
        span = max(month, first), min(month_end(month), last)
        if month in frozen:
            continue
        if spans and spans[-1][1] + timedelta(days=1) == span[0]:
            span = spans.pop()[0], span[1]
        spans.append(span)
    return spans


def _frozen(months: Iterable[date]) -> Spent:
    rows = Posting.objects.filter(month__in=list(months))
    sums = rows.aggregate(
        Sum("minutes"), Sum("cost_ore"), Sum("full_ore"), Sum("reimbursement_ore"),
        unpriced=Sum("minutes", filter=Q(cost_ore__isnull=True)),
    )  # fmt: skip
    lacking = rows.order_by().values_list("missing", flat=True).distinct()
    return Spent(
        minutes=sums["minutes__sum"] or 0,
        cost=sums["cost_ore__sum"] or 0,
        full=sums["full_ore__sum"] or 0,
        reimbursement=sums["reimbursement_ore__sum"] or 0,
        unpriced=sums["unpriced"] or 0,
        missing=_ordered(name for names in lacking for name in names),
    )


def _together(frozen: Spent, lines: list[Line]) -> Spent:
    total = total_of(lines)
    return Spent(
        minutes=frozen.minutes + total.minutes,
        cost=frozen.cost + total.cost,
        full=frozen.full + total.full,
        reimbursement=frozen.reimbursement + total.reimbursement,
        unpriced=frozen.unpriced + total.unpriced,
        missing=_ordered((*frozen.missing, *(name for line in lines for name in line.missing))),
    )


def _ordered(names: Iterable[str]) -> tuple[str, ...]:
    """What is missing of the amounts; where they are booked changes none of them."""
    found = set(names) - {"account", "grouping"}
    return tuple(name for name in MISSING if name in found)


def without_price(first: date, last: date) -> tuple[str, ...]:
    """The providers and mentors without a price on a day they met somebody, by name."""
    keys = {line.mentor for line in lines_between(first, last) if line.price is None}
    mentors = Mentor.objects.filter(id__in=keys).select_related("provider")
    return tuple(sorted({str(mentor.provider or mentor) for mentor in mentors}))
