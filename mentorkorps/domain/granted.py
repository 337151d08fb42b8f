"""Granted minutes of any stretch of days, so cut that parts always add up, and what became of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mentorkorps.domain.dates import week_end, week_number, week_start

WEEKDAYS = 5
Stretch = tuple[date, date | None]


def granted_minutes(minutes_per_week: int, start: date, first: date, last: date) -> int:
    """The minutes from `first` to `last`, both included, of a grant that began on `start`.

    A whole week has exactly `minutes_per_week`; a day has a seventh, carried over so that stretches that follow
    each other add up to the minute. None of the days may lie before `start`; an empty stretch has 0.
    """
    if last < first:
        return 0
    before, after = (first - start).days, (last - start).days + 1
    return minutes_per_week * after // 7 - minutes_per_week * before // 7


@dataclass(frozen=True)
class Settled:
    """Granted and delivered minutes told apart: granted + over = delivered + excused + not_delivered."""

    granted: int
    delivered: int
    excused: int
    not_delivered: int
    over: int


def settle(granted: int, delivered: int, excused_at_most: int) -> Settled:
    """What of a grant was not delivered, and how much of that lies in weeks in which the citizen was away.

    `excused_at_most` is what was granted in those weeks. More than granted is `over` and is never set off against
    another grant's lack.
    """
    short = max(granted - delivered, 0)
    excused = min(short, excused_at_most)
    return Settled(granted, delivered, excused, short - excused, max(delivered - granted, 0))


def excused_weeks(absences: Iterable[Stretch], first: date, last: date) -> list[tuple[date, date]]:
    """The weeks between two days in which the citizen was away too much, as (first, last) days within them.

    The same measure as the contact duty's: fewer than half of the week's weekdays are left. An absence without a
    last day goes on.
    """
    away = list(absences)
    weeks = sorted({week for stretch in away for week in _weeks_of(stretch, first, last)})
    found = []
    for week in weeks:
        begin, end = max(first, week_start(week)), min(last, week_end(week))
        there = [day for day in _days(begin, end) if day.weekday() < WEEKDAYS]
        left = [day for day in there if not any(_away_on(day, stretch) for stretch in away)]
        if there and 2 * len(left) < len(there):
            found.append((begin, end))
    return found


def _weeks_of(stretch: Stretch, first: date, last: date) -> range:
    begin, end = max(stretch[0], first), min(stretch[1] or last, last)
    return range(week_number(begin), week_number(end) + 1) if begin <= end else range(0)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _away_on(day: date, stretch: Stretch) -> bool:
    return stretch[0] <= day and (stretch[1] is None or day <= stretch[1])
