"""How many have reached job or education by a week, when other exits compete and some are lost from view.

The Aalen-Johansen estimator on the weekly grid, for many sets of weights at once.
"""

from collections.abc import Sequence

import numpy as np

from mentorkorps.domain.evidence.courses import GOAL, ONGOING, Floats, Ints


def incidence(week: Ints, event: Ints, weights: Floats, horizons: Sequence[int]) -> Floats:
    """The share that has reached event 1 by each horizon, with events in one week as ties.

    `weights` is courses × sets; the answer is horizons × sets. It is NaN where nobody is watched as long
    as the horizon and somebody had not ended before, since nothing is then known about that somebody.
    """
    last = max(horizons)
    exits = (event != ONGOING) & (week <= last)
    goals = (event == GOAL) & (week <= last)
    seen = _by_week(np.minimum(week, last + 1), weights, last + 1)
    at_risk = np.flip(np.flip(seen, axis=0).cumsum(axis=0), axis=0)[: last + 1]
    watched = at_risk > 0
    divisor = np.where(watched, at_risk, 1.0)
    still = np.cumprod(1 - _by_week(week[exits], weights[exits], last) / divisor, axis=0)
    before = np.vstack([np.ones((1, weights.shape[1])), still[:-1]])
    reached = np.cumsum(before * _by_week(week[goals], weights[goals], last) / divisor, axis=0)
    known = watched | (still < 1e-9)
    return np.where(known, reached, np.nan)[list(horizons)]


def _by_week(week: Ints, weights: Floats, last: int) -> Floats:
    """Weights summed by week: (last + 1) × sets."""
    total = np.zeros((last + 1, weights.shape[1]))
    if len(week):
        order = np.argsort(week, kind="stable")
        present, start = np.unique(week[order], return_index=True)
        total[present] = np.add.reduceat(weights[order], start, axis=0)
    return total
