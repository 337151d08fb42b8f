"""How fast citizens' own scores move, each compared with themselves, in two groups."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mentorkorps.domain.evidence.courses import Flags, Floats, Ints
from mentorkorps.domain.evidence.intervals import student_95

FEWEST_CITIZENS = 10  # with at least two answers, in each group


@dataclass(frozen=True)
class Slope:
    """Points a week. `low` and `high` are the 95 % interval; `citizens` those with two answers or more."""

    value: float
    low: float
    high: float
    citizens: int


@dataclass(frozen=True)
class Progress:
    """The slope of each group, and the stronger minus the weaker."""

    stronger: Slope
    weaker: Slope
    difference: Slope


def progress(
    citizens: Sequence[str],
    in_stronger: Sequence[bool],
    weeks: Sequence[float],
    scores: Sequence[float | None],
) -> Progress | None:
    """Within-citizen slopes from one row for each question asked; a score of None was not answered.

    Everything that is fixed about a citizen, known or not, falls out, since each is measured against their
    own mean. The error allows for answers of one citizen being alike. None where a group has fewer than ten
    citizens with answers at two different weeks.
    """
    answered = np.array([score is not None for score in scores], dtype=bool)
    _, who = np.unique(np.array(citizens)[answered], return_inverse=True)
    score = np.array([score for score in scores if score is not None], dtype=float)
    week = _within(np.array(weeks, dtype=float)[answered], who)
    stronger = np.array(in_stronger, dtype=bool)[answered]
    slopes = [_slope(who, week, _within(score, who), group) for group in (stronger, ~stronger)]
    if slopes[0] is None or slopes[1] is None:
        return None
    (one, one_error, ones), (other, other_error, others) = slopes[0], slopes[1]
    error = math.hypot(one_error, other_error)
    return Progress(
        stronger=_interval(one, one_error, ones),
        weaker=_interval(other, other_error, others),
        difference=_interval(one - other, error, ones + others, freedom=min(ones, others) - 1),
    )


def _within(values: Floats, who: Ints) -> Floats:
    """Each value less the citizen's own mean."""
    if not len(values):
        return values
    return np.asarray(values - (np.bincount(who, values) / np.bincount(who))[who])


def _slope(who: Ints, week: Floats, score: Floats, group: Flags) -> tuple[float, float, int] | None:
    """Slope, its cluster-robust standard error, and the citizens it rests on."""
    who, week, score = who[group], week[group], score[group]
    citizens = len(np.unique(who[np.abs(week) > 1e-9]))
    if citizens < FEWEST_CITIZENS:
        return None
    spread = float(week @ week)
    slope = float(week @ score) / spread
    by_citizen = np.bincount(who, week * (score - slope * week))
    error = math.sqrt(float(by_citizen @ by_citizen) * citizens / (citizens - 1)) / spread
    return slope, error, citizens


def _interval(value: float, error: float, citizens: int, freedom: int | None = None) -> Slope:
    half = student_95(citizens - 1 if freedom is None else freedom) * error
    return Slope(value, value - half, value + half, citizens)
