"""The difference between two groups made alike on what is known, with its interval, or why there is none."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from mentorkorps.domain.evidence import disclosure, weighting
from mentorkorps.domain.evidence.courses import Courses, Flags, Floats, Ints
from mentorkorps.domain.evidence.covariates import Design, design
from mentorkorps.domain.evidence.curves import Calendar, incidence
from mentorkorps.domain.evidence.intervals import NO_SPREAD, effective, half_width
from mentorkorps.domain.evidence.sensitivity import Sensitivity, sensitivity

FEW_PROVIDERS = 10
FEWEST_COMPARED = 10  # courses left in a group after trimming
FEWEST_PER_COLUMN = 5  # courses in the smaller group for each column adjusted for
UNEVEN = 0.1  # standard deviations apart after weighting, from which it is said

NO_COVARIATES = "filen har ingen oplysninger at gøre grupperne sammenlignelige på"
ALL_ALIKE = "oplysningerne er ens for alle forløb"
TOO_MANY_COLUMNS = "der er for få forløb til så mange oplysninger"
NO_OVERLAP = "grupperne er så forskellige, at næsten ingen forløb har et modstykke i den anden gruppe"
TOO_SMALL = "en af grupperne er for lille"
NOT_WATCHED = "ingen i en af grupperne er fulgt så længe"
NOTHING_VARIES = "enten er ingen eller også er alle endt i job eller uddannelse"
NO_INTERVAL = "leverandørerne har for sjældent begge slags forløb, eller der er intet, der varierer"


@dataclass(frozen=True)
class Adjusted:
    """Shares of all courses: `value` is the stronger minus the weaker, `low` and `high` its 95 % interval.

    `why` says in Danish why there is no value, or why there is a value without an interval.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    why: str | None = None
    sensitivity: Sensitivity | None = None


@dataclass(frozen=True)
class Adjustment:
    """One `Adjusted` for each horizon, and what they all rest on. `trimmed` is at most this share of all."""

    results: tuple[Adjusted, ...]
    trimmed: float | None = None
    used: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    uneven: tuple[str, ...] = ()
    providers: int = 0
    few_providers: bool = False


def shares(courses: Courses, weights: Floats, horizons: Sequence[int]) -> Floats:
    """Incidence by group (the stronger first) × horizon × set of weights."""
    return np.stack(
        [
            incidence(courses.week[members], courses.event[members], weights[members], horizons)
            for members in courses.members().values()
        ]
    )


def adjust(courses: Courses, horizons: Sequence[int]) -> Adjustment:
    """Weighs each course by one over its chance of its own group, so that each group looks like all."""
    coded = design(courses.covariates, len(courses))
    why = _why_not(courses, coded)
    if why:
        return Adjustment(results=(Adjusted(why=why),) * len(horizons), unused=coded.unused)
    model = weighting.fit(coded.columns, courses.in_stronger)
    weight = model.weights()
    left_out = weight[:, 0] == 0
    basis = Adjustment(
        results=(Adjusted(why=NO_OVERLAP),) * len(horizons),
        trimmed=disclosure.share_in_fives(left_out),
        unused=coded.unused,
    )
    if min((members & ~left_out).sum() for members in courses.members().values()) < FEWEST_COMPARED:
        return basis
    apart = weighting.imbalance(coded.columns, weight[:, 0], courses.in_stronger)
    return replace(
        basis,
        results=_results(courses, model, weight, horizons),
        used=tuple(coded.used),
        uneven=tuple(
            dict.fromkeys(name for name, gap in zip(coded.names, apart, strict=True) if gap > UNEVEN)
        ),
        providers=int(courses.provider.max()) + 1,
        few_providers=effective(courses.provider) < FEW_PROVIDERS,
    )


def _why_not(courses: Courses, coded: Design) -> str | None:
    if disclosure.small_group(courses):
        return TOO_SMALL
    if not courses.covariates:
        return NO_COVARIATES
    if not coded.names:
        return ALL_ALIKE
    smaller = min(int(members.sum()) for members in courses.members().values())
    return TOO_MANY_COLUMNS if smaller < FEWEST_PER_COLUMN * len(coded.names) else None


def _results(
    courses: Courses, model: weighting.Model, weight: Floats, horizons: Sequence[int]
) -> tuple[Adjusted, ...]:
    clusters = _clusters(courses)
    influence = _summed(model.influence, clusters)
    sides = [_Side(courses, members, clusters, model, horizons) for members in courses.members().values()]

    def difference(drawn: Floats) -> Floats:
        moved = model.coefficients[:, None] + influence.T @ (drawn - 1)
        stronger, weaker = (side.shares(drawn, moved) for side in sides)
        return stronger - weaker

    point = shares(courses, weight, horizons)[:, :, 0]
    width = half_width(clusters, difference)
    return tuple(_adjusted(*numbers) for numbers in zip(*point.tolist(), width.tolist(), strict=True))


class _Side:
    """One group, sorted once: what a resample needs of it."""

    def __init__(
        self,
        courses: Courses,
        members: Flags,
        clusters: Ints,
        model: weighting.Model,
        horizons: Sequence[int],
    ) -> None:
        self.calendar = Calendar(courses.week[members], courses.event[members], horizons)
        order = np.flatnonzero(members)[self.calendar.order]
        self.clusters, self.against_own = clusters[order], model.against_own[order]

    def shares(self, drawn: Floats, coefficients: Floats) -> Floats:
        """Incidence by horizon × set, where each cluster is drawn so often and weighed by these coefficients."""
        weight = weighting.weights(self.against_own, coefficients)
        weight *= drawn[self.clusters]
        return self.calendar.incidence(weight)


def _summed(rows: Floats, clusters: Ints) -> Floats:
    """The rows added up by cluster: clusters × columns."""
    return np.column_stack([np.bincount(clusters, column) for column in rows.T])


def _clusters(courses: Courses) -> Ints:
    """Courses at one provider are alike; with a single provider, those of one citizen are."""
    return courses.provider if courses.provider.max() > 0 else courses.citizen


def _adjusted(stronger: float, weaker: float, half: float) -> Adjusted:
    value = stronger - weaker
    if not math.isfinite(value):
        return Adjusted(why=NOT_WATCHED)
    if max(stronger, weaker) < NO_SPREAD or min(stronger, weaker) > 1 - NO_SPREAD:
        return Adjusted(why=NOTHING_VARIES)
    if not math.isfinite(half):
        return Adjusted(value=value, why=NO_INTERVAL, sensitivity=sensitivity(weaker, value, None, None))
    low, high = max(-1.0, value - half), min(1.0, value + half)
    return Adjusted(value, low, high, sensitivity=sensitivity(weaker, value, low, high))
