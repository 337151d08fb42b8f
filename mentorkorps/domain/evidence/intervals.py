"""How wide an interval must be to hold the truth 95 times of 100 when courses at one provider are alike."""

import math
from collections.abc import Callable, Iterator

import numpy as np

from mentorkorps.domain.evidence.courses import Floats, Ints

RESAMPLES = 1000
SEED = 20141118  # fixed: the same courses give the same interval
AT_ONCE = 4_000_000  # numbers held in memory for one round of resamples
FEWEST_USABLE = 0.9
NO_SPREAD = 1e-9
NORMAL_95 = 1.959963984540054


def resamples(cluster: Ints) -> Iterator[Floats]:
    """Draws whole clusters with replacement: batches of how often each cluster is drawn, clusters × sets."""
    clusters = int(cluster.max()) + 1
    generator = np.random.default_rng(SEED)
    batch = max(1, min(RESAMPLES, AT_ONCE // len(cluster)))
    for done in range(0, RESAMPLES, batch):
        size = min(batch, RESAMPLES - done)
        drawn = generator.multinomial(clusters, np.full(clusters, 1 / clusters), size=size)
        yield np.ascontiguousarray(drawn.T, dtype=np.float64)


def half_width(cluster: Ints, difference: Callable[[Floats], Floats]) -> Floats:
    """Half the width of the 95 % interval for each horizon, from `difference` over resampled clusters.

    The spread of the resamples, made a little wider for the number of clusters, times Student's t with as
    many degrees of freedom as there are clusters of equal size that would say as much, less one. NaN where
    more than a tenth of the resamples have no answer, or where all have the same.
    """
    clusters = int(cluster.max()) + 1
    drawn = np.hstack([difference(batch) for batch in resamples(cluster)])
    usable = np.isfinite(drawn)
    enough = usable.mean(axis=1) >= FEWEST_USABLE
    spread = np.array(
        [row[ok].std(ddof=1) if ok.sum() > 1 else np.nan for row, ok in zip(drawn, usable, strict=True)]
    )
    width = student_95(effective(cluster) - 1) * spread * math.sqrt(clusters / (clusters - 1))
    return np.where(enough & (spread > NO_SPREAD), width, np.nan)


def effective(cluster: Ints) -> float:
    """How many clusters of equal size would say as much: (Σn)² / Σn² (Kish)."""
    size = np.bincount(cluster).astype(float)
    return float(size.sum() ** 2 / (size**2).sum())


def student_95(freedom: float) -> float:
    """Student's t at 97.5 %, by Cornish and Fisher's series: within 1 % from 2 degrees of freedom.

    Below 1.5 the series breaks down, and the value for 1 degree stands in.
    """
    if freedom < 1.5:
        return 12.706204736
    z, v = NORMAL_95, freedom
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / v**power for power, term in enumerate(terms, start=1))
