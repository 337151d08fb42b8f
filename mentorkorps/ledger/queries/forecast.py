"""The hours of the rest of a year: what runs now, what is renewed, how past weeks went, and how forecasts missed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Sum

from mentorkorps.cases.models import Grant
from mentorkorps.domain.dates import week_end, week_number, week_start
from mentorkorps.domain.forecast import Band, ComingWeek, Forecast, PastWeek, band, forecast
from mentorkorps.domain.granted import granted_minutes
from mentorkorps.followup.models import Contact

PAST_WEEKS = 26
EARLIER_FORECASTS = 26
RENEWED_WITHIN = timedelta(days=14)
RENEWED_FROM = timedelta(weeks=PAST_WEEKS)


@dataclass(frozen=True)
class Period:
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
    """What forecasts are made of: grants, and delivered minutes by week number."""

    periods: Sequence[Period]
    delivered: dict[int, int]

    def came(self, monday: date, weeks: int) -> int:
        """The minutes delivered in so many weeks from a Monday."""
        begin = week_number(monday)
        return sum(self.delivered.get(week, 0) for week in range(begin, begin + weeks))


@dataclass(frozen=True)
class Rest:
    """Minutes likely to be delivered in each week to come, and in all of them with a band."""

    weeks: tuple[int, ...]
    total: Band


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
    ((_, made),) = forecasts(past, [monday], days)
    return None if made is None else Rest(made.weeks, band(made.total, earlier(past, monday, weeks)))


def earlier(past: History, monday: date, weeks: int) -> list[Fraction]:
    """What came of every minute forecast, so many weeks ahead, by the newest forecasts that are over on a Monday."""
    mondays = [monday - timedelta(weeks=weeks + back) for back in reversed(range(EARLIER_FORECASTS))]
    return [
        Fraction(past.came(begun, weeks), made.total)
        for begun, made in forecasts(past, mondays, weeks * 7)
        if made is not None and made.total
    ]


def forecasts(past: History, mondays: Iterable[date], days: int) -> Iterator[tuple[date, Forecast | None]]:
    """Each Monday's forecast of so many days, by what was known before it. The Mondays are in order."""
    known, news = _Known(), _news(past)
    for monday in mondays:
        while news and news[-1][0] < monday:
            known.learn(*news.pop()[1:])
        yield monday, known.forecast(past, monday, days)


def _news(past: History) -> list[tuple[date, Period, date, int]]:
    """When a grant, and an end before its time, came to be known; the newest first."""
    found = []
    for each in past.periods:
        found.append((each.known_on, each, each.end, 1))
        if each.ended < each.end:
            on = max(each.ended, each.known_on)
            found += [(on, each, each.end, -1), (on, each, each.ended, 1)]
    return sorted(found, key=lambda piece: piece[0], reverse=True)


class _Known:
    """What is known on a day, in minutes by week number. It learns one piece of news after another."""

    def __init__(self) -> None:
        self.granted: dict[int, int] = defaultdict(int)
        self.begun: dict[int, int] = defaultdict(int)
        self.ending: dict[int, int] = defaultdict(int)

    def learn(self, period: Period, end: date, sign: int) -> None:
        """A grant that runs to a day, or with -1 that it does not after all."""
        first, last = week_number(period.start), week_number(end)
        for week in range(first + 1, last):
            self.granted[week] += sign * period.minutes  # any seven days are exactly a week
        for week in {first, last}:
            days = max(period.start, week_start(week)), min(end, week_end(week))
            self.granted[week] += sign * granted_minutes(period.minutes, period.start, *days)
        self.ending[last] += sign * period.minutes
        if period.first:
            self.begun[first] += sign * period.minutes

    def forecast(self, past: History, monday: date, days: int) -> Forecast | None:
        """So many days from a Monday on."""
        now = week_number(monday)
        weeks = [
            PastWeek(self.granted[week], past.delivered.get(week, 0), self.begun[week])
            for week in range(now - PAST_WEEKS, now)
        ]
        while weeks and not weeks[0].granted:
            weeks.pop(0)
        return forecast(weeks, self._coming(now, days), renewed(past.periods, monday))

    def _coming(self, now: int, days: int) -> list[ComingWeek]:
        coming, run_out = [], 0
        for place, left in enumerate(range(days, 0, -7)):
            coming.append(ComingWeek(self.granted[now + place], run_out, min(left, 7)))
            run_out += self.ending[now + place]
        return coming


def renewed(periods: Iterable[Period], monday: date) -> Fraction | None:
    """The share of the minutes that ran out in the half year before a Monday and got a new grant within 14 days."""
    begins, over = defaultdict(list), []
    for each in periods:
        if each.known_on < monday:
            begins[each.course].append(each.start)
            if monday - RENEWED_FROM <= each.ended < monday - RENEWED_WITHIN:
                over.append(each)
    again = [
        each
        for each in over
        if any(each.ended < start <= each.ended + RENEWED_WITHIN for start in begins[each.course])
    ]
    ran_out = sum(each.minutes for each in over)
    return Fraction(sum(each.minutes for each in again), ran_out) if ran_out else None


def checks(today: date, ahead: int, times: int) -> list[Check]:
    """So many forecasts of the past, `ahead` weeks each, made week after week until the newest can be seen."""
    this_monday = week_start(week_number(today))
    first = this_monday - timedelta(weeks=PAST_WEEKS + 2 * ahead + EARLIER_FORECASTS + times)
    past = history(first, this_monday)
    mondays = [this_monday - timedelta(weeks=back) for back in range(times + ahead - 1, ahead - 1, -1)]
    return [
        Check(monday, band(made.total, earlier(past, monday, ahead)), past.came(monday, ahead))
        for monday, made in forecasts(past, mondays, ahead * 7)
        if made is not None
    ]
