"""Measures the evidence methods on made-up courses whose true difference is known.

`python -m bench.evidence` prints bias, coverage of the 95 % interval and seconds; `--simulations 0` the seconds alone.
`make_courses` and `true_difference` are the same world that the tests use.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentorkorps.domain.evidence import Course, Courses, compare, progress, tabulate
from mentorkorps.domain.evidence.adjustment import shares
from mentorkorps.domain.evidence.covariates import design
from mentorkorps.domain.evidence.tables import Case, tables
from mentorkorps.domain.evidence.weighting import fit

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class World:
    """Severe cases get the stronger support more often and reach work less often (confounding by indication).

    `effect` is the true log hazard ratio of reaching job or education, `effect_on_other_exits`
    of the rest; `hidden` makes severity unseen.
    """

    courses: int = 2000
    providers: int = 40
    effect: float = 0.22
    effect_on_other_exits: float = -0.1
    confounding: float = 0.9
    provider_spread: float = 0.25
    uneven_providers: bool = False
    hidden: bool = False


def make_courses(world: World, seed: int) -> Courses:
    """Courses as they could have been seen: with ties, competing exits, and a third lost from view."""
    draw = np.random.default_rng(seed)
    n = world.courses
    severity, age, woman = draw.normal(size=n), draw.integers(18, 60, n), draw.integers(0, 2, n)
    provider = draw.choice(world.providers, n, p=_provider_shares(world))
    luck = draw.normal(0, world.provider_spread, world.providers)[provider]
    habit = draw.normal(0, 0.25, world.providers)[provider]
    score = -0.3 + world.confounding * severity + 0.02 * (age - 38) + habit
    must = draw.random(n) < 1 / (1 + np.exp(-score))
    to_goal, to_other = _hazards(world, must, severity, age, woman, luck)
    ends = draw.geometric(1 - np.exp(-to_goal - to_other))
    kind = np.where(draw.random(n) < to_goal / (to_goal + to_other), 1, 2)
    last_seen = np.where(draw.random(n) < 0.3, draw.integers(1, 100, n), draw.integers(52, 110, n))
    return tabulate(
        [
            Course(
                course=f"F{i}",
                citizen=f"B{i}",
                group="must" if must[i] else "may",
                provider=f"L{provider[i]}",
                weeks_observed=float(min(ends[i], last_seen[i])),
                event=int(kind[i]) if ends[i] <= last_seen[i] else 0,
                covariates={"alder": float(age[i]), "kvinde": float(woman[i])}
                | ({} if world.hidden else {"belastning": float(severity[i])}),
            )
            for i in range(n)
        ]
    )


def true_difference(world: World, weeks: int, people: int = 1_000_000) -> float:
    """The share in job or education had all had the stronger support, minus had all had the weaker."""
    draw = np.random.default_rng(1)
    severity, age, woman = (
        draw.normal(size=people),
        draw.integers(18, 60, people),
        draw.integers(0, 2, people),
    )
    luck = draw.normal(0, world.provider_spread, people)
    share = []
    for must in (True, False):
        to_goal, to_other = _hazards(world, np.full(people, must), severity, age, woman, luck)
        both = to_goal + to_other
        share.append(float(np.mean(to_goal / both * (1 - np.exp(-both * weeks)))))
    return share[0] - share[1]


def _hazards(
    world: World,
    must: NDArray[np.bool_],
    severity: Floats,
    age: NDArray[np.int64],
    woman: NDArray[np.int64],
    luck: Floats,
) -> tuple[Floats, Floats]:
    """Chance a week of reaching job or education, and of another exit."""
    to_goal = 0.016 * np.exp(world.effect * must - 0.55 * severity - 0.012 * (age - 38) + 0.1 * woman + luck)
    to_other = 0.006 * np.exp(0.3 * severity + world.effect_on_other_exits * must)
    return to_goal, to_other


def _provider_shares(world: World) -> Floats:
    size = np.arange(1, world.providers + 1) ** (-0.8 if world.uneven_providers else 0.0)
    return np.asarray(size / size.sum())


def coverage(world: World, simulations: int, weeks: Sequence[int] = (26, 52, 78)) -> dict[str, Floats]:
    """Truth, mean estimates, spread against stated error, and how often the 95 % interval holds the truth."""
    truth = np.array([true_difference(world, week) for week in weeks])
    seen = np.array([_seen(make_courses(world, seed), weeks) for seed in range(simulations)])
    plain, value, low, high = np.moveaxis(seen, 2, 0)
    return {
        "truth": truth,
        "unadjusted": np.nanmean(plain, axis=0),
        "adjusted": np.nanmean(value, axis=0),
        "coverage": ((low <= truth) & (truth <= high)).sum(axis=0) / np.isfinite(low).sum(axis=0),
        "half_width": np.nanmean((high - low) / 2, axis=0),
        "answered": np.isfinite(low).mean(axis=0),
    }


def _seen(courses: Courses, weeks: Sequence[int]) -> list[list[float]]:
    answers = compare(courses, weeks)
    numbers = [[h.unadjusted, h.adjusted.value, h.adjusted.low, h.adjusted.high] for h in answers]
    return [[np.nan if number is None else number for number in row] for row in numbers]


def estimate(courses: Courses, weeks: Sequence[int]) -> Floats:
    """The weighted shares by group and week, without an interval."""
    model = fit(design(courses.covariates, len(courses)).columns, courses.in_stronger)
    return shares(courses, model.weights(), weeks)


def progress_coverage(citizens: int, simulations: int, extra: float = 0.006) -> tuple[float, float]:
    """Mean extra slope found and coverage, with drop-out that depends on the score, rounded to 1–5."""
    found = []
    for seed in range(simulations):
        who, stronger, weeks, scores = make_scores(citizens, extra, seed)
        answer = progress(who, stronger, weeks, scores)
        if answer is not None:
            found.append((answer.difference.value, answer.difference.low <= extra <= answer.difference.high))
    mean, covered = np.mean(np.array(found, dtype=float), axis=0)
    return float(mean), float(covered)


def make_scores(
    citizens: int, extra: float, seed: int
) -> tuple[list[str], list[bool], list[float], list[float | None]]:
    """Answers at weeks 0, 9, 18 and 26; who scores low tends to stop and to be in the stronger group."""
    draw = np.random.default_rng(seed)
    rows: list[tuple[str, bool, float, float | None]] = []
    for number in range(citizens):
        level, own = draw.normal(2.8, 0.7), draw.normal(0.01, 0.012)
        stronger = bool(draw.random() < 1 / (1 + np.exp(level - 2.8)))
        here = True
        for week in (0.0, 9.0, 18.0, 26.0):
            score = round(float(np.clip(level + (own + extra * stronger) * week + draw.normal(0, 0.4), 1, 5)))
            rows.append((f"B{number}", stronger, week, float(score) if here else None))
            here = here and draw.random() > 1 / (1 + np.exp(1.5 + 0.3 * score))
    who, groups, weeks, scores = zip(*rows, strict=True)
    return list(who), list(groups), list(weeks), list(scores)


def main() -> None:
    """Prints the numbers that docs/evidence.md quotes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--simulations", type=int, default=1000)
    asked = parser.parse_args()
    worlds = {
        "2,000 courses, 40 providers": World(),
        "the same, providers of uneven size": World(uneven_providers=True),
        "1,000 courses, 12 providers": World(courses=1000, providers=12),
        "600 courses, 20 providers": World(courses=600, providers=20),
        "300 courses, 15 providers": World(courses=300, providers=15),
        "2,000 courses, 6 uneven providers": World(providers=6, uneven_providers=True),
        "1,000 courses, 3 providers": World(courses=1000, providers=3),
        "1,000 courses, one provider": World(courses=1000, providers=1, provider_spread=0.0),
        "no true difference": World(effect=0.0, effect_on_other_exits=0.0),
        "severity unseen": World(hidden=True),
    }
    if asked.simulations:
        for name, world in worlds.items():
            found = coverage(world, asked.simulations)
            print(name, {key: np.round(numbers, 4).tolist() for key, numbers in found.items()}, flush=True)
        print("progress, 600 citizens (mean, coverage)", progress_coverage(600, asked.simulations))
    for size, providers in ((2_000, 40), (50_000, 1_500)):
        courses = make_courses(World(courses=size, providers=providers), 1)
        _time(f"{size:,} courses, the estimate", lambda courses=courses: estimate(courses, (26, 52, 78)))
        _time(f"{size:,} courses, 1,000 resamples", lambda courses=courses: compare(courses, (26, 52, 78)))
    for size, suppliers in ((600, 15), (5_000, 15), (5_000, 60), (50_000, 150)):
        cases = make_cases(size, suppliers)
        hidden = sum(count is None for row in tables(cases, {}) for count in row.people.values())
        _time(
            f"{size:,} citizens, {suppliers} suppliers, {hidden} cells hidden",
            lambda cases=cases: tables(cases, {}),
        )


def make_cases(people: int, suppliers: int) -> list[Case]:
    """Citizens of six functions and thirteen target groups, with a few large suppliers and many small ones."""
    draw = np.random.default_rng(1)
    functions = [
        ("must", "f1"),
        ("must", "f2"),
        ("right", "f3"),
        ("may", "f3"),
        ("may", "f4"),
        ("must", "f5"),
    ]
    supplier_shares = np.arange(1, suppliers + 1) ** -1.2
    return [
        Case(
            (*functions[function], f"L{supplier}", f"G{group}"),
            int(week),
            int(event),
            bool(lost and not event),
        )
        for function, supplier, group, week, event, lost in zip(
            draw.choice(6, people, p=(0.2, 0.1, 0.2, 0.2, 0.1, 0.2)),
            draw.choice(suppliers, people, p=supplier_shares / supplier_shares.sum()),
            np.minimum(draw.geometric(0.25, people), 13),
            draw.integers(1, 96, people),
            draw.choice(3, people, p=(0.5, 0.4, 0.1)),
            draw.random(people) < 0.3,
            strict=True,
        )
    ]


def _time(what: str, work: Callable[[], object]) -> None:
    """Prints the median of five runs: on the processor, and on the clock of this machine."""
    took = []
    for _ in range(5):
        busy, clock = time.process_time(), time.perf_counter()
        work()
        took.append((time.process_time() - busy, time.perf_counter() - clock))
    middle, middle_clock = np.median(took, axis=0)
    print(f"{what}: {middle:.3f} s processor, {middle_clock:.3f} s clock", flush=True)


if __name__ == "__main__":
    main()
