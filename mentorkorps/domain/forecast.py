"""How many hours a year ends with: what is known of the coming weeks, and how past weeks went, with a band.

Nothing is drawn by chance. The rest of the year is tried as each stretch of weeks of the same length went before,
and the band is what eight of ten of those tries lie within.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

LOW, HIGH = Fraction(1, 10), Fraction(9, 10)
FEWEST_WEEKS = 8  # of the past, before anything is said of the future
COURSE_WEEKS = 26  # a grant runs half a year: so long does a new course add to the hours


@dataclass(frozen=True)
class PastWeek:
    """A week that is over. Minutes; `begun` is the minutes a week of the courses that began in it."""

    granted: int
    delivered: int
    begun: int


@dataclass(frozen=True)
class ComingWeek:
    """A week to come. Minutes: granted already, and the minutes a week of grants that will have run out by then."""

    granted: int
    run_out: int


@dataclass(frozen=True)
class Band:
    """Minutes: eight of ten tries lie from `low` to `high`, half of them below `middle`."""

    low: int
    middle: int
    high: int


@dataclass(frozen=True)
class Forecast:
    """Delivered minutes of each coming week, and of all of them together. A sum's band is not the sum of bands."""

    weeks: tuple[Band, ...]
    total: Band


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
    weeks = tuple(_band([each[place] for each in tries]) for place in range(len(coming)))
    return Forecast(weeks, _band([sum(each, Fraction(0)) for each in tries]))


def _stretch(past: Sequence[PastWeek], begin: int, weeks: int) -> list[PastWeek]:
    """So many weeks from one on, going on from the oldest after the newest."""
    return [past[(begin + n) % len(past)] for n in range(max(weeks, 1))]


def _try(stretch: list[PastWeek], coming: Sequence[ComingWeek], renewed: Fraction) -> list[Fraction]:
    """The coming weeks as if they went like a stretch of the past."""
    granted = sum(week.granted for week in stretch)
    kept = Fraction(sum(week.delivered for week in stretch), granted) if granted else Fraction(0)
    begun = Fraction(sum(week.begun for week in stretch), len(stretch))
    return [
        kept * (week.granted + renewed * week.run_out + begun * min(place, COURSE_WEEKS))
        for place, week in enumerate(coming)
    ]


def _band(tries: list[Fraction]) -> Band:
    ordered = sorted(tries)
    return Band(*(round(_quantile(ordered, share)) for share in (LOW, Fraction(1, 2), HIGH)))


def _quantile(ordered: list[Fraction], share: Fraction) -> Fraction:
    """The value below which a share lies, between the two nearest."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
