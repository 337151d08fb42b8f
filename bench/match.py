"""How good and how quick the mentor plans are, on an invented town: 3,600 citizens and 120 mentors.

Run `python -m bench.match [citizens mentors [utilisation]]`. The shapes follow København in August 2014
(0.75 to 2.5 hours a week); wishes, skills and present mentors are drawn with a fixed seed.
"""

import random
import resource
import sys
import time
from collections import Counter

from mentorkorps.domain.planning import METHODS, Citizen, Match, Mentor, Method, State, Weights, match
from mentorkorps.domain.planning.board import lay_out

LANGUAGES = ("arabisk", "somali", "tyrkisk", "farsi", "polsk", "engelsk")
SKILLS = ("psykiatri", "misbrug", "unge", "bolig", "økonomi")
DISTRICTS = ("Nord", "Syd", "Øst", "Vest", "Midt", "Havn")
MINUTES = {45: 3600, 60: 150, 75: 300, 90: 100, 120: 100, 150: 200}


def town(
    citizens: int, mentors: int, utilisation: float, seed: int = 2014
) -> tuple[list[Mentor], list[Citizen]]:
    """Mentors and citizens; the mentors' minutes are what the citizens need, divided by `utilisation`."""
    draw = random.Random(seed)
    sizes = draw.choices(tuple(MINUTES), tuple(MINUTES.values()), k=citizens)
    share = sum(sizes) / utilisation / mentors
    corps = [_mentor(draw, number, share, citizens / mentors) for number in range(mentors)]
    names = [m.id for m in corps]
    return corps, [_citizen(draw, number, size, names) for number, size in enumerate(sizes)]


def _mentor(draw: random.Random, number: int, minutes: float, citizens: float) -> Mentor:
    return Mentor(
        id=f"M{number:03}",
        minutes=round(minutes * draw.uniform(0.8, 1.2)),
        max_citizens=round(citizens * 1.3),
        languages=frozenset({"dansk", *(w for w in LANGUAGES if draw.random() < 0.12)}),
        districts=frozenset({draw.choice(DISTRICTS)}),
        skills=frozenset(draw.sample(SKILLS, draw.randint(1, 3))),
        gender=draw.choice(("kvinde", "mand")),
    )


def _citizen(draw: random.Random, number: int, minutes: int, mentors: list[str]) -> Citizen:
    return Citizen(
        id=f"C{number:04}",
        minutes=minutes,
        obligation=draw.choices(("must", "right", "may"), (25, 10, 65))[0],
        languages=frozenset({draw.choice(LANGUAGES)}) if draw.random() < 0.15 else frozenset(),
        district=draw.choice(DISTRICTS),
        needs=frozenset(draw.sample(SKILLS, draw.randint(1, 3))),
        wishes_gender=draw.choice(("kvinde", "mand")) if draw.random() < 0.10 else None,
        avoid=frozenset(m for m in mentors if draw.random() < 0.003),
    )


def present(mentors: list[Mentor], citizens: list[Citizen], seed: int = 2013) -> dict[str, str]:
    """A present mentor for seven of ten, given without a plan but within everyone's limits."""
    draw = random.Random(seed)
    free = {m.id: m.minutes for m in mentors}
    places = {m.id: m.max_citizens for m in mentors}
    current = {}
    for citizen in citizens:
        mentor = draw.choice(mentors).id
        if draw.random() < 0.7 and free[mentor] >= citizen.minutes and places[mentor]:
            current[citizen.id] = mentor
            free[mentor] -= citizen.minutes
            places[mentor] -= 1
    return current


def as_today(mentors: list[Mentor], citizens: list[Citizen], current: dict[str, str]) -> dict[str, str]:
    """The baseline, as by hand: who has a mentor keeps that one, the rest get the least loaded one nearby with room."""
    free, places = {m.id: m.minutes for m in mentors}, {m.id: m.max_citizens for m in mentors}
    given: dict[str, str] = {}
    for citizen in sorted(citizens, key=lambda c: c.id not in current):
        fits = [
            m.id
            for m in sorted(mentors, key=lambda m: (citizen.district not in m.districts, -free[m.id]))
            if free[m.id] >= citizen.minutes and places[m.id] and m.id not in citizen.avoid
        ]
        chosen = current[citizen.id] if current.get(citizen.id) in fits else next(iter(fits), None)
        if chosen is not None:
            given[citizen.id] = chosen
            free[chosen] -= citizen.minutes
            places[chosen] -= 1
    return given


def score_of(
    mentors: list[Mentor], citizens: list[Citizen], current: dict[str, str], given: dict[str, str]
) -> int:
    """The points of a plan that somebody else made."""
    board = lay_out(citizens, mentors, State.of(citizens, current), Weights())
    column = {m.id: number for number, m in enumerate(mentors)}
    return sum(int(board.score[row, column[given[c.id]]]) for row, c in enumerate(citizens) if c.id in given)


def timed(
    mentors: list[Mentor], citizens: list[Citizen], current: dict[str, str], method: Method, **more: int
) -> Match:
    """Plans, and prints one line of the table."""
    wall, cpu = time.perf_counter(), time.process_time()
    plan = match(mentors, citizens, current=current, method=method, **more)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    wishes = plan.upper_bound - Weights().served * len(plan.assignments)
    gap = 100 * (plan.upper_bound - plan.total_score) / wishes if wishes > 0 else 0.0
    left = Counter(a.person.obligation for a in plan.unassigned)
    print(
        f"{method:8} {plan.total_score:9,} of {plan.upper_bound:9,}  gap {plan.gap_percent:6.3f} %"
        f"  of wishes alone {gap:6.3f} %  left out {dict(left)}  moved {plan.moved:5,}"
        f"  {cpu:5.2f} s cpu {wall:5.2f} s wall  {plan.fallback or ''}"
    )
    return plan


def by_hand(mentors: list[Mentor], citizens: list[Citizen], current: dict[str, str], best: Match) -> None:
    """The baseline's line, against the bound of a plan that was proven."""
    given = as_today(mentors, citizens, current)
    points = score_of(mentors, citizens, current, given)
    wishes = best.upper_bound - Weights().served * len(best.assignments)
    missing = best.upper_bound - points
    moved = sum(given.get(c) not in (None, m) for c, m in current.items())
    print(
        f"by hand  {points:9,} of {best.upper_bound:9,}  gap {100 * missing / best.upper_bound:6.3f} %"
        f"  of wishes alone {100 * missing / wishes:6.3f} %  left out {len(citizens) - len(given)}  moved {moved:5,}"
    )


def curve(people: int, corps: int) -> None:
    """Three mentors are ill: how many are moved who need not be, by what a move costs."""
    mentors, citizens = town(people, corps, 0.9)
    before = {a.citizen: a.mentor for a in match(mentors, citizens).assignments}
    there = mentors[3:]
    current = {c: m for c, m in before.items() if m in {mentor.id for mentor in there}}
    print(f"\nthree mentors ill, {len(before) - len(current)} citizens need another; points for staying")
    for stability in (0, 15, 30, 50, Weights().continuity, 1000):
        for method in METHODS:
            print(f"{stability:5}", end=" ")
            timed(there, citizens, current, method, stability=stability)


def nation(towns: int = 98, citizens: int = 50_000) -> None:
    """As many municipalities as Denmark has, each planned alone; the largest is a twelfth of it all."""
    draw = random.Random(98)
    shares = [draw.lognormvariate(0, 0.8) for _ in range(towns)]
    sizes = [max(round(citizens * share / sum(shares)), 20) for share in shares]
    for method in METHODS:
        wall, cpu, gaps, left, late = time.perf_counter(), time.process_time(), [], 0, 0
        for seed, size in enumerate(sizes):
            mentors, people = town(size, max(size // 30, 1), 0.94, seed=seed)
            plan = match(mentors, people, method=method)
            gaps.append(plan.gap_percent)
            left += len(plan.unassigned)
            late += plan.fallback is not None
        print(
            f"{method:8} {towns} municipalities, {sum(sizes):,} citizens (largest {max(sizes):,})"
            f"  mean gap {sum(gaps) / towns:.3f} % worst {max(gaps):.3f} %  left out {left}  cut short {late}"
            f"  {time.process_time() - cpu:5.1f} s cpu {time.perf_counter() - wall:5.1f} s wall"
        )


def memory() -> None:
    """The most the process has held so far."""
    print(f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def main(arguments: list[str]) -> None:
    """Every plan fresh and beside the present mentors with the baseline, then the curve, then the nation."""
    people, corps = (int(a) for a in arguments[:2]) if len(arguments) >= 2 else (3600, 120)
    mentors, citizens = town(people, corps, float(arguments[2]) if len(arguments) > 2 else 0.94)
    current = present(mentors, citizens)
    for title, now in (("fresh plan", {}), (f"{len(current):,} have a mentor", current)):
        print(f"\n{people:,} citizens, {corps} mentors, {title}")
        timed(mentors, citizens, now, "greedy")
        by_hand(mentors, citizens, now, timed(mentors, citizens, now, "optimal"))
    memory()
    curve(people, corps)
    print()
    nation()
    memory()


if __name__ == "__main__":
    main(sys.argv[1:])
