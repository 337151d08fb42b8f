"""How long citizens wait from the referral to the first meeting with a mentor: one definition, for every page."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import DateField, OuterRef, QuerySet, Subquery

from mentorkorps.cases.models import Course, Grant
from mentorkorps.domain.dates import add_months
from mentorkorps.followup.models import Contact
from mentorkorps.municipality.models import WaitingGoal
from mentorkorps.municipality.models.dated import STANDS
from mentorkorps.municipality.periods import holding

FEWEST = 5  # waits; fewer could tell of one person
QUARTERS = 6


@dataclass(frozen=True, slots=True)
class FirstMeeting:
    """When a course's referral came (None is a course without one), and when they first met (None is not yet)."""

    course: uuid.UUID
    citizen: uuid.UUID
    referred_on: date | None
    met_on: date | None

    @property
    def days(self) -> int | None:
        """Whole days from referral to first meeting; None while one of them is missing, or they met before it."""
        if self.referred_on is None or self.met_on is None or self.met_on < self.referred_on:
            return None
        return (self.met_on - self.referred_on).days


@dataclass(frozen=True, slots=True)
class Spread:
    """Days within which a quarter, half and three quarters of `count` citizens had met their mentor."""

    count: int
    quarter: int
    half: int
    three_quarters: int


def first_meetings(courses: QuerySet[Course]) -> list[FirstMeeting]:
    """Each course's referral and first held contact. One query, which costs what the courses asked for cost."""
    rows = courses.order_by("pk").annotate(referred=referred_on(), met=met_on())
    return [FirstMeeting(*row) for row in rows.values_list("pk", "citizen_id", "referred", "met")]


def first_meetings_between(courses: QuerySet[Course], first: date, last: date) -> list[FirstMeeting]:
    """Those of the courses whose first meeting was held from a day to another. Courses long over are not read."""
    granted = Grant.objects.filter(end__gte=first, start__lte=last).values("course")
    rows = first_meetings(courses.filter(pk__in=granted))
    return [row for row in rows if row.met_on is not None and first <= row.met_on <= last]


def spread(rows: Iterable[FirstMeeting]) -> Spread | None:
    """The median and quartiles of the days they waited; None where fewer than FEWEST waits are known.

    Each is a number of days that somebody waited (the nearest rank), so that it can be said in words.
    """
    days = sorted(row.days for row in rows if row.days is not None)
    if len(days) < FEWEST:
        return None
    return Spread(len(days), *(days[-(-quarters * len(days) // 4) - 1] for quarters in (1, 2, 3)))


def referred_on() -> Subquery:
    """The day the referral behind a course's first grant was received."""
    grants = Grant.objects.filter(course=OuterRef("pk"), decision__visitation__referral__isnull=False)
    received = "decision__visitation__referral__received_on"
    return Subquery(grants.order_by("start").values(received)[:1], output_field=DateField())


def met_on() -> Subquery:
    """The day of a course's first held contact; by week and day, as the index has them."""
    held = Contact.objects.filter(course=OuterRef("pk"), held=True)
    return Subquery(held.order_by("week", "day").values("day")[:1], output_field=DateField())


@dataclass(frozen=True, slots=True)
class Quarter:
    """A calendar quarter by its first day, with how many first meetings it had and their spread (None: too few)."""

    first: date
    count: int
    spread: Spread | None


@dataclass(frozen=True, slots=True)
class WaitingTime:
    """The days waited by those who first met in the last 12 months, and quarter by quarter; `goal` is today's.

    `within` are the waits that were no longer than the goal; None without a goal or with too few waits.
    """

    first: date
    count: int
    spread: Spread | None
    within: int | None
    goal: WaitingGoal | None
    quarters: tuple[Quarter, ...]


def waiting_time(courses: QuerySet[Course], today: date) -> WaitingTime:
    """How long those of the courses waited. Two queries, for a year and a half of first meetings."""
    quarters, year = last_quarters(today), add_months(today, -12) + timedelta(days=1)
    rows = first_meetings_between(courses, min(quarters[0], year), today)
    known = [row for row in rows if row.days is not None]
    of_year = [row for row in known if row.met_on and row.met_on >= year]
    found, goal = spread(of_year), goal_on(today)
    return WaitingTime(
        first=year,
        count=len(of_year),
        spread=found,
        within=sum((row.days or 0) <= goal.days for row in of_year) if goal and found else None,
        goal=goal,
        quarters=tuple(_quarter(known, first) for first in quarters),
    )


def last_quarters(today: date) -> tuple[date, ...]:
    """The first day of this quarter and of the five before it, the oldest first."""
    this = today.replace(month=today.month - (today.month - 1) % 3, day=1)
    return tuple(add_months(this, -3 * back) for back in range(QUARTERS - 1, -1, -1))


def _quarter(rows: Iterable[FirstMeeting], first: date) -> Quarter:
    after = add_months(first, 3)
    mine = [row for row in rows if row.met_on and first <= row.met_on < after]
    return Quarter(first, len(mine), spread(mine))


def goal_on(day: date) -> WaitingGoal | None:
    """The goal that holds on a day, or None where the municipality has set none."""
    return WaitingGoal.objects.filter(STANDS, holding(day)).order_by("-first").first()


def goals() -> QuerySet[WaitingGoal]:
    """Every goal, the newest first, those that were taken back too."""
    return WaitingGoal.objects.select_related("entered_by", "withdrawn_by")
