"""Makes two groups alike on what is known: each course's chance of the stronger group, and its weight."""

from dataclasses import dataclass

import numpy as np

from mentorkorps.domain.evidence.courses import Flags, Floats

LOWEST, HIGHEST = 0.02, 0.98  # outside, a course has next to nobody in the other group to be compared with
RIDGE = 0.01  # holds the fit together when a covariate tells the groups wholly apart
STEPS = 50


@dataclass(frozen=True, eq=False)
class Model:
    """A fitted chance of the stronger group. `with_one` is a column of ones beside the covariates' columns.

    `influence` is courses × coefficients: what the coefficients gain, to first order, when a course counts
    once more. It stands in for fitting anew in each resample, at a hundredth of the time.
    """

    with_one: Floats
    in_stronger: Flags
    coefficients: Floats
    influence: Floats

    def weights(self, drawn: Floats | None = None) -> Floats:
        """One over the chance of the course's own group; 0 where the other group has no counterpart.

        `drawn` is how often each course counts, courses × sets; the answer has the same shape.
        """
        moved = self.coefficients[:, None]
        if drawn is not None:
            moved = moved + self.influence.T @ (drawn - 1)
        chance = _chances(self.with_one, moved)
        own = np.where(self.in_stronger[:, None], chance, 1 - chance)
        overlap = (chance >= LOWEST) & (chance <= HIGHEST)
        return np.where(overlap, 1 / np.maximum(own, LOWEST), 0.0)


def fit(columns: Floats, in_stronger: Flags) -> Model:
    """Logistic regression by iteratively reweighted least squares with a small ridge."""
    with_one = np.column_stack([np.ones(len(columns)), columns])
    penalty = np.diag([0.0] + [RIDGE] * columns.shape[1])
    beta = np.zeros(with_one.shape[1])
    for _ in range(STEPS):
        chance = _chances(with_one, beta)
        gradient = with_one.T @ (in_stronger - chance) - penalty @ beta
        curvature = (with_one * (chance * (1 - chance))[:, None]).T @ with_one + penalty
        step = np.linalg.solve(curvature, gradient)
        beta = beta + step * min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-12))
        if np.abs(step).max() < 1e-8:
            break
    residual = in_stronger - _chances(with_one, beta)
    influence = np.linalg.solve(curvature, (with_one * residual[:, None]).T).T
    return Model(with_one, in_stronger, beta, np.asarray(influence, dtype=np.float64))


def imbalance(columns: Floats, weight: Floats, in_stronger: Flags) -> Floats:
    """How far apart the two weighted groups still are on each column, in standard deviations."""
    one = np.average(columns[in_stronger], axis=0, weights=weight[in_stronger])
    other = np.average(columns[~in_stronger], axis=0, weights=weight[~in_stronger])
    return np.asarray(np.abs(one - other))


def _chances(with_one: Floats, coefficients: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(with_one @ coefficients, -30, 30))))
