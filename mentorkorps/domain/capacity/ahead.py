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


@dataclass(frozen=True)
class Standing:
    """A grant as it is known today. Weeks are counted from the running one, which is 0.

    It runs in the weeks from `start` up to, not including, `end`. `weeks` is its length: as long is a renewal, with
    `minutes_if_renewed`. `last` is False where the next grant is decided already.
    """

    group: str
    minutes: int
    start: int
    end: int
    weeks: int
    minutes_if_renewed: int
    last: bool = True


@dataclass(frozen=True)
class Begun:
    """A course that began `back` weeks ago (1 is last week), and its minutes a week."""

    group: str
    back: int
    minutes: int


@dataclass(frozen=True)
class Waiting:
    """A referral that nobody has decided: the first week in which it could begin."""

    group: str
    week: int


@dataclass(frozen=True)
class Experience:
    """What has been seen: grants that ran out and how many were renewed, courses stopped before their time in
    how many course-weeks, the courses that began in the `weeks` behind, and how long a new grant is."""

    ran_out: int
    renewed: int
    stopped: int
    course_weeks: int
    begun: tuple[Begun, ...]
    weeks: int
    length: int

    @property
    def share_renewed(self) -> float | None:
        """None where too few have run out to say."""
        return self.renewed / self.ran_out if self.ran_out >= FEWEST_ENDS else None

    @property
    def stops_a_week(self) -> float:
        """The chance that a course stops before its time in a week."""
        return self.stopped / self.course_weeks if self.course_weeks else 0.0

    @property
    def knows_new(self) -> bool:
        """Whether enough weeks lie behind to say how many begin."""
        return self.weeks >= FEWEST_WEEKS

    @property
    def mean_minutes(self) -> int:
        """Minutes a week of a new course; 0 where none has begun."""
        return round(mean(each.minutes for each in self.begun)) if self.begun else 0


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
class _Sums:
    """Minutes, and minutes squared, in each week, by how many renewals they hang on."""

    minutes: dict[int, list[int]]
    squares: dict[int, list[int]]


@dataclass(frozen=True)
class _Guess:
    """An expectation in minutes with its variance."""

    mean: float
    variance: float


def demand_ahead(
    standing: Iterable[Standing],
    waiting: Iterable[Waiting],
    experience: Experience,
    weeks: int = WEEKS_AHEAD,
) -> list[Demand]:
    """The minutes asked for in each of the coming weeks, from week 1.

    Where the share renewed is unknown the band goes from none renewed to all. Referrals that wait are not added to
    the new courses that experience counts on, since they are the first of them; where more wait than usually
    begin, they lift the upper end.
    """
    rows = list(standing)
    sums, known_starts = _sums(rows, weeks), _starts(rows, weeks)
    new = [_new(experience, known_starts, week) for week in range(weeks + 1)]
    could_begin = [each.week for each in waiting]
    return [
        _week(
            week,
            rows=sums,
            starts=known_starts[week],
            ends=sum(row.minutes for row in rows if row.end == week),
            new=new[week],
            waiting=sum(first <= week for first in could_begin) * experience.mean_minutes,
            experience=experience,
        )
        for week in range(1, weeks + 1)
    ]


def _week(
    week: int, *, rows: _Sums, starts: int, ends: int, new: _Guess, waiting: int, experience: Experience
) -> Demand:
    share = experience.share_renewed
    ends_of_share = (0.0, 1.0) if share is None else (share, share)
    least, most = (_old(rows, week, each, experience) for each in ends_of_share)
    begun = new if experience.knows_new else _Guess(0.0, 0.0)
    more = max(begun.mean, waiting * _left(experience, week))
    low = least.mean + begun.mean - NORMAL_90 * math.sqrt(least.variance + begun.variance)
    high = most.mean + more + NORMAL_90 * math.sqrt(most.variance + begun.variance)
    granted = rows.minutes[0][week]
    kept = granted * _left(experience, week)
    return Demand(
        week=week,
        granted=granted,
        ends=ends,
        starts=starts,
        renewed=None if share is None else round(least.mean - kept),
        new=round(new.mean) if experience.knows_new else None,
        waiting=waiting,
        low=max(round(low), 0),
        middle=None if share is None else round(least.mean + begun.mean),
        high=max(round(high), 0),
    )


def _sums(rows: Sequence[Standing], weeks: int) -> _Sums:
    """Each grant adds to the weeks it runs, and to those after it by the number of renewals it takes to get there."""
    minutes: dict[int, list[int]] = defaultdict(lambda: [0] * (weeks + 1))
    squares: dict[int, list[int]] = defaultdict(lambda: [0] * (weeks + 1))
    minutes[0], squares[0] = [0] * (weeks + 1), [0] * (weeks + 1)
    for row in rows:
        for renewals, first, last, each in _stretches(row, weeks):
            for week in range(first, last):
                minutes[renewals][week] += each
                squares[renewals][week] += each * each
    return _Sums(minutes, squares)


def _stretches(row: Standing, weeks: int) -> Iterable[tuple[int, int, int, int]]:
    """(renewals, first week, week after the last, minutes) of a grant and of those that may follow it."""
    yield 0, max(row.start, 0), min(max(row.end, 0), weeks + 1), row.minutes
    if row.last:
        length = max(row.weeks, 1)
        for renewals, first in enumerate(range(row.end, weeks + 1, length), start=1):
            yield renewals, max(first, 0), min(max(first + length, 0), weeks + 1), row.minutes_if_renewed


def _starts(rows: Sequence[Standing], weeks: int) -> list[int]:
    found = [0] * (weeks + 1)
    for row in rows:
        if 0 < row.start <= weeks:
            found[row.start] += row.minutes
    return found


def _old(rows: _Sums, week: int, share: float, experience: Experience) -> _Guess:
    """What is left of today's grants in a week, renewed with a chance each time they run out."""
    expected = spread = slope = 0.0
    left = _left(experience, week)
    for renewals, minutes in sorted(rows.minutes.items()):
        chance = left * share**renewals
        expected += chance * minutes[week]
        spread += chance * (1 - chance) * rows.squares[renewals][week]
        slope += left * renewals * share ** max(renewals - 1, 0) * minutes[week]
    unsure = share * (1 - share) / experience.ran_out if experience.ran_out else 0.0
    return _Guess(expected, spread + slope * slope * unsure)


def _left(experience: Experience, weeks: int) -> float:
    """The share of courses that have not stopped before their time after so many weeks."""
    return float((1 - experience.stops_a_week) ** weeks)


def _new(experience: Experience, known: Sequence[int], week: int) -> _Guess:
    """Courses that nobody knows yet, by what began in each week behind; those decided already are counted off."""
    behind = _begun_by_week(experience)
    if len(behind) < FEWEST_WEEKS:
        return _Guess(0.0, 0.0)
    usual, spread = mean(behind), variance(behind)
    share = experience.share_renewed if experience.share_renewed is not None else 1.0
    expected = doubt = weight = 0.0
    for begins in range(1, week + 1):
        renewals = (week - begins) // max(experience.length, 1)
        stays = _left(experience, week - begins) * share**renewals
        unknown = max(usual - known[begins], 0) / usual if usual else 0.0
        expected += stays * unknown * usual
        doubt += stays * unknown * spread
        weight += stays * unknown
    return _Guess(expected, doubt + weight * weight * spread / len(behind))


def _begun_by_week(experience: Experience) -> list[int]:
    found = [0] * experience.weeks
    for each in experience.begun:
        if 1 <= each.back <= experience.weeks:
            found[each.back - 1] += each.minutes
    return found
