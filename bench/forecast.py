"""How often the band of the page "Budget" holds what came, how far the forecast misses, and how wide the band is.

Standing on many past Mondays, by what was known on each, the minutes of the weeks ahead are forecast and compared with
what was delivered. Towns are made up, as `bench/capacity.py` does it, with meetings drawn week by week: some meet less
in summer and at Christmas, some change on the way. With --world the past of a demo database (DATABASE_URL) is asked.
`--seeds 11,12` draws other towns than the first three.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random
from statistics import mean
from time import process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from capacity import FIRST_MONDAY, YEARS, Town, grants_of, start_django

AHEAD = (1, 2, 4, 8, 12, 20, 26, 40)
FIRST_WEEK, EVERY = (
    160,
    2,
)  # of the town's years, when there is a year behind every forecast that is looked back on
WEEKS = YEARS * 52
CHANGES_ON = FIRST_MONDAY + timedelta(weeks=WEEKS * 2 // 3)
SUMMER_WEEKS, CHRISTMAS = range(28, 32), ((12, 22), (1, 4))
FORTNIGHTLY, AT_PLACE = 0.3, (0.76, 0.88, 0.92, 0.92, 0.94)  # share of the courses; chances to meet in a week


@dataclass(frozen=True)
class Place:
    """A town and how it meets: shares of the usual in four weeks of summer, at Christmas, and after a change.

    `level` is the share of the usual minutes that grants decided after the change get. With `holidays` a public
    holiday takes its fifth of the week.
    """

    town: Town
    summer: float = 0.5
    christmas: float = 0.6
    level: float = 1.0
    later: float = 1.0
    holidays: bool = False


PLACES = (
    Place(Town("no summer, 15 courses a week", 15), 1.0, 1.0),
    Place(Town("no summer, 3 courses a week", 3), 1.0, 1.0),
    Place(Town("summer, 15 a week", 15)),
    Place(Town("summer, 3 a week", 3)),
    Place(Town("summer, a third begins in July", 15, summer=0.33)),
    Place(Town("summer, holidays cost meetings", 15), holidays=True),
    Place(Town("summer, grows by 15 % a year", 15, growth=0.15)),
    Place(Town("summer, shrinks by 15 % a year", 15, growth=-0.15)),
    Place(Town("summer, a level a quarter lower", 15), level=0.75),
    Place(Town("summer, 15 % less is delivered", 15), later=0.85),
)


def main() -> None:
    """Prints the shares held, the mean misses, the mean widths, and the time."""
    start_django()
    print(f"share held, mean miss, mean width of the band\n{'weeks ahead':<34}", *(f"{h:>5}" for h in AHEAD))
    if "--world" in sys.argv:
        show("the demo world's own past", checks_of_world())
        return
    seeds = sys.argv[sys.argv.index("--seeds") + 1] if "--seeds" in sys.argv else "1,2,3"
    for place in PLACES:
        drawn = [checks_of(place, int(seed)) for seed in seeds.split(",")]
        show(place.town.name, {ahead: [each for of in drawn for each in of[ahead]] for ahead in AHEAD})


def checks_of(place: Place, seed: int) -> dict[int, list[Any]]:
    """The forecasts of every other Monday, by weeks ahead."""
    from mentorkorps.ledger.queries.forecast import checks

    past, found = history_of(place, Random(seed)), {}
    for ahead in AHEAD:
        weeks = range(FIRST_WEEK, WEEKS - ahead)
        found[ahead] = checks(past, [FIRST_MONDAY + timedelta(weeks=week) for week in weeks], ahead)[::EVERY]
    return found


def checks_of_world() -> dict[int, list[Any]]:
    """Every week of the past year whose forecast is over, by the two years that are told of in full."""
    from mentorkorps.domain.dates import week_number, week_start
    from mentorkorps.ledger.queries.forecast import checks, history
    from mentorkorps.municipality.queries import today

    monday = week_start(week_number(today()))
    past = history(monday - timedelta(weeks=104), monday)
    return {
        ahead: checks(past, [monday - timedelta(weeks=back) for back in range(52, ahead - 1, -1)], ahead)
        for ahead in AHEAD
    }


def history_of(place: Place, rng: Random) -> Any:
    """A town's grants as `capacity` draws them, and a meeting or none in each week of them."""
    from mentorkorps.ledger.queries.forecast import History, Period

    delivered: dict[int, int] = defaultdict(int)
    periods = []
    for decided, grant in grants_of(place.town, rng):
        minutes = round(grant.minutes * (place.level if decided >= CHANGES_ON else 1))
        ended = min(grant.end, grant.ended)
        period = Period(grant.course, grant.start, grant.end, ended, minutes, grant.first, decided)
        periods.append(period)
        for week, met in meetings(place, period, rng):
            delivered[week] += met
    return History(sorted(periods, key=lambda each: each.start), delivered)


def meetings(place: Place, period: Any, rng: Random) -> Iterator[tuple[int, int]]:
    """(week, minutes) of those that took place."""
    from mentorkorps.domain.dates import week_number

    step, usual = (2 if rng.random() < FORTNIGHTLY else 1), rng.choice(AT_PLACE)
    for week in range(week_number(period.start), week_number(period.ended) + 1, step):
        if rng.random() < usual * share_of(place, week):
            yield week, 5 * round(period.minutes * step * rng.triangular(0.7, 1.2, 1.0) / 5)


@cache
def share_of(place: Place, week: int) -> float:
    """What of the usual takes place in a week."""
    from mentorkorps.domain.dates import danish_holidays, iso_week, week_start

    days = [week_start(week) + timedelta(days=number) for number in range(5)]
    share = place.later if days[0] >= CHANGES_ON else 1.0
    if iso_week(week)[1] in SUMMER_WEEKS:
        share *= place.summer
    if any((day.month, day.day) >= CHRISTMAS[0] or (day.month, day.day) < CHRISTMAS[1] for day in days):
        share *= place.christmas
    if place.holidays:
        share *= sum(day not in danish_holidays(day.year) for day in days) / len(days)
    return share


def show(name: str, found: dict[int, list[Any]]) -> None:
    """A line of the bands that held, one of misses and one of widths; a dash where nothing could be said."""
    lines: dict[str, list[str]] = {name: [], "  mean miss": [], "  width of the band": []}
    for ahead in AHEAD:
        held = [each.inside for each in found[ahead] if each.inside is not None]
        misses = [abs(each.delivered / each.band.middle - 1) for each in found[ahead]]
        wide = [
            (each.band.high - each.band.low) / each.band.middle for each in found[ahead] if each.band.high
        ]
        for line, figures in zip(lines.values(), (held, misses, wide), strict=True):
            line.append(f"{100 * mean(figures):4.0f}%" if figures else "    -")
    for label, line in lines.items():
        print(f"{label:<34}", *line)


if __name__ == "__main__":
    began = process_time()
    main()
    print(f"{process_time() - began:.0f} s of one core")
