"""The hours of the rest of a year: what runs now, what is renewed, how last year went, and how forecasts missed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import takewhile
from typing import NamedTuple

from django.db.models import Sum

from mentorkorps.cases.models import Grant
from mentorkorps.domain.dates import week_end, week_number, week_start
from mentorkorps.domain.forecast import (
    PAST_WEEKS,
    YEAR,
    Band,
    ComingWeek,
    Forecast,
    PastWeek,
    band,
    forecast,
)
from mentorkorps.domain.granted import granted_minutes
from mentorkorps.followup.models import Contact

EARLIER_FORECASTS = (
    YEAR  # so many are looked back on: a whole year of them, with its summer and its Christmas
)
RENEWED_WITHIN = timedelta(days=14)
DECIDED_WEEKS = 2  # the weeks within which a renewal may still come


class Period(NamedTuple):
    """A grant with its days; `first` says that the course began with it, `known_on` when it was decided.

    `end` is the last day that was granted, `ended` the last one it came to run.
    """

    course: object
    start: date
    end: date
    ended: date
    minutes: int
    first: bool
    known_on: date


@dataclass(frozen=True)
class History:
    """What forecasts are made of: grants in order of their start, and delivered minutes by week number."""

    periods: Sequence[Period]
    delivered: Mapping[int, int]

    def came(self, monday: date, weeks: int) -> int:
        """The minutes delivered in so many weeks from a Monday."""
        begin = week_number(monday)
        return sum(self.delivered.get(week, 0) for week in range(begin, begin + weeks))


@dataclass(frozen=True)
class Rest:
    """Minutes likely to be delivered in each week to come, and in all of them with a band.

    Without `has_year` no whole year lies behind: summer and Christmas are not known, and there is no band.
    """

    weeks: tuple[int, ...]
    total: Band
    has_year: bool


@dataclass(frozen=True)
class Check:
    """A forecast of the past with the band of its time, beside what came of it, in minutes."""

    monday: date
    band: Band
    delivered: int

    @property
    def inside(self) -> bool | None:
        """Whether what came lay in the band; None where there was none."""
        low, high = self.band.low, self.band.high
        return None if low is None or high is None else low <= self.delivered <= high


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
        Period(course, start, end, min(end, ended or end), minutes, start == begun, decided or start)
        for course, start, end, ended, minutes, begun, decided in rows
        if ended is None or ended >= start
    ]
    held = Contact.objects.filter(held=True, day__range=(first, last)).order_by()
    return History(periods, dict(held.values_list("week").annotate(Sum("minutes"))))


def rest_of(monday: date, last: date) -> Rest | None:
    """The weeks from a Monday to a day, by what was known that Monday; None where too little was. Two queries."""
    days = (last - monday).days + 1
    weeks = -(-days // 7)
    past = history(monday - timedelta(weeks=PAST_WEEKS + weeks + EARLIER_FORECASTS), last)
    earlier = [(begun, weeks * 7) for begun in _mondays_before(monday, weeks)]
    made = dict(forecasts(past, [*earlier, (monday, days)]))
    here = made[monday]
    if here is None:
        return None
    return Rest(here.weeks, band(here.total, _misses(past, made, monday, weeks)), here.has_year)


def checks(past: History, mondays: Sequence[date], weeks: int) -> list[Check]:
    """Forecasts of the past, so many weeks each, with the band that each could have had on its Monday.

    The Mondays are in order, a week apart, and the weeks of all of them are over.
    """
    all_of_them = [*_mondays_before(mondays[0], weeks), *_between(mondays, weeks)]
    made = dict(forecasts(past, [(monday, weeks * 7) for monday in all_of_them]))
    return [
        Check(monday, band(here.total, _misses(past, made, monday, weeks)), past.came(monday, weeks))
        for monday in mondays
        if (here := made[monday]) is not None
    ]


def _mondays_before(monday: date, weeks: int) -> list[date]:
    """The Mondays of the newest forecasts, so many weeks each, that are over on a Monday; the oldest first."""
    return [monday - timedelta(weeks=weeks + back) for back in reversed(range(EARLIER_FORECASTS))]


def _between(mondays: Sequence[date], weeks: int) -> list[date]:
    """Every Monday after the newest that was over on the first of them, to the last of them."""
    first = mondays[0] - timedelta(weeks=weeks - 1)
    return [first + timedelta(weeks=week) for week in range((mondays[-1] - first).days // 7 + 1)]


def _misses(past: History, made: Mapping[date, Forecast | None], monday: date, weeks: int) -> list[Fraction]:
    """By how large a share the newest forecasts that are over on a Monday missed; those without a year do not count."""
    return [
        abs(Fraction(past.came(begun, weeks), here.total) - 1)
        for begun in _mondays_before(monday, weeks)
        if (here := made[begun]) is not None and here.has_year and here.total
    ]


def forecasts(past: History, asked: Iterable[tuple[date, int]]) -> Iterator[tuple[date, Forecast | None]]:
    """Each Monday's forecast of as many days as are asked, by what was known before it. The Mondays are in order."""
    known, news = _Known(past.delivered), _news(past.periods)
    for monday, days in asked:
        while news and news[-1].on < monday:
            known.learn(news.pop())
        yield monday, known.forecast(week_number(monday), days)


class _News(NamedTuple):
    """On a day it came to be known that there is a grant, or with `stops` that it ended before its time.

    `after` is the grant before it in the same course, where that had run out within a fortnight.
    """

    on: date
    period: Period
    after: Period | None
    stops: bool = False


def _news(periods: Iterable[Period]) -> list[_News]:
    """What came to be known, the newest first."""
    found: list[_News] = []
    newest: dict[object, Period] = {}
    for each in periods:
        before = newest.get(each.course)
        follows = before is not None and before.end < each.start <= before.end + RENEWED_WITHIN
        found.append(_News(each.known_on, each, before if follows else None))
        if each.ended < each.end:
            found.append(_News(max(each.ended, each.known_on), each, None, stops=True))
        newest[each.course] = each
    return sorted(found, key=lambda each: (each.on, each.stops), reverse=True)


class _Known:
    """What is known on a day, in minutes by week number. It learns one piece of news after another.

    `ending` is minutes a week of grants that run to their end, `renewed` those of them that were followed by another,
    `stopped` those that ended before it, and `begun` those that a course began with.
    """

    def __init__(self, delivered: Mapping[int, int]) -> None:
        self.delivered = delivered
        self.granted: dict[int, int] = defaultdict(int)
        self.begun: dict[int, int] = defaultdict(int)
        self.ending: dict[int, int] = defaultdict(int)
        self.renewed: dict[int, int] = defaultdict(int)
        self.stopped: dict[int, int] = defaultdict(int)

    def learn(self, news: _News) -> None:
        """A grant, or that it ended before its time."""
        period = news.period
        if news.stops:
            self._spread(period, period.ended + timedelta(days=1), -1)
            self.ending[week_number(period.end)] -= period.minutes
            self.stopped[week_number(period.ended)] += period.minutes
            return
        self._spread(period, period.start, 1)
        self.ending[week_number(period.end)] += period.minutes
        if period.first:
            self.begun[week_number(period.start)] += period.minutes
        if news.after:
            self.renewed[week_number(news.after.end)] += news.after.minutes

    def _spread(self, period: Period, start: date, sign: int) -> None:
        """Adds a grant's minutes from a day to its end, or takes them away."""
        first, last = week_number(start), week_number(period.end)
        for week in range(first + 1, last):
            self.granted[week] += sign * period.minutes  # any seven days are exactly a week
        for week in {first, last}:
            days = max(start, week_start(week)), min(period.end, week_end(week))
            self.granted[week] += sign * granted_minutes(period.minutes, period.start, *days)

    def forecast(self, now: int, days: int) -> Forecast | None:
        """So many days from the Monday of a week on, by the weeks before it without a break in what was granted."""
        back = takewhile(lambda week: self.granted[week], range(now - 1, now - 1 - PAST_WEEKS, -1))
        past = [self._past(week) for week in reversed(list(back))]
        return forecast(past, self._coming(now, days), self._renewed(now))

    def _past(self, week: int) -> PastWeek:
        delivered = self.delivered.get(week, 0)
        return PastWeek(self.granted[week], delivered, self.begun[week], self.stopped[week])

    def _coming(self, now: int, days: int) -> list[ComingWeek]:
        coming, run_out = [], 0
        for place, left in enumerate(range(days, 0, -7)):
            coming.append(ComingWeek(self.granted[now + place], run_out, min(left, 7)))
            run_out += self.ending[now + place]
        return coming

    def _renewed(self, now: int) -> Fraction | None:
        """The share of the minutes that ran out in a year and got a new grant within a fortnight; None of nothing.

        The newest two weeks are left out, since their renewals may still come.
        """
        weeks = range(now - YEAR, now - DECIDED_WEEKS)
        ran_out = sum(self.ending[week] for week in weeks)
        return Fraction(sum(self.renewed[week] for week in weeks), ran_out) if ran_out else None
