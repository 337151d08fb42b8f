"""How many hours the rest of a year holds: what is known of the coming weeks, how last year's weeks went, and a band.

Nothing is drawn by chance. A week to come is delivered as the same week a year before was, and the band is as wide as
earlier forecasts of the same length have missed. Only shares are floating point; each week is rounded to minutes.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

YEAR = 52  # weeks
PAST_WEEKS = YEAR + 1  # the same week a year ago, and the one before it
FEWEST_WEEKS = 8  # of the past, before anything is said of the future
FEWEST_MISSES = 13  # earlier forecasts, before anything is said of how wrong this one can be
HELD = 95  # percent of the earlier forecasts lie within the band; our choice, measured in docs/methods.md
COURSE_WEEKS = 26  # a grant runs half a year: so long does a new course add to the hours


@dataclass(frozen=True)
class PastWeek:
    """A week that is over. Minutes.

    `begun` is the minutes a week of the courses that began in it, `stopped` of the grants that ended before time.
    """

    granted: int
    delivered: int
    begun: int
    stopped: int = 0


@dataclass(frozen=True)
class ComingWeek:
    """A week to come. Minutes: granted already, and the minutes a week of grants that will have run out by then.

    `days` of it count: a year ends within a week.
    """

    granted: int
    run_out: int
    days: int = 7


@dataclass(frozen=True)
class Forecast:
    """Minutes likely to be delivered in each coming week. `has_year` says that a whole year lay behind it."""

    weeks: tuple[int, ...]
    has_year: bool

    @property
    def total(self) -> int:
        """Minutes of all the weeks."""
        return sum(self.weeks)


@dataclass(frozen=True)
class Band:
    """What a forecast says, and from where to where it may lie; None where too few have been made to say."""

    low: int | None
    middle: int
    high: int | None

    def each(self, work: Callable[[int], int]) -> "Band":
        """The band of something that follows from it; a bound that is not known stays so."""
        low, high = (None if bound is None else work(bound) for bound in (self.low, self.high))
        return Band(low, work(self.middle), high)


def forecast(
    past: Sequence[PastWeek], coming: Sequence[ComingWeek], renewed: Fraction | None
) -> Forecast | None:
    """What will be delivered in the coming weeks; None where the past is too short to say.

    `past` is oldest first, and of it the newest `PAST_WEEKS` count. `renewed` is the share of minutes that got a new
    grant when the old one ran out; None, when nothing has run out yet, counts as nothing renewed and only what is
    granted is carried on.
    """
    past = past[-PAST_WEEKS:]
    granted = sum(week.granted for week in past)
    if len(past) < FEWEST_WEEKS or not granted:
        return None
    again, begun = float(renewed or 0), sum(week.begun for week in past) / len(past)
    goes_on = max(1 - sum(week.stopped for week in past) / granted, 0)
    weeks = []
    for place, week in enumerate(coming):
        asked = week.granted + again * week.run_out + begun * min(place, COURSE_WEEKS)
        weeks.append(round(_delivered(past, place) * goes_on**place * asked * week.days / 7))
    return Forecast(tuple(weeks), len(past) == PAST_WEEKS)


def band(middle: int, misses: Sequence[Fraction]) -> Band:
    """As far to both sides as 95 of 100 earlier forecasts of the same length missed at most.

    `misses` has a share of what was forecast for every one: 0.1 is a tenth too much or too little.
    """
    if len(misses) < FEWEST_MISSES:
        return Band(None, middle, None)
    far = round(middle * sorted(misses)[math.ceil(len(misses) * HELD / 100) - 1])
    return Band(max(middle - far, 0), middle, middle + far)


def _delivered(past: Sequence[PastWeek], place: int) -> float:
    """The share of what was granted that was delivered a year before a coming week, and in the weeks on its sides.

    Where a year is not there to look back on, that of all weeks.
    """
    weeks = past
    if len(past) == PAST_WEEKS:
        same = 1 + place % YEAR
        weeks = past[same - 1 : same + 2]
    granted = sum(week.granted for week in weeks)
    return sum(week.delivered for week in weeks) / granted if granted else 0.0
