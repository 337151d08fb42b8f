"""The hours of the rest of a year: what runs now, what is renewed, and how past weeks went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Sum

from mentorkorps.cases.models import Grant
from mentorkorps.domain.dates import week_end, week_number, week_start
from mentorkorps.domain.forecast import ComingWeek, Forecast, PastWeek, forecast
from mentorkorps.domain.granted import granted_minutes
from mentorkorps.followup.models import Contact

PAST_WEEKS = 26
RENEWED_WITHIN = timedelta(days=14)
RENEWED_FROM = timedelta(weeks=PAST_WEEKS)


@dataclass(frozen=True)
class Period:
    """A grant with its days; `first` says that the course began with it, `known_on` when it was decided."""

    course: object
    start: date
    end: date
    minutes: int
    first: bool
    known_on: date


@dataclass(frozen=True)
class History:
    """What forecasts are made of: grants, and delivered minutes by week number."""

    periods: Sequence[Period]
    delivered: dict[int, int]


@dataclass(frozen=True)
class Check:
    """A forecast of the past beside what came of it, in minutes."""

    monday: date
    forecast: Forecast
    delivered: int

    @property
    def inside(self) -> bool:
        """Whether what came lay in the band."""
        return self.forecast.total.low <= self.delivered <= self.forecast.total.high


def history(first: date, last: date) -> History:
    """Grants and deliveries between two days. Two queries."""
    what = (
        "course_id",
        "start",
        "end",
        "course__ended_on",
        "minutes_per_week",
        "course__start",
        "decision__decided_on",
    )
    rows = Grant.objects.filter(start__lte=last, end__gte=first).order_by("start").values_list(*what)
    periods = [
        Period(course, start, min(end, ended or end), minutes, start == begun, decided or start)
        for course, start, end, ended, minutes, begun, decided in rows
        if ended is None or ended >= start
    ]
    held = Contact.objects.filter(held=True, day__range=(first, last)).order_by()
    return History(periods, dict(held.values_list("week").annotate(Sum("minutes"))))


def rest_of(past: History, monday: date, last: date) -> Forecast | None:
    """The weeks from a Monday to a day, by what was known that Monday; None where too little was."""
    now, end = week_number(monday), week_number(last)
    known = [each for each in past.periods if each.known_on < monday]
    weeks = [_past_week(past, known, week) for week in range(now - PAST_WEEKS, now)]
    while weeks and not weeks[0].granted:
        weeks.pop(0)
    coming = [_coming_week(known, monday, week, last) for week in range(now, end + 1)]
    return forecast(weeks, coming, renewed(known, monday))


def _past_week(past: History, known: Sequence[Period], week: int) -> PastWeek:
    first, last = week_start(week), week_end(week)
    begun = sum(each.minutes for each in known if each.first and first <= each.start <= last)
    return PastWeek(_granted(known, first, last), past.delivered.get(week, 0), begun)


def _coming_week(known: Sequence[Period], monday: date, week: int, last: date) -> ComingWeek:
    first = week_start(week)
    run_out = sum(each.minutes for each in known if monday <= each.end < first)
    return ComingWeek(_granted(known, first, min(week_end(week), last)), run_out)


def _granted(periods: Sequence[Period], first: date, last: date) -> int:
    return sum(
        granted_minutes(each.minutes, each.start, max(first, each.start), min(last, each.end))
        for each in periods
        if each.start <= last and each.end >= first
    )


def renewed(known: Sequence[Period], monday: date) -> Fraction | None:
    """The share of the minutes that ran out in the half year before a Monday and got a new grant within 14 days."""
    begins = {}
    for each in known:
        begins.setdefault(each.course, []).append(each.start)
    over = [each for each in known if monday - RENEWED_FROM <= each.end < monday - RENEWED_WITHIN]
    again = [
        each
        for each in over
        if any(each.end < start <= each.end + RENEWED_WITHIN for start in begins[each.course])
    ]
    ran_out = sum(each.minutes for each in over)
    return Fraction(sum(each.minutes for each in again), ran_out) if ran_out else None


def checks(today: date, ahead: int, times: int) -> list[Check]:
    """So many forecasts of the past, `ahead` weeks each, made from week after week until the newest can be seen."""
    this_monday = week_start(week_number(today))
    past = history(this_monday - timedelta(weeks=PAST_WEEKS + ahead + times), this_monday)
    found = []
    for back in range(times + ahead - 1, ahead - 1, -1):
        monday = this_monday - timedelta(weeks=back)
        last = monday + timedelta(weeks=ahead, days=-1)
        made = rest_of(past, monday, last)
        if made is not None:
            weeks = range(week_number(monday), week_number(monday) + ahead)
            found.append(Check(monday, made, sum(past.delivered.get(week, 0) for week in weeks)))
    return found
