"""How often the band of "Kapacitet forude" holds what came, against the 90 % that it claims, and what a forecast costs.

Standing at the end of week t, knowing only what was decided by then, the minutes a week of week t+h are forecast for
many t and compared with the grants that came to run. Towns are made up, with years of weeks behind them: steady ones,
which the method assumes, and ones that are not. With --world the past of a demo database (DATABASE_URL), which is one
town's two years, is asked about too.
"""

import os
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

AHEAD = (1, 2, 4, 8, 12, 20, 26)
FIRST_MONDAY = date(2018, 1, 1)
YEARS, WARM_UP = 8, 104  # the first two years build the town up
HALF_A_YEAR = 26  # weeks
EVERY, ROUNDS = 8, 6  # weeks between forecasts, and towns of each kind
LENGTHS, MINUTES = (13, 26, 26, 26, 39), (45, 60, 60, 90, 90, 120, 150)


@dataclass(frozen=True)
class Town:
    """What happens in a made-up town. `growth` is a year's, `summer` the share of courses that begin in July."""

    name: str
    begun_a_week: float
    renewed: float = 0.4
    stops: float = 0.004
    growth: float = 0.0
    summer: float = 1.0


TOWNS = (
    Town("steady, 15 courses a week", 15),
    Town("steady, 3 courses a week", 3),
    Town("steady, 15 a week, 80 % renewed", 15, renewed=0.8),
    Town("quiet summers (a third in July)", 15, summer=0.33),
    Town("grows by 15 % a year", 15, growth=0.15),
)


def main() -> None:
    """Prints the shares and the time."""
    start_django()
    print(
        f"share of bands that held what came; claimed is 90 %\n{'':<34}{'':>7}", *(f"{h:>6}" for h in AHEAD)
    )
    for town in TOWNS:
        found = [check for seed in range(ROUNDS) for check in checks_of(town, seed)]
        show(town.name, found)
    if "--world" in sys.argv:
        show("the demo world's own past", list(checks_of_world()))


def start_django() -> None:
    """The demo's settings; without DATABASE_URL nothing is read."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorkorps.settings_demo")
    os.environ.setdefault("DATABASE_URL", "sqlite://")
    import django

    django.setup()


def checks_of(town: Town, seed: int) -> Iterator[tuple[int, bool, float]]:
    """(weeks ahead, whether the band held it, its width as a share of what came)."""
    from mentorkorps.ledger.queries.capacity_ahead import outlook
    from mentorkorps.ledger.queries.capacity_known import SEEN, Known

    decided = list(grants_of(town, Random(seed)))
    mondays = [FIRST_MONDAY + timedelta(weeks=week) for week in range(WARM_UP, YEARS * 52 - 26, EVERY)]
    for monday in mondays:
        on = monday - timedelta(days=1)
        grants = [each for by, each in decided if by <= on and each.end >= on - SEEN - timedelta(days=14)]
        known = Known(on, grants, [], [], [], frozenset())
        yield from compared(outlook(known), on, [each for _, each in decided])


def checks_of_world() -> Iterator[tuple[int, bool, float]]:
    """Every week of the past year of the world in the database that has half a year behind it."""
    from mentorkorps.ledger.queries.capacity_ahead import outlook
    from mentorkorps.ledger.queries.capacity_known import known_on
    from mentorkorps.municipality.queries import today

    came = known_on(today()).grants
    for back in range(1, 53):
        on = today() - timedelta(weeks=back, days=today().weekday() + 1)
        found = outlook(known_on(on))
        if found.experience.weeks >= HALF_A_YEAR:
            yield from (each for each in compared(found, on, came) if each[0] <= back)


def compared(found: Any, on: date, came: list[Any]) -> Iterator[tuple[int, bool, float]]:
    """The bands of a forecast beside the minutes of the grants that came to run."""
    from mentorkorps.domain.dates import week_start
    from mentorkorps.ledger.queries.capacity_known import standing_minutes

    for ahead in AHEAD:
        week = found.weeks[ahead - 1]
        truth = standing_minutes(came, week_start(week.number))
        wide = (week.asked.high - week.asked.low) / max(truth, 1)
        yield ahead, week.asked.low <= truth <= week.asked.high, wide


def grants_of(town: Town, rng: Random) -> Iterator[tuple[date, Any]]:
    """(day of decision, grant) of every course: drawn, renewed with a chance, stopped with a small one each week."""
    for week in range(YEARS * 52):
        monday = FIRST_MONDAY + timedelta(weeks=week)
        usual = town.begun_a_week * (1 + town.growth) ** (week / 52)
        usual *= town.summer if monday.month == 7 else 1
        for _ in range(drawn(rng, usual)):
            yield from course_of(town, rng, monday)


def drawn(rng: Random, mean: float) -> int:
    """A Poisson number: how many arrivals of a memoryless clock fall in one week."""
    count, clock = 0, rng.expovariate(mean)
    while clock < 1:
        count, clock = count + 1, clock + rng.expovariate(mean)
    return count


def course_of(town: Town, rng: Random, monday: date) -> Iterator[tuple[date, Any]]:
    from mentorkorps.ledger.queries.capacity_known import Granted

    key, weeks, minutes = uuid.UUID(int=rng.getrandbits(128)), rng.choice(LENGTHS), rng.choice(MINUTES)
    periods = [monday]
    while rng.random() < town.renewed:
        periods.append(periods[-1] + timedelta(weeks=weeks))
    lives = int(rng.expovariate(town.stops)) if town.stops else 10**6
    stops = monday + timedelta(weeks=lives, days=3)
    natural = periods[-1] + timedelta(weeks=weeks, days=-1)
    ended = min(stops, natural)
    for number, start in enumerate(periods):
        if start <= ended:
            by = start - timedelta(days=13 if number else 6)
            end = start + timedelta(weeks=weeks, days=-1)
            yield by, Granted(key, "", by, start, end, ended, minutes, number == 0, "", "may", True)


def show(name: str, found: list[tuple[int, bool, float]]) -> None:
    """A line of shares, and one of widths."""
    held, wide = [], []
    for ahead in AHEAD:
        of_these = [(ok, width) for weeks, ok, width in found if weeks == ahead]
        held.append(f"{100 * sum(ok for ok, _ in of_these) / len(of_these):5.0f}%" if of_these else "     -")
        wide.append(f"{100 * sum(w for _, w in of_these) / len(of_these):5.0f}%" if of_these else "     -")
    count = len(found) // len(AHEAD)
    print(f"{name:<34}{count:>7}", *held)
    print(f"{'  width of the band':<34}{'':>7}", *wide)


if __name__ == "__main__":
    began = process_time()
    main()
    print(f"{process_time() - began:.0f} s of one core")
