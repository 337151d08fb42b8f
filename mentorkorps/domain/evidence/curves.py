"""How many have reached job or education by a week, when other exits compete and some are lost from view.

The Aalen-Johansen estimator on the weekly grid, for many sets of weights at once.
"""

from collections.abc import Sequence

import numpy as np

from mentorkorps.domain.evidence.courses import GOAL, OTHER_EXIT, Floats, Ints

EVENTS = 3  # ongoing, goal, another exit


class Calendar:
    """Courses put in order by week and event once, so that any set of weights is summed in one pass.

    `order` is the courses' places in that order; what lies after the last horizon is one week. Weights are given in it.
    """

    def __init__(self, week: Ints, event: Ints, horizons: Sequence[int]) -> None:
        self.horizons, self.last = list(horizons), max(horizons)
        kind = np.where(week > self.last, EVENTS * (self.last + 1), EVENTS * week + event)
        self.order: Ints = np.argsort(kind, kind="stable")
        self._kinds, self._starts = np.unique(kind[self.order], return_index=True)

    def incidence(self, weights: Floats) -> Floats:
        """The share that has reached event 1 by each horizon, with events in one week as ties.

        `weights` is courses × sets; the answer is horizons × sets. It is NaN where nobody is watched as long
        as the horizon and somebody had not ended before, since nothing is then known about that somebody.
        """
        total = self._by_week(weights)
        seen, within = total.sum(axis=1), total[:-1]
        at_risk = np.flip(np.flip(seen, axis=0).cumsum(axis=0), axis=0)[:-1]
        watched = at_risk > 0
        divisor = np.where(watched, at_risk, 1.0)
        exits = within[:, GOAL] + within[:, OTHER_EXIT]
        still = np.cumprod(1 - exits / divisor, axis=0)
        before = np.vstack([np.ones((1, weights.shape[1])), still[:-1]])
        reached = np.cumsum(before * within[:, GOAL] / divisor, axis=0)
        known = watched | (still < 1e-9)
        return np.asarray(np.where(known, reached, np.nan)[self.horizons])

    def _by_week(self, weights: Floats) -> Floats:
        """Weights summed by week and event: (last + 2) × events × sets."""
        sets = weights.shape[1]
        total = np.zeros((EVENTS * (self.last + 2), sets))
        if len(weights):
            total[self._kinds] = np.add.reduceat(weights, self._starts, axis=0)
        return total.reshape(self.last + 2, EVENTS, sets)


def incidence(week: Ints, event: Ints, weights: Floats, horizons: Sequence[int]) -> Floats:
    """As `Calendar.incidence`, of courses in any order."""
    calendar = Calendar(week, event, horizons)
    return calendar.incidence(weights[calendar.order])
