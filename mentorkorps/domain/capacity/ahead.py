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
from statistics import mean, variance

WEEKS_AHEAD = 26
FEWEST_ENDS = 20  # grants that ran out, before a share of renewals is said
FEWEST_WEEKS = 8  # weeks behind, before anything is said of new courses
CLAIMED = 90  # percent of weeks in which the band is meant to hold what comes
NORMAL_90 = 1.6448536269514722
STRETCHES, FEWEST_STRETCHES = (1, 4, 13), 4  # weeks
NEVER_DECIDED = 10**6  # days before its end: any renewal is later


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
class Begun:
    """A course that began `back` weeks ago (1 is last week), its minutes a week, and how many days before it began
    it was decided."""

    group: str
    back: int
    minutes: int
    notice: int


@dataclass(frozen=True)
class Waiting:
    """A referral that nobody has decided: the first week in which it could begin."""

    group: str
    week: int


@dataclass(frozen=True)
class Experience:
    """What has been seen before today.

    `ran_out` has each grant that ran to its end: how many days before it the next was decided (negative after it),
    None where none was. `stopped` courses stopped before their time in so many `course_weeks`. `begun` are the
    courses that began in the `weeks` behind, `length` how many weeks a new grant is, and `new_minutes` what one gives
    a week.
    """

    ran_out: tuple[int | None, ...]
    stopped: int
    course_weeks: int
    begun: tuple[Begun, ...]
    weeks: int
    length: int
    new_minutes: int

    @property
    def renewed(self) -> int:
        """How many of the grants that ran out were followed by another."""
        return sum(notice is not None for notice in self.ran_out)

    @property
    def knows_renewals(self) -> bool:
        """Whether enough grants have run out to say how many are renewed."""
        return len(self.ran_out) >= FEWEST_ENDS

    @property
    def knows_new(self) -> bool:
        """Whether enough weeks lie behind to say how many begin."""
        return self.weeks >= FEWEST_WEEKS

    def still_renewed(self, days_left: int) -> "Chance":
        """The share renewed of grants that had no next one so many days before their end: what comes late may come."""
        open_ended = [notice for notice in self.ran_out if notice is None or notice < days_left]
        return Chance(sum(notice is not None for notice in open_ended), len(open_ended))

    def still_begun(self, days: int) -> float:
        """The share of the minutes that begin on a day which nobody has decided so many days before."""
        minutes = sum(each.minutes for each in self.begun)
        return sum(each.minutes for each in self.begun if each.notice < days) / minutes if minutes else 0.0

    def left(self, days: int) -> float:
        """The share of courses that have not stopped before their time after so many days."""
        stops = self.stopped / self.course_weeks if self.course_weeks else 0.0
        return float((1 - stops) ** (days / 7))


@dataclass(frozen=True)
class Chance:
    """A share that has been counted: `yes` of `of`."""

    yes: int
    of: int

    @property
    def share(self) -> float:
        """0 where nothing has been counted."""
        return self.yes / self.of if self.of else 0.0

    @property
    def doubt(self) -> float:
        """The variance of the share, for having counted so few; a share of none or all is not taken to be sure."""
        share = (self.yes + 1) / (self.of + 2)
        return share * (1 - share) / (self.of + 2)


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
    behind = _begun_by_week(experience)
    return [
        _week(
            week,
            _Ahead(week, days_to_monday + 7 * (week - 1), grants, behind, experience),
            sum(first <= week for first in could_begin) * experience.new_minutes,
        )
        for week in range(1, weeks + 1)
    ]


def _week(week: int, ahead: "_Ahead", waiting: int) -> Demand:
    grants, known = ahead.grants, ahead.experience.knows_renewals
    new = ahead.new()
    least = ahead.old(None if known else NONE_RENEWED)
    most = least if known else ahead.old(ALL_RENEWED)
    left = ahead.experience.left(ahead.days)
    low = least.mean + new.mean - NORMAL_90 * math.sqrt(least.variance + new.variance)
    high = most.mean + max(new.mean, waiting * left) + NORMAL_90 * math.sqrt(most.variance + new.variance)
    return Demand(
        week=week,
        granted=grants.granted[week],
        ends=grants.ends[week],
        starts=grants.starts[week],
        renewed=round(least.mean - grants.granted[week] * left) if known else None,
        new=round(new.mean) if ahead.experience.knows_new else None,
        waiting=waiting,
        low=max(round(low), 0),
        middle=round(least.mean + new.mean) if known else None,
        high=max(round(high), 0),
    )


@dataclass(frozen=True)
class _Ahead:
    """One week as it is seen from today, `days` before its Monday."""

    week: int
    days: int
    grants: _Grants
    behind: Sequence[int]
    experience: Experience

    def old(self, fixed: Chance | None) -> _Guess:
        """What is left of today's grants, renewed with a chance each time they run out.

        How long a grant has been left open tells the first time, and the share of all grants the times after it.
        `fixed` stands for both where they are unknown.
        """
        expected = spread = slope = 0.0
        left = self.experience.left(self.days)
        always = fixed or self.experience.still_renewed(NEVER_DECIDED)
        for (days, renewals), minutes in sorted(self.grants.minutes.items()):
            if not minutes[self.week]:
                continue
            first = fixed or self.experience.still_renewed(days)
            later = always.share ** max(renewals - 1, 0)
            chance = left * (first.share * later if renewals else 1.0)
            expected += chance * minutes[self.week]
            spread += chance * (1 - chance) * self.grants.squares[days, renewals][self.week]
            slope += left * later * minutes[self.week] * math.sqrt(first.doubt) if renewals else 0.0
        return _Guess(expected, spread + (0.0 if fixed else slope * slope))

    def new(self) -> _Guess:
        """Courses that nobody has decided yet, by what began in each week behind."""
        if not self.experience.knows_new:
            return _Guess()
        usual, spread = mean(self.behind), _spread(self.behind)
        weight = sum(self._still_there(begins) for begins in range(1, self.week + 1))
        return _Guess(weight * usual, (weight + weight * weight / len(self.behind)) * spread)

    def _still_there(self, begins: int) -> float:
        """The share of a week's new courses that nobody knows of today and that will run in this one."""
        known = self.experience.knows_renewals
        share = self.experience.still_renewed(NEVER_DECIDED).share if known else 1.0
        since = self.week - begins
        renewals = since // max(self.experience.length, 1)
        unknown = self.experience.still_begun(self.days - 7 * since)
        return self.experience.left(7 * since) * float(share**renewals) * unknown


def _stretches(row: Standing, weeks: int) -> Iterable[tuple[int, int, int, int]]:
    """(renewals, first week, week after the last, minutes) of a grant and of those that may follow it."""
    yield 0, max(row.start, 0), min(max(row.end, 0), weeks + 1), row.minutes
    if row.last:
        length = max(row.weeks, 1)
        for renewals, first in enumerate(range(row.end, weeks + 1, length), start=1):
            yield renewals, max(first, 0), min(max(first + length, 0), weeks + 1), row.minutes_if_renewed


def _spread(behind: Sequence[int]) -> float:
    """The variance of a week's new minutes: the largest that single weeks and longer stretches show.

    Weeks that resemble their neighbours (a summer, a rise) spread more when they are added than single weeks tell.
    """
    found = [0.0]
    for weeks in STRETCHES:
        sums = [sum(behind[first : first + weeks]) for first in range(0, len(behind) - weeks + 1, weeks)]
        if len(sums) >= FEWEST_STRETCHES:
            found.append(float(variance(sums)) / weeks)
    return max(found)


def _begun_by_week(experience: Experience) -> list[int]:
    found = [0] * experience.weeks
    for each in experience.begun:
        if 1 <= each.back <= experience.weeks:
            found[each.back - 1] += each.minutes
    return found
