"""Times a what-if: 50,000 citizens counted by row, then two levels, the money and the difference."""

import random
from collections import Counter
from decimal import Decimal
from statistics import median
from time import perf_counter

from mentorkorps.domain.economy import Ceiling, Economy
from mentorkorps.domain.service_level import shipped_level
from mentorkorps.domain.simulation import compare, simulate

CITIZENS = 50_000
ROUNDS = 50


def main() -> None:
    """Prints the median and the slowest of 50 rounds in milliseconds, with and without the counting."""
    level = shipped_level("koebenhavn-2014")
    keys = [row.key for row in level.rows]
    citizens = random.Random(2014).choices(keys, weights=[3600, 150, 300, 100, 100, 200, 140], k=CITIZENS)
    means = Economy(11_000_000_000, 413_00, Decimal(52), Decimal(50), Ceiling(11_100_000_000, "spending"))
    counted, whole = [], []
    for _ in range(ROUNDS):
        start = perf_counter()
        population = Counter(citizens)
        middle = perf_counter()
        now = simulate(level, population, means.weeks_per_year, means)
        compare(now, simulate(level, population, means.weeks_per_year, means))
        end = perf_counter()
        counted.append(1000 * (end - middle))
        whole.append(1000 * (end - start))
    for words, times in (("from counts", counted), (f"from {CITIZENS:,} citizens", whole)):
        print(f"what-if {words}: median {median(times):.2f} ms, slowest {max(times):.2f} ms")


if __name__ == "__main__":
    main()
