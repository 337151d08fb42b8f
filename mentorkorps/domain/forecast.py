"""How many hours the rest of a year holds: what is known of the coming weeks, how past weeks went, and a band.

Nothing is drawn by chance. The coming weeks are tried as each stretch of weeks of the same length went before, and
the band is as wide as earlier forecasts of the same length have missed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

FEWEST_WEEKS = 8  # of the past, before anything is said of the future
FEWEST_MISSES = 13  # earlier forecasts, before anything is said of how wrong this one can be
COURSE_WEEKS = 26  # a grant runs half a year: so long does a new course add to the hours


@dataclass(frozen=True)
class PastWeek:
    """A week that is over. Minutes; `begun` is the minutes a week of the courses that began in it."""

    granted: int
    delivered: int
    begun: int


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
    """Minutes that will be delivered in each coming week, and in all of them: the median of the tries."""

    weeks: tuple[int, ...]
    total: int


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

    `past` is oldest first. `renewed` is the share of minutes that got a new grant when the old one ran out; None,
    when nothing has run out yet, counts as nothing renewed and only what is granted is carried on.
    """
    if len(past) < FEWEST_WEEKS or not any(week.granted for week in past):
        return None
    tries = [
        _try(_stretch(past, begin, len(coming)), coming, renewed or Fraction(0)) for begin in range(len(past))
    ]
    weeks = tuple(round(median(each[place] for each in tries)) for place in range(len(coming)))
    return Forecast(weeks, round(median(sum(each, Fraction(0)) for each in tries)))


def band(middle: int, came: Sequence[Fraction]) -> Band:
    """From the most that came short of earlier forecasts of the same length to the most that came over them.

    `came` is what came of each for every one forecast: 0.9 is a tenth less. The forecast itself is always inside.
    """
    if len(came) < FEWEST_MISSES:
        return Band(None, middle, None)
    low, high = min(*came, Fraction(1)), max(*came, Fraction(1))
    return Band(round(middle * low), middle, round(middle * high))


def _stretch(past: Sequence[PastWeek], begin: int, weeks: int) -> list[PastWeek]:
    """So many weeks from one on, going on from the oldest after the newest."""
    return [past[(begin + n) % len(past)] for n in range(max(weeks, 1))]


def _try(stretch: list[PastWeek], coming: Sequence[ComingWeek], renewed: Fraction) -> list[Fraction]:
    """The coming weeks as if they went like a stretch of the past."""
    granted = sum(week.granted for week in stretch)
    kept = Fraction(sum(week.delivered for week in stretch), granted) if granted else Fraction(0)
    begun = Fraction(sum(week.begun for week in stretch), len(stretch))
    return [
        kept
        * (week.granted + renewed * week.run_out + begun * min(place, COURSE_WEEKS))
        * Fraction(week.days, 7)
        for place, week in enumerate(coming)
    ]
