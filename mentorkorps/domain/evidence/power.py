"""How many courses it takes to see a difference, and the smallest one that can be seen."""

import math
from statistics import NormalDist


def courses_needed(weaker: float, stronger: float, *, power: float = 0.8, design_effect: float = 1.0) -> int:
    """Courses in each group to see the shares `weaker` and `stronger` apart (two-sided test at 5 %).

    `design_effect` is 1 + (courses for each provider − 1) × the likeness within a provider. Raises
    ValueError when a share is not between 0 and 1 or the two are the same.
    """
    if weaker == stronger or not (0 <= weaker <= 1 and 0 <= stronger <= 1):
        raise ValueError("two different shares between 0 and 1 are needed")
    variance = weaker * (1 - weaker) + stronger * (1 - stronger)
    return math.ceil(design_effect * _quantiles(power) ** 2 * variance / (stronger - weaker) ** 2)


def smallest_visible_difference(
    per_group: int, weaker: float, *, power: float = 0.8, design_effect: float = 1.0
) -> float | None:
    """The least rise over the share `weaker` that `per_group` courses in each group show; None if none do."""
    reach = _quantiles(power) ** 2 * design_effect / per_group
    # d² = reach · (p(1−p) + (p+d)(1−p−d)), solved for the positive d
    own = weaker * (1 - weaker)
    slope = reach * (1 - 2 * weaker)
    difference = (slope + math.sqrt(slope**2 + 8 * (1 + reach) * reach * own)) / (2 * (1 + reach))
    return difference if weaker + difference <= 1 else None


def _quantiles(power: float) -> float:
    normal = NormalDist()
    return normal.inv_cdf(0.975) + normal.inv_cdf(power)
