"""How many minutes a week will be asked of a corps: what is granted, what is renewed, what begins, and a band.

Nothing is drawn by chance. Each source of doubt has a variance (a renewal is yes or no, new courses come unevenly,
and experience is short), they are added, and the band is as wide as a normal distribution of that variance needs.
Minutes are added up whole; only chances and spreads are floating point, and are rounded to minutes at the end, so
that the order of courses changes nothing.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import mean

from mentorkorps.domain.capacity.experience import (
    NEVER_DECIDED,
    Chance,
    Experience,
    begun_by_week,
    spread_of,
)

WEEKS_AHEAD = 26
CLAIMED = 90  # percent of weeks in which the band is meant to hold what comes
NORMAL_90 = 1.6448536269514722


@dataclass(frozen=True)
class Standing:
    """A grant as it is known today. Weeks are counted from the running one, which is 0.

    It runs in the weeks from `start` up to, not including, `end`, which lies `days_left` days ahead. `weeks` is its
    length: as long is a renewal, with `minutes_if_renewed`. `last` is False where the next is decided already.
    """

    group: str
    minutes: int
    start: int
    end: int
    days_left: int
    weeks: int
    minutes_if_renewed: int
    last: bool = True


@dataclass(frozen=True)
class Waiting:
    """A referral that nobody has decided: the first week in which it could begin."""

    group: str
    week: int


NONE_RENEWED, ALL_RENEWED = Chance(0, 0), Chance(1, 1)


@dataclass(frozen=True)
class Demand:
    """Minutes asked for in a week. `low` to `high` is the band, `middle` None where renewals are not known.

    `granted` is decided already; `ends` and `starts` are the minutes of grants that run out at its beginning, and
    that begin in it. `renewed` and `new` are expected, None where unknown. `waiting` is at most.
    """

    week: int
    granted: int
    ends: int
    starts: int
    renewed: int | None
    new: int | None
    waiting: int
    low: int
    middle: int | None
    high: int


@dataclass(frozen=True)
class _Guess:
    """An expectation in minutes with its variance."""

    mean: float = 0.0
    variance: float = 0.0


class _Grants:
    """Minutes, and minutes squared, in each week, by how many days were left and how many renewals they hang on."""

    def __init__(self, rows: Iterable[Standing], weeks: int) -> None:
        self.minutes: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0] * (weeks + 1))
        self.squares: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0] * (weeks + 1))
        self.granted, self.ends, self.starts = ([0] * (weeks + 1) for _ in range(3))
        for row in rows:
            self._add(row, weeks)

    def _add(self, row: Standing, weeks: int) -> None:
        for renewals, first, last, minutes in _stretches(row, weeks):
            key = (row.days_left if renewals else 0, renewals)
            for week in range(first, last):
                self.minutes[key][week] += minutes
                self.squares[key][week] += minutes * minutes
                self.granted[week] += 0 if renewals else minutes
        for found, week in ((self.ends, row.end), (self.starts, row.start)):
            if 0 < week <= weeks:
                found[week] += row.minutes


def demand_ahead(
    standing: Iterable[Standing],
    waiting: Iterable[Waiting],
    experience: Experience,
    weeks: int = WEEKS_AHEAD,
    days_to_monday: int = 1,
) -> list[Demand]:
    """The minutes asked for in each of the coming weeks, from week 1, whose Monday is `days_to_monday` days ahead.

    Where renewals are unknown the band goes from none renewed to all. Referrals that wait are not added to the new
    courses that experience counts on, since they are the first of them; where more wait than usually begin, they
    lift the upper end.
    """
    grants = _Grants(standing, weeks)
    could_begin = [each.week for each in waiting]
    seen = _Seen(experience, grants, [days_to_monday + 7 * week for week in range(weeks)])
    return [
        _week(
            _Ahead(week, days_to_monday + 7 * (week - 1), grants, seen),
            sum(first <= week for first in could_begin) * experience.new_minutes,
        )
        for week in range(1, weeks + 1)
    ]


def _week(ahead: "_Ahead", waiting: int) -> Demand:
    week, grants, experience = ahead.week, ahead.grants, ahead.seen.experience
    known = experience.knows_renewals
    new = ahead.new()
    least = ahead.old(None if known else NONE_RENEWED)
    most = least if known else ahead.old(ALL_RENEWED)
    left = experience.left(ahead.days)
    low = least.mean + new.mean - NORMAL_90 * math.sqrt(least.variance + new.variance)
    high = most.mean + max(new.mean, waiting * left) + NORMAL_90 * math.sqrt(most.variance + new.variance)
    return Demand(
        week=week,
        granted=grants.granted[week],
        ends=grants.ends[week],
        starts=grants.starts[week],
        renewed=round(least.mean - grants.granted[week] * left) if known else None,
        new=round(new.mean) if experience.knows_new else None,
        waiting=waiting,
        low=max(round(low), 0),
        middle=round(least.mean + new.mean) if known else None,
        high=max(round(high), 0),
    )


class _Seen:
    """What experience says of chances, worked out once for all weeks; `mondays` are days ahead."""

    def __init__(self, experience: Experience, grants: _Grants, mondays: Sequence[int]) -> None:
        self.experience = experience
        self.always = experience.still_renewed(NEVER_DECIDED)
        self.renewed = {days: experience.still_renewed(days) for days, _ in grants.minutes}
        self.undecided = [experience.still_begun(days) for days in mondays]
        self.behind = begun_by_week(experience)
        self.usual = mean(self.behind) if self.behind else 0
        self.spread = spread_of(self.behind)


@dataclass(frozen=True)
class _Ahead:
    """One week as it is seen from today, `days` before its Monday."""

    week: int
    days: int
    grants: _Grants
    seen: _Seen

    def old(self, fixed: Chance | None) -> _Guess:
        """What is left of today's grants, renewed with a chance each time they run out.

        How long a grant has been left open tells the first time, and the share of all grants the times after it.
        `fixed` stands for both where they are unknown.
        """
        expected = spread = slope = 0.0
        left = self.seen.experience.left(self.days)
        always = fixed or self.seen.always
        for (days, renewals), minutes in sorted(self.grants.minutes.items()):
            if not minutes[self.week]:
                continue
            first = fixed or self.seen.renewed[days]
            later = always.share ** max(renewals - 1, 0)
            chance = left * (first.share * later if renewals else 1.0)
            expected += chance * minutes[self.week]
            spread += chance * (1 - chance) * self.grants.squares[days, renewals][self.week]
            slope += left * later * minutes[self.week] * math.sqrt(first.doubt) if renewals else 0.0
        return _Guess(expected, spread + (0.0 if fixed else slope * slope))

    def new(self) -> _Guess:
        """Courses that nobody has decided yet, by what began in each week behind."""
        if not self.seen.experience.knows_new:
            return _Guess()
        weight = sum(self._still_there(begins) for begins in range(1, self.week + 1))
        variance_of_it = (weight + weight * weight / len(self.seen.behind)) * self.seen.spread
        return _Guess(weight * self.seen.usual, variance_of_it)

    def _still_there(self, begins: int) -> float:
        """The share of a week's new courses that nobody knows of today and that will run in this one."""
        experience, since = self.seen.experience, self.week - begins
        share = self.seen.always.share if experience.knows_renewals else 1.0
        renewals = since // max(experience.length, 1)
        return experience.left(7 * since) * float(share**renewals) * self.seen.undecided[begins - 1]


def _stretches(row: Standing, weeks: int) -> Iterable[tuple[int, int, int, int]]:
    """(renewals, first week, week after the last, minutes) of a grant and of those that may follow it."""
    yield 0, max(row.start, 0), min(max(row.end, 0), weeks + 1), row.minutes
    if row.last:
        length = max(row.weeks, 1)
        for renewals, first in enumerate(range(row.end, weeks + 1, length), start=1):
            yield renewals, max(first, 0), min(max(first + length, 0), weeks + 1), row.minutes_if_renewed
