"""How strong an unseen cause would have to be to explain the adjusted difference away (the E-value)."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Sensitivity:
    """`e_value` for the difference itself, `e_value_interval` for the end of the interval nearest to none."""

    e_value: float
    e_value_interval: float | None


def e_value(ratio: float) -> float:
    """How many times likelier an unseen cause must make both group and outcome (VanderWeele & Ding 2017)."""
    larger = max(ratio, 1 / ratio)
    return larger + math.sqrt(larger * (larger - 1))


def sensitivity(weaker: float, value: float, low: float | None, high: float | None) -> Sensitivity | None:
    """From the weaker group's adjusted share and the difference; None when a share is 0: it has no ratio."""
    if weaker <= 0 or weaker + value <= 0:
        return None
    interval = None
    if low is not None and high is not None:
        nearest = low if value > 0 else high
        reaches_none = low <= 0 <= high
        interval = 1.0 if reaches_none else e_value((weaker + nearest) / weaker)
    return Sensitivity(e_value((weaker + value) / weaker), interval)
