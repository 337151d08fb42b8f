"""How good and how quick the mentor plans are, on an invented town: 3,600 citizens and 120 mentors.

Run `python -m bench.match [citizens mentors [utilisation]]`. The shapes follow København in August 2014
(0.75 to 2.5 hours a week); wishes, skills and present mentors are drawn with a fixed seed.
"""

import random
import sys
import time
from collections import Counter

from mentorkorps.domain.planning import Citizen, Match, Mentor, Method, Weights, match

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
        district=draw.choice(DISTRICTS),
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


def timed(
    mentors: list[Mentor], citizens: list[Citizen], current: dict[str, str], method: Method, **more: int
) -> Match:
    """Plans, and prints one line of the table."""
    begun = time.perf_counter()
    plan = match(mentors, citizens, current=current, method=method, **more)
    seconds = time.perf_counter() - begun
    wishes = plan.upper_bound - Weights().served * len(plan.assignments)
    gap = 100 * (plan.upper_bound - plan.total_score) / wishes if wishes > 0 else 0.0
    left = Counter(c.obligation for c in citizens if c.id in {u.citizen for u in plan.unassigned})
    print(
        f"{method:8} {plan.total_score:9,} of {plan.upper_bound:9,}  gap {plan.gap_percent:6.3f} %"
        f"  of wishes alone {gap:6.3f} %  left out {dict(left)}  moved {plan.moved:5,}  {seconds:6.2f} s"
        f"  {plan.fallback or ''}"
    )
    return plan


def main(arguments: list[str]) -> None:
    """Both methods on a fresh plan and beside the present mentors, then what stability costs."""
    people, corps = (int(a) for a in arguments[:2]) if len(arguments) >= 2 else (3600, 120)
    mentors, citizens = town(people, corps, float(arguments[2]) if len(arguments) > 2 else 0.94)
    current = present(mentors, citizens)
    for title, now in (("fresh plan", {}), (f"{len(current):,} have a mentor", current)):
        print(f"\n{people:,} citizens, {corps} mentors, {title}")
        timed(mentors, citizens, now, "greedy")
        timed(mentors, citizens, now, "optimal")
    for stability in (0, 15, 30, 50, 70, 1000):
        print(f"\nstability {stability}")
        timed(mentors, citizens, current, "optimal", stability=stability)


if __name__ == "__main__":
    main(sys.argv[1:])
