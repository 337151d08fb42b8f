"""Makes two groups alike on what is known: each course's chance of the stronger group, and its weight."""

import math
from dataclasses import dataclass

import numpy as np

from mentorkorps.domain.evidence.courses import Flags, Floats

LOWEST = 0.02  # below it, and above one less it, a course has next to nobody in the other group to be compared with
FARTHEST = math.log((1 - LOWEST) / LOWEST)  # the same as log odds
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

    def weights(self) -> Floats:
        """One over the chance of the course's own group, courses × 1; 0 where the other group has no counterpart."""
        return weights(self.against_own, self.coefficients[:, None])

    @property
    def against_own(self) -> Floats:
        """The columns with the sign that makes their sum the log odds against the course's own group."""
        return np.where(self.in_stronger[:, None], -self.with_one, self.with_one)


def weights(against_own: Floats, coefficients: Floats) -> Floats:
    """`Model.weights` for sets of coefficients: from courses × coefficients × sets, courses × sets.

    One over a chance is one plus the odds against it.
    """
    # not the matrix product: its threads wait for each other on a busy machine, twenty times as long as they count
    odds = np.einsum("ck,ks->cs", against_own, coefficients)
    apart = np.abs(odds) > FARTHEST
    np.exp(np.minimum(odds, FARTHEST, out=odds), out=odds)
    odds += 1
    odds[apart] = 0
    return np.asarray(odds)


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
