"""Delivered hours as postings: account, eligible cost and reimbursement, by the law of the month. Amounts in øre.

Eligible is direct time alone, at the wage or price of its day (BEK 2006/2020 § 122); transport, preparation and
overhead are not. The target group is the one of the grant, since the group when the agreement is made decides.
"""

import hashlib
import json
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from django.db.models import Min, Sum

from mentorkorps.cases.models import Agreement, Grant
from mentorkorps.domain import law
from mentorkorps.domain.dates import add_months, month_end
from mentorkorps.domain.economy import cost_of, round_ore
from mentorkorps.followup.models import Contact
from mentorkorps.ledger.models import Posting
from mentorkorps.ledger.queries.prices import PriceBook, price_book
from mentorkorps.municipality.models import Mentor

# What can be missing of a posting, as it is stored, and as it is said.
MISSING = {
    "price": "timepris eller timeløn",
    "agreement": "underskrevet aftale",
    "overhead": "overhead til den fulde udgift",
    "account": "konto",
    "grouping": "gruppering",
    "percent": "refusionsprocent",
}


@dataclass(frozen=True, slots=True)
class Line:
    """Minutes of a course in a month with what they are booked as. None is missing, and named in `missing`.

    `about` is the first day of the month the hours are of. `cost` is what may be refunded, `full` the whole cost.
    """

    about: date
    course: uuid.UUID
    mentor: uuid.UUID
    target_group: str
    function: str
    agreed_on: date | None
    account: str
    grouping: str
    price: int | None
    percent: Decimal | None
    minutes: int
    cost: int | None
    full: int | None
    reimbursement: int | None
    missing: tuple[str, ...]

    @property
    def key(self) -> tuple[Any, ...]:
        """Everything but the figures: two lines with the same key can be subtracted."""
        return (
            self.about, self.course, self.mentor, self.target_group, self.function, self.agreed_on, self.account,
            self.grouping, self.price, self.percent, self.missing,
        )  # fmt: skip


@dataclass(frozen=True)
class Total:
    """Lines added up. What is missing is left out of the amounts, and `unpriced` minutes lie behind it."""

    lines: int = 0
    minutes: int = 0
    cost: int = 0
    full: int = 0
    reimbursement: int = 0
    unpriced: int = 0
    missing: tuple[str, ...] = ()

    @property
    def lacks_full(self) -> bool:
        """Whether the whole cost of some of it is not known."""
        return bool({MISSING["price"], MISSING["overhead"]} & {*self.missing})


def lines_between(first: date, last: date) -> list[Line]:
    """Every posting of the hours from a day to another, month by month. Six queries, and four for each month.

    Within a month minutes are read together where nothing changes in it, and day by day where something does.
    """
    book, mentors = price_book(), Mentor.objects.in_bulk()
    costs = _costs(book, mentors)
    return [
        line
        for month in months_between(first, last)
        for line in _lines_of(max(month, first), min(month_end(month), last), book, costs)
    ]


def months_between(first: date, last: date) -> list[date]:
    """The months, by their first day, that have days from a day to another."""
    months = [first.replace(day=1)] if first <= last else []
    while months and (following := add_months(months[-1], 1)) <= last:
        months.append(following)
    return months


Costs = Callable[[uuid.UUID, date], tuple[int | None, int | None]]


def _lines_of(first: date, last: date, book: PriceBook, costs: Costs) -> list[Line]:
    groups, agreed = _groups(first, last), _agreements(first, last)
    found: dict[tuple[Any, ...], int] = defaultdict(int)
    for course, function, group, mentor, day, minutes in _minutes(first, last, book):
        agreement = _latest(agreed.get(course, ()), day)
        price, full = costs(mentor, day)
        if agreement is not None and agreement[1] is not None:
            price = full = agreement[1]
        booked = _group_on(groups.get(course, ()), day) or group
        signed = agreement[0] if agreement else None
        found[course, mentor, booked, function, signed, price, full] += minutes
    return [_line(first.replace(day=1), *key, minutes=minutes) for key, minutes in found.items()]


def _minutes(first: date, last: date, book: PriceBook) -> Iterator[Any]:
    """(course, its function and group, mentor, a day that speaks for all of them, minutes)."""
    held = Contact.objects.filter(held=True, day__range=(first, last)).order_by()
    within = {"gt": first, "lte": last}
    new_grants = Grant.objects.filter(**{f"start__{name}": day for name, day in within.items()})
    new_agreements = Agreement.objects.filter(**{f"signed_on__{name}": day for name, day in within.items()})
    shifts = {
        *new_grants.values_list("course_id", flat=True),
        *new_agreements.values_list("course_id", flat=True),
    }
    what = ("course_id", "course__function", "course__target_group", "mentor_id")
    if any(first < day <= last for day in _changes(book)):
        yield from held.values_list(*what, "day").annotate(Sum("minutes"))
        return
    together = held.values_list(*what).annotate(Min("day"), Sum("minutes"))
    yield from (row for row in together if row[0] not in shifts)
    if shifts:
        yield from held.filter(course__in=shifts).values_list(*what, "day").annotate(Sum("minutes"))


def _changes(book: PriceBook) -> Iterator[date]:
    """The days on which some price, wage or overhead begins, and those after one ends."""
    dated = [rows for by in (book.prices, book.wages, book.group_wages, book.groups) for rows in by.values()]
    for row in (row for rows in (*dated, book.overheads) for row in rows):
        yield row.first
        if row.last is not None:
            yield row.last + timedelta(days=1)


def _groups(first: date, last: date) -> dict[uuid.UUID, list[tuple[date, date, str]]]:
    """The target groups of each course's grants with their days."""
    found = defaultdict(list)
    rows = Grant.objects.filter(start__lte=last, end__gte=first).order_by()
    for course, start, end, group in rows.values_list("course_id", "start", "end", "target_group"):
        found[course].append((start, end, group))
    return found


def _group_on(grants: Iterable[tuple[date, date, str]], day: date) -> str:
    return next((group for start, end, group in grants if start <= day <= end), "")


def _agreements(first: date, last: date) -> dict[uuid.UUID, list[tuple[date, int | None]]]:
    """(signed on, wage of an hour in øre where the agreement names one) by course, the oldest first."""
    found = defaultdict(list)
    rows = Agreement.objects.filter(signed_on__lte=last, end__gte=first).order_by("signed_on", "drafted_on")
    for course, signed, wage in rows.values_list("course_id", "signed_on", "wage_per_hour"):
        found[course].append((signed, wage))
    return found


def _latest(agreements: Iterable[tuple[date, int | None]], day: date) -> tuple[date, int | None] | None:
    """The newest agreement signed by a day; before one is signed nothing is paid."""
    return next((each for each in reversed(list(agreements)) if each[0] <= day), None)


def _costs(book: PriceBook, mentors: dict[Any, Mentor]) -> Costs:
    @cache
    def costs(mentor: uuid.UUID, day: date) -> tuple[int | None, int | None]:
        return book.on(mentors[mentor], day), book.full_cost_on(mentors[mentor], day)

    return costs


def _line(
    about: date, course: uuid.UUID, mentor: uuid.UUID, group: str, function: str, signed: date | None,
    price: int | None, full: int | None, *, minutes: int,
) -> Line:  # fmt: skip
    number, grouping = _account(group, function, about)
    percent = _percent(group, function, signed or about, about)
    cost = _ore(minutes, price) if signed else None
    lacks = {
        "price": price is None,
        "agreement": signed is None,
        "overhead": full is None and price is not None,
        "account": not number,
        "grouping": bool(number) and not grouping,
        "percent": percent is None,
    }
    return Line(
        about, course, mentor, group, function, signed, number, grouping, price, percent, minutes, cost,
        _ore(minutes, full), _share(cost, percent), tuple(name for name, is_missing in lacks.items() if is_missing),
    )  # fmt: skip


def _ore(minutes: int, price: int | None) -> int | None:
    return None if price is None else round_ore(cost_of(Fraction(minutes), price))


def _share(cost: int | None, percent: Decimal | None) -> int | None:
    """What comes back before any ceiling, which is over the whole year."""
    if cost is None or percent is None:
        return None
    return round_ore(cost * Fraction(percent) / 100)


@cache
def _account(group: str, function: str, on: date) -> tuple[str, str]:
    try:
        found = law.account(group or None, on, function)
    except law.MissingRule:
        return "", ""
    return found.number, found.grouping or ""


@cache
def _percent(group: str, function: str, agreed_on: date, on: date) -> Decimal | None:
    """The rows of the law change on the first day of a month, so that day speaks for all of it."""
    try:
        percent = law.reimbursement(group or None, function, agreed_on, on).percent
    except law.MissingRule:
        return None
    return None if percent is None else Decimal(percent)


def frozen_lines(**wanted: Any) -> list[Line]:
    """Postings of closed months as lines; `wanted` are filters of the rows, fx close=…."""
    return [
        Line(
            about=row.month, course=row.course_id, mentor=row.mentor_id, target_group=row.target_group,
            function=row.function, agreed_on=row.agreed_on, account=row.account, grouping=row.grouping,
            price=row.price_ore, percent=row.percent, minutes=row.minutes, cost=row.cost_ore, full=row.full_ore,
            reimbursement=row.reimbursement_ore, missing=tuple(row.missing),
        )
        for row in Posting.objects.filter(**wanted).order_by("id")
    ]  # fmt: skip


def difference(now: Iterable[Line], frozen: Iterable[Line]) -> list[Line]:
    """What must be booked so that `frozen` becomes `now`: the lines whose figures changed, with the difference."""
    before = _merged(frozen)
    after = _merged(now)
    return [
        line
        for key in dict.fromkeys([*before, *after])
        if (line := _less(after.get(key), before.get(key))) is not None
    ]


def _merged(lines: Iterable[Line]) -> dict[tuple[Any, ...], Line]:
    found: dict[tuple[Any, ...], Line] = {}
    for line in lines:
        found[line.key] = _combined(found.get(line.key), line, 1)
    return found


def _less(now: Line | None, before: Line | None) -> Line | None:
    line = now if before is None else _combined(now, before, -1)
    changed = line is not None and (line.minutes or line.cost or line.full or line.reimbursement)
    return line if changed else None


def _combined(one: Line | None, other: Line, sign: int) -> Line:
    """One line more or less another of the same key; an amount that neither has stays missing."""

    def sum_of(name: str) -> int | None:
        mine, theirs = getattr(one, name) if one else None, getattr(other, name)
        return None if mine is None and theirs is None else (mine or 0) + sign * (theirs or 0)

    return replace(
        other, minutes=sum_of("minutes") or 0, cost=sum_of("cost"), full=sum_of("full"),
        reimbursement=sum_of("reimbursement"),
    )  # fmt: skip


def total_of(lines: Iterable[Line]) -> Total:
    """The sum of lines, with the names of what is missing."""
    rows = list(lines)
    lacking = {name for row in rows for name in row.missing}
    return Total(
        lines=len(rows),
        minutes=sum(row.minutes for row in rows),
        cost=sum(row.cost or 0 for row in rows),
        full=sum(row.full or 0 for row in rows),
        reimbursement=sum(row.reimbursement or 0 for row in rows),
        unpriced=sum(row.minutes for row in rows if row.cost is None),
        missing=tuple(MISSING[name] for name in MISSING if name in lacking),
    )


TableKey = tuple[str, str, str, Decimal | None]


def table_of(lines: Iterable[Line]) -> list[tuple[TableKey, Total]]:
    """Sums by (account, grouping, target group, percent), in that order. They add up to `total_of` the same lines."""
    grouped: dict[TableKey, list[Line]] = defaultdict(list)
    for line in lines:
        grouped[line.account, line.grouping, line.target_group, line.percent].append(line)
    order = sorted(grouped, key=lambda key: (key[0], key[1], key[2], -1 if key[3] is None else key[3]))
    return [(key, total_of(grouped[key])) for key in order]


def digest(lines: Iterable[Line]) -> str:
    """SHA-256 of the lines' words and figures, whatever order they come in."""
    said = sorted(json.dumps(_words(line), ensure_ascii=False) for line in lines)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _words(line: Line) -> list[Any]:
    percent = None if line.percent is None else str(line.percent.normalize())
    return [
        line.about.isoformat(), str(line.course), str(line.mentor), line.target_group, line.function,
        line.agreed_on.isoformat() if line.agreed_on else None, line.account, line.grouping, line.price, percent,
        line.minutes, line.cost, line.full, line.reimbursement, list(line.missing),
    ]  # fmt: skip
