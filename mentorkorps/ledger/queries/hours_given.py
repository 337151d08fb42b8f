"""Granted, delivered and level hours of a period, grant by grant, so that every sum has its parts."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, Q, Subquery, Sum

from mentorkorps.cases.models import Course, Grant
from mentorkorps.domain.dates import week_number, week_start
from mentorkorps.domain.granted import Settled, excused_weeks, granted_minutes, settle
from mentorkorps.followup.models import CitizenAbsence, Contact
from mentorkorps.municipality.periods import not_over


def last_closed_day(today: date) -> date:
    """Sunday of the last week that is over: later weeks can still be delivered."""
    return week_start(week_number(today)) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Given:
    """One grant within a period, or (`grant` None) minutes that a course got on days without a grant.

    Minutes. `above` and `below` are what is granted over and under the level; both are None where the level has no
    minutes, and one of them is 0 otherwise.
    """

    grant: int | None
    course: uuid.UUID
    citizen: uuid.UUID
    mentor: uuid.UUID | None
    provider: uuid.UUID | None
    unit: uuid.UUID
    function: str
    target_group: str
    obligation: str
    level_row: int | None
    start: date
    first: date
    last: date
    minutes_per_week: int
    above: int | None
    below: int | None
    settled: Settled


@dataclass(frozen=True)
class Sums:
    """Minutes of several grants added up. `measured` is what was granted where the level has minutes."""

    courses: int = 0
    granted: int = 0
    delivered: int = 0
    excused: int = 0
    not_delivered: int = 0
    over: int = 0
    measured: int = 0
    above: int = 0
    below: int = 0
    unmeasured_courses: int = 0

    @property
    def at_level(self) -> int | None:
        """What the level says for the measured grants; None where it says nothing for any."""
        return self.measured - self.above + self.below if self.is_measured else None

    @property
    def is_measured(self) -> bool:
        """Whether the level has minutes for any of the courses."""
        return self.unmeasured_courses < self.courses

    @property
    def tenths(self) -> int | None:
        """Delivered of granted in tenths of a percent, rounded; None when nothing was granted."""
        return (2_000 * self.delivered + self.granted) // (2 * self.granted) if self.granted else None


def hours_given(first: date, last: date, **wanted: Any) -> list[Given]:
    """Every grant of a period with what became of it. Four queries, whatever history lies behind.

    `wanted` keeps those with given values of the fields of `Given`, fx mentor=…. `first` and `last` are both
    included. A course counts with the mentor it has, also where a substitute met the citizen.
    """
    rows = _grants(first, last)
    away = _absences(first, last)
    given = [_given(row, away.get(row[1], ()), first, last) for row in rows]
    given += _without_grant(given, first, last)
    return [each for each in given if all(getattr(each, name) == value for name, value in wanted.items())]


def _grants(first: date, last: date) -> list[Any]:
    inside = Q(start__lte=last, end__gte=first) & not_over(first, "course__ended_on")
    return list(
        Grant.objects.filter(inside)
        .order_by("id")
        .values_list(
            "id", "course_id", "course__citizen_id", "course__mentor_id", "course__mentor__provider_id",
            "course__unit_id", "course__function", "target_group", "obligation", "level_row_id", "start", "end",
            "course__ended_on", "minutes_per_week", "level_minutes", _delivered(first, last),
        )
    )  # fmt: skip


def _delivered(first: date, last: date) -> Subquery:
    """What was delivered under the grant; by the index on a course's days."""
    of_grant = Contact.objects.filter(
        course=OuterRef("course"), held=True, day__range=(first, last), day__gte=OuterRef("start"),
        day__lte=OuterRef("end"),
    )  # fmt: skip
    return Subquery(of_grant.order_by().values("course").annotate(sum=Sum("minutes")).values("sum"))


def _absences(first: date, last: date) -> dict[uuid.UUID, list[tuple[date, date | None]]]:
    away = defaultdict(list)
    rows = CitizenAbsence.objects.filter(not_over(first), first__lte=last).order_by()
    for course, begin, end in rows.values_list("course_id", "first", "last"):
        away[course].append((begin, end))
    return away


def _given(row: Any, away: Iterable[tuple[date, date | None]], first: date, last: date) -> Given:
    *who, start, end, ended, per_week, level, delivered = row
    begin, stop = max(first, start), min(last, end, ended or end)
    excused = sum(granted_minutes(per_week, start, *week) for week in excused_weeks(away, begin, stop))
    above, below = (
        None if level is None else granted_minutes(max(difference, 0), start, begin, stop)
        for difference in (per_week - (level or 0), (level or 0) - per_week)
    )
    settled = settle(granted_minutes(per_week, start, begin, stop), delivered or 0, excused)
    return Given(*who, start, begin, stop, per_week, above, below, settled)


def _without_grant(given: list[Given], first: date, last: date) -> Iterator[Given]:
    """Minutes that courses got beside their grants: nothing is dropped."""
    under: dict[uuid.UUID, int] = defaultdict(int)
    for each in given:
        under[each.course] += each.settled.delivered
    held = Contact.objects.filter(held=True, day__range=(first, last)).order_by()
    sums = held.values_list("course").annotate(Sum("minutes"))
    beside = {course: minutes - under[course] for course, minutes in sums if minutes > under[course]}
    if not beside:
        return
    for course in Course.objects.filter(id__in=beside).select_related("mentor"):
        yield Given(
            None, course.id, course.citizen_id, course.mentor_id, course.mentor and course.mentor.provider_id,
            course.unit_id, course.function, course.target_group, course.obligation, None, first, first, last, 0,
            None, None, settle(0, beside[course.id], 0),
        )  # fmt: skip


def added(given: Iterable[Given]) -> Sums:
    """The sum of grants; a course with two grants is one course."""
    rows = list(given)
    measured = [each for each in rows if each.above is not None]
    return Sums(
        courses=len({each.course for each in rows}),
        granted=sum(each.settled.granted for each in rows),
        delivered=sum(each.settled.delivered for each in rows),
        excused=sum(each.settled.excused for each in rows),
        not_delivered=sum(each.settled.not_delivered for each in rows),
        over=sum(each.settled.over for each in rows),
        measured=sum(each.settled.granted for each in measured),
        above=sum(each.above or 0 for each in measured),
        below=sum(each.below or 0 for each in measured),
        unmeasured_courses=len({each.course for each in rows} - {each.course for each in measured}),
    )


GROUPS = ("course", "mentor", "provider", "unit", "function", "target_group", "obligation", "level_row")


def by_group(given: Iterable[Given], group: str) -> dict[Any, Sums]:
    """Sums by one of GROUPS. Minutes add up to the whole; a course can be in two target groups, one after the other."""
    found = defaultdict(list)
    for each in given:
        found[getattr(each, group)].append(each)
    return {key: added(rows) for key, rows in found.items()}
